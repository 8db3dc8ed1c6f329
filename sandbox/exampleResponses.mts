import type { Operation } from 'openapi-backend';
import { businessErrorResponse, jsonResponse, type SandboxResponse } from './responses.mts';
import type { OperationContext } from './operationHandlers.mts';
import type { RecordList } from './recordLists.mts';

type ExampleRow = Record<string, unknown>;
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

/** Whether the rows of a list are in `data.value`, as in the contract's example. */
const isWrapped = (operation: Operation): boolean => !Array.isArray(findExample(operation)?.data);

/** Builds the body of a response with rows of a list. */
export const buildListBody = (operation: Operation, rows: ExampleRow[]) => ({
	...findExample(operation),
	data: isWrapped(operation) ? { value: rows } : rows,
});

/** Repeats the rows of the contract's example with unique keys: numbers, or codes with a number at the end. */
export function buildExampleRows(operation: Operation, start: number, count: number): ExampleRow[] {
	const { key = '', uniqueKeys = [] } = getRowsExtension(operation) ?? {};
	const data = findExample(operation)?.data;
	const examples = (isWrapped(operation) ? (data as { value: ExampleRow[] }).value : data) as ExampleRow[];
	const buildKey = (firstKey: unknown, index: number) =>
		typeof firstKey === 'number'
			? firstKey + index
			: `${String(firstKey).replace(/\d+$/, '')}${String(index + 1).padStart(4, '0')}`;
	return Array.from({ length: count }, (_, offset) => ({
		...examples[(start + offset) % examples.length],
		...Object.fromEntries([key, ...uniqueKeys].map((name) => [name, buildKey(examples[0]?.[name], start + offset)])),
	}));
}

/** Selects the page of a list that a request asks for, within the limits of the behaviour. */
function selectPage(
	rows: ExampleRow[],
	{ body, query, behaviour }: OperationContext,
	recordList?: RecordList,
): ExampleRow[] {
	const pageParams = { ...query, ...(body as ExampleRow | undefined) };
	const readNumber = (name: string) =>
		name in pageParams && !behaviour.ignoredPageKeys.includes(name) ? Number(pageParams[name]) : undefined;
	const take = readNumber('take') ?? readNumber('pageLength') ?? rows.length;
	const skip = readNumber('skip') ?? 0;
	const start = recordList?.startOfPage(skip) ?? skip;
	return rows.slice(start, start + Math.min(take, behaviour.pageCap ?? take));
}

/** Code of a record that does not exist, in any field. */
export const UNKNOWN_RECORD_NAME = 'NOPE';

/**
 * Builds the response of an operation without a handler: the contract's example, or a page of its list.
 * @returns undefined if the contract has no example
 */
export function buildExampleResponse(
	operation: Operation,
	operationContext: OperationContext,
): SandboxResponse | undefined {
	const example = findExample(operation);
	if (example === undefined) return undefined;
	const { params, body } = operationContext;
	const sentValues = [params, body ?? {}].flatMap((part): unknown[] => Object.values(part));
	if (sentValues.includes(UNKNOWN_RECORD_NAME)) {
		const [tag = 'Record'] = operation.tags ?? [];
		return businessErrorResponse(`${tag} not found`);
	}
	const rowsExtension = getRowsExtension(operation);
	if (!rowsExtension) return jsonResponse(operation.responses?.['201'] ? 201 : 200, example);
	const recordLists = Object.values(operationContext.records);
	const recordList = recordLists.find(({ operationId }) => operationId === operation.operationId);
	const rows =
		recordList?.find(operationContext.body as ExampleRow) ?? buildExampleRows(operation, 0, rowsExtension.count);
	return jsonResponse(200, buildListBody(operation, selectPage(rows, operationContext, recordList)));
}
