import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { jsonIn } from '../api/answer/envelope';
import { Failure, NOTHING_SENT } from '../api/words/failure';
import { isBlank, notAccepted, shown } from './text';
import type { Entity, Field, ReadContext } from './types';

/** Half of a character, such as an emoji that was cut in two; it cannot travel in a URL. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A text, trimmed; numbers, as sheets give them, are accepted.
 * @throws Failure when it is blank or no text
 */
export function readText(value: unknown, displayName: string, emptyAllowed = false): string {
	if (typeof value !== 'string' && typeof value !== 'number' && value !== undefined && value !== null) {
		throw notAccepted(value, displayName, 'Give a text or a number.');
	}
	if (typeof value === 'number' && !Number.isFinite(value)) {
		throw new Failure({
			message: `The calculation behind '${displayName}' did not give a number`,
			description: `A column that it reads is empty or holds text, or something is divided by zero. Correct the expression or the column. ${NOTHING_SENT}`,
		});
	}
	if (typeof value === 'number' && !Number.isSafeInteger(Math.trunc(value))) {
		throw notAccepted(value, displayName, 'Give it as text, between quotation marks.');
	}
	const text = String(value ?? '').trim();
	if (text === '' && !emptyAllowed) {
		throw notAccepted(
			value,
			displayName,
			`Fill it in, or check the column that the expression takes it from. ${NOTHING_SENT}`,
		);
	}
	if (LONE_SURROGATE.test(text)) {
		throw new Failure({
			message: `'${displayName}' holds a broken character`,
			description:
				'Half of a character, such as an emoji that was cut in two, cannot be sent. Correct the text where it comes from.',
		});
	}
	return text;
}

/** Tells of an expression that gave nothing for a field that may be empty, since that takes in more than was meant. */
export function hintIfLost(context: ReadContext, name: string, displayName: string, consequence: string): void {
	if (!context.isExpression(name)) return;
	context.hint(`${displayName} lost`, `'${displayName}' is an expression that returned nothing, so ${consequence}.`);
}

/** A number, or a text with digits, as an id: a whole number from 1 up; undefined for anything else. */
export function asId(value: unknown): number | undefined {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	const id = Number(text);
	return /^\d+$/.test(text) && Number.isSafeInteger(id) && id >= 1 ? id : undefined;
}

/**
 * An id that a person gave.
 * @param how tells where to find the right one
 * @throws Failure for anything else
 */
export function readId(value: unknown, displayName: string, how: string): number {
	const id = asId(value);
	if (id === undefined) throw notAccepted(value, displayName, `${how} ${NOTHING_SENT}`);
	return id;
}

/** A text; trimmed. Left empty it is an empty text, unless it is required. */
export function text(displayName: string, name: string, description: string, required: boolean): Field<string> {
	return {
		properties: [
			{
				displayName,
				name,
				type: 'string',
				typeOptions: required ? undefined : { rows: 3 },
				required,
				default: '',
				description,
			},
		],
		read: (get) => readText(get(name), displayName, !required),
	};
}

const MOST = 50;

/** Return All and Limit; the value is the most that an item gives, or undefined for all. */
export function limit(): Field<number | undefined> {
	return {
		properties: [
			{
				displayName: 'Return All',
				name: 'returnAll',
				type: 'boolean',
				default: true,
				description: 'Whether to return all results or only up to a given limit',
			},
			{
				displayName: 'Limit',
				name: 'limit',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 50,
				description: 'Max number of results to return',
				displayOptions: { show: { returnAll: [false] } },
			},
		],
		read(get, context) {
			const all = get('returnAll');
			if (isBlank(all)) hintIfLost(context, 'returnAll', 'Return All', 'all were returned');
			const cuts = all === false || (typeof all === 'string' && all.trim().toLowerCase() === 'false');
			if (!cuts) return undefined;
			const given = get('limit');
			const value = isBlank(given) ? MOST : given;
			const most = typeof value === 'string' ? Number(value) : value;
			if (!Number.isInteger(most) || (most as number) < 1) {
				throw notAccepted(value, 'Limit', 'Give a whole number from 1 up.');
			}
			return most as number;
		},
	};
}

/** Which form the records have when they leave the node. */
export type Output = { mode: 'simplified' } | { mode: 'raw' } | { mode: 'selected'; fields: string[] };

const modes = (simplified: string, raw: string, selected: string) => [
	{ name: 'Simplified', value: 'simplified', description: simplified },
	{ name: 'Raw', value: 'raw', description: raw },
	{ name: 'Selected Fields', value: 'selected', description: selected },
];
const OF_ENTITY = modes(
	'The same columns for every record, dates in ISO 8601',
	'As GoFive sends it',
	'Some of the simplified columns',
);
const OF_ANYTHING = modes(
	'One item for each record, as GoFive sends it',
	'The whole answer in one item',
	'Some of the columns of each record',
);

/** Output and, for selected fields, which; no field chosen means all. @param entity what the records are, where that is known */
export function output(entity?: Entity): Field<Output> {
	const columns: Partial<INodeProperties> = entity
		? {
				type: 'multiOptions',
				options: entity.fields,
				default: [],
				description: 'The columns to return; none chosen means all',
			}
		: {
				type: 'string',
				default: '',
				placeholder: 'e.g. customerCode, customerName',
				description: 'The columns to return, with commas between them; empty means all',
			};
	return {
		properties: [
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: entity ? OF_ENTITY : OF_ANYTHING,
				default: 'simplified',
				description: 'How much of each record to return, and in which form',
			},
			{
				displayName: 'Fields',
				name: 'fields',
				displayOptions: { show: { output: ['selected'] } },
				...columns,
			} as INodeProperties,
		],
		read(get) {
			const given = get('output');
			const mode = isBlank(given) ? 'simplified' : given;
			if (!OF_ENTITY.some(({ value }) => value === mode)) {
				throw notAccepted(mode, 'Output', 'Give simplified, raw or selected.');
			}
			if (mode !== 'selected') return { mode: mode as 'simplified' | 'raw' };
			const chosen = get('fields') ?? [];
			const names = (typeof chosen === 'string' ? chosen.split(',') : [chosen].flat())
				.map((name: unknown) => (typeof name === 'string' ? name.trim() : name))
				.filter((name) => !isBlank(name));
			const known = entity?.fields.map(({ value }) => value);
			const wrong = names.findIndex((name) => (known ? !known.includes(name as string) : typeof name !== 'string'));
			if (wrong >= 0) {
				throw new Failure({
					message: `'Fields' cannot hold ${shown(names[wrong])}`,
					description: known ? `The fields are: ${known.join(', ')}.` : 'Give the names of columns.',
				});
			}
			return { mode, fields: names as string[] };
		},
	};
}

/** JSON that was given: its value, and the text that travels, which keeps every digit. */
export interface Json {
	value: IDataObject | unknown[];
	text: string;
}

/** What is told of an expression that gave nothing, where leaving the value out would do something else than was meant. */
export function lost(displayName: string): Failure {
	return notAccepted(
		'',
		displayName,
		`The expression returned nothing. If nothing is meant, clear the field. ${NOTHING_SENT}`,
	);
}

/**
 * A JSON object or list, as text or as an expression gives it; undefined when nothing was given.
 * @param how what to give instead; @throws Failure for anything else
 */
export function readJson(given: unknown, displayName: string, how: string): Json | undefined {
	if (isBlank(given)) return undefined;
	const value = typeof given === 'string' ? jsonIn(given) : given;
	if (typeof value !== 'object' || value === null) throw notAccepted(given, displayName, `${how} ${NOTHING_SENT}`);
	// JSON has no such numbers and would show them as null.
	const check = (_: string, part: unknown) => (typeof part === 'number' ? Number(readText(part, displayName)) : part);
	const text = typeof given === 'string' ? given.trim() : JSON.stringify(value, check);
	return { value: value as Json['value'], text };
}

/** JSON, an object or a list; undefined when it is left empty. */
export function json(displayName: string, name: string, description: string): Field<Json | undefined> {
	return {
		properties: [{ displayName, name, type: 'json', default: '', description }],
		read(get, context) {
			const read = readJson(get(name), displayName, 'Give a JSON object or list.');
			if (read === undefined && context.isExpression(name)) throw lost(displayName);
			return read;
		},
	};
}
