import { buildRequest, completeValues } from '../../nodes/GoFive/operation/execute/buildRequest';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import type { Field, ListSource, NameSource, Operation } from '../../nodes/GoFive/operation/types';
import { resources } from '../../nodes/GoFive/resources';
import { sources as triggerSources } from '../../nodes/GoFive/trigger/sources';

/** Collects the sources of the lists in fields, and in the fields inside them. */
function collectLists(fields: Record<string, Field>): ListSource[] {
	const lists: ListSource[] = [];
	for (const { list, nestedFields = {} } of Object.values(fields)) {
		if (list) lists.push(list);
		lists.push(...collectLists(nestedFields));
	}
	return lists;
}

/** Collects the sources of the names in the columns of an operation. */
function collectNames({ entity }: Operation): NameSource[] {
	const columns = Object.values(entity?.columns ?? {});
	return columns.flatMap(({ lookup, names }) => [lookup?.source, names]).filter((source) => source !== undefined);
}

const operations = resources.flatMap((resource) => resource.operations);
const forms = [...operations, ...triggerSources].map(({ fields }) => fields);
const lists = [...new Map(forms.flatMap(collectLists).map((list) => [list.method, list])).values()];
const names = [...new Set([...operations, ...triggerSources.map(({ operation }) => operation)].flatMap(collectNames))];

/** Builds the request for the records of a source. */
function buildSourceRequest({ operation }: NameSource, given: Record<string, unknown>) {
	const { method, path, body, query } = buildRequest(operation, completeValues(operation, given));
	return { method, path, body, query };
}

const ALL_EMPLOYEES = { employeeType: null, teamId: null, status: null, type: null, orderBy: 0, keyWord: '' };

test('the sources of all lists and names are known', () => {
	expect(lists.map(({ method }) => method).sort()).toEqual([
		'getDealStages',
		'getEmployeeUserIds',
		'getEmployees',
		'getEventTypes',
		'getProductUnits',
	]);
	expect([...new Set(names.map(({ pluralName }) => pluralName))].sort()).toEqual([
		'customers',
		'employees',
		'event types',
	]);
});

test.each(lists)('a list is requested as from an untouched form: $method', (list) => {
	const bodies: Record<string, object> = { '/v1/Employees/Enquiry': ALL_EMPLOYEES, '/v1/Deals/Enquiry': {} };
	const { path, body } = buildSourceRequest(list, {});
	expect(body).toEqual(bodies[path]);
	const keys = Object.keys(completeValues(list.operation, {}));
	expect(keys.sort()).toEqual(['options', ...Object.keys(list.operation.fields)].sort());
});

test.each(lists.filter(({ searchFilter }) => searchFilter))('a search adds only its keyword: $method', (list) => {
	const filters = { [list.searchFilter as string]: 'สมชาย' };
	expect(buildSourceRequest(list, { filters }).body).toEqual({ ...ALL_EMPLOYEES, keyWord: 'สมชาย' });
});

test.each(names)('names of $pluralName are requested as from an untouched form, apart from the ID', (source) => {
	const given = source.idField === undefined ? {} : { [source.idField]: 'C 1' };
	const requests: Record<string, object> = {
		customers: { method: 'GET', path: '/v3/customers/C%201' },
		employees: { method: 'POST', path: '/v1/Employees/Enquiry', body: ALL_EMPLOYEES },
		'event types': { method: 'GET', path: '/v1/customerEvent/event-types' },
	};
	expect(buildSourceRequest(source, given)).toEqual(requests[source.pluralName]);
});

test('a given value counts, also if it is undefined, and options default to those of the node', () => {
	const [{ operation }] = lists as [ListSource];
	const filters = { keyWord: 'x' };
	const timeZone = 'Asia/Tokyo';
	const options = { ...readNodeOptions({}), timeZone };
	expect(completeValues(operation, { filters })).toMatchObject({ filters, options: readNodeOptions({}) });
	expect(completeValues(operation, { filters: undefined, options })).toMatchObject({ filters: undefined, options });
});
