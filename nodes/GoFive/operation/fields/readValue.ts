import { GoFiveError, NOTHING_SENT, rejectInput } from '../../api/errors/goFiveError';
import { invalidValueError } from '../invalidValue';
import type { ReadContext } from '../types';
import { parseJson } from '../../shared/json';

/** What is told of a required field that is empty. */
export const FILL_IN_REMEDY = `Fill it in, or check the column that the expression takes it from. ${NOTHING_SENT}`;

/** Half of a character, such as an emoji that was cut in two; it cannot travel in a URL. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A text, trimmed; numbers, as sheets give them, are accepted.
 * @throws GoFiveError when it is blank or no text
 */
export function readText(value: unknown, displayName: string, allowsEmpty = false): string {
	if (typeof value !== 'string' && typeof value !== 'number' && value !== undefined && value !== null) {
		throw invalidValueError(value, displayName, 'Give a text or a number.');
	}
	if (typeof value === 'number') assertNumber(value, displayName);
	if (typeof value === 'number' && !isExact(value)) {
		throw invalidValueError(value, displayName, 'Give it as text, between quotation marks.');
	}
	const text = String(value ?? '').trim();
	if (text === '' && !allowsEmpty) throw invalidValueError(value, displayName, FILL_IN_REMEDY);
	if (LONE_SURROGATE.test(text)) {
		throw new GoFiveError({
			message: `'${displayName}' holds a broken character`,
			description:
				'Half of a character, such as an emoji that was cut in two, cannot be sent. Correct the text where it comes from.',
		});
	}
	return text;
}

/** Whether the digits of a number before its point are those that it was given with: from 2 ** 53 up nobody can tell. */
export const isExact = (value: number): boolean => Number.isSafeInteger(Math.trunc(value));

/** @throws GoFiveError for what JSON has no number for */
export function assertNumber(value: number, displayName: string): void {
	if (Number.isFinite(value)) return;
	rejectInput(
		`The calculation behind '${displayName}' did not give a number`,
		'A column that it reads is empty or holds text, or something is divided by zero. Correct the expression or the column.',
	);
}

/** What became of a value that may be missing. */
export const OMITTED_CONSEQUENCE = 'it was left out';

/** Tells of an expression that gave nothing for a field that may be empty, since that takes in more than was meant. */
export function hintIfExpressionEmpty(
	context: ReadContext,
	name: string,
	displayName: string,
	consequence: string,
): void {
	if (!context.isExpression(name)) return;
	context.addHint(`${displayName} lost`, `'${displayName}' is an expression that returned nothing, so ${consequence}.`);
}

/** A number, or a text with digits, as an id: a whole number from 1 up; undefined for anything else. */
export function toId(value: unknown): number | undefined {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	const id = Number(text);
	return /^\d+$/.test(text) && Number.isSafeInteger(id) && id >= 1 ? id : undefined;
}

/**
 * An id that a person gave.
 * @param remedy tells where to find the right one
 * @throws GoFiveError for anything else
 */
export function readId(value: unknown, displayName: string, remedy: string): number {
	const id = toId(value);
	if (id === undefined) throw invalidValueError(value, displayName, `${remedy} ${NOTHING_SENT}`);
	return id;
}

/** What is told of an expression that gave nothing, where leaving the value out would do something else than was meant. */
export function emptyExpressionError(displayName: string): GoFiveError {
	return invalidValueError(
		'',
		displayName,
		`The expression returned nothing. If nothing is meant, clear the field. ${NOTHING_SENT}`,
	);
}

/** True or false, as an expression or a sheet may give it. @throws GoFiveError for anything else */
export function readBoolean(input: unknown, displayName: string): boolean {
	const value = typeof input === 'string' ? parseJson(input.trim().toLowerCase()) : input;
	if (typeof value !== 'boolean') throw invalidValueError(input, displayName, `Give true or false. ${NOTHING_SENT}`);
	return value;
}
