import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const SERVICE = { frequency: 260002, numberOfTimes: 4, subject: 'ก' };
const ATTRIBUTES = [{ attributeName: 'Color', attributeValueName: 'Red' }];
const VARIANT = { productCode: 'A001-R', productName: 'แดง', active: true, attribute: ATTRIBUTES };

const toCases = (operation: string, ...cases: Array<[parameters: IDataObject, message: string, advice?: string]>) =>
	cases.map(([parameters, message, advice = '']) => ({ operation, parameters, message, advice }));

test.each([
	...toCases(
		'contract.upsert',
		[{ contractService: { subject: 'ก' } }, "'Service' requires 'Frequency' and 'Number of Times'"],
		[{ contractService: { ...SERVICE, subject: ' ' } }, "'Service' requires 'Subject'"],
		[{ contractService: { agreementNote: 'x' } }, "'Service' requires 'Frequency', 'Number of Times', and 'Subject'"],
	),
	...toCases(
		'customer.upsert',
		[{ additionalFields: { customerStatus: 1 } }, "'Note' is empty"],
		[{ additionalFields: { customerStatus: 2, customerNote: ' ' } }, "'Note' is empty"],
		[{ additionalFields: { leadStatus: 3, unqualifiedReasonNote: 'x' } }, "'Unqualified Reason' is empty"],
		[
			{ customerState: 'Lead', additionalFields: { leadStatus: 3, unqualifiedReasonName: 'x' } },
			"'Unqualified Reason Note' is empty",
		],
		[{ additionalFields: { classificationName: 'ABCD' } }, `'Classification' cannot be "ABCD"`],
		[{ additionalFields: { classificationName: 'A'.repeat(100) } }, `'Classification' cannot be "${'A'.repeat(79)}…`],
		[
			{ additionalFields: { customerType: 1, contact: { contactName: 'A' } } },
			"'Contact (Individual)' is not allowed for a business",
		],
		[
			{ additionalFields: { customerType: 2, contacts: { row: [{ contactName: 'A' }] } } },
			"'Contacts (Business)' is not allowed for an individual",
		],
		...['CustomerNote', 'contact', 'unqulifiedReasonName'].map((key): [IDataObject, string] => [
			{ additionalFields: { otherFieldsJson: `{"${key}": "x"}` } },
			`'Other Fields (JSON)' cannot contain '${key}'`,
		]),
	),
	...toCases(
		'customer.getAll',
		[{ customerStateIds: [1] }, "'Customer States' cannot be 1"],
		...['customerType', 'Keyword', 'pageLength', 'SKIP', '__proto__'].map((key): [IDataObject, string] => [
			{ filters: { otherFiltersJson: `{"${key}": 1}` } },
			`'Other Filters (JSON)' cannot contain '${key}'`,
		]),
	),
	...toCases('case.create', [
		{ assignedToUserId: { __rl: true, mode: 'id', value: 'staff01' } },
		"'Assigned To' requires a user ID, not a staff code",
	]),
	...toCases('deal.create', [
		{ assignedToStaffCode: { __rl: true, mode: 'id', value: '3f0c2d84-6a1b-4c57-9e20-0001' } },
		"'Assigned To' requires a staff code, not a user ID",
	]),
	...toCases(
		'customer.createSatisfaction',
		[{ scoreType: 1, point: 6 }, "'Points' cannot be 6"],
		[{ scoreType: 2, point: 11 }, "'Points' cannot be 11"],
	),
	...toCases(
		'customerEvent.create',
		[{ eventName: '={{ {} }}' }, "'Event Name' cannot be {}"],
		[{ eventName: '={{ "\\ud800" }}' }, "'Event Name' contains an invalid character"],
	),
	...toCases('customerEvent.delete', [{ eventId: '1.5' }, `'Event ID' cannot be "1.5"`]),
	...toCases('deal.update', [{ updateFields: { probability: 101 } }, "'Probability' cannot be 101", 'from 0 to 100']),
	...toCases(
		'product.upsert',
		[{ productCode: '' }, "'Product Code' is empty"],
		[{ productVariant: { row: [{ ...VARIANT, attribute: { row: ATTRIBUTES } }] } }, "Row 1: 'Prices' is empty"],
		[
			{ productVariantInput: 'json', productVariantJson: [{ ...VARIANT, prices: [{ vat: 7 }] }] },
			"Row 1: Price 1: 'Prices' cannot contain 'vat'",
		],
		[
			{ pricesInput: 'json', pricesJson: [{ priceTierName: 'Standard', regularPrice: -5 }] },
			"Row 1: 'Regular Price' cannot be -5",
			'at least 0',
		],
	),
	...toCases('product.verifySerialNumber', [
		{ customerCode: '' },
		"'Customer Code' and 'Customer Name' are both empty",
	]),
	...['quotation', 'salesOrder'].flatMap((resource) => {
		const details = `${resource}Details`;
		const toRows = (row: IDataObject) => ({
			[details]: {
				row: [
					{ productCode: 'A', qty: 1 },
					{ productCode: 'B', qty: 1, ...row },
				],
			},
		});
		return toCases(
			`${resource}.upsert`,
			[{ additionalFields: { discountValue: 5 } }, "'Discount' requires 'Discount Type'"],
			[{ additionalFields: { discountType: true } }, "'Discount Type' requires 'Discount'", 'Enter the discount'],
			[toRows({ discountValue: 0 }), "Row 2: 'Discount' requires 'Discount Type'", 'Select whether'],
			[toRows({ discountType: false }), "Row 2: 'Discount Type' requires 'Discount'", 'Nothing was sent'],
		);
	}),
	...toCases(
		'salesOrder.upsert',
		[{ additionalFields: { discountValue: 5 } }, "'Discount' requires 'Discount Type'", 'Nothing was sent'],
		[{ additionalFields: { discountValue: 5, discountType: '' } }, "'Discount' requires 'Discount Type'"],
	),
])('$operation with $parameters is rejected before any request', async ({ operation, parameters, message, advice }) => {
	await fixture.expectRejection(operation, parameters, message, advice);
});
