import { jsonIn } from '../../api/answer/envelope';
import { Failure, NOTHING_SENT, failUnsent } from '../../api/words/failure';
import { notAccepted } from '../text';
import type { ReadContext } from '../types';

/** What is told of a required field that is empty. */
export const FILL_IN = `Fill it in, or check the column that the expression takes it from. ${NOTHING_SENT}`;

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
	if (typeof value === 'number') assertNumber(value, displayName);
	if (typeof value === 'number' && !isExact(value)) {
		throw notAccepted(value, displayName, 'Give it as text, between quotation marks.');
	}
	const text = String(value ?? '').trim();
	if (text === '' && !emptyAllowed) throw notAccepted(value, displayName, FILL_IN);
	if (LONE_SURROGATE.test(text)) {
		throw new Failure({
			message: `'${displayName}' holds a broken character`,
			description:
				'Half of a character, such as an emoji that was cut in two, cannot be sent. Correct the text where it comes from.',
		});
	}
	return text;
}

/** Whether the digits of a number before its point are those that it was given with: from 2 ** 53 up nobody can tell. */
export const isExact = (value: number): boolean => Number.isSafeInteger(Math.trunc(value));

/** @throws Failure for what JSON has no number for */
export function assertNumber(value: number, displayName: string): void {
	if (Number.isFinite(value)) return;
	failUnsent(
		`The calculation behind '${displayName}' did not give a number`,
		'A column that it reads is empty or holds text, or something is divided by zero. Correct the expression or the column.',
	);
}

/** What became of a value that may be missing. */
export const LEFT_OUT = 'it was left out';

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

/** What is told of an expression that gave nothing, where leaving the value out would do something else than was meant. */
export function lost(displayName: string): Failure {
	return notAccepted(
		'',
		displayName,
		`The expression returned nothing. If nothing is meant, clear the field. ${NOTHING_SENT}`,
	);
}

/** True or false, as an expression or a sheet may give it. @throws Failure for anything else */
export function readFlag(given: unknown, displayName: string): boolean {
	const value = typeof given === 'string' ? jsonIn(given.trim().toLowerCase()) : given;
	if (typeof value !== 'boolean') throw notAccepted(given, displayName, `Give true or false. ${NOTHING_SENT}`);
	return value;
}
