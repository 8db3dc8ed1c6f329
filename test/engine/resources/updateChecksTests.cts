import type { IDataObject } from 'n8n-workflow';
import { NOTHING_SENT } from '../../../nodes/GoFive/api/errors';
import { installSimulatedClock, sumOf, type SimulatedClock } from '../executionFixture.cts';
import { copyOf, CUSTOMER, PRODUCT, setupRecordServer } from '../recordServer.cts';

const server = setupRecordServer();

let simulatedClock: SimulatedClock;
beforeEach(() => void (simulatedClock = installSimulatedClock()));
afterEach(() => simulatedClock.restore());

const CONTINUE = { onError: 'continueRegularOutput' } as const;

const TIERS = ['Standard', 'Wholesale', 'Retail'];

/** A product with three prices of 180. */
const PRODUCT_WITH_TIERS = copyOf(PRODUCT, {
	prices: TIERS.map((priceTierName) => ({ ...(PRODUCT['prices'] as IDataObject[])[0], priceTierName })),
});

/** Changes one price per item, as the rows of a sheet. */
const updatePrices = async (items: IDataObject[], updateFields: IDataObject = {}) => {
	const price = { priceTierName: '={{ $json.tier }}', regularPrice: '={{ $json.price }}' };
	const parameters = { productCode: 'A1', updateFields: { prices: { row: [price] }, ...updateFields } };
	return await server.run('product.update', parameters, { items, ...CONTINUE });
};

const updateCost = async () => await server.run('product.update', { productCode: 'A1', updateFields: { cost: 1 } });

const listPrices = ({ prices }: IDataObject) => (prices as IDataObject[]).map(({ regularPrice }) => regularPrice);

describe('items that change the same record', () => {
	const [FIRST, SECOND, THIRD] = TIERS.map((tier) => ({ tier, price: 9 })) as unknown as [
		IDataObject,
		IDataObject,
		IDataObject,
	];

	/** Number of reads until the first write is checked: before all writes, before this write, and after it. */
	const READS_OF_FIRST_ITEM = 3;

	/** Lets reads before the second write return the record before the first one. */
	function returnOldValues(record: IDataObject, oldReadCount: number, changes: IDataObject = {}): void {
		const oldRecord = copyOf(record, changes);
		server.store(record);
		const isOld = () => {
			const readCount = server.readCount - READS_OF_FIRST_ITEM;
			return readCount > 0 && readCount <= oldReadCount;
		};
		server.read = () => (isOld() ? oldRecord : record);
	}

	test('old values before the second write do not undo the change of the first item', async () => {
		const record = copyOf(PRODUCT_WITH_TIERS);
		returnOldValues(record, 3);
		const { items } = await updatePrices([FIRST, SECOND]);
		expect(items).toMatchObject([{ updated: true }, { updated: true }]);
		expect(listPrices(record)).toEqual([9, 9, 180]);
		expect(sumOf(simulatedClock.sleepsMs)).toBe(1500);
	});

	test('old values for ten seconds end the run with a message of their own', async () => {
		const record = copyOf(PRODUCT_WITH_TIERS);
		returnOldValues(record, Infinity);
		const { items } = await updatePrices([FIRST, SECOND, THIRD]);
		expect(items).toMatchObject([
			{ updated: true },
			{ error: expect.stringMatching(/^GoFive no longer shows the new value of 'Regular Price \(Standard\)'/) },
			{ error: expect.stringContaining('The update was not sent') },
		]);
		expect(items[1]?.['error']).toContain(NOTHING_SENT);
		expect(listPrices(record)).toEqual([9, 180, 180]);
		expect(sumOf(simulatedClock.sleepsMs)).toBe(10_000);
	});

	test('an old stock that an earlier item changed is read again, too', async () => {
		const record = copyOf(PRODUCT_WITH_TIERS);
		returnOldValues(record, 2);
		const { items } = await updatePrices([FIRST, SECOND], { qty: 9 });
		expect(items).toMatchObject([{ updated: true }, { updated: true }]);
		expect(record).toMatchObject({ qty: 9 });
	});

	test('an old value that an item before the last one changed ends the run', async () => {
		const record = server.store(copyOf(PRODUCT_WITH_TIERS));
		const { read } = server;
		const [standard, ...others] = record['prices'] as IDataObject[];
		server.read = (code) => {
			const isBeforeThirdWrite = server.bodies.length === 2 && server.readCount > 2 + READS_OF_FIRST_ITEM;
			const prices = [standard, { ...others[0], regularPrice: 9 }, others[1]] as IDataObject[];
			return isBeforeThirdWrite ? { ...record, prices } : read(code);
		};
		const { items } = await updatePrices([FIRST, SECOND, THIRD]);
		expect(items.map(({ updated }) => updated)).toEqual([true, true, undefined]);
		expect(items[2]?.['error']).toContain("GoFive no longer shows the new value of 'Regular Price (Standard)'");
	});

	test('ten prices are updated while the stock changes with each read', async () => {
		const tiers = Array.from({ length: 10 }, (_, index) => `Tier ${index}`);
		const [price] = PRODUCT['prices'] as IDataObject[];
		const record = server.store(
			copyOf(PRODUCT, { prices: tiers.map((priceTierName) => ({ ...price, priceTierName })) }),
		);
		const { read } = server;
		server.read = (code) => {
			record['qty'] = 100 - server.readCount;
			return read(code);
		};
		const { items } = await updatePrices(tiers.map((tier) => ({ tier, price: 9 })));
		expect(items.map(({ updated }) => updated)).toEqual(tiers.map(() => true));
		expect(listPrices(record)).toEqual(tiers.map(() => 9));
		const reads = [1, ...server.bodies.slice(0, -1).map((_, index) => 3 + 2 * index)].map((count) => count + 1);
		expect(server.bodies.map(({ qty }) => qty)).toEqual(reads.map((count) => 100 - count));
	});

	test('changes of another person before the second write are kept', async () => {
		const record = server.store(copyOf(PRODUCT_WITH_TIERS));
		const { read } = server;
		server.read = (code) => {
			if (server.readCount === READS_OF_FIRST_ITEM + 1) {
				record['category'] = 'Other';
				record['prices'] = (record['prices'] as IDataObject[]).map((price) => ({ ...price, vatValue: 10 }));
			}
			return read(code);
		};
		const { items } = await updatePrices([FIRST, SECOND]);
		expect(items).toMatchObject([{ updated: true }, { updated: true }]);
		expect(listPrices(record)).toEqual([9, 9, 180]);
		expect(record).toMatchObject({ category: 'Other', prices: TIERS.map(() => ({ vatValue: 10 })) });
	});

	test('a value that the record shows only later does not end the run', async () => {
		const record = server.store(copyOf(CUSTOMER, { customerNote: undefined }));
		server.read = () =>
			server.readCount === READS_OF_FIRST_ITEM ? copyOf(record, { customerNote: undefined }) : record;
		const parameters = {
			customerCode: 'C1',
			updateFields: { customerNote: 'x', customerPhone: '={{ $json.phone }}' },
		};
		const result = await server.run('customer.update', parameters, {
			items: [{ phone: '1' }, { phone: '2' }],
			...CONTINUE,
		});
		expect(result.items).toMatchObject([{ updated: true }, { updated: true }]);
		expect(record).toMatchObject({ customerNote: 'x', customerPhone: '2' });
	});
});

describe('rules between fields count only filled values', () => {
	const NO_CONTACT = Object.fromEntries(
		Object.keys((CUSTOMER['contacts'] as IDataObject[])[0] ?? {}).map((key) => [key, null]),
	);

	test.each<[string, IDataObject]>([
		['of nulls', { contact: NO_CONTACT }],
		['with a flag', { contact: { ...NO_CONTACT, contactStatus: false } }],
		['with empty texts', { contact: { ...NO_CONTACT, contactName: '', contactEmail: ' ' } }],
		['of nulls of an individual', { customerType: 2, contacts: [NO_CONTACT] }],
	])('a contact %s is none', async (_, changes) => {
		server.store(copyOf(CUSTOMER, changes));
		const { error } = await server.run('customer.update', { customerCode: 'C1', updateFields: { customerPhone: '1' } });
		expect(error).toBeUndefined();
	});

	test.each<[string, IDataObject]>([
		["'Note' is empty", { customerStatus: 1, customerNote: ' ' }],
		["'Unqualified Reason' is empty", { customerState: 1, leadStatus: 3, unqulifiedReasonName: ' ' }],
		["'Contact (Individual)' is not allowed for a business", { contact: { ...NO_CONTACT, contactName: 'A' } }],
	])('%s: %j', async (message, changes) => {
		server.store(copyOf(CUSTOMER, changes));
		const { error } = await server.run('customer.update', { customerCode: 'C1', updateFields: { customerPhone: '1' } });
		expect(error?.message).toBe(message);
		expect(server.bodies).toEqual([]);
	});
});

describe('what is not unique', () => {
	test('two rows of the price tier that the form names are an error', async () => {
		const [price = {}] = PRODUCT['prices'] as IDataObject[];
		server.store(copyOf(PRODUCT, { prices: [price, { ...price, regularPrice: 1 }] }));
		const { items } = await updatePrices([{ tier: 'Standard', price: 9 }]);
		expect(items[0]?.['error']).toMatch(/'Price Tier' cannot be "Standard"/);
		expect(items[0]?.['error']).toContain('The record contains this value more than once.');
		expect(server.bodies).toEqual([]);
	});

	test('two records with the code are an error', async () => {
		server.read = () => [copyOf(PRODUCT), copyOf(PRODUCT, { productCode: 'a1', cost: 7 })];
		const { error } = await updateCost();
		expect(error?.message).toBe("GoFive returned several products for product code 'A1'");
		expect(server.bodies).toEqual([]);
	});

	test('the record with the code is found among others', async () => {
		const record = copyOf(PRODUCT);
		server.read = () => [copyOf(PRODUCT, { productCode: 'A2' }), record];
		server.write = (body) => void Object.assign(record, body);
		const { items } = await updateCost();
		expect(items).toMatchObject([{ updated: true, productCode: 'A1' }]);
	});
});

describe('after an update, values in another format', () => {
	const updateCustomer = async (before: IDataObject, after: IDataObject) => {
		const record = server.store(copyOf(CUSTOMER, before));
		server.write = (body) => void Object.assign(record, body, after);
		return await server.run('customer.update', { customerCode: 'C1', updateFields: { leadStatus: 'New' } });
	};

	test.each<[IDataObject, IDataObject]>([
		[{ customerMobile: '081-234-5678' }, { customerMobile: '+66 (8) 1234.5678' }],
		[{ customer2ndName: 'Cafe\u0301  1' }, { customer2ndName: 'Caf\u00e9 1 ' }],
		[{ customerTags: ['a', 'b'] }, { customerTags: ['b', 'a'] }],
	])('are equal: %j and %j', async (before, after) => {
		expect((await updateCustomer(before, after)).error).toBeUndefined();
	});

	test.each<[IDataObject, IDataObject, string]>([
		[{ customerMobile: '02-123-4567 ต่อ 8' }, { customerMobile: '021234567 ต่อ 8' }, 'Mobile'],
		[{ customerMobile: '02-123-4567 ต่อ 8' }, { customerMobile: '02-123-4567 8' }, 'Mobile'],
		[{ customerMobile: '02-123-4567, 8' }, { customerMobile: '02-123-45678' }, 'Mobile'],
		[{ customerMobile: '-' }, { customerMobile: '+' }, 'Mobile'],
		[{ owners: ['a', 'b'] }, { owners: ['b', 'a'] }, 'Owner Names or IDs'],
		[{ customerTaxNo: '0105-5' }, { customerTaxNo: '01055' }, 'Tax ID'],
	])('differ: %j and %j', async (before, after, name) => {
		expect((await updateCustomer(before, after)).error?.description).toContain(`'${name}' changed`);
	});

	test.each<[string, string[], error: boolean]>([
		['with addresses of the server are equal', ['https://gofive.example/1', 'https://gofive.example/2'], false],
		['of another number differ', ['https://gofive.example/1'], true],
	])('images %s', async (_, productImage, isError) => {
		const record = server.store(copyOf(PRODUCT));
		server.write = (body) => void Object.assign(record, body, { productImage });
		const { error } = await updateCost();
		expect(error?.description?.includes("'Image URLs' changed") ?? false).toBe(isError);
	});
});

describe('an added field with the value of the record', () => {
	const changeState = async (after: IDataObject) => {
		const record = server.store(copyOf(CUSTOMER));
		server.write = (body) => void Object.assign(record, { leadStatus: 1 }, body, after);
		const updateFields = { customerState: 'Lead', leadStatus: 'Interested' };
		return await server.run('customer.update', { customerCode: 'C1', updateFields });
	};

	test('is sent, although GoFive sets it with another field', async () => {
		const { items } = await changeState({});
		expect(server.bodies).toMatchObject([{ customerState: 1, leadStatus: 4 }]);
		expect(items).toMatchObject([{ updated: true, changes: [{ field: 'Customer State' }] }]);
	});

	test('is checked', async () => {
		const { error } = await changeState({ leadStatus: 1 });
		expect(error?.message).toBe("GoFive does not show the new value of 'Lead Status' for customer code 'C1'");
	});
});

describe('rows without optional values', () => {
	test('a customer is updated twice with an address without coordinates, and a contact with a name alone', async () => {
		const record = server.store(copyOf(CUSTOMER));
		const run = async (updateFields: IDataObject) =>
			await server.run('customer.update', { customerCode: 'C1', updateFields });
		const address = { row: [{ locationName: 'HQ', locationAddress: 'Bangkok' }] };
		const first = await run({ addresses: address, contacts: { row: [{ contactName: 'A' }] } });
		expect(first.items).toMatchObject([{ updated: true }]);
		const second = await run({ customerPhone: '029999999' });
		expect(second.items).toMatchObject([{ updated: true, changes: [{ field: 'Phone' }] }]);
		expect(record).toMatchObject({
			addresses: [{ locationName: 'HQ', locationAddress: 'Bangkok' }],
			contacts: [{ contactName: 'A' }],
		});
	});

	test('a product with two variants is updated, with vat or vatValue in the prices', async () => {
		const variant = (code: string, vat: IDataObject) => ({
			...{ productCode: code, productName: code, active: true, qty: 3 },
			attribute: [{ attributeName: 'Color', attributeValueName: code }],
			prices: [{ priceTierName: 'Standard', regularPrice: 180, ...vat }],
		});
		const productVariant = [variant('R', { vat: 7 }), variant('G', { vatValue: 7 })];
		const record = server.store(copyOf(PRODUCT, { productVariant }));
		server.write = (body) => void Object.assign(record, body, { productVariant: copyOf({ v: productVariant })['v'] });
		const { items } = await updateCost();
		expect(items).toMatchObject([{ updated: true }]);
		expect(server.bodies).toMatchObject([{ productVariant: [{ productCode: 'R' }, { productCode: 'G' }] }]);
	});
});

describe('keys that no request has', () => {
	const BOOKKEEPING = { dateUpdated: '2026-01-01', rowVersion: 'a', customerGroup: { id: 1, name: 'CRM' }, unitId: 7 };

	test('may follow from the update', async () => {
		const record = server.store(copyOf(CUSTOMER, BOOKKEEPING));
		const after = { dateUpdated: '2026-02-02', rowVersion: 'b', customerGroup: { id: 2, name: 'B2B' }, unitId: 8 };
		server.write = (body) => void Object.assign(record, body, after);
		const parameters = { customerCode: 'C1', updateFields: { customerGroupName: 'B2B' } };
		expect((await server.run('customer.update', parameters)).items).toMatchObject([{ updated: true }]);
	});

	test.each([[null], [undefined], [{ id: null }]])('may not become %j', async (customerGroup) => {
		const record = server.store(copyOf(CUSTOMER, BOOKKEEPING));
		server.write = (body) => void Object.assign(record, body, { customerGroup });
		const parameters = { customerCode: 'C1', updateFields: { customerPhone: '1' } };
		const { error } = await server.run('customer.update', parameters);
		expect(error?.description).toContain("'customerGroup' changed, too.");
	});

	test('a tag that vanishes ends the run', async () => {
		const record = server.store(copyOf(CUSTOMER, { customerTags: ['VIP', '2025'] }));
		server.write = (body) => void Object.assign(record, body, { customerTags: ['VIP'] });
		const parameters = { customerCode: 'C1', updateFields: { customerPhone: '={{ $json.phone }}' } };
		const { items } = await server.run('customer.update', parameters, {
			items: [{ phone: '1' }, { phone: '2' }],
			...CONTINUE,
		});
		expect(items).toMatchObject([
			{ error: expect.stringContaining("'Tags' changed, too.") },
			{ error: expect.stringContaining('The update was not sent') },
		]);
		expect(server.bodies).toHaveLength(1);
	});
});

test('a state that does not fit the lead status recommends clearing it', async () => {
	server.store(copyOf(CUSTOMER, { leadStatus: 3 }));
	const { error } = await server.run('customer.update', {
		customerCode: 'C1',
		updateFields: { customerState: 'Lead' },
	});
	expect(error?.message).toBe("'Unqualified Reason' is empty");
	expect(error?.description).toContain("Or add 'Lead Status' to 'Fields to Clear'.");
});

test('a preview shows the names of codes, in rows too', async () => {
	server.store(copyOf(CUSTOMER));
	const addresses = { row: [{ locationName: 'Shop', locationType: 'Shipping' }] };
	const parameters = { customerCode: 'C1', preview: true, updateFields: { customerState: 'Lead', addresses } };
	const { items } = await server.run('customer.update', parameters);
	expect(items[0]?.['changes']).toEqual([
		{ field: 'Customer State', before: 'Customer', after: 'Lead' },
		{
			field: 'Addresses',
			before: [expect.objectContaining({ locationType: 'Billing' })],
			after: [{ locationName: 'Shop', locationType: 'Shipping' }],
		},
	]);
});

describe('an added field without rows or values', () => {
	const NO_ROWS = { row: [] };

	test.each<[string, IDataObject]>([
		['Addresses', { addresses: {} }],
		['Addresses', { addresses: { row: [{}] } }],
		['Contacts (Business)', { contacts: NO_ROWS }],
		['Custom Fields', { customFields: NO_ROWS }],
		['Contact (Individual)', { contact: {} }],
		['Contact (Individual)', { contact: { contactSocialAccount: {} } }],
		['Social Accounts', { customerSocialAccount: {} }],
	])('%s changes nothing: %j', async (_, updateFields) => {
		const record = server.store(copyOf(CUSTOMER));
		const before = copyOf(record);
		const { error } = await server.run('customer.update', { customerCode: 'C1', updateFields });
		expect(error).toBeUndefined();
		expect(record).toEqual(before);
	});

	test('Prices changes nothing', async () => {
		server.store(copyOf(PRODUCT));
		const { error } = await server.run('product.update', { productCode: 'A1', updateFields: { prices: NO_ROWS } });
		expect(error).toBeUndefined();
		expect(server.bodies).toEqual([]);
	});
});

describe('a value that cannot be read after the update', () => {
	const changeNote = async (after: IDataObject, before: IDataObject = {}) => {
		const record = server.store(copyOf(CUSTOMER, before));
		server.write = (body) => void Object.assign(record, body, after);
		return await server.run('customer.update', { customerCode: 'C1', updateFields: { customerNote: 'new' } });
	};

	test.each<[string, IDataObject]>([
		['creditLimit', { creditLimit: 50_000 }],
		['Tags', { customerTags: 'VIP' }],
		['Gender', { customerGender: 0 }],
		['Birthdate', { customerBirthdate: '0001-01-01T00:00:00' }],
		['Contacts (Business)', { contacts: [{ ...(CUSTOMER['contacts'] as IDataObject[])[0], contactNote: 5 }] }],
	])('%s is an unwanted change if it was empty: %j', async (name, after) => {
		const { error } = await changeNote(after, { customerBirthdate: null });
		expect(error?.message).toContain("GoFive changed fields that are not in 'Update Fields'");
		expect(error?.description).toContain(`'${name}' changed`);
	});

	test.each<[string, unknown, unknown]>([
		['qty', null, '7'],
		['productTag', [], 'VIP'],
		['prices', PRODUCT['prices'], [null]],
	])('%s of a product is an unwanted change', async (key, before, after) => {
		const record = server.store(copyOf(PRODUCT, { [key]: before } as IDataObject));
		server.write = (body) => void Object.assign(record, body, { [key]: after });
		expect((await updateCost()).error?.message).toContain("GoFive changed fields that are not in 'Update Fields'");
	});

	test('an empty value that GoFive omits is no change', async () => {
		const { error } = await changeNote({ customerGender: undefined, customerTags: undefined });
		expect(error).toBeUndefined();
	});

	test('a cleared field with such a value is not saved', async () => {
		const record = server.store(copyOf(CUSTOMER, { customer2ndName: 'Example' }));
		server.write = (body) => void Object.assign(record, body, { customer2ndName: 0 });
		const parameters = { customerCode: 'C1', fieldsToClear: ['customer2ndName'] };
		const { error } = await server.run('customer.update', parameters);
		expect(error?.message).toContain('GoFive does not show the new value of');
	});
});

test('the lead status that is sent with a state that could not be read is checked', async () => {
	const record = server.store(copyOf(CUSTOMER, { customerState: 'Customer' }));
	server.write = (body) => void Object.assign(record, body, { customerState: 'Customer', leadStatus: null });
	const { error } = await server.run('customer.update', {
		customerCode: 'C1',
		updateFields: { customerState: 'Customer', customerNote: 'new' },
	});
	expect(error?.description).toContain("'Lead Status' changed, too.");
});

test('a lost response of an update that is not saved: the message names the record once', async () => {
	server.store(copyOf(CUSTOMER));
	server.write = () => false;
	const { error } = await server.run('customer.update', { customerCode: 'C1', updateFields: { customerNote: 'new' } });
	expect(error?.message.match(/customer code 'C1'/g)).toHaveLength(1);
});
