import type { ApiRequest } from '../../nodes/GoFive/api/request';
import { GoFive } from '../../nodes/GoFive/GoFive.node';
import { GoFiveTrigger } from '../../nodes/GoFive/GoFiveTrigger.node';
import { buildRequest, completeValues } from '../../nodes/GoFive/operation/reading/buildRequest';
import { getOperation } from '../../nodes/GoFive/operation/reading/entries';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import type { NameSource } from '../../nodes/GoFive/operation/entity';
import type { Field, ListSource } from '../../nodes/GoFive/operation/field';
import type { Operation } from '../../nodes/GoFive/operation/kinds';
import { resources } from '../../nodes/GoFive/resources';
import { sources as triggerSources } from '../../nodes/GoFive/trigger/sources';
import {
	buildMinimalParameters,
	buildOperationRequest,
	getOperationProperties,
} from '../support/operationParameters.cts';

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

/** Picks the parts of a request that an operation builds. */
const toParts = ({ method, path, body, query }: ApiRequest) => ({ method, path, body, query });

/** Builds the request for the records of a source. */
const buildSourceRequest = (source: NameSource, given: Record<string, unknown>) => {
	const operation = getOperation(source);
	return toParts(buildRequest(operation, completeValues(operation, given)).request);
};

/** Builds the request of the same operation with the parameters of its form, which a user has not touched. */
const buildUntouchedRequest = (source: NameSource, parameters: Record<string, unknown> = {}) => {
	const operation = getOperation(source);
	const defaults = buildMinimalParameters(getOperationProperties(operation));
	return toParts(buildOperationRequest(operation, { ...defaults, ...parameters }));
};

test('the nodes can load the lists of all forms, and no other lists', () => {
	const nodes = [new GoFive(), new GoFiveTrigger()];
	const methods = nodes.flatMap(({ methods: { loadOptions = {}, listSearch = {} } }) =>
		Object.keys({ ...loadOptions, ...listSearch }),
	);
	expect(lists.map(({ method }) => method).sort()).toEqual([...new Set(methods)].sort());
	expect(names.length).toBeGreaterThan(1);
});

test.each(lists)('a list is requested as from an untouched form: $method', (list) => {
	expect(buildSourceRequest(list, {})).toEqual(buildUntouchedRequest(list));
	const operation = getOperation(list);
	const keys = Object.keys(completeValues(operation, {}));
	expect(keys.sort()).toEqual(['options', ...Object.keys(operation.fields)].sort());
});

test.each(lists.filter(({ searchFilter }) => searchFilter))('a search adds only its text: $method', (list) => {
	const filters = { [list.searchFilter as string]: 'สมชาย' };
	const untouched = buildUntouchedRequest(list).body as Record<string, unknown>;
	const body = buildSourceRequest(list, { filters }).body as Record<string, unknown>;
	const added = Object.entries(body).filter(([key, value]) => value !== untouched[key]);
	expect(added).toEqual([[expect.stringMatching(/^keyword$/i), 'สมชาย']]);
	expect(Object.keys(untouched).filter((key) => !(key in body))).toEqual([]);
});

test.each(names)('names of $pluralName are requested as from an untouched form, apart from the ID', (source) => {
	const given = source.idField === undefined ? {} : { [source.idField]: 'C 1' };
	expect(buildSourceRequest(source, given)).toEqual(buildUntouchedRequest(source, given));
});

test('a given value counts, also if it is undefined, and options default to those of the node', () => {
	const operation = getOperation(lists[0] as ListSource);
	const filters = { searchText: 'x' };
	const timeZone = 'Asia/Tokyo';
	const options = { ...readNodeOptions({}), timeZone };
	expect(completeValues(operation, { filters })).toMatchObject({ filters, options: readNodeOptions({}) });
	expect(completeValues(operation, { filters: undefined, options })).toMatchObject({ filters: undefined, options });
});
