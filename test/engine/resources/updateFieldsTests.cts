import type { IDataObject } from 'n8n-workflow';
import { NOTHING_SENT } from '../../../nodes/GoFive/api/errors';
import { listFieldVariants } from '../../support/formFields.cts';
import { findOperation } from '../../support/operationParameters.cts';
import type { FaultResponse, Sandbox } from '../../../sandbox/index.mts';
import { fastForwardSlowRequests } from '../fastForwardSlowRequests.cts';
import { MAY_BE_DONE } from '../resultAssertions.cts';
import {
	clock,
	installSimulatedClock,
	setupExecutionFixture,
	sumOf,
	type SimulatedClock,
} from '../executionFixture.cts';

const fixture = setupExecutionFixture({ hasToken: true });

/** Values that follow from a write itself. */
const WRITE_MARKS = ['dateModified', 'modifiedByUserId'];

const copyOf = (record: object | undefined): IDataObject => structuredClone({ ...record });

const readProduct = (code: string): IDataObject => copyOf(fixture.sandbox.records.products.findBy('productCode', code));
const readCustomer = (code: string): IDataObject =>
	copyOf(fixture.sandbox.records.customers.findBy('customerCode', code));

/** Removes the empty values in objects and lists, which are equal to missing ones. */
function removeEmpty(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value === '' ? undefined : (value ?? undefined);
	const parts = Object.entries(value).map(([key, part]) => [key, removeEmpty(part)] as const);
	const filled = parts.filter(([, part]) => part !== undefined);
	if (filled.length === 0) return undefined;
	return Array.isArray(value) ? filled.map(([, part]) => part) : Object.fromEntries(filled);
}

/** Returns the keys in which two records differ, without the keys that every write sets. */
const listDifferences = (before: IDataObject, after: IDataObject): string[] =>
	Object.keys({ ...before, ...after })
		.filter((key) => !WRITE_MARKS.includes(key))
		.filter((key) => JSON.stringify(removeEmpty(before[key])) !== JSON.stringify(removeEmpty(after[key])))
		.sort();

const buildPrices = (...prices: IDataObject[]) => ({ prices: { row: prices } });

/** Values of a customer that a request can contain, in unusual forms. */
const CUSTOMER_VALUES = {
	customerType: 1,
	customerStatus: 0,
	owners: ['staff03', 'staff01'],
	customerOwnersStr: ['กมลชนก ศรีสุวรรณ', 'สมหญิง ใจดี'],
	customer2ndName: '  บริษัท “ตัวอย่าง” จำกัด\n',
	customerAliases: ['Example Co., Ltd.', ' x '],
	customerTaxNo: '0105500000001',
	branchCode: '00000',
	customerPhone: '',
	customerMobile: '+66 81 234 5678',
	customerPicture: null,
	customerBirthdate: '1990-01-31T00:00:00+0700',
	customerIncome: '1,000.50',
	customerNote: 'x'.repeat(5000),
	customerGroupName: 'CRM',
	interestsName: [],
	customerTags: ['VIP', '2025'],
	addresses: [
		{
			locationName: 'HQ',
			locationAddress: 'ถนน\tตัวอย่าง',
			locationType: 1,
			latitude: 13.7563,
			longitude: 100.50180001,
		},
		{ locationName: '', locationAddress: null, locationType: 2, latitude: null, longitude: null },
	],
	contacts: [
		{
			contactName: 'คุณ A',
			contactPosition: null,
			contactEmail: '',
			contactPhone: '02-000-0001',
			contactMobile: null,
			contactPicture: null,
			contactBirthdate: null,
			contactNote: null,
			contactStatus: false,
			contactSocialAccount: {
				...{ facebook: null, instagram: null, line: 'a', linkedin: null, skype: '' },
				...{ telegram: null, wechat: null, whatsapp: null },
			},
		},
	],
	customFields: [{ customFieldName: 'Lot', customFieldValue: ['1', '2'] }],
};

/** What GoFive may do with a write, and the keys that it then stores in another format. */
const MODES: Array<{ name: string; behaviour: Parameters<Sandbox['setBehaviour']>[0]; reformattedKeys: string[] }> = [
	{ name: 'keeps omitted values', behaviour: {}, reformattedKeys: [] },
	{ name: 'clears omitted values', behaviour: { clearsOmitted: true }, reformattedKeys: [] },
	{ name: 'returns old values for two seconds', behaviour: { staleReadMs: 2000 }, reformattedKeys: [] },
	{
		name: 'clears omitted values and stores texts in its own format',
		behaviour: { clearsOmitted: true, normalizesTexts: true },
		reformattedKeys: ['customerPhone', 'customer2ndName', 'customerAliases', 'contacts'],
	},
];

describe.each(MODES)('if GoFive $name', ({ behaviour, reformattedKeys }) => {
	let simulatedClock: SimulatedClock;
	beforeEach(() => {
		fixture.sandbox.setBehaviour(behaviour);
		simulatedClock = installSimulatedClock();
		// The sandbox returns old values until the node has waited long enough on the simulated clock.
		jest.spyOn(Date, 'now').mockImplementation(() => clock.now());
	});
	afterEach(() => {
		jest.restoreAllMocks();
		simulatedClock.restore();
	});

	const findDifferences = (before: IDataObject, after: IDataObject): string[] =>
		listDifferences(before, after).filter((key) => !reformattedKeys.includes(key));

	test('Product > Update changes one price and nothing else', async () => {
		const before = readProduct('A001');
		const updateFields = buildPrices({ priceTierName: 'Standard', regularPrice: 189.5 });
		const { items, error } = await fixture.runExample('product.update', { productCode: 'A001', updateFields });
		expect(error).toBeUndefined();
		const after = readProduct('A001');
		expect(findDifferences(before, after)).toEqual(['price', 'prices']);
		const [standard, ...others] = before['prices'] as IDataObject[];
		expect(removeEmpty(after['prices'])).toEqual(removeEmpty([{ ...standard, regularPrice: 189.5 }, ...others]));
		expect(items).toMatchObject([
			{
				productCode: 'A001',
				updated: true,
				changes: [{ field: 'Regular Price (Standard)', before: 180, after: 189.5 }],
			},
		]);
	});

	test('two rows of a sheet change two prices of the same product', async () => {
		const before = readProduct('A002');
		const sheet = [
			{ code: 'A002', tier: 'Standard', price: '650' },
			{ code: 'A002', tier: 'ราคาส่ง', price: '590.25' },
			{ code: 'A003', tier: 'Standard', price: '651' },
		];
		const updateFields = buildPrices({ priceTierName: '={{ $json.tier }}', regularPrice: '={{ $json.price }}' });
		const parameters = { productCode: '={{ $json.code }}', updateFields };
		const { error } = await fixture.runExample('product.update', parameters, { items: sheet });
		expect(error).toBeUndefined();
		const after = readProduct('A002');
		expect(findDifferences(before, after)).toEqual(['price', 'prices']);
		expect(after['prices']).toMatchObject([{ regularPrice: 650 }, { regularPrice: 590.25 }]);
	});

	test('Customer > Update changes the owner and nothing else, although the record has only the names of owners', async () => {
		const before = readCustomer('C000154');
		expect(before['owners']).toBeUndefined();
		const parameters = { customerCode: 'C000154', updateFields: { owners: ['staff06'] } };
		const { items, error } = await fixture.runExample('customer.update', parameters);
		expect(error).toBeUndefined();
		const after = readCustomer('C000154');
		expect(findDifferences(before, after)).toEqual(['customerOwnersStr', 'owners']);
		expect(after['owners']).toEqual(['staff06']);
		const changes = [{ field: 'Owner Names or IDs', before: ['staff02'], after: ['staff06'] }];
		expect(items).toMatchObject([{ customerCode: 'C000154', updated: true, changes }]);
	});

	test('the owner stays the same if another field changes', async () => {
		const before = readCustomer('C000154');
		const parameters = { customerCode: 'C000154', updateFields: { customerPhone: '021112222' } };
		const { error } = await fixture.runExample('customer.update', parameters);
		expect(error).toBeUndefined();
		const after = readCustomer('C000154');
		const { customerPhone } = after;
		expect(['021112222', '+6621112222']).toContain(customerPhone);
		expect(listDifferences({ ...before, owners: ['staff02'] }, after)).toEqual(['customerPhone']);
		expect(after['customerOwnersStr']).toEqual(before['customerOwnersStr']);
	});

	test('a value that is not changed is sent back byte for byte', async () => {
		const { customers } = fixture.sandbox.records;
		Object.assign(customers.findBy('customerCode', 'C000201') ?? {}, structuredClone(CUSTOMER_VALUES));
		const before = readCustomer('C000201');
		const parameters = { customerCode: 'C000201', updateFields: { leadStatus: 'New' } };
		const { error } = await fixture.runExample('customer.update', parameters);
		expect(error).toBeUndefined();
		const [body = {}] = fixture.getSentBodies('upsertCustomer');
		const { customerPicture, customerBirthdate, customerOwnersStr, addresses, ...sameValues } = CUSTOMER_VALUES;
		expect(body['customerOwnersStr']).not.toEqual(customerOwnersStr);
		expect(body).toMatchObject({
			...(removeEmpty({ ...sameValues, addresses }) as IDataObject),
			customerBirthdate: '1990-01-31',
			customerCode: 'C000201',
		});
		expect([customerPicture, addresses.length]).toEqual([null, 2]);
		expect(body).toEqual(removeEmpty(body));
		const after = readCustomer('C000201');
		expect(findDifferences(before, { ...after, customerBirthdate })).toEqual(['leadStatus']);
	});
});

const eachField = ['customer.update', 'product.update'].flatMap((name) => {
	const entry = findOperation(name);
	const variants = listFieldVariants(entry).filter(({ path }) => path[0] === 'updateFields' && path.length === 2);
	return variants.map(({ path: [, key = ''], withValues }) => ({ name, key, entry, parameters: withValues.at(-1) }));
});

test.each(eachField)('$name of $key alone changes nothing else, if GoFive clears omitted values', async (field) => {
	const { name, key, entry, parameters } = field;
	fixture.sandbox.setBehaviour({ clearsOmitted: true });
	const read = () => (name === 'product.update' ? readProduct('A001') : readCustomer('C000201'));
	const { customers } = fixture.sandbox.records;
	const customer = structuredClone<IDataObject>(CUSTOMER_VALUES);
	// An individual has no business contacts.
	if (key === 'customerType') customer['contacts'] = [];
	Object.assign(customers.findBy('customerCode', 'C000201') ?? {}, customer);
	const before = read();
	const { [key]: value } = parameters?.['updateFields'] as IDataObject;
	const codes = { productCode: 'A001', customerCode: 'C000201' };
	const { error } = await fixture.runExample(name, { ...codes, updateFields: { [key]: value } });
	expect(error).toBeUndefined();
	const { bodyKey = key } = entry.operation.fields['updateFields']?.nestedFields?.[key] ?? {};
	const { dependentKeys = [], namesKey = '' } = entry.operation.current?.values[bodyKey ?? ''] ?? {};
	const expected = [bodyKey, namesKey, ...dependentKeys];
	const { customerBirthdate = null } = before;
	const after = key === 'customerBirthdate' ? read() : { ...read(), customerBirthdate };
	expect(listDifferences(before, after).filter((other) => !expected.includes(other))).toEqual([]);
	expect(fixture.findRequests(name === 'product.update' ? 'upsertProduct' : 'upsertCustomer').length).toBeLessThan(2);
});

test('a code that GoFive finds in another spelling is sent in the spelling of the record', async () => {
	const before = readCustomer('C000201');
	fixture.respondWithData('getCustomer', before);
	fixture.respondWithData('getCustomer', { ...before, leadStatus: 1 });
	const parameters = { customerCode: 'c000201', updateFields: { leadStatus: 'New' } };
	const { error } = await fixture.runExample('customer.update', parameters);
	expect(error).toBeUndefined();
	expect(fixture.getSentBodies('upsertCustomer')).toMatchObject([{ customerCode: 'C000201' }]);
});

const findWrites = () => [...fixture.findRequests('upsertProduct'), ...fixture.findRequests('upsertCustomer')];

const toItems = (...codes: string[]) => codes.map((code) => ({ code }));

/** Changes the costs of the products of the items. */
const COSTS = { productCode: '={{ $json.code }}', updateFields: { cost: 1 } };

const COST_CHANGE = { field: 'Cost', before: 95.5, after: 1 };

/** Message of an update that would lose values of the record. */
const COULD_BE_LOST = 'The record was not updated, because not all of its values are known';

const OWNER = 'Owner Names or IDs';

const CONTINUE = { onError: 'continueRegularOutput' } as const;

describe('before anything is sent', () => {
	afterEach(() => expect(findWrites()).toEqual([]));

	test('an unknown code creates no record, and no other item is sent', async () => {
		const count = fixture.sandbox.records.products.records.length;
		const { error } = await fixture.runExample('product.update', COSTS, { items: toItems('A001', 'A999', 'A002') });
		expect(error?.message).toContain("product code 'A999'");
		expect(error?.description).toContain('Not processed: A999. Not sent: A001, A002.');
		expect(fixture.sandbox.records.products.records).toHaveLength(count);
	});

	test('an invalid value of the last row stops the first one', async () => {
		const items = [
			{ code: 'A001', cost: '1' },
			{ code: 'A002', cost: 'free' },
		];
		const parameters = { ...COSTS, updateFields: { cost: '={{ $json.cost }}' } };
		const { error } = await fixture.runExample('product.update', parameters, { items });
		expect(error?.message).toBe(`'Cost' cannot be "free"`);
	});

	test('a response with another record is none', async () => {
		fixture.respondWithData('getProduct', { ...readProduct('A002') });
		const { error } = await fixture.runExample('product.update', COSTS, { items: toItems('A001') });
		expect(error?.message).toBe("No matching products found for product code 'A001'");
	});

	test('a response without a field of the request is refused, with the names of all of them', async () => {
		const { productWeight, productTag, ...record } = readProduct('A001');
		expect([productWeight, productTag]).toEqual([null, []]);
		fixture.respondWithData('getProduct', record);
		const { error } = await fixture.runExample('product.update', COSTS, { items: toItems('A001') });
		expect(error?.message).toBe(COULD_BE_LOST);
		expect(error?.description).toContain('cannot send back: Weight, Tags. Add them');
		expect(error?.description).toMatch(new RegExp(`Otherwise, change this record in Venio\\. ${NOTHING_SENT}$`));
	});

	test.each([
		['another field', COSTS],
		['a price', { updateFields: buildPrices({ priceTierName: 'Standard', regularPrice: 189.5 }) }],
	])('a row with an unknown key is refused if %s changes', async (_, parameters) => {
		const record = readProduct('A001');
		const [first, ...others] = record['prices'] as IDataObject[];
		fixture.respondWithData('getProduct', { ...record, prices: [{ ...first, currency: 'THB' }, ...others] });
		const { error } = await fixture.runExample('product.update', { ...parameters, productCode: 'A001' });
		expect(error?.description).toContain('cannot send back: Prices > currency. Add');
		expect(error?.description).toContain('Otherwise, change this record in Venio. Nothing was sent');
	});

	test('a contact with an unknown key is not to be replaced, because the key would be lost', async () => {
		const record = fixture.sandbox.records.customers.findBy('customerCode', 'C000154') as IDataObject;
		fixture.respondWithData('getCustomer', { ...record, contact: { ...(record['contact'] as IDataObject), foo: 'x' } });
		const parameters = { customerCode: 'C000154', updateFields: { customerPhone: '1' } };
		const { error } = await fixture.runExample('customer.update', parameters);
		expect(error?.description).toContain('cannot send back: Contact (Individual) > foo. ');
		expect(error?.description).toContain('Otherwise, change this record in Venio.');
	});

	test('a customer in another form names every field', async () => {
		fixture.respondWithData('getCustomer', { customerCode: 'C000154', name: 'x', phones: [] });
		const parameters = { customerCode: 'C000154', updateFields: { customerPhone: '1' } };
		const { error } = await fixture.runExample('customer.update', parameters);
		expect(error?.description).toMatch(
			/cannot send back: Customer Name, Customer State, Type, .*Custom Fields\. Add them under 'Update Fields', as shown in Venio\. If a field is empty .* Otherwise, change this record in Venio\./,
		);
	});

	test.each<[name: string, operationId: string, values: IDataObject, updateFields: IDataObject, field: string]>([
		['product.update', 'getProduct', { category: null }, { cost: 1 }, 'Category'],
		['product.update', 'getProduct', { brandName: { id: 1 } }, { cost: 1 }, 'Brand'],
		['product.update', 'getProduct', { cost: 12345678901234567890 }, { qty: 1 }, 'Cost'],
		['customer.update', 'getCustomer', { customerOwnersStr: ['Two Persons'] }, { customerPhone: '1' }, OWNER],
		[
			'customer.update',
			'getCustomer',
			{ customerBirthdate: '1990-01-31T10:00:00' },
			{ customerPhone: '1' },
			'Birthdate',
		],
	])('%s names a value that cannot be sent back: %#', async (name, operationId, values, updateFields, field) => {
		const isProduct = name === 'product.update';
		const record = isProduct ? readProduct('A001') : readCustomer('C000154');
		fixture.respondWithData(operationId, { ...record, ...values });
		const parameters = { productCode: 'A001', customerCode: 'C000154', updateFields };
		const { error } = await fixture.runExample(name, parameters);
		expect(error?.message).toBe(COULD_BE_LOST);
		expect(error?.description).toContain(`cannot send back: ${field}. `);
		expect(error?.description).toContain(NOTHING_SENT);
	});

	test.each<[string, IDataObject]>([
		['Prices', { prices: [] }],
		['productVariant', { productVariant: [{ productCode: 'A001-R' }] }],
		['productVariant', { productVariant: { count: 2 } }],
	])('a product whose %s cannot be sent back is refused: %j', async (name, values) => {
		fixture.respondWithData('getProduct', { ...readProduct('A001'), ...values });
		const { error } = await fixture.runExample('product.update', COSTS, { items: toItems('A001') });
		expect(error?.message).toBe(COULD_BE_LOST);
		expect(error?.description).toContain(`cannot send back: ${name}. Add them`);
	});

	test('an owner whose name two employees have is not known', async () => {
		const [name] = readCustomer('C000154')['customerOwnersStr'] as string[];
		const { records } = fixture.sandbox.records.employees;
		records.push({ ...records.find(({ fullname }) => fullname === name), staffCode: 'staff99', userId: 'user99' });
		const parameters = { customerCode: 'C000154', updateFields: { customerPhone: '1' } };
		const { error } = await fixture.runExample('customer.update', parameters);
		expect(error?.message).toBe(COULD_BE_LOST);
		expect(error?.description).toContain(`cannot send back: ${OWNER}. `);
	});

	test('a status that requires a note is refused, if neither the form nor the record has one', async () => {
		const parameters = { customerCode: 'C000154', updateFields: { customerStatus: 'Ended' } };
		const { error } = await fixture.runExample('customer.update', parameters);
		expect(error?.message).toBe("'Note' is empty");
		expect(error?.description).toContain(`Add it under 'Update Fields'. ${NOTHING_SENT}`);
	});

	test('an unknown price tier, and a missing one of several, name the price tiers of the product', async () => {
		for (const [row, message] of [
			[{ priceTierName: 'Retail', regularPrice: 1 }, `'Price Tier' cannot be "Retail"`],
			[{ regularPrice: 1 }, "'Price Tier' is empty"],
		] as const) {
			const parameters = { productCode: 'A001', updateFields: buildPrices(row) };
			const { error } = await fixture.runExample('product.update', parameters);
			expect(error?.message).toContain(message);
			expect(error?.description).toContain('Use one of these values: Standard, ราคาส่ง.');
		}
	});

	test.each([
		[{ regularPrice: -5 }, "'Regular Price' cannot be -5", 'Enter a number of at least 0.'],
		[{ salePrice: '-0.01' }, `'Sale Price' cannot be "-0.01"`, 'Enter a number of at least 0.'],
		[{ regularPrice: '12,5' }, `'Regular Price' cannot be "12,5"`, 'Enter a number of at least 0. Nothing was sent'],
		[{ regularPrice: '0x1F' }, `'Regular Price' cannot be "0x1F"`, 'Enter a number of at least 0. Nothing was sent'],
		[{ regularPrice: 'Infinity' }, `'Regular Price' cannot be "Infinity"`, 'Enter a number of at least 0.'],
		[
			{ regularPrice: '2,990.00' },
			`'Regular Price' cannot be "2,990.00"`,
			'Enter a number of at least 0. Enter it without commas.',
		],
	])('the price %p is rejected with its row before the record is read', async (row, message, advice) => {
		const updateFields = buildPrices(
			{ priceTierName: 'Standard', regularPrice: 0 },
			{ priceTierName: 'ราคาส่ง', ...row },
		);
		const { error } = await fixture.runExample('product.update', { productCode: 'A001', updateFields });
		expect(error?.message).toBe(`Price 2: ${message}`);
		expect(error?.description).toContain(advice);
		expect(fixture.apiRequests).toEqual([]);
	});

	test('an update without fields, and a number beyond 2^53, are rejected before the record is read', async () => {
		const empty = await fixture.runExample('product.update', { productCode: 'A001', updateFields: {} });
		expect(empty.error?.message).toBe("'Update Fields' is empty");
		const tooLarge = { productCode: 'A001', updateFields: { cost: 2 ** 53 } };
		const { error } = await fixture.runExample('product.update', tooLarge);
		expect(error?.message).toBe("'Cost' cannot be 9007199254740992");
		expect(fixture.apiRequests).toEqual([]);
	});

	test('a field that GoFive requires cannot be cleared', async () => {
		const parameters = { productCode: 'A001', updateFields: {}, fieldsToClear: '={{ "Category" }}' };
		const { error } = await fixture.runExample('product.update', parameters);
		expect(error?.message).toBe(`'Fields to Clear' cannot be "Category"`);
	});

	test('a preview returns the changes of all items, those of a record in its second row included', async () => {
		const items = [
			{ code: 'A001', cost: 1 },
			{ code: 'A002', cost: 2 },
			{ code: 'a001', cost: 95.5 },
			{ code: 'A001', cost: 95.5 },
		];
		fixture.sandbox.records.products.findBy('productCode', 'A001');
		const parameters = { productCode: '={{ $json.code.toUpperCase() }}', updateFields: { cost: '={{ $json.cost }}' } };
		const result = await fixture.runExample('product.update', { ...parameters, preview: true }, { items });
		expect(result.items.map(({ productCode, updated, changes }) => ({ productCode, updated, changes }))).toEqual([
			{ productCode: 'A001', updated: false, changes: [{ field: 'Cost', before: 95.5, after: 1 }] },
			{ productCode: 'A002', updated: false, changes: [{ field: 'Cost', before: 380, after: 2 }] },
			{ productCode: 'A001', updated: false, changes: [{ field: 'Cost', before: 1, after: 95.5 }] },
			{ productCode: 'A001', updated: false, changes: [] },
		]);
		expect(result.hints.map(({ message }) => message)).toContainEqual(
			expect.stringMatching(/^No update was sent, because this is a preview\. .* This applies to 4 items\.$/),
		);
		expect(fixture.apiRequests).toHaveLength(2);
	});

	test('a preview names the fields that it would clear', async () => {
		const parameters = { updateFields: { customerNote: 'x' }, fieldsToClear: ['customerPhone'], preview: true };
		const { items, hints } = await fixture.runExample('customer.update', { ...parameters, customerCode: 'C000201' });
		expect(items).toMatchObject([{ changes: [{ field: 'Phone', after: null }, { field: 'Note' }] }]);
		const messages = hints.map(({ message }) => message);
		expect(messages.filter((message) => message.includes('cleared'))).toEqual(["'Phone' will be cleared."]);
	});

	test('values that Venio contains already are not sent', async () => {
		const parameters = { productCode: 'A001', updateFields: { cost: '95.5' } };
		const { items, hints } = await fixture.runExample('product.update', parameters);
		expect(items).toMatchObject([{ updated: false, changes: [] }]);
		expect(hints.map(({ message }) => message)).toContain(
			'No update was sent, because Venio already contains these values.',
		);
	});
});

test('a field of the form replaces a value that cannot be sent back', async () => {
	fixture.respondWithData('getProduct', { ...readProduct('A001'), brandName: { id: 1 } });
	const parameters = { productCode: 'A001', updateFields: { brandName: 'ดอยตัวอย่าง' } };
	const { error } = await fixture.runExample('product.update', parameters);
	expect(error).toBeUndefined();
	expect(fixture.getSentBodies('upsertProduct')).toMatchObject([{ products: [{ brandName: 'ดอยตัวอย่าง' }] }]);
});

describe('the option Values That May Be Lost', () => {
	/** Lets Get omit a field of all products. */
	const hide = (...keys: string[]) => {
		for (const record of fixture.sandbox.records.products.records) for (const key of keys) delete record[key];
	};

	test('a field that it names is omitted, and another one is refused', async () => {
		hide('productWeight', 'productTag');
		const run = async (valuesThatMayBeLost: string) =>
			await fixture.runExample(
				'product.update',
				{ ...COSTS, options: { valuesThatMayBeLost } },
				{ items: toItems('A001') },
			);
		expect((await run('weight')).error?.description).toContain('cannot send back: Tags. Add them');
		expect(findWrites()).toEqual([]);
		expect((await run('Wieght')).error?.message).toBe(`'Values That May Be Lost' cannot be "Wieght"`);
		expect((await run('weight, Tags')).error).toBeUndefined();
		expect(readProduct('A001')['cost']).toBe(1);
	});

	test('if GoFive clears another value, the run ends', async () => {
		fixture.sandbox.setBehaviour({ clearsOmitted: true });
		hide('productWeight');
		const record = readProduct('A001');
		// GoFive returns a key that the request cannot contain, and clears it.
		fixture.respondWithData('getProduct', { ...record, supplier: 'S1' }, { times: 2 });
		const parameters = { ...COSTS, options: { valuesThatMayBeLost: 'Weight' } };
		const { items } = await fixture.runExample('product.update', parameters, {
			items: toItems('A001', 'A001'),
			...CONTINUE,
		});
		expect(items).toMatchObject([
			{ error: expect.stringContaining("'supplier' changed, too"), before: { ...record, supplier: 'S1' } },
			{ error: expect.stringContaining('The update was not sent') },
		]);
		expect(findWrites()).toHaveLength(1);
	});
});

describe('several items', () => {
	test('all are read before the first one is written, and each is read again before and after its write', async () => {
		await fixture.runExample('product.update', COSTS, { items: toItems('A001', 'A002', 'A003') });
		const requests = fixture.apiRequests.map(({ operationId }) => operationId);
		const oneUpdate = ['getProduct', 'upsertProduct', 'getProduct'];
		expect(requests).toEqual(['getProduct', 'getProduct', 'getProduct', ...oneUpdate, ...oneUpdate, ...oneUpdate]);
	});

	test('a single item is read once before its write', async () => {
		await fixture.runExample('product.update', COSTS, { items: toItems('A001') });
		const requests = fixture.apiRequests.map(({ operationId }) => operationId);
		expect(requests).toEqual(['getProduct', 'upsertProduct', 'getProduct']);
	});

	test('a change of another user after the first read is kept', async () => {
		fixture.respondWithData('getProduct', { ...readProduct('A002'), brandName: 'Old' });
		const { error } = await fixture.runExample('product.update', COSTS, { items: toItems('A002', 'A003') });
		expect(error).toBeUndefined();
		expect(readProduct('A002')).toMatchObject({ cost: 1, brandName: null });
	});

	test('a record that is deleted before its write is not created', async () => {
		const { products } = fixture.sandbox.records;
		const record = readProduct('A002');
		products.records = products.records.filter(({ productCode }) => productCode !== 'A002');
		fixture.respondWithData('getProduct', record);
		const result = await fixture.runExample('product.update', COSTS, { items: toItems('A002', 'A003'), ...CONTINUE });
		expect(result.items).toMatchObject([
			{ error: expect.stringContaining("Product not found (code 4001) for product code 'A002'") },
			{ updated: true },
		]);
		expect(products.findBy('productCode', 'A002')).toBeUndefined();
	});

	test('with On Error = Continue, the bad ones are errors and the others are updated', async () => {
		const { items } = await fixture.runExample('product.update', COSTS, {
			items: toItems('A001', 'A999', 'A002'),
			...CONTINUE,
		});
		expect(items.map(({ updated, error }) => [updated, error !== undefined])).toEqual([
			[true, false],
			[undefined, true],
			[true, false],
		]);
	});

	test('the row after a refused one of the same record sees the stored values', async () => {
		fixture.addFault('upsertProduct', { status: 400, body: { status: { code: '4001', description: 'Closed' } } });
		const { items } = await fixture.runExample('product.update', COSTS, {
			items: toItems('A001', 'A001'),
			...CONTINUE,
		});
		expect(items).toMatchObject([
			{ error: expect.stringContaining('Closed') },
			{ updated: true, changes: [COST_CHANGE] },
		]);
	});
});

describe('after an update', () => {
	/** Lets the sandbox return other values of a product after its write. The write itself is stored. */
	async function runWithValues(values: IDataObject, options = {}) {
		const before = readProduct('A001');
		const after = { ...before, cost: 1, ...values };
		fixture.respondWithData('getProduct', before);
		fixture.respondWithData('getProduct', after, { times: 'always' });
		return await fixture.runExample('product.update', { ...COSTS, productCode: 'A001' }, options);
	}

	const [standard, wholesale] = [
		{ priceTierName: 'Standard', regularPrice: 180, salePrice: null, vatValue: 7, useDefaultVat: true },
		{ priceTierName: 'ราคาส่ง', regularPrice: 162, salePrice: null, vatValue: 7, useDefaultVat: true },
	];

	test.each<[string, IDataObject, string]>([
		['became empty', { productBarcode: null }, 'Barcode'],
		['became 0', { lowStockAlert: 0 }, 'Low Stock Alert'],
		['became false', { trackInventory: false }, 'Track Inventory'],
		['became another text', { category: 'Other' }, 'Category'],
		['appeared', { brandName: 'New' }, 'Brand'],
		['is a row that was lost', { prices: [standard] }, 'Price Tier (ราคาส่ง)'],
		['is in a row', { prices: [standard, { ...wholesale, vatValue: 0 }] }, 'VAT Rate (ราคาส่ง)'],
		['is a list', { productTag: ['x'] }, 'Tags'],
		['is the lost stock', { qty: null }, 'Quantity'],
	])('a value that %s ends the run, and the error contains the whole record before', async (_, values, name) => {
		const before = readProduct('A001');
		const { error } = await runWithValues(values);
		expect(error?.message).toBe("GoFive changed fields that are not in 'Update Fields' for product code 'A001'");
		expect(error?.description).toContain(`'${name}'`);
		expect(error?.description).not.toContain('กาแฟ');
		expect(error?.context).toMatchObject({ data: { before } });
	});

	test.each<[string, IDataObject]>([
		['spaces', { category: ' เครื่องดื่ม ' }],
		['decimals', { prices: [{ ...standard, regularPrice: 180.001 }, wholesale] }],
		['the order of rows', { prices: [wholesale, standard] }],
		['an empty text for null', { brandName: '' }],
		['another stock', { qty: 119 }],
		['a new key', { supplier: 'S1' }],
		['the date, the user and the version', { dateModified: '2030-01-01', modifiedByUserId: 'x', rowVersion: 'y' }],
	])('another format is no change: %s', async (_, values) => {
		const { error, items } = await runWithValues(values);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ updated: true, changes: [COST_CHANGE] }]);
	});

	test('another format of a phone number is no change', async () => {
		const before = { ...readCustomer('C000154'), customerMobile: '081-234-5678' };
		fixture.respondWithData('getCustomer', before);
		fixture.respondWithData('getCustomer', {
			...before,
			customerPhone: '+66 2 111 2222',
			customerMobile: '+66812345678',
		});
		const parameters = { customerCode: 'C000154', updateFields: { customerPhone: '02 111 2222' } };
		const { error } = await fixture.runExample('customer.update', parameters);
		expect(error).toBeUndefined();
	});

	test('with the error output, the item with the record before is on it', async () => {
		const { outputs } = await runWithValues({ category: 'Other' }, { onError: 'continueErrorOutput' });
		expect(outputs).toMatchObject([[], [{ json: { error: { before: { productCode: 'A001', qty: 120 } } } }]]);
	});

	test('the lead status of the record is sent with another state', async () => {
		const parameters = { customerCode: 'L000308', updateFields: { customerState: 'Prospect' } };
		const { error } = await fixture.runExample('customer.update', parameters);
		expect(error).toBeUndefined();
		const [body = {}] = fixture.getSentBodies('upsertCustomer');
		expect(body['customerState']).toBe(2);
		expect(body['leadStatus']).toBe(1);
	});

	test('the lead status of the record is sent with the same state', async () => {
		const parameters = { customerCode: 'L000308', updateFields: { customerState: 'Lead', customerPhone: '1' } };
		await fixture.runExample('customer.update', parameters);
		expect(fixture.getSentBodies('upsertCustomer')).toMatchObject([{ customerState: 1, leadStatus: 1 }]);
	});
});

describe('faults of the write', () => {
	let simulatedClock: SimulatedClock;
	let restoreTimeouts: () => void;
	beforeEach(() => {
		simulatedClock = installSimulatedClock();
		restoreTimeouts = fastForwardSlowRequests(fixture.sandbox);
	});
	afterEach(() => {
		restoreTimeouts();
		simulatedClock.restore();
	});

	const run = async () =>
		await fixture.runExample('product.update', COSTS, { items: toItems('A001', 'A002'), ...CONTINUE });

	test.each<[string, FaultResponse]>([
		['a lost response', { kind: 'resetAfter' }],
		['a response that was cut', { kind: 'cutBody' }],
		['HTTP 500 after the write', { status: 500, acts: true }],
		['no response after the write', { kind: 'hang', acts: true }],
	])('%s: the record shows that the change is saved, and the next one is sent', async (_, fault) => {
		fixture.addFault('upsertProduct', fault);
		const { items } = await run();
		expect(items).toMatchObject([
			{ productCode: 'A001', updated: true, changes: [COST_CHANGE] },
			{ productCode: 'A002', updated: true },
		]);
		expect(findWrites()).toHaveLength(2);
	});

	test.each<[string, FaultResponse]>([
		['HTTP 401', { kind: 'unauthorized', because: 'token' }],
		['HTTP 429', { kind: 'rateLimited' }],
	])('%s: the write is sent again', async (_, fault) => {
		fixture.addFault('upsertProduct', fault);
		const { items } = await run();
		expect(items).toMatchObject([{ updated: true }, { updated: true }]);
		expect(fixture.getSentBodies('upsertProduct')).toHaveLength(3);
	});

	test('a refused write is not saved, and the next one is sent', async () => {
		fixture.addFault('upsertProduct', { status: 400, body: { status: { code: '4001', description: 'Closed' } } });
		const { items } = await run();
		expect(items).toMatchObject([{ error: expect.stringContaining('Closed') }, { updated: true }]);
		expect(items[0]).not.toHaveProperty('before');
	});
});

describe('faults that leave a change unchecked', () => {
	let simulatedClock: SimulatedClock;
	beforeEach(() => void (simulatedClock = installSimulatedClock()));
	afterEach(() => simulatedClock.restore());

	const run = async () =>
		await fixture.runExample('product.update', COSTS, { items: toItems('A001', 'A002'), ...CONTINUE });

	const expectEnd = (items: IDataObject[], text: string) => {
		expect(items).toMatchObject([
			{ error: expect.stringContaining(text), before: { productCode: 'A001', cost: 95.5 } },
			{ error: expect.stringContaining('The update was not sent') },
		]);
		expect(findWrites()).toHaveLength(1);
	};

	test.each<[string, FaultResponse]>([
		['HTTP 500', { status: 500 }],
		['a lost connection', { kind: 'resetBefore' }],
		['a web page', { kind: 'html' }],
	])('%s in place of the write: the change may be saved, and the run ends', async (_, fault) => {
		fixture.addFault('upsertProduct', fault);
		const { items } = await run();
		expectEnd(items, MAY_BE_DONE);
	});

	test.each<[string, FaultResponse]>([
		['HTTP 500', { status: 500 }],
		['HTTP 403', { kind: 'quota' }],
		['a web page', { kind: 'html' }],
		['a lost connection', { kind: 'resetBefore' }],
	])('%s at the read after the write: the change may be saved, and the run ends', async (_, fault) => {
		// Two reads of all records, and one before the write.
		fixture.sandbox.faults.add({ match: { operationId: 'getProduct' }, skip: 3, times: 'always', answer: fault });
		const { items } = await run();
		expectEnd(items, "The update may be saved, but could not be checked for product code 'A001'");
	});

	test('a value that never appears is not stored, and the run ends after ten seconds', async () => {
		const record = readProduct('A001');
		fixture.respondWithData('getProduct', record, { times: 'always' });
		const { items } = await fixture.runExample(
			'product.update',
			{ ...COSTS, productCode: 'A001' },
			{
				items: toItems('A001', 'A002'),
				...CONTINUE,
			},
		);
		expectEnd(items, "GoFive does not show the new value of 'Cost' for product code 'A001'");
		expect(sumOf(simulatedClock.sleepsMs)).toBe(10_000);
	});

	test.each<[string, FaultResponse]>([
		['HTTP 500', { status: 500 }],
		['HTTP 403', { kind: 'quota' }],
		['a web page', { kind: 'html' }],
	])('%s at the read before the write: nothing is sent for this item', async (_, fault) => {
		fixture.sandbox.faults.add({ match: { operationId: 'getProduct' }, skip: 2, answer: fault });
		const { items } = await run();
		expect(items[0]).toMatchObject({ error: expect.stringContaining(NOTHING_SENT) });
		expect(fixture.getSentBodies('upsertProduct').length).toBeLessThan(2);
	});
});
