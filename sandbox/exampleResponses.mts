import type { Operation } from 'openapi-backend';
import { buildEnvelope, jsonResponse, type SandboxResponse } from './responses.mts';
import type { OperationContext } from './operationHandlers.mts';

type ExampleRow = Record<string, unknown>;
type ExampleBody = { data?: unknown };

/** Extension `x-rows` of the contract: number of rows of a list that is longer than its example, and their key. */
interface RowsExtension {
	count: number;
	key: string;
}

/** Finds the contract's example of a successful response. */
function findExample(operation: Operation): ExampleBody | undefined {
	const successResponse = operation.responses?.['200'] ?? operation.responses?.['201'];
	const content =
		successResponse && 'content' in successResponse ? successResponse.content?.['application/json'] : undefined;
	return content && 'example' in content ? (content.example as ExampleBody) : undefined;
}

/** Repeats the example rows with unique keys: numbers, or codes with a number at the end. */
function repeatRows(examples: ExampleRow[], { count, key }: RowsExtension): ExampleRow[] {
	const firstKey = examples[0]?.[key];
	const buildKey = (index: number) =>
		typeof firstKey === 'number'
			? firstKey + index
			: `${String(firstKey).replace(/\d+$/, '')}${String(index + 1).padStart(4, '0')}`;
	return Array.from({ length: count }, (_, index) => ({
		...examples[index % examples.length],
		[key]: buildKey(index),
	}));
}

/** Selects the page of a list that a request asks for, within the limits of the behaviour. */
function selectPage(rows: ExampleRow[], { body, query, behaviour }: OperationContext): ExampleRow[] {
	const pageParams = { ...query, ...(body as ExampleRow | undefined) };
	const readNumber = (name: string) =>
		name in pageParams && !behaviour.ignoredPageKeys.includes(name) ? Number(pageParams[name]) : undefined;
	const take = readNumber('take') ?? readNumber('pageLength') ?? rows.length;
	const skip = readNumber('skip') ?? 0;
	return rows.slice(skip, skip + Math.min(take, behaviour.pageCap ?? take));
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
	const sentValues = [
		...Object.values(operationContext.params),
		...Object.values((operationContext.body ?? {}) as ExampleRow),
	];
	if (sentValues.includes(UNKNOWN_RECORD_NAME)) {
		const [tag = 'Record'] = operation.tags ?? [];
		return jsonResponse(
			operationContext.behaviour.businessErrorStatus,
			buildEnvelope('4001', `${tag} not found`, null),
		);
	}
	const rowsExtension = (operation as Operation & { 'x-rows'?: RowsExtension })['x-rows'];
	if (!rowsExtension) return jsonResponse(operation.responses?.['201'] ? 201 : 200, example);
	const isWrapped = !Array.isArray(example.data);
	const examples = (isWrapped ? (example.data as { value: ExampleRow[] }).value : example.data) as ExampleRow[];
	const page = selectPage(repeatRows(examples, rowsExtension), operationContext);
	return jsonResponse(200, { ...example, data: isWrapped ? { value: page } : page });
}
