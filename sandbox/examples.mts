import type { Operation } from 'openapi-backend';
import { envelope, json, type Reply } from './answers.mts';
import type { Call } from './operations.mts';

type Row = Record<string, unknown>;
type Example = { data?: unknown };

/** How the contract says (`x-rows`) that a list is longer than its example: so many rows, told apart by a key. */
interface Rows {
	count: number;
	key: string;
}

/** What the contract shows as the answer of success. */
function shownBy(operation: Operation): Example | undefined {
	const answer = operation.responses?.['200'] ?? operation.responses?.['201'];
	const content = answer && 'content' in answer ? answer.content?.['application/json'] : undefined;
	return content && 'example' in content ? (content.example as Example) : undefined;
}

/** The example rows, over and over, each with a key of its own: a number, or a code with a number at its end. */
function rowsLike(examples: Row[], { count, key }: Rows): Row[] {
	const code = examples[0]?.[key];
	const keyOf = (index: number) => (typeof code === 'number' ? code + index : `${String(code).replace(/\d+$/, '')}${String(index + 1).padStart(4, '0')}`);
	return Array.from({ length: count }, (_, index) => ({ ...examples[index % examples.length], [key]: keyOf(index) }));
}

/** The part of a list that a request asks for, as far as the sandbox minds what it asks. */
function partOf(rows: Row[], { body, query, behaviour }: Call): Row[] {
	const asked = { ...query, ...(body as Row | undefined) };
	const number = (name: string) => (name in asked && !behaviour.ignoredPageKeys.includes(name) ? Number(asked[name]) : undefined);
	const take = number('take') ?? number('pageLength') ?? rows.length;
	const skip = number('skip') ?? 0;
	return rows.slice(skip, skip + Math.min(take, behaviour.pageCap ?? take));
}

/** A name that GoFive does not know, whichever field holds it. */
export const UNKNOWN = 'NOPE';

/**
 * The answer of an operation without code of its own: the contract's example; a list in the parts that are asked for.
 * A record called NOPE is not known.
 * @returns undefined when the contract has no example
 */
export function exampleOf(operation: Operation, call: Call): Reply | undefined {
	const shown = shownBy(operation);
	if (shown === undefined) return undefined;
	const named = [...Object.values(call.params), ...Object.values((call.body ?? {}) as Row)];
	if (named.includes(UNKNOWN)) {
		const [tag = 'Record'] = operation.tags ?? [];
		return json(call.behaviour.businessErrorStatus, envelope('4001', `${tag} not found`, null));
	}
	const rows = (operation as Operation & { 'x-rows'?: Rows })['x-rows'];
	if (!rows) return json(operation.responses?.['201'] ? 201 : 200, shown);
	const isWrapped = !Array.isArray(shown.data);
	const examples = (isWrapped ? (shown.data as { value: Row[] }).value : shown.data) as Row[];
	const part = partOf(rowsLike(examples, rows), call);
	return json(200, { ...shown, data: isWrapped ? { value: part } : part });
}
