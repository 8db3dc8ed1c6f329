import type { Operation } from 'openapi-backend';
import { buildEnvelope, jsonResponse, type SandboxResponse } from './responses.mts';
import type { OperationContext } from './operationHandlers.mts';

type ExampleRow = Record<string, unknown>;
type ExampleBody = { data?: unknown };

/** How the contract says (`x-rows`) that a list is longer than its example: so many rows, told apart by a key. */
interface RowsExtension {
	count: number;
	key: string;
}

/** What the contract shows as the answer of success. */
function findExample(operation: Operation): ExampleBody | undefined {
	const successResponse = operation.responses?.['200'] ?? operation.responses?.['201'];
	const content =
		successResponse && 'content' in successResponse ? successResponse.content?.['application/json'] : undefined;
	return content && 'example' in content ? (content.example as ExampleBody) : undefined;
}

/** The example rows, over and over, each with a key of its own: a number, or a code with a number at its end. */
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

/** The part of a list that a request asks for, as far as the sandbox minds what it asks. */
function selectPage(rows: ExampleRow[], { body, query, behaviour }: OperationContext): ExampleRow[] {
	const pageParams = { ...query, ...(body as ExampleRow | undefined) };
	const readNumber = (name: string) =>
		name in pageParams && !behaviour.ignoredPageKeys.includes(name) ? Number(pageParams[name]) : undefined;
	const take = readNumber('take') ?? readNumber('pageLength') ?? rows.length;
	const skip = readNumber('skip') ?? 0;
	return rows.slice(skip, skip + Math.min(take, behaviour.pageCap ?? take));
}

/** A name that GoFive does not know, whichever field holds it. */
export const UNKNOWN_RECORD_NAME = 'NOPE';

/**
 * The answer of an operation without code of its own: the contract's example; a list in the parts that are asked for.
 * A record called NOPE is not known.
 * @returns undefined when the contract has no example
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
