import type { IDataObject } from 'n8n-workflow';
import { World } from './world.cts';

const world = new World();
beforeAll(async () => await world.open());
afterAll(async () => await world.close());
beforeEach(() => world.sandbox.reset());

const NO_BEGINNING = "'From' is an expression that returned nothing, so the range has no beginning.";
const NO_END = "'To' is an expression that returned nothing, so the range has no end.";
const ALL_TYPES = "'Event Type Names or IDs' is an expression that returned nothing, so all types were kept.";

async function get(parameters: IDataObject, items: IDataObject[] = [{}]) {
	const { hints, error } = await world.run('getByCustomerCode', { customerCode: 'C000055', ...parameters }, { items });
	expect(error).toBeUndefined();
	expect(world.sent('getCustomerEvents').length).toBeGreaterThan(0);
	return hints.map(({ message }) => message);
}

test.each([
	['From', { dateFrom: '={{ $json.from }}' }, [NO_BEGINNING]],
	['From: null', { dateFrom: '={{ null }}', dateTo: '2025-12-31' }, [NO_BEGINNING]],
	['To: a text of blanks', { dateTo: '={{ " " }}' }, [NO_END]],
	['To: a column that is not there', { dateFrom: '2025-01-01', dateTo: '={{ $json.row.to }}' }, [NO_END]],
	['both', { dateFrom: '={{ "" }}', dateTo: '=  {{ "" }}' }, [NO_BEGINNING, NO_END]],
	['types: a text', { eventTypes: '={{ "" }}' }, [ALL_TYPES]],
	['types: a column that is not there', { eventTypes: '={{ $json.types }}' }, [ALL_TYPES]],
	['types: an empty list', { eventTypes: '={{ [] }}' }, [ALL_TYPES]],
	['types: a list of nothing', { eventTypes: '={{ ["", null] }}' }, [ALL_TYPES]],
	['Date Range', { dateRange: '={{ $json.range }}', dateTo: '2025-12-31' }, ["'Date Range' is an expression that returned nothing, so From and To were taken."]],
	['Return All', { returnAll: '={{ $json.all }}' }, ["'Return All' is an expression that returned nothing, so all were returned."]],
	['types: a list with an expression', { eventTypes: ['={{ $json.type }}'] }, [ALL_TYPES]],
])('an expression that gives nothing is told: %s', async (_, parameters, texts) => {
	expect(await get(parameters)).toEqual(texts);
});

test.each<[string, IDataObject]>([
	['fields that are left empty', { dateFrom: '', dateTo: '', eventTypes: [] }],
	['fields that are not there', {}],
	['an expression that is left empty', { dateFrom: '=', dateTo: '= ', eventTypes: '=' }],
	['expressions that give something', { dateFrom: '={{ "2025-01-01" }}', dateTo: '={{ $now }}', eventTypes: '={{ [1] }}' }],
	['a preset, which does not read From and To', { dateRange: 'thisYear', dateFrom: '={{ "" }}', dateTo: '={{ "" }}' }],
])('nothing is told of %s', async (_, parameters) => {
	expect(await get(parameters)).toEqual([]);
});

test('many items give one hint', async () => {
	const items = [{ to: '2025-01-31' }, { to: '' }, {}];
	expect(await get({ dateTo: '={{ $json.to }}' }, items)).toEqual([`${NO_END} This applies to 2 items.`]);
});
