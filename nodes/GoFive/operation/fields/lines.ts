import { isObject } from '../../api/answer/envelope';
import { Failure, NOTHING_SENT, failUnsent, failureOf } from '../../api/words/failure';
import { notAccepted } from '../text';
import type { Field, Fields, Read, ReadContext } from '../types';
import { bodyOf, propertiesInside, readInside } from './group';
import { readJson } from './json';
import { FILL_IN, lost } from './read';

/** How rows are given. */
export const MODES = [
	{ name: 'Using Fields Below', value: 'fields' },
	{ name: 'Using JSON', value: 'json' },
];

interface AboutLines {
	/** One of them, as the button that adds one calls it. */
	line: string;
	required?: boolean;
	wire?: string;
	/** Whether they stand inside another field. There they have no JSON: a selector that was never set would drop the rows. */
	nested?: boolean;
}

/** Repeats what a reader throws, with the line in front. @param line what it is called @throws Failure */
function inLine<T>(line: string, index: number, read: () => T): T {
	try {
		return read();
	} catch (thrown) {
		const failure = failureOf(thrown);
		return fail(failure.reworded({ message: `${line} ${index + 1}: ${failure.message}` }));
	}
}

function fail(failure: Failure): never {
	throw failure;
}

/** A row from JSON. @throws Failure when it is none, or has keys that the form does not have */
function assertRow(row: unknown, fields: Fields, displayName: string): asserts row is Record<string, unknown> {
	const known = Object.keys(fields);
	if (!isObject(row))
		throw notAccepted(row, displayName, `Give a list of objects with: ${known.join(', ')}. ${NOTHING_SENT}`);
	const unknown = Object.keys(row).find((key) => !known.includes(key));
	if (unknown === undefined) return;
	failUnsent(`${displayName} have no '${unknown}'`, `The keys of a line are: ${known.join(', ')}.`);
}

/**
 * Lines of a record: n8n's fixed collection, or the same rows as JSON. n8n fills the missing inputs of a row with their
 * defaults, so an optional input starts empty there, and what is empty is left out.
 */
export function lines<F extends Fields>(
	displayName: string,
	description: string,
	fields: F,
	about: AboutLines,
): Field<Array<Read<F>>> {
	const { required, wire, nested } = about;
	const called = nested ? about.line : 'Line';
	// n8n makes an empty collection of a whole one that is an expression, and shows a node nothing else.
	const ifNone = nested
		? FILL_IN
		: `Add a line. Choose 'Using JSON' in 'Specify ${displayName}' if all lines come from one expression. ${NOTHING_SENT}`;
	const only = (name: string, mode: string) =>
		nested ? {} : { displayOptions: { show: { [`${name}Input`]: [mode] } } };

	const fromJson = (given: unknown, name: string, context: ReadContext): Array<Read<F>> => {
		const read = readJson(given, displayName, `Give a list of objects with: ${Object.keys(fields).join(', ')}.`);
		if (!read && context.isExpression(name)) throw lost(displayName);
		return fromList([read?.value ?? []].flat(), name, context);
	};
	const fromList = (rows: unknown[], name: string, context: ReadContext): Array<Read<F>> =>
		rows.map((row, index) =>
			inLine(called, index, () => {
				assertRow(row, fields, displayName);
				return readInside(fields, (key) => row[key], `${name}.${index}`, context);
			}),
		);
	const fromFields = (given: unknown, name: string, context: ReadContext): Array<Read<F>> => {
		// Rows inside a row that was given as JSON are a plain list.
		if (nested && Array.isArray(given)) return fromList(given, name, context);
		const rows = isObject(given) ? ([given.line ?? []].flat() as unknown[]) : [];
		return rows.map((row, index) =>
			inLine(called, index, () =>
				readInside(fields, (key) => (isObject(row) ? row[key] : undefined), `${name}.line.${index}`, context),
			),
		);
	};

	return {
		inside: fields,
		properties: (name) => [
			...(nested
				? []
				: [
						{
							displayName: `Specify ${displayName}`,
							name: `${name}Input`,
							type: 'options' as const,
							noDataExpression: true,
							options: MODES,
							default: 'fields',
							description: `How to give the ${displayName.toLowerCase()}`,
						},
					]),
			{
				displayName,
				name,
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: `Add ${about.line}`,
				required,
				default: {},
				description,
				options: [{ displayName: about.line, name: 'line', values: propertiesInside(fields) }],
				...only(name, 'fields'),
			},
			...(nested
				? []
				: [
						{
							displayName: `${displayName} (JSON)`,
							name: `${name}Json`,
							type: 'json' as const,
							default: '',
							description: `A list of objects with: ${Object.keys(fields).join(', ')}`,
							...only(name, 'json'),
						},
					]),
		],
		read(get, name, context) {
			const isJson = !nested && get(`${name}Input`) === 'json';
			const rows = isJson ? fromJson(get(`${name}Json`), `${name}Json`, context) : fromFields(get(name), name, context);
			if (required && rows.length === 0) throw notAccepted(undefined, displayName, ifNone);
			// A row that nobody filled in says nothing.
			return rows.filter((row) => Object.values(row as object).some((value) => value !== undefined));
		},
		body: (rows, name) =>
			rows.length > 0 ? { [wire ?? name]: rows.map((row) => bodyOf(fields, row as Record<string, unknown>)) } : {},
	};
}
