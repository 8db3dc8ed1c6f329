import type { IDataObject } from 'n8n-workflow';
import { findOperation, withUpdateFields } from '../../support/operationParameters.cts';
import { findOperationId } from '../../support/operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const COLUMN_ADVICE = 'The name of the column in the expression may be wrong.';

/** Builds the hint about an expression that returned no value in the only item. */
const buildHint = (displayName: string, consequence?: string) =>
	`'${displayName}' was empty${consequence ? `, so ${consequence}` : ' and was not sent'}. ${COLUMN_ADVICE}`;
const NO_FROM_HINT = buildHint('From', 'the range has no start date');
const NO_TO_HINT = buildHint('To', 'the range has no end date');
const ALL_DATES_HINT =
	"'From' and 'To' are empty, so the events of all dates were included. To limit the dates, select a value in 'Date Range'. To get all events without this hint, select 'All Dates'.";
const ALL_TYPES_HINT = buildHint('Event Type Names or IDs', 'all event types were included');

/** Returns the hints, without the one about missing dates. */
async function getHints(parameters: IDataObject, items: IDataObject[] = [{}]) {
	const { hints, error } = await fixture.runOperation(
		'getByCustomerCode',
		{ customerCode: 'C000055', ...parameters },
		{ items },
	);
	expect(error).toBeUndefined();
	expect(fixture.findRequests('getCustomerEvents').length).toBeGreaterThan(0);
	return hints.map(({ message }) => message).filter((text) => text !== ALL_DATES_HINT);
}

test.each([
	['From', { dateFrom: '={{ $json.from }}' }, [NO_FROM_HINT]],
	['From: null', { dateFrom: '={{ null }}', dateTo: '2025-12-31' }, [NO_FROM_HINT]],
	['To: blanks', { dateTo: '={{ " " }}' }, [NO_TO_HINT]],
	['To: a missing column', { dateFrom: '2025-01-01', dateTo: '={{ $json.row.to }}' }, [NO_TO_HINT]],
	['both', { dateFrom: '={{ "" }}', dateTo: '=  {{ "" }}' }, [NO_FROM_HINT, NO_TO_HINT]],
	['types: empty text', { eventTypes: '={{ "" }}' }, [ALL_TYPES_HINT]],
	['types: a missing column', { eventTypes: '={{ $json.types }}' }, [ALL_TYPES_HINT]],
	['types: an empty list', { eventTypes: '={{ [] }}' }, [ALL_TYPES_HINT]],
	['types: a list of empty values', { eventTypes: '={{ ["", null] }}' }, [ALL_TYPES_HINT]],
	[
		'Date Range',
		{ dateRange: '={{ $json.range }}', dateFrom: '2025-01-01', dateTo: '2025-12-31' },
		[buildHint('Date Range', "'Last Month' was used")],
	],
	['Return All', { returnAll: '={{ $json.all }}' }, [buildHint('Return All', 'all results were returned')]],
	['types: a list with an expression', { eventTypes: ['={{ $json.type }}'] }, [ALL_TYPES_HINT]],
])('shows a hint for an expression that returns no value: %s', async (_, parameters, expectedHints) => {
	expect(await getHints(parameters)).toEqual(expectedHints);
});

test.each<[string, IDataObject]>([
	['empty fields', { dateFrom: '', dateTo: '', eventTypes: [] }],
	['missing fields', {}],
	['an empty expression', { dateFrom: '=', dateTo: '= ', eventTypes: '=' }],
	[
		'expressions that return a value',
		{ dateFrom: '={{ "2025-01-01" }}', dateTo: '={{ $now }}', eventTypes: '={{ [1] }}' },
	],
	['a preset, which does not read From and To', { dateRange: 'thisYear', dateFrom: '={{ "" }}', dateTo: '={{ "" }}' }],
])('shows no hint for %s', async (_, parameters) => {
	expect(await getHints(parameters)).toEqual([]);
});

test('shows one hint for many items', async () => {
	const items = [{ to: '2025-01-31' }, { to: '' }, {}];
	expect(await getHints({ dateTo: '={{ $json.to }}' }, items)).toEqual([
		"'To' was empty in 2 of 3 items, so the range has no end date.",
	]);
});

test.each<[string, IDataObject, string[]]>([
	['no date', {}, [ALL_DATES_HINT]],
	['All Dates selected', { dateRange: 'allDates' }, []],
	[
		'only From',
		{ dateFrom: '2025-01-01' },
		["'To' is empty, so all events from 'From' on were included, even future events."],
	],
	['only To', { dateTo: '2025-12-31' }, ["'From' is empty, so all events up to 'To' were included."]],
	['an expression without a value, which has another hint', { dateTo: '={{ $json.to }}' }, [NO_TO_HINT]],
	['an expression, which is intended', { dateFrom: '={{ $now.minus(7, "days") }}' }, []],
])('shows a hint about an open range that may be unintended: %s', async (_, parameters, expectedHints) => {
	const { hints } = await fixture.runOperation('getByCustomerCode', { customerCode: 'C000055', ...parameters });
	expect(hints.map(({ message }) => message)).toEqual(expectedHints);
});

test.each([
	['quotation.upsert', 'quotationNo', "'Quotation Number' is empty"],
	['contract.upsertServiceAgreement', 'contractServiceId', "'Contract Service ID' is empty"],
])('%s: rejects the key %s whose expression returned no value', async (operation, key, message) => {
	// GoFive would create a record.
	await fixture.expectRejection(
		operation,
		{ [key]: '={{ $json.none }}' },
		message,
		'The expression returned no value. Check the column that the expression reads. To create a record, remove the expression and leave the field empty.',
	);
	expect((await fixture.runExample(operation)).error).toBeUndefined();
});

test.each([
	[
		'a filter, since more records are returned',
		'quotation.getAll',
		{ returnAll: true, filters: { customerCode: '={{ $json.none }}' } },
		buildHint('Customer Code'),
	],
	[
		'an optional input of a row',
		'quotation.upsert',
		{ quotationDetails: { row: [{ productCode: 'A001', qty: 1, price: '={{ $json.prise }}' }] } },
		buildHint('Price'),
	],
])('shows a hint for %s', async (_, operation, parameters, hint) => {
	const { hints } = await fixture.runExample(operation, parameters);
	expect(hints.map(({ message }) => message)).toEqual([hint]);
});

const PHONES = [{ phone: '081-234-5678' }, { phone: '' }, { phone: ' ' }, {}];

/** Hint about the phone numbers of `PHONES`. */
const PHONE_HINT = "'Phone' was empty in 3 of 4 items and was not sent.";

test('Customer > Update leaves the phone number of an empty cell alone', async () => {
	const parameters = { customerCode: 'C000055', updateFields: { customerPhone: '={{ $json.phone }}' } };
	const { error, hints } = await fixture.runExample('customer.update', parameters, { items: PHONES });
	expect(error).toBeUndefined();
	expect(fixture.getSentBodies('upsertCustomer')).toEqual([expect.objectContaining({ customerPhone: '081-234-5678' })]);
	expect(hints.map(({ message }) => message)).toContain(PHONE_HINT);
});

test('Customer > Create or Update does not send an empty cell', async () => {
	const parameters = { customerCode: 'C000055', additionalFields: { customerPhone: '={{ $json.phone }}' } };
	const { error, hints } = await fixture.runExample('customer.upsert', parameters, { items: PHONES });
	expect(error).toBeUndefined();
	const phones = fixture.getSentBodies('upsertCustomer').map((body) => body['customerPhone']);
	expect(phones).toEqual(['081-234-5678', undefined, undefined, undefined]);
	expect(hints.map(({ message }) => message)).toContain(PHONE_HINT);
});

/** Updates, and writes that create or update, with a text that may be empty. */
const WRITES: Array<[string, IDataObject, key: string, displayName: string]> = [
	[
		'customerEvent.update',
		withUpdateFields('customerEvent.update', { description: '={{ $json.none }}' }),
		'description',
		'Description',
	],
	['deal.update', withUpdateFields('deal.update', { note: '={{ $json.none }}' }), 'note', 'Note'],
	['case.update', withUpdateFields('case.update', { note: '={{ [] }}' }), 'note', 'Note'],
	['product.update', { updateFields: { brandName: '={{ $json.none }}', productTag: 'a' } }, 'brandName', 'Brand'],
	['product.upsert', { additionalFields: { brandName: '={{ null }}' } }, 'brandName', 'Brand'],
	['quotation.upsert', { additionalFields: { remark: '={{ " " }}' } }, 'remark', 'Remark'],
	['salesOrder.upsert', { additionalFields: { remark: '={{ $json.none }}' } }, 'remark', 'Remark'],
	['contract.upsert', { additionalFields: { description: '={{ $json.none }}' } }, 'description', 'Description'],
];

test.each(WRITES)('%s with %j does not send the blank value', async (operation, parameters, key, displayName) => {
	const { error, hints } = await fixture.runExample(operation, parameters);
	expect(error).toBeUndefined();
	const bodies = fixture.getSentBodies(await findOperationId(findOperation(operation)));
	expect(bodies).toHaveLength(1);
	expect(JSON.stringify(bodies)).not.toContain(`"${key}":null`);
	expect(hints.map(({ message }) => message)).toContain(buildHint(displayName));
});

test('a text in rows that an undefined expression fills counts each item once', async () => {
	const row = { productCode: 'A001', qty: 1, productDescription: '={{ $json.text }}' };
	const { error, hints } = await fixture.runExample(
		'quotation.upsert',
		{ quotationDetails: { row: [row, row] } },
		{ items: [{ text: 'x' }, {}] },
	);
	expect(error).toBeUndefined();
	expect(hints.map(({ message }) => message)).toEqual([
		"'Product Description' was empty in 1 of 2 items and was not sent.",
	]);
});

test.each<[string, IDataObject]>([
	['customer.update', { updateFields: { customerNote: '={{ DateTime.fromISO("x").toFormat("yyyy") }}' } }],
	['deal.create', { dealName: 'Invalid DateTime' }],
])('%s rejects the text of a date that cannot be read: %j', async (operation, parameters) => {
	const { error } = await fixture.runExample(operation, parameters);
	expect(error?.message).toMatch(/^'(?:Note|Deal Name)' cannot be "Invalid DateTime"/);
});

describe('Fields to Clear', () => {
	test.each<[string, string[] | string]>([
		['a list of parameter names', ['note', 'remark']],
		['text with the names of the form', '={{ "Note, Remark" }}'],
	])('sends null: %s', async (_, fieldsToClear) => {
		const { error } = await fixture.runExample('deal.update', { fieldsToClear });
		expect(error).toBeUndefined();
		expect(fixture.getSentBodies('updateDeal')).toEqual([expect.objectContaining({ note: null, remark: null })]);
	});

	test('sends an empty text for the values that cannot be null', async () => {
		await fixture.runExample('customerEvent.update', {
			...withUpdateFields('customerEvent.update', {}),
			fieldsToClear: ['description'],
		});
		expect(fixture.getSentBodies('updateCustomerEvent')).toEqual([expect.objectContaining({ description: '' })]);
	});

	test('Customer > Update clears a field and nothing else', async () => {
		const parameters = { customerCode: 'C000055', updateFields: {}, fieldsToClear: ['customerPhone', 'customerEmail'] };
		const { error, items } = await fixture.runExample('customer.update', parameters);
		expect(error).toBeUndefined();
		expect(fixture.getSentBodies('upsertCustomer')).toEqual([
			expect.objectContaining({ customerPhone: null, customerEmail: '' }),
		]);
		expect(items).toMatchObject([{ updated: true }]);
	});

	test('an unknown name lists the fields that exist', async () => {
		await fixture.expectRejection(
			'case.update',
			{ fieldsToClear: ['subjekt'] },
			`'Fields to Clear' cannot be "subjekt"`,
			'Use one or more of these fields: Activity Numbers, Customer Code, Deal Numbers, Note.',
		);
	});

	test('a field with a value cannot be cleared', async () => {
		await fixture.expectRejection(
			'deal.update',
			{ updateFields: { note: 'x' }, fieldsToClear: ['note'] },
			"'Note' has a value, and is in 'Fields to Clear', too",
			"Remove the field from 'Fields to Clear', or leave its value empty.",
		);
	});

	test('a blank value may be cleared', async () => {
		const parameters = { ...withUpdateFields('deal.update', { note: '={{ $json.none }}' }), fieldsToClear: ['note'] };
		const { error } = await fixture.runExample('deal.update', parameters);
		expect(error).toBeUndefined();
	});
});
