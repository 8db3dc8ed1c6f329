import type { Operation } from 'openapi-backend';
import { jsonResponse, type SandboxResponse } from './responses.mts';
import type { RecordList, SandboxRecord } from './recordLists.mts';
import type { OperationContext, SandboxBehaviour } from './sandboxTypes.mts';

type ExampleBody = { data?: unknown };

/** Extension `x-rows` of the contract, for a list that is longer than its example. */
interface RowsExtension {
	count: number;
	/** Key that identifies a row. */
	key: string;
	/** Further keys whose values are unique. */
	uniqueKeys?: string[];
}

/** Finds the contract's example of a successful response. */
function findExample(operation: Operation): ExampleBody | undefined {
	const successResponse = operation.responses?.['200'] ?? operation.responses?.['201'];
	const content =
		successResponse && 'content' in successResponse ? successResponse.content?.['application/json'] : undefined;
	return content && 'example' in content ? (content.example as ExampleBody) : undefined;
}

/** Returns the extension `x-rows` of an operation. */
export const getRowsExtension = (operation: Operation): RowsExtension | undefined =>
	(operation as Operation & { 'x-rows'?: RowsExtension })['x-rows'];

/** Whether the data of a response is in `data.value`, as in the contract's example. */
const isWrapped = (operation: Operation): boolean => {
	const data = findExample(operation)?.data;
	return typeof data === 'object' && data !== null && 'value' in data;
};

/** Returns the data of the contract's example, without the `value` of older pages. */
export function getExampleData(operation: Operation): unknown {
	const data = findExample(operation)?.data;
	return isWrapped(operation) ? (data as { value: unknown }).value : data;
}

/**
 * Builds the body of a response with other data than the contract's example.
 * @param listIn - Location of the data. Defaults to that in the contract's example
 */
export const buildResponseBody = (operation: Operation, data: unknown, listIn?: SandboxBehaviour['listIn']) => ({
	...findExample(operation),
	data: listIn === 'value' || isWrapped(operation) ? { value: data } : data,
});

/** Repeats the rows of the contract's example with unique keys: numbers, or codes with a number at the end. */
export function buildExampleRows(operation: Operation, start: number, count: number): SandboxRecord[] {
	const { key = '', uniqueKeys = [] } = getRowsExtension(operation) ?? {};
	const examples = getExampleData(operation) as SandboxRecord[];
	const buildKey = (firstKey: unknown, index: number) =>
		typeof firstKey === 'number'
			? firstKey + index
			: `${String(firstKey).replace(/\d+$/, '')}${String(index + 1).padStart(4, '0')}`;
	return Array.from({ length: count }, (_, offset) => {
		const row = { ...examples[(start + offset) % examples.length] };
		for (const name of [key, ...uniqueKeys]) row[name] = buildKey(examples[0]?.[name], start + offset);
		return row;
	});
}

/** Selects the page of a list that a request asks for, within the limits of the behaviour. */
export function selectPage(
	rows: SandboxRecord[],
	{ body, query, behaviour }: OperationContext,
	recordList?: RecordList,
): SandboxRecord[] {
	const pageParams = { ...query, ...(body as SandboxRecord | undefined) };
	const readNumber = (name: string) =>
		name in pageParams && !behaviour.ignoredPageKeys.includes(name) ? Number(pageParams[name]) : undefined;
	const take = readNumber('take') ?? readNumber('pageLength') ?? rows.length;
	const skip = readNumber('skip') ?? 0;
	const start = recordList?.startOfPage(skip) ?? skip;
	const isPaged = 'take' in pageParams || 'pageLength' in pageParams;
	return rows.slice(start, start + Math.min(take, (isPaged ? behaviour.pageCap : null) ?? take));
}

/**
 * Builds the response of an operation that stores nothing: the contract's example, or a page of its list.
 * @returns undefined if the contract has no example
 */
export function buildExampleResponse(
	operation: Operation,
	operationContext: OperationContext,
): SandboxResponse | undefined {
	const example = findExample(operation);
	if (example === undefined) return undefined;
	const rowsExtension = getRowsExtension(operation);
	if (!rowsExtension) return jsonResponse(200, example);
	const rows = buildExampleRows(operation, 0, rowsExtension.count);
	return jsonResponse(200, buildResponseBody(operation, selectPage(rows, operationContext)));
}
