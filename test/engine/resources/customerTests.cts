import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

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
])('create or update sends %s', async (_, additionalFields, changes) => {
	await fixture.expectBodyChanges('customer.upsert', { additionalFields }, changes);
});

test('Get Many sends the filters and the other keys', async () => {
	await fixture.expectBodyChanges(
		'customer.getAll',
		{ filters: { keyword: 'BULK' }, otherFieldsJson: '{"owners": ["staff01"], "orderBy": 0}' },
		{ keyword: 'BULK', owners: ['staff01'], orderBy: 0 },
	);
});

test.each([
	['Lead', 11100],
	[11200, 11200],
])('Get Many with the type %s requests %i', async (customerType, sentType) => {
	await fixture.expectBodyChanges('customer.getAll', { customerType }, { customerType: sentType });
});
