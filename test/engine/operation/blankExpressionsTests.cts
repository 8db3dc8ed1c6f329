import type { IDataObject } from 'n8n-workflow';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture();

const NO_FROM_HINT = "'From' is an expression that returned nothing, so the range has no start date.";
const NO_TO_HINT = "'To' is an expression that returned nothing, so the range has no end date.";
const ALL_DATES_HINT =
	"'From' and 'To' are empty, so the events of all dates were requested. To limit them, select a 'Date Range'. To get all events without this hint, select 'All Dates'.";
const ALL_TYPES_HINT = "'Event Type Names or IDs' is an expression that returned nothing, so all types were included.";

const QUOTATION = {
	resource: 'quotation',
	customerCode: 'C000055',
	quotationSubject: 'a',
	quotationDate: '2026-06-01',
	quotationValidUntil: '2026-06-30',
	quotationStatus: 1,
	staffCode: 's',
	vatCalculation: true,
	quotationDetails: { line: [{ productCode: 'A001', qty: 1 }] },
};

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
	['To: a text of blanks', { dateTo: '={{ " " }}' }, [NO_TO_HINT]],
	['To: a column that is not there', { dateFrom: '2025-01-01', dateTo: '={{ $json.row.to }}' }, [NO_TO_HINT]],
	['both', { dateFrom: '={{ "" }}', dateTo: '=  {{ "" }}' }, [NO_FROM_HINT, NO_TO_HINT]],
	['types: a text', { eventTypes: '={{ "" }}' }, [ALL_TYPES_HINT]],
	['types: a column that is not there', { eventTypes: '={{ $json.types }}' }, [ALL_TYPES_HINT]],
	['types: an empty list', { eventTypes: '={{ [] }}' }, [ALL_TYPES_HINT]],
	['types: a list of nothing', { eventTypes: '={{ ["", null] }}' }, [ALL_TYPES_HINT]],
	[
		'Date Range',
		{ dateRange: '={{ $json.range }}', dateTo: '2025-12-31' },
		["'Date Range' is an expression that returned nothing, so 'From' and 'To' were used."],
	],
	[
		'Return All',
		{ returnAll: '={{ $json.all }}' },
		["'Return All' is an expression that returned nothing, so all results were returned."],
	],
	['types: a list with an expression', { eventTypes: ['={{ $json.type }}'] }, [ALL_TYPES_HINT]],
])('an expression that gives nothing is told: %s', async (_, parameters, expectedHints) => {
	expect(await getHints(parameters)).toEqual(expectedHints);
});

test.each<[string, IDataObject]>([
	['fields that are left empty', { dateFrom: '', dateTo: '', eventTypes: [] }],
	['fields that are not there', {}],
	['an expression that is left empty', { dateFrom: '=', dateTo: '= ', eventTypes: '=' }],
	[
		'expressions that give something',
		{ dateFrom: '={{ "2025-01-01" }}', dateTo: '={{ $now }}', eventTypes: '={{ [1] }}' },
	],
	['a preset, which does not read From and To', { dateRange: 'thisYear', dateFrom: '={{ "" }}', dateTo: '={{ "" }}' }],
])('nothing is told of %s', async (_, parameters) => {
	expect(await getHints(parameters)).toEqual([]);
});

test('many items give one hint', async () => {
	const items = [{ to: '2025-01-31' }, { to: '' }, {}];
	expect(await getHints({ dateTo: '={{ $json.to }}' }, items)).toEqual([`${NO_TO_HINT} This applies to 2 items.`]);
});

test.each<[string, IDataObject, number]>([
	['no date is given', {}, 1],
	['All Dates is chosen', { dateRange: 'allDates' }, 0],
	['one date is given', { dateFrom: '2025-01-01' }, 0],
	['an expression got lost, of which another hint tells', { dateTo: '={{ $json.to }}' }, 0],
])('that all events ever were asked for is told where it may not be meant: %s', async (_, parameters, times) => {
	const { hints } = await fixture.runOperation('getByCustomerCode', { customerCode: 'C000055', ...parameters });
	expect(hints.filter(({ message }) => message === ALL_DATES_HINT)).toHaveLength(times);
});

test('a key that an expression did not give is refused: without it GoFive would make a new record', async () => {
	const { error } = await fixture.runOperation('upsert', { ...QUOTATION, quotationNo: '={{ $json.none }}' });
	expect(error).toMatchObject({
		message: "'Quotation No' is empty",
		description: expect.stringContaining('The expression returned nothing.'),
	});
	expect(fixture.sandbox.requestLog).toEqual([]);
	expect((await fixture.runOperation('upsert', QUOTATION)).error).toBeUndefined();
});

test('a filter that an expression did not give is told, since more comes than was meant', async () => {
	const { hints } = await fixture.runOperation('getAll', {
		resource: 'quotation',
		returnAll: true,
		filters: { customerCode: '={{ $json.none }}' },
	});
	expect(hints.map(({ message }) => message)).toEqual([
		"'Customer Code' is an expression that returned nothing, so it was not sent.",
	]);
});

test('a number that decides between new and changed is refused where an expression did not give it, also where it is no name of the record', async () => {
	const agreement = {
		resource: 'contract',
		contractNo: 'CONT250600006',
		frequency: 260003,
		subject: 'a',
		numberOfTimes: 1,
	};
	const { error } = await fixture.runOperation('upsertServiceAgreement', {
		...agreement,
		contractServiceId: '={{ $json.none }}',
	});
	expect(error?.message).toBe("'Contract Service ID' is empty");
	expect(fixture.sandbox.requestLog).toEqual([]);
});

describe('a field to change whose expression gave nothing', () => {
	const DEAL_PARAMETERS = {
		resource: 'deal',
		dealId: '4711',
		dealName: 'a',
		dealValue: 1,
		probability: 1,
		expectedCloseDate: '2026-06-01',
		assignTo: 's',
	};
	const updateNote = async (note: string, items: IDataObject[]) =>
		await fixture.runOperation('update', { ...DEAL_PARAMETERS, updateFields: { note } }, { items });
	const getSentNotes = () => fixture.getSentBodies('updateDeal').map(({ note }) => note);

	test('is refused where the column is not there, since it would be cleared', async () => {
		expect((await updateNote('={{ $json.notee }}', [{ note: 'x' }])).error?.message).toBe("'Note' is empty");
		expect(fixture.sandbox.requestLog).toEqual([]);
	});

	test('is cleared where the cell is blank, which is told', async () => {
		const { error, hints } = await updateNote('={{ $json.note }}', [{ note: '' }]);
		expect(error).toBeUndefined();
		expect(getSentNotes()).toEqual([null]);
		expect(hints.map(({ message }) => message)).toEqual([
			"'Note' is an expression that returned nothing, so it was sent empty.",
		]);
	});
});

test('an optional input of a row is left out, which is told', async () => {
	const lines = { line: [{ productCode: 'A001', qty: 1, price: '={{ $json.prise }}' }] };
	const { hints } = await fixture.runOperation('upsert', { ...QUOTATION, quotationDetails: lines });
	expect(hints.map(({ message }) => message)).toEqual([
		"'Price' is an expression that returned nothing, so it was not sent.",
	]);
});
