import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { copyOf, CUSTOMER, PRODUCT, setupRecordServer } from '../recordServer.cts';

const server = setupRecordServer();

/** Number of random records. */
const RUNS = 150;

/** A record whose values are random, and the update that changes one of them. */
interface RandomUpdate {
	name: string;
	/** Record with each key of the request. */
	record: IDataObject;
	/** Key that the form changes. */
	changedKey: string;
	/** Keys for a record without a key of the request, and the values of the request by their values. */
	otherKeys: Record<string, { key: string; codes?: Record<string, unknown> }>;
	/** Values of other keys. */
	others: Record<string, unknown[]>;
	parameters: IDataObject;
}

const OWNERS = { 'Somchai Jaidee': 'staff01', 'Somying Jaidee': 'staff02' };

const UPDATES: RandomUpdate[] = [
	{
		name: 'customer.update',
		record: CUSTOMER,
		changedKey: 'customerPhone',
		otherKeys: {
			customerState: { key: 'customerType', codes: { 11100: 1, 11200: 2, 11300: 3 } },
			customerEmail: { key: 'email' },
			customerPicture: { key: 'PictureUrl' },
			owners: { key: 'customerOwnersStr', codes: OWNERS },
		},
		others: {
			customerState: [1, 2, 3, 4, '3', null, undefined],
			customerType: [1, 2, 3, 11100, 11200, 11300, '11300', null, undefined],
			customerStateId: [1, 3, undefined],
			customerEmail: ['b@example.com', '', ' ', null, 1, undefined],
			email: ['a@example.com', '', null, 1, undefined],
			Email: ['a@example.com', undefined],
			customerPicture: ['x', '', null, undefined],
			PictureUrl: ['https://example.com/a.jpg', '', null, undefined],
			owners: [['staff01'], [], [null], 'staff01', null, undefined],
			customerOwnersStr: [
				['Somchai Jaidee', 'Somying Jaidee'],
				['Somchai Jaidee', 'Somchai Jaidee'],
				...[['Twin'], ['No Code'], ['Nobody'], [], [1], [''], 'Somchai Jaidee', null, undefined],
			],
			isActive: [true, false, undefined],
		},
		parameters: { customerCode: 'C1', updateFields: { customerPhone: '029999999' } },
	},
	{
		name: 'product.update',
		record: PRODUCT,
		changedKey: 'brandName',
		otherKeys: {},
		others: {
			active: [true, true, false, false, 'true', null, undefined],
			isActive: [true, false, undefined],
			productVariant: [[], [], [], null, {}, undefined],
			prices: [
				PRODUCT['prices'],
				PRODUCT['prices'],
				[{ priceTierName: 'A', regularPrice: 1, salePrice: null, vat: 7, useDefaultVat: true }],
				[{ priceTierName: 'A', regularPrice: 1, salePrice: 'x', vatValue: 7, useDefaultVat: null, id: 1 }],
				[{ priceTierName: null, regularPrice: 1 }],
			],
		},
		parameters: { productCode: 'A1', updateFields: { brandName: 'New' } },
	},
];

/** Values in forms that a key may have or not. */
const ANY_VALUES = [
	...[undefined, null, '', ' ', [], {}, 0, 1, 99, 1.5, true, false, 'x', ['x'], [1], [null], [{}], { a: 1 }],
	...['2025-01-31', '2025-01-31T00:00:00+0700', '2025-01-30T17:00:00Z', '2025-01-31T10:00:00', '0001-01-01T00:00:00'],
];

/** Generates records in which some keys are missing, empty, in another form, filled, or in another letter case. */
const toRecordArbitrary = ({ record, others, changedKey }: RandomUpdate): fc.Arbitrary<IDataObject> => {
	const keys = Object.keys(record).filter((key) => !/Code$/.test(key) && key !== changedKey);
	const anyKey = fc.constantFrom(...keys);
	const upperCase = fc.option(
		anyKey.map((key) => [key[0]?.toUpperCase() + key.slice(1), record[key] ?? 'x'] as const),
		{ freq: 8 },
	);
	return fc
		.tuple(
			fc.record(Object.fromEntries(Object.entries(others).map(([key, values]) => [key, fc.constantFrom(...values)]))),
			fc.array(fc.tuple(anyKey, fc.constantFrom(...ANY_VALUES)), { maxLength: 3 }),
			upperCase,
		)
		.map(([values, changes, other]) =>
			copyOf({ ...record, ...values, ...Object.fromEntries([...changes, ...(other ? [other] : [])]) } as IDataObject),
		);
};

const isEmpty = (value: unknown): boolean =>
	[undefined, null].includes(value as never) ||
	String(value).trim() === '' ||
	(Array.isArray(value) && value.length === 0);

const toDay = (value: unknown): unknown =>
	typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
		? new Date(Date.parse(/Z|[+-]\d{4}$/.test(value) ? value : `${value}+07:00`) + 7 * 3_600_000)
				.toISOString()
				.slice(0, 10)
		: value;

/** Whether a row has no value. Such rows are not sent. */
const isEmptyRow = (row: unknown): boolean => typeof row === 'object' && Object.values(row ?? {}).every(isEmpty);

const isSameList = (key: string, sent: unknown[], own: unknown[]): boolean =>
	sent.length === own.length && sent.every((part, index) => isSame(key, part, own[index]));

/** Whether a sent value is the one of the record. Days are compared as days, and a row may lack keys of the record. */
function isSame(key: string, sent: unknown, own: unknown): boolean {
	if (Array.isArray(sent) && Array.isArray(own))
		return isSameList(
			key,
			sent,
			own.filter((part) => !isEmptyRow(part)),
		);
	if (typeof sent === 'object' && sent !== null && typeof own === 'object' && own !== null)
		return Object.entries(sent).every(([name, part]) => isSame(name, part, readPart(own as IDataObject, name)));
	return /Birthdate$/.test(key) ? sent === toDay(own) : sent === own;
}

/** Reads a part of a row. A price may have its VAT rate under another key. */
const readPart = (row: IDataObject, name: string): unknown =>
	row[name] ?? (name === 'vatValue' ? row['vat'] : undefined);

/** Whether a sent value is in the record: under its own key or, if that is missing, under the other key. */
function isInRecord(key: string, sent: unknown, record: IDataObject, { otherKeys }: RandomUpdate): boolean {
	const { key: otherKey = key, codes } = otherKeys[key] ?? {};
	const [own, other] = [record[key], record[otherKey]];
	if (own !== undefined) return isSame(key, sent, own) && (!isEmpty(own) || isEmpty(other));
	if (!codes) return other !== undefined && isSame(key, sent, other);
	const expected = [other]
		.flat()
		.map((name) => (typeof name === 'string' || typeof name === 'number' ? codes[name] : null));
	return Array.isArray(sent)
		? isSame(key, sent, expected) && new Set(sent).size === sent.length
		: typeof other === 'number' && sent === expected[0];
}

test.each(UPDATES)('$name sends nothing but the values of the record and of the form', async (update) => {
	const { name, changedKey, parameters } = update;
	const tally = { sent: 0, refused: 0 };
	await fc.assert(
		fc.asyncProperty(toRecordArbitrary(update), fc.boolean(), async (before, clearsOmitted) => {
			const record = server.store(structuredClone(before));
			server.bodies = [];
			server.employees = [
				...Object.entries(OWNERS).map(([fullname, staffCode]) => ({ fullname, staffCode, userId: staffCode })),
				...['a', 'b'].map((staffCode) => ({ fullname: 'Twin', staffCode, userId: staffCode })),
				{ fullname: 'No Code', staffCode: null, userId: 'n' },
			];
			server.write = (body) => {
				if (clearsOmitted) for (const key of Object.keys(update.record)) record[key] = null;
				Object.assign(record, body);
			};
			const first = await server.run(name, parameters);
			const [, names = ''] = /cannot send back: (.*?)\. Add /.exec(first.error?.description ?? '') ?? [];
			if (names) await server.run(name, { ...parameters, options: { valuesThatMayBeLost: names } });
			tally[server.bodies.length > 0 ? 'sent' : 'refused'] += 1;
			expect(server.bodies.length).toBeLessThan(2);
			const repeated = copyOf(server.bodies[0] ?? {}, { [changedKey]: undefined });
			const isUnknown = ([key, sent]: [string, unknown]) => !isInRecord(key, sent, before, update);
			expect(Object.entries(repeated).filter(isUnknown)).toEqual([]);
		}),
		{ numRuns: RUNS },
	);
	expect(Math.min(tally.sent, tally.refused)).toBeGreaterThan(RUNS / 50);
});
