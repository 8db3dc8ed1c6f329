import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

/** Builds the hint about an expression that returned no value. */
const buildHint = (displayName: string, effect: string) =>
	`The expression in '${displayName}' returned no value, so ${effect}. If this is not intended, check the column that the expression reads.`;
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
	expect(await getHints({ dateTo: '={{ $json.to }}' }, items)).toEqual([`${NO_TO_HINT} This applies to 2 items.`]);
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
		buildHint('Customer Code', 'the field was not sent'),
	],
	[
		'an optional input of a row',
		'quotation.upsert',
		{ quotationDetails: { row: [{ productCode: 'A001', qty: 1, price: '={{ $json.prise }}' }] } },
		buildHint('Price', 'the field was not sent'),
	],
])('shows a hint for %s', async (_, operation, parameters, hint) => {
	const { hints } = await fixture.runExample(operation, parameters);
	expect(hints.map(({ message }) => message)).toEqual([hint]);
});

describe('update field without a value', () => {
	test.each([
		['a missing column', 'note', '={{ $json.notee }}', "'Note' is empty"],
		['a list of missing columns', 'dealLabels', '={{ [$json.a, $json.b] }}', "'Label IDs' cannot be [null,null]"],
		['separators', 'dealInterests', '={{ ["", null].join(",") }}', '\'Interest IDs\' cannot be ","'],
		['separators without an expression', 'dealInterests', ', ', '\'Interest IDs\' cannot be ", "'],
		['blank texts', 'participantCodes', ['', ' '], `'Participant Names or IDs' cannot be [""," "]`],
	])('is rejected, since the value would be cleared: %s', async (_, key, value, message) => {
		const parameters = { updateFields: { [key]: value } };
		await fixture.expectRejection('deal.update', parameters, message, 'To omit the value, remove the field. ');
	});

	test('is cleared with a hint if the cell is blank', async () => {
		const parameters = { updateFields: { note: '={{ $json.note }}', dealLabels: '={{ [] }}' } };
		const { error, hints } = await fixture.runExample('deal.update', parameters, { items: [{ note: '' }] });
		expect(error).toBeUndefined();
		expect(fixture.getSentBodies('updateDeal')).toEqual([expect.objectContaining({ note: null, dealLabels: null })]);
		expect(hints.map(({ message }) => message)).toEqual([
			"The expression in 'Label IDs' returned no value, so the field was sent empty. If this is not intended, check the column that the expression reads.",
			"The expression in 'Note' returned no value, so the field was sent empty. If this is not intended, check the column that the expression reads.",
		]);
	});
});
