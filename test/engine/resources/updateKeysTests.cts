import type { IDataObject } from 'n8n-workflow';
import { NOTHING_SENT } from '../../../nodes/GoFive/api/errors';
import { copyOf, CUSTOMER, PRODUCT, setupRecordServer } from '../recordServer.cts';

const server = setupRecordServer();

/** A customer in the form of the 2021 partner portal, with the other keys of the request. */
const PORTAL_CUSTOMER = copyOf(CUSTOMER, {
	// The portal has these values in other keys.
	customerState: undefined,
	customerEmail: undefined,
	customerPicture: undefined,
	owners: undefined,
	customerId: 7,
	companyId: 1001,
	customerType: 11300,
	customerStateId: 3,
	isActive: true,
	createdByUserId: 'u1',
	dateCreated: '2024-11-04T09:12:30+0700',
	modifiedByUserId: 'u1',
	dateModified: '2025-01-20T16:05:00+0700',
	hasOwner: true,
	dateAcquired: null,
	uniqueName: 'example',
	email: 'a@example.com',
	customerOwnersStr: ['Somchai Jaidee'],
	PictureUrl: null,
	leadStates: [],
	customerInterests: [{ id: 1, name: 'Coffee' }],
});

const EMPLOYEES = [
	{ staffCode: 'staff01', userId: 'u1', fullname: 'Somchai Jaidee' },
	{ staffCode: 'staff02', userId: 'u2', fullname: 'Somying Jaidee' },
];

/** A variant of a product, with a key that no request has. */
const VARIANT: IDataObject = {
	...{ productCode: 'A1-R', productName: 'Red', active: true, variantId: 1 },
	attribute: [{ attributeName: 'Color', attributeValueName: 'Red' }],
	prices: PRODUCT['prices'],
};

/** Changes the phone of the customer, with the names of fields that GoFive does not return. */
const changePhone = async (names: string[] = [], updateFields: IDataObject = {}) =>
	await server.run('customer.update', {
		customerCode: 'C1',
		updateFields: { customerPhone: '029999999', ...updateFields },
		options: { valuesThatMayBeLost: names.join(', ') },
	});

const changeCost = async (names: string[] = []) =>
	await server.run('product.update', {
		productCode: 'A1',
		updateFields: { cost: 1 },
		options: { valuesThatMayBeLost: names.join(', ') },
	});

/** Returns the names that a message lists as refused. Empty if the update was sent. */
function readRefusedNames(error: { message: string; description?: string | null } | undefined): string[] {
	if (!error) return [];
	expect(error.message).toBe('The record was not updated, because not all of its values are known');
	expect(server.bodies).toEqual([]);
	const [, names = ''] = /cannot send back: (.*?)\. Add /.exec(error.description ?? '') ?? [];
	return names.split(', ');
}

beforeEach(() => void (server.employees = structuredClone(EMPLOYEES)));

describe('a customer in the form of the 2021 partner portal', () => {
	const expectOnlyPhoneChanged = (record: IDataObject, type: IDataObject) => {
		const [body = {}] = server.bodies;
		const { customerType, email, ...others } = PORTAL_CUSTOMER;
		expect([customerType, email]).toEqual([11300, 'a@example.com']);
		expect(body).toMatchObject({ customerState: 3, customerEmail: 'a@example.com', owners: ['staff01'], ...type });
		expect(body['customerPhone']).toBe('029999999');
		const { addresses, contacts, ...values } = others;
		expect([addresses, contacts]).toMatchObject([[{ longitude: null }], [{ contactNote: null }]]);
		expect(record).toMatchObject({ ...values, customerBirthdate: '1990-01-31', customerPhone: '029999999' });
		expect(record).toMatchObject({ addresses: [{ locationName: 'HQ' }], contacts: [{ contactName: 'A' }] });
	};

	/** Stores a write in the keys of the portal. */
	const storeAsPortal = (): IDataObject => {
		const record = copyOf(PORTAL_CUSTOMER);
		server.read = () => record;
		server.write = (body) => {
			const {
				customerState: state,
				customerEmail: email,
				owners: codes,
				...values
			} = copyOf(body, { customerType: undefined });
			const names = (codes as string[]).map((code) => EMPLOYEES.find(({ staffCode }) => staffCode === code)?.fullname);
			const type = [11100, 11200, 11300][Number(state) - 1];
			const portalValues = { customerType: type, customerStateId: state, email, customerOwnersStr: names };
			Object.assign(record, values, portalValues);
		};
		return record;
	};

	test('one message names the type', async () => {
		storeAsPortal();
		const { error } = await changePhone();
		expect(readRefusedNames(error)).toEqual(['Type']);
		expect(error?.description).toContain(NOTHING_SENT);
	});

	test('once the type is named, the phone changes and everything else stays', async () => {
		const record = storeAsPortal();
		const { error, items } = await changePhone(['Type']);
		expect(error).toBeUndefined();
		expectOnlyPhoneChanged(record, {});
		expect(server.bodies[0]).not.toHaveProperty('customerType');
		expect(items).toMatchObject([{ updated: true, changes: [{ field: 'Phone' }] }]);
	});

	test('once the type is set, the phone changes, and a hint says that the type could not be checked', async () => {
		const record = storeAsPortal();
		const { error, hints } = await changePhone([], { customerType: 'Business' });
		expect(error).toBeUndefined();
		expectOnlyPhoneChanged(record, { customerType: 1 });
		expect(hints.map(({ message }) => message)).toEqual([expect.stringMatching(/^'Type' was sent but not checked/)]);
	});

	test('the state, the name, the email and the interests change with the keys that GoFive derives from them', async () => {
		const record = storeAsPortal();
		const { write } = server;
		server.write = (body) => {
			void write(body);
			Object.assign(record, { uniqueName: 'new', customerInterests: [], dateAcquired: '2026-01-01', leadStates: [1] });
		};
		const updateFields = {
			customerState: 'Lead',
			customerName: 'N',
			customerEmail: 'b@example.com',
			interestsName: 'Tea',
		};
		const { error, items } = await changePhone(['Type'], updateFields);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ updated: true }]);
		expect(record).toMatchObject({ customerType: 11100, email: 'b@example.com' });
	});

	test('all refused fields are in one message', async () => {
		const keys = [
			'customerCode',
			'customerName',
			'customerType',
			'leadStatus',
			'email',
			'customerOwnersStr',
			'addresses',
		];
		const portalKeys = [...keys, 'PictureUrl', 'customerStateId', 'isActive'];
		server.store(Object.fromEntries(portalKeys.map((key) => [key, PORTAL_CUSTOMER[key]])));
		const names = readRefusedNames((await changePhone()).error);
		expect(names).toHaveLength(25);
		expect(names).toEqual(expect.arrayContaining(['Type', 'Status', 'creditLimit', 'Custom Fields']));
		expect(names).not.toContain('Phone');
		expect((await changePhone(names)).error).toBeUndefined();
		expect(Object.keys(server.bodies[0] ?? {}).sort()).toEqual([
			...['addresses', 'customerCode', 'customerEmail', 'customerName', 'customerPhone'],
			...['customerState', 'leadStatus', 'owners'],
		]);
	});
});

describe('if the record has the key of the request, only this key counts', () => {
	test.each<[string, IDataObject]>([
		['Customer State', { customerState: undefined, customerType: 1 }],
		['Customer State', { customerState: 4, customerType: 1 }],
		['Customer State', { customerState: null, customerType: 1 }],
		['Customer State, Type', { customerState: undefined, customerType: 4 }],
		['Customer State', { customerState: undefined, customerStateId: 3 }],
		['Customer State', { customerState: '3' }],
		['Email', { customerEmail: '', email: 'a@example.com' }],
		['Email', { customerEmail: null, email: 'a@example.com' }],
		['Picture URL', { customerPicture: null, PictureUrl: 'https://example.com/a.jpg' }],
		['Picture URL', { customerPicture: undefined, pictureUrl: 'https://example.com/a.jpg' }],
		['Status', { customerStatus: undefined, isActive: true }],
		['Owner Names or IDs', { owners: [], customerOwnersStr: ['Somchai Jaidee'] }],
		['Owner Names or IDs', { owners: null, customerOwnersStr: 'Somchai Jaidee' }],
		['Owner Names or IDs', { owners: undefined, customerOwnersStr: ['Somchai Jaidee', 'Somchai Jaidee'] }],
		['Owner Names or IDs', { owners: undefined, customerOwnersStr: ['Nobody'] }],
		['Owner Names or IDs', { owners: undefined, customerOwnersStr: ['No Code'] }],
		['Note', { CustomerNote: 'x', customerNote: undefined }],
		['Contacts (Business)', { contacts: { count: 1 } }],
	])('%s is refused: %j', async (name, changes) => {
		server.employees.push({ staffCode: null, userId: 'u3', fullname: 'No Code' });
		server.store(copyOf(CUSTOMER, changes));
		expect(readRefusedNames((await changePhone()).error).join(', ')).toBe(name);
	});

	test('the form changes nothing about that: a customer in the type of a business is never sent as a lead', async () => {
		server.store(copyOf(CUSTOMER, { customerState: undefined }));
		const { error } = await changePhone(['Customer State']);
		expect(readRefusedNames(error)).toEqual(['Customer State']);
		expect(error?.description).toContain("Add them under 'Update Fields', as shown in Venio.");
		expect((await changePhone([], { customerState: 'Prospect' })).error).toBeUndefined();
		expect(server.bodies).toMatchObject([{ customerState: 2, customerType: 1 }]);
	});

	test.each<[string, IDataObject]>([
		['Active', { active: undefined, isActive: true }],
		['Prices > id', { prices: [{ priceTierName: 'Standard', regularPrice: 180, vat: 7, id: 1 }] }],
		['Prices', { prices: [{ priceTierName: 'Standard' }] }],
	])('%s of a product is refused: %j', async (names, changes) => {
		server.store(copyOf(PRODUCT, changes));
		expect(readRefusedNames((await changeCost()).error).join(', ')).toBe(names);
	});

	const [ADDRESS = {}] = CUSTOMER['addresses'] as IDataObject[];

	test.each<[string, IDataObject, sent: IDataObject]>([
		['Birthdate', { customerBirthdate: '1990-01-31T10:00:00' }, { customerBirthdate: undefined }],
		['Birthdate', { customerBirthdate: '1990-02-30' }, { customerBirthdate: undefined }],
		['Birthdate', { customerBirthdate: '1990-01-31T24:00:00' }, { customerBirthdate: undefined }],
		['Tags', { customerTags: 'VIP, 2025' }, { customerTags: undefined }],
		[
			'Addresses > Type',
			{ addresses: [{ ...ADDRESS, locationType: 7 }] },
			{ addresses: [copyOf(ADDRESS, { locationType: undefined, longitude: undefined })] },
		],
	])('%s in another form can be named, and is then not sent', async (name, changes, sent) => {
		server.store(copyOf(CUSTOMER, changes));
		const { error } = await changePhone();
		expect(readRefusedNames(error)).toEqual([name]);
		expect(error?.description).toContain("in the option 'Values That May Be Lost' instead");
		expect((await changePhone([name.toLowerCase()])).error).toBeUndefined();
		const [body = {}] = server.bodies;
		expect(copyOf({ ...body, ...sent })).toEqual(body);
		expect(body).toMatchObject({ customerCode: 'C1', customerPhone: '029999999', contacts: [{ contactName: 'A' }] });
	});

	test('a custom field without its required value is refused', async () => {
		const customFields = [{ customFieldName: 'Lot', customFieldValue: [] }];
		server.store(copyOf(CUSTOMER, { customFields }));
		expect(readRefusedNames((await changePhone()).error)).toEqual(['Custom Fields']);
	});

	test('a value that may be lost is neither sent nor compared', async () => {
		const record = server.store(copyOf(CUSTOMER, { customerTags: 'VIP, 2025' }));
		server.write = (body) => void Object.assign(record, body, { customerTags: [] });
		const { error } = await changePhone(['Tags']);
		expect(error).toBeUndefined();
		expect(server.bodies[0]).not.toHaveProperty('customerTags');
	});

	test('the lead status is sent back with a state that is not known to change', async () => {
		server.store(copyOf(CUSTOMER, { customerState: undefined }));
		expect((await changePhone([], { customerState: 'Customer' })).error).toBeUndefined();
		expect(server.bodies).toMatchObject([{ customerState: 3, leadStatus: 4 }]);
	});

	test.each<[string, IDataObject]>([
		['in another form', { customerTags: 'VIP, 2025' }],
		['that is not in the record', { customerTags: undefined }],
	])('a value %s can be cleared', async (_, changes) => {
		const record = server.store(copyOf(CUSTOMER, changes));
		const parameters = { customerCode: 'C1', updateFields: {}, fieldsToClear: ['customerTags'] };
		const { items } = await server.run('customer.update', parameters);
		expect(items).toMatchObject([{ updated: true, changes: [{ field: 'Tags', after: null }] }]);
		expect(record['customerTags']).toBeNull();
	});

	test.each<[string, IDataObject]>([
		['productVariant', { productVariant: undefined }],
		['productVariant', { productVariant: { count: 2 } }],
		['productVariant > variantId', { productVariant: [VARIANT] }],
	])('%s of a product is refused, unless it may be lost: %j', async (name, changes) => {
		server.store(copyOf(PRODUCT, changes));
		const { error } = await changeCost();
		expect(readRefusedNames(error)).toEqual([name]);
		expect(error?.description).toContain(`Otherwise, change this record in Venio. ${NOTHING_SENT}`);
		expect((await changeCost([name])).error).toBeUndefined();
	});
});

describe('after the update', () => {
	/** Lets a write change other keys of the customer, too. */
	const changeAlso = (changes: IDataObject, record: IDataObject) =>
		(server.write = (body) => void Object.assign(record, body, changes));

	test.each<[string, IDataObject, IDataObject]>([
		['uniqueName', { uniqueName: 'a' }, { uniqueName: '' }],
		['isActive', { isActive: true }, { isActive: null }],
	])('%s, which the update does not read, must not become empty', async (name, values, changes) => {
		changeAlso(changes, server.store(copyOf(CUSTOMER, values)));
		const { error } = await changePhone();
		expect(error?.description).toContain(`'${name}' changed`);
	});

	test('a path that the update reads is compared as the value of its key', async () => {
		const record = server.store(copyOf(CUSTOMER, { customerEmail: undefined, email: 'a@example.com' }));
		changeAlso({ customerEmail: 'a@example.com', email: null }, record);
		const { error } = await changePhone();
		expect(error).toBeUndefined();
	});

	test('a value that was readable before must be readable after', async () => {
		changeAlso({ customerType: 11300 }, server.store(copyOf(CUSTOMER)));
		const { error } = await changePhone();
		expect(error?.description).toContain("'Type' changed");
	});

	test('a lost response is not confirmed by a record in which a value of the form could not be checked', async () => {
		const record = server.store(copyOf(CUSTOMER, { customerType: 11300 }));
		server.write = (body) => {
			Object.assign(record, copyOf(body, { customerType: undefined }));
			return false;
		};
		const { error } = await changePhone([], { customerType: 'Business' });
		expect(error?.message).toMatch(/may have been processed|connection/i);
		expect(server.bodies).toHaveLength(1);
	});

	test('a preview shows what would be sent in place of a value that cannot be read', async () => {
		server.store(copyOf(PORTAL_CUSTOMER));
		const parameters = { customerCode: 'C1', updateFields: { customerType: 'Business' }, preview: true };
		const { items } = await server.run('customer.update', parameters);
		expect(items).toMatchObject([{ updated: false, changes: [{ field: 'Type', before: 11300, after: 'Business' }] }]);
	});
});
