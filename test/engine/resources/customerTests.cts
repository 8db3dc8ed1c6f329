import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const runCustomerOperation = async (operation: string, parameters: IDataObject) =>
	await fixture.runOperation(operation, { resource: 'customer', ...parameters });
const getSentBody = (operationId: string) => fixture.getSentBodies(operationId)[0];

const NEW_CUSTOMER = { customerName: 'Example Co', customerState: 3 };
const SATISFACTION_PARAMETERS = {
	customerCode: 'C000055',
	sourceName: 'NPS [Venio]',
	sourceType: 2,
	point: 9,
	dateCreated: '2025-02-01T10:00:00Z',
};

test.each<[string, IDataObject, object]>([
	[
		'an individual, with nested fields',
		{
			customerType: 'Individual',
			customerBirthdate: '2533-01-31',
			contact: { contactName: 'สมชาย ใจดี', contactNote: '', contactSocialAccount: { line: 'somchai' } },
			customerSocialAccount: { facebook: 'example', skype: '' },
			customFields: { line: [{ customFieldName: 'Lot', customFieldValue: '1, 2\nB' }] },
		},
		{
			customerType: 2,
			customerBirthdate: '1990-01-31',
			contact: { contactName: 'สมชาย ใจดี', contactNote: null, contactSocialAccount: { line: 'somchai' } },
			customerSocialAccount: { facebook: 'example', skype: null },
			customFields: [{ customFieldName: 'Lot', customFieldValue: ['1, 2', 'B'] }],
		},
	],
	[
		'contacts of a business with accounts, and untouched inputs',
		{
			contacts: {
				line: [
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
	[
		'cleared fields',
		{ customerEmail: '', customerPhone: ' ', owners: '', addresses: {} },
		{ customerEmail: '', customerPhone: null, owners: null },
	],
	[
		'an inactive customer, with the reason',
		{ customerStatus: 2, customerNote: 'ปิดกิจการ' },
		{ customerStatus: 2, customerNote: 'ปิดกิจการ' },
	],
])('create or update sends %s', async (_, additionalFields, expected) => {
	const { error, items } = await runCustomerOperation('upsert', { ...NEW_CUSTOMER, additionalFields });
	expect(error).toBeUndefined();
	expect(getSentBody('upsertCustomer')).toEqual({ ...NEW_CUSTOMER, ...expected });
	expect(items).toEqual([
		expect.objectContaining({ customerCode: 'C000055', dateCreated: '2024-11-04T09:12:30+07:00' }),
	]);
});

test("identifies the customer to update by code, and keeps GoFive's spelling", async () => {
	const additionalFields = { leadStatus: 3, unqualifiedReasonName: 'Budget', unqualifiedReasonNote: 'ไม่มีงบ' };
	await runCustomerOperation('upsert', {
		customerCode: 'C1&x=2',
		customerName: 'A',
		customerState: 1,
		additionalFields,
	});
	expect(getSentBody('upsertCustomer')).toEqual({
		customerCode: 'C1&x=2',
		customerName: 'A',
		customerState: 1,
		leadStatus: 3,
		unqulifiedReasonName: 'Budget',
		unqulifiedReasonNote: 'ไม่มีงบ',
	});
});

test('sends other fields unchanged', async () => {
	// The contract has no other fields, so the sandbox would reject the request.
	fixture.addFault('upsertCustomer', {
		status: 200,
		body: { status: { code: '1000', description: 'Success' }, data: 'C000777' },
	});
	const { items } = await runCustomerOperation('upsert', { ...NEW_CUSTOMER, otherFieldsJson: '{"newField": [1.50]}' });
	expect(getSentBody('upsertCustomer')).toEqual({ ...NEW_CUSTOMER, newField: [1.5] });
	expect(items).toEqual([
		expect.objectContaining({ customerCode: 'C000777', customerName: 'Example Co', customerId: null }),
	]);
});

test('sends satisfaction in PascalCase, and returns the sent values', async () => {
	const { items, error } = await runCustomerOperation('createSatisfaction', {
		...SATISFACTION_PARAMETERS,
		additionalFields: { answerBy: 'Example Person', comment: 'ดีมาก' },
	});
	expect(error).toBeUndefined();
	expect(getSentBody('createSatisfaction')).toEqual({
		CustomerCode: 'C000055',
		SourceName: 'NPS [Venio]',
		SourceType: 2,
		Point: 9,
		DateCreated: '2025-02-01T17:00:00',
		AnswerBy: 'Example Person',
		Comment: 'ดีมาก',
	});
	expect(items).toEqual([
		{
			customerCode: 'C000055',
			dateCreated: '2025-02-01T17:00:00+07:00',
			sourceName: 'NPS [Venio]',
			sourceTypeName: 'NPS',
			point: 9,
			answerBy: 'Example Person',
			comment: 'ดีมาก',
		},
	]);
});

test.each<[string, IDataObject, string]>([
	['upsert', { additionalFields: { customerStatus: 1 } }, "'Note' is empty"],
	['upsert', { additionalFields: { customerStatus: 2, customerNote: ' ' } }, "'Note' is empty"],
	[
		'upsert',
		{ customerState: 1, additionalFields: { leadStatus: 3, unqualifiedReasonNote: 'x' } },
		"'Unqualified Reason' is empty",
	],
	[
		'upsert',
		{ customerState: 'Lead', additionalFields: { leadStatus: 3, unqualifiedReasonName: 'x' } },
		"'Unqualified Reason Note' is empty",
	],
	['upsert', { additionalFields: { classificationName: 'ABCD' } }, `'Classification' cannot be "ABCD"`],
	[
		'upsert',
		{ additionalFields: { customerType: 1, contact: { contactName: 'A' } } },
		"'Contact (Individual)' is not allowed for a business",
	],
	[
		'upsert',
		{ additionalFields: { customerType: 2, contacts: { line: [{ contactName: 'A' }] } } },
		"'Contacts (Business)' is not allowed for an individual",
	],
	['upsert', { otherFieldsJson: '{"CustomerNote": "x"}' }, "'Other Fields (JSON)' cannot contain 'CustomerNote'"],
	['upsert', { otherFieldsJson: '{"contact": {}}' }, "'Other Fields (JSON)' cannot contain 'contact'"],
	[
		'upsert',
		{ otherFieldsJson: '{"unqulifiedReasonName": "x"}' },
		"'Other Fields (JSON)' cannot contain 'unqulifiedReasonName'",
	],
	['getAll', { customerType: 1 }, "'Customer Type' cannot be 1"],
	...['customerType', 'Keyword', 'pageLength', 'SKIP'].map((key): [string, IDataObject, string] => [
		'getAll',
		{ otherFieldsJson: `{"${key}": 1}` },
		`'Other Fields (JSON)' cannot contain '${key}'`,
	]),
	['createSatisfaction', { sourceType: 1, point: 6 }, "'Points' cannot be 6"],
	['createSatisfaction', { point: 11 }, "'Points' cannot be 11"],
	['get', { customerCode: '..' }, `'Customer Code' cannot be ".."`],
])('%s with %j is rejected before any request', async (operation, parameters, message) => {
	const requiredParameters = { upsert: NEW_CUSTOMER, createSatisfaction: SATISFACTION_PARAMETERS }[operation] ?? {};
	const { error } = await runCustomerOperation(operation, { ...requiredParameters, ...parameters });
	expect(error?.message).toBe(message);
	expect(fixture.sandbox.requestLog).toHaveLength(0);
});

test('Get Many returns the customers of one type page by page, with the filters and the other keys on the wire', async () => {
	fixture.sandbox.store.seedCustomers(120);
	const { items, error } = await runCustomerOperation('getAll', {
		returnAll: true,
		filters: { keyword: 'BULK' },
		otherFieldsJson: '{"owners": ["staff01"], "orderBy": 0}',
	});
	expect(error).toBeUndefined();
	expect(items).toHaveLength(120);
	expect(items[119]).toMatchObject({
		customerCode: 'BULK0120',
		customerName: 'Customer BULK0120',
		customerPhone: null,
	});
	expect(fixture.getSentBodies('findCustomers')).toEqual(
		[0, 100, 120].map((skip) => ({
			customerType: 11300,
			keyword: 'BULK',
			owners: ['staff01'],
			orderBy: 0,
			pageLength: 100,
			skip,
		})),
	);
});

test.each([
	['Lead', 11100, ['L000308', 'L000311']],
	[11200, 11200, []],
])('Get Many with the type %s requests %i', async (customerType, sentType, codes) => {
	const { items, error } = await runCustomerOperation('getAll', { customerType });
	expect(error).toBeUndefined();
	expect(items.map(({ customerCode }) => customerCode)).toEqual(codes);
	expect(getSentBody('findCustomers')).toEqual({ customerType: sentType, pageLength: 51, skip: 0 });
});
