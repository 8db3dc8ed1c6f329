import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';
import { buildLimitHint } from '../resultAssertions.cts';

const fixture = setupExecutionFixture();

test('Get Many shows the state that was requested if GoFive omits it', async () => {
	fixture.respondWithData('findCustomers', [{ customerCode: 'C1' }, { customerCode: 'C2', customerType: 1 }]);
	fixture.respondWithData('findCustomers', []);
	const { items } = await fixture.runExample('customer.getAll', {
		customerStateIds: [11200],
		returnAll: true,
		output: 'selected',
		fields: ['customerType', 'customerTypeName'],
	});
	expect(items).toEqual([
		{ customerCode: 'C1', customerType: 11200, customerTypeName: 'Prospect' },
		{ customerCode: 'C2', customerType: 1, customerTypeName: 'Business' },
	]);
});

test.each<[string, IDataObject, object]>([
	[
		'an individual, with nested fields',
		{
			customerType: 'Individual',
			customerBirthdate: '2533-01-31',
			contact: { contactName: 'สมชาย ใจดี', contactNote: '', contactSocialAccount: { line: 'somchai' } },
			customerSocialAccount: { facebook: 'example', telegram: '' },
			customFields: { row: [{ customFieldName: 'Lot', customFieldValue: '1, 2\nB' }] },
		},
		{
			customerType: 2,
			customerBirthdate: '1990-01-31',
			contact: { contactName: 'สมชาย ใจดี', contactSocialAccount: { line: 'somchai' } },
			customerSocialAccount: { facebook: 'example' },
			customFields: [{ customFieldName: 'Lot', customFieldValue: ['1, 2', 'B'] }],
		},
	],
	[
		'contacts of a business with accounts, and untouched inputs',
		{
			contacts: {
				row: [
					{ contactName: 'A', contactBirthdate: '', contactStatus: '', contactSocialAccount: { line: 'a' } },
					{ contactName: 'B', contactSocialAccount: {} },
				],
			},
		},
		{ contacts: [{ contactName: 'A', contactSocialAccount: { line: 'a' } }, { contactName: 'B' }] },
	],
	[
		'names with commas, and comma-separated words',
		{ customerAliases: 'Example Co., Ltd.\nEx', customerTags: 'VIP, 2025' },
		{ customerAliases: ['Example Co., Ltd.', 'Ex'], customerTags: ['VIP', '2025'] },
	],
	['nothing for blank fields', { customerEmail: '', customerPhone: ' ', owners: '', addresses: {} }, {}],
])('create or update sends %s', async (_, additionalFields, changes) => {
	await fixture.expectBodyChanges('customer.upsert', { additionalFields }, changes);
});

test('a hint does not count the customers of several items if the number of one is unknown', async () => {
	const total = fixture.sandbox.records.customers.records.length;
	const getHints = async (...limits: number[]) => {
		const parameters = { customerStateIds: [], limit: '={{ $json.limit }}' };
		const options = { items: limits.map((limit) => ({ limit })) };
		const { hints } = await fixture.runExample('customer.getAll', parameters, options);
		return hints.map(({ message }) => message);
	};
	const returned = total - 1;
	expect(await getHints(returned)).toEqual([buildLimitHint(`${returned} of ${total} customers`)]);
	expect(await getHints(1, returned)).toEqual([
		buildLimitHint(`${total} customers for 2 input items, and GoFive has more`),
	]);
});

test('names the customer that was not created', async () => {
	const items = ['ร้านใหม่', 'Chao Phraya Trading Co., Ltd.', 'Third'].map((name) => ({ name }));
	const parameters = { customerCode: '', customerName: '={{ $json.name }}' };
	const { error } = await fixture.runExample('customer.upsert', parameters, { items });
	expect(error?.message).toMatch(/ for customer name 'Chao Phraya Trading Co\., Ltd\.'$/);
	expect(error?.description).toContain(
		" Processed: ร้านใหม่. Not processed: 'Chao Phraya Trading Co., Ltd.'. Not sent: Third. ",
	);
});

test('names a customer with invalid values by its code, else by its name', async () => {
	const items = [
		{ code: 'C000055', name: '' },
		{ code: '', name: 'ร้านใหม่' },
	];
	const { hints } = await fixture.runExample(
		'customer.upsert',
		{
			customerCode: '={{ $json.code }}',
			customerName: '={{ $json.name }}',
			additionalFields: { customerBirthdate: 'invalid' },
		},
		{ items, onError: 'continueRegularOutput' },
	);
	expect(hints[0]?.message).toMatch(/^2 of 2 items failed: C000055, ร้านใหม่\./);
});

test('Get Many sends the filters and the other keys', async () => {
	await fixture.expectBodyChanges(
		'customer.getAll',
		{ filters: { searchText: 'BULK', otherFiltersJson: '{"owners": ["staff01"], "orderBy": "customerName"}' } },
		{ keyword: 'BULK', owners: ['staff01'], orderBy: 'customerName' },
	);
});

test.each(['staff01', 'staff03'])('Get Many with the owner %s returns its customers', async (staffCode) => {
	const { records } = fixture.sandbox;
	const fullname = records.employees.findBy('staffCode', staffCode)?.['fullname'];
	const { items } = await fixture.runExample('customer.getAll', {
		customerStateIds: [],
		returnAll: true,
		filters: { otherFiltersJson: JSON.stringify({ owners: [staffCode] }) },
		output: 'raw',
	});
	expect(items.length).toBeGreaterThan(0);
	expect(items.length).toBeLessThan(records.customers.records.length);
	for (const { customerOwnersStr } of items) expect(customerOwnersStr).toEqual([fullname]);
});

test.each([
	[['Lead'], [11100]],
	['={{ "prospect , Customer" }}', [11300, 11200]],
	[[], [11300, 11100, 11200]],
])('Get Many with the states %j requests %j, one per request', async (customerStateIds, sentTypes) => {
	await fixture.runExample('customer.getAll', { customerStateIds, returnAll: true });
	const sentBodies = fixture.getSentBodies('findCustomers');
	expect([...new Set(sentBodies.map(({ customerType }) => customerType))].sort()).toEqual([...sentTypes].sort());
});

test('Get Many returns each customer once, in the order of the states, and cuts the whole list', async () => {
	const { customers } = fixture.sandbox.records;
	customers.create({ customerType: 11200, customerCode: 'P' });
	customers.create({ customerType: 11100, customerCode: 'L' });
	const output = { output: 'selected', fields: ['customerCode'] };
	const all = await fixture.runExample('customer.getAll', { customerStateIds: [], returnAll: true, ...output });
	const codes = all.items.map(({ customerCode }) => customerCode);
	expect(new Set(codes).size).toBe(customers.records.length);
	expect(codes.indexOf('L')).toBeLessThan(codes.indexOf('P'));
	const limited = await fixture.runExample('customer.getAll', { customerStateIds: [], limit: 2, ...output });
	expect(limited.items.map(({ customerCode }) => customerCode)).toEqual(codes.slice(0, 2));
	expect(limited.hints).toHaveLength(1);
});

test('Get Many with an expression without a value includes all states, and a hint says so', async () => {
	const { hints } = await fixture.runExample('customer.getAll', { customerStateIds: '={{ $json.none }}' });
	const sentTypes = new Set(fixture.getSentBodies('findCustomers').map(({ customerType }) => customerType));
	expect(sentTypes).toEqual(new Set([11100, 11200, 11300]));
	expect(hints.map(({ message }) => message)).toContainEqual(
		expect.stringMatching(/^'Customer States' was empty, so all customer states were included\./),
	);
});

describe('owners and addresses as Selected Fields', () => {
	const addresses = [{ locationName: 'HQ', locationAddress: '1 Example Road', locationType: 1 }];

	test.each<[string, unknown, unknown]>([
		['names', ['สมหญิง ใจดี', 'Somchai'], 'สมหญิง ใจดี, Somchai'],
		['one name', ['Somchai'], 'Somchai'],
		['no owner', [], null],
		['a text', 'Somchai', 'Somchai'],
		['null', null, null],
		['a list of another form', [{ name: 'Somchai' }], [{ name: 'Somchai' }]],
	])('%s', async (_, customerOwnersStr, ownerNames) => {
		const output = { output: 'selected', fields: ['ownerNames', 'addresses'] };
		const customer = { customerCode: 'A', customerOwnersStr, addresses };
		fixture.respondWithData('findCustomers', [customer]);
		const list = await fixture.runExample('customer.getAll', { customerStateIds: [11300], limit: 1, ...output });
		expect(list.items).toEqual([{ customerCode: 'A', ownerNames, addresses }]);
		fixture.respondWithData('getCustomer', customer);
		const { items } = await fixture.runExample('customer.get', output);
		expect(items).toEqual([{ customerCode: 'A', ownerNames, addresses }]);
	});
});

test('a number in a field whose values may begin with zero is sent, and one hint per field counts the items', async () => {
	const contact = { contactName: 'A', contactMobile: '={{ $json.phone }}' };
	const { error, hints } = await fixture.runExample(
		'customer.upsert',
		{
			customerCode: '',
			customerName: '=Customer {{ $itemIndex }}',
			additionalFields: {
				customerType: 1,
				customerPhone: '={{ $json.phone }}',
				customerTaxNo: '={{ $json.tax }}',
				branchCode: '={{ "00000" }}',
				contacts: { row: [contact, contact] },
			},
		},
		{
			items: [
				{ phone: 812345678, tax: 105500000001 },
				{ phone: 21234567, tax: '0105500000001' },
			],
		},
	);
	expect(error?.message).toBeUndefined();
	const describe = (name: string) =>
		`'${name}' was a number, whose leading zeros may be lost. It was sent as it is. Format the column as text.`;
	expect(hints.map(({ message }) => message)).toEqual([
		`${describe('Mobile')} This applies to 2 items.`,
		`${describe('Phone')} This applies to 2 items.`,
		describe('Tax ID'),
	]);
	expect(fixture.getSentBodies('upsertCustomer')).toMatchObject([
		{ customerPhone: '812345678', customerTaxNo: '105500000001', branchCode: '00000' },
		{ customerPhone: '21234567', customerTaxNo: '0105500000001' },
	]);
});
