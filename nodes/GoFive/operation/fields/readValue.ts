import { GoFiveError, rejectInput } from '../../api/errors';
import { isObject, parseJson } from '../../shared/json';
import { isBlank, truncate } from '../../shared/text';
import type { ReadContext } from '../field';

/** Length of a value in a message. Longer ones are cut, so that the message stays on a few lines. */
const MAX_VALUE_CHARACTERS = 80;

/**
 * Builds the error about an invalid value.
 * @param displayName - Name of the field, as the form shows it.
 * @param description - Start of the description of the message: which values are valid.
 */
export function invalidValueError(value: unknown, displayName: string, description: string): GoFiveError {
	const message = isBlank(value) ? `'${displayName}' is empty` : `'${displayName}' cannot be ${formatValue(value)}`;
	return new GoFiveError({ message, description });
}

/** Formats a value of any type for a message, as shortened JSON. */
export const formatValue = (value: unknown): string => truncateValue(toJson(value));

/** Shortens a string for a message. */
export const truncateValue = (text: string): string => truncate(text, MAX_VALUE_CHARACTERS);

const isInvalidDate = (value: unknown): boolean =>
	value instanceof Date ? Number.isNaN(value.getTime()) : isObject(value) && value.isValid === false;

function toJson(value: unknown): string {
	try {
		// JSON.stringify would show both as null.
		if (isInvalidDate(value)) return 'an invalid date';
		if (typeof value === 'number' && !Number.isFinite(value)) return 'a calculation that did not return a number';
		return JSON.stringify(value) ?? String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

/** Description of the message about a required field that is empty. */
export const BLANK_FIELD_DESCRIPTION = 'Enter a value, or check the column that the expression reads.';

/** Text of a date that Luxon, the library of n8n's expressions, cannot read. */
const INVALID_DATE_TEXT = 'Invalid DateTime';
const INVALID_DATE_TEXT_DESCRIPTION =
	'The expression returned a date that cannot be read. Check the format of the date that the expression reads.';

/** Half of a UTF-16 character, for example of an emoji. encodeURIComponent throws for it. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATE_DESCRIPTION =
	'The text contains an incomplete character, for example a truncated emoji. Correct the text at its source, for example in your sheet.';

/** Advice for a number that JavaScript may have rounded before the node reads it. */
export const INEXACT_NUMBER_DESCRIPTION =
	'The number is too long, and some of its digits may already be lost. Convert the number to text at its source. In a sheet, format the column as plain text.';

/** @throws GoFiveError for a number that is not the one that the user meant, because JavaScript has rounded it */
function assertExactNumber(value: number, displayName: string): void {
	assertNumber(value, displayName);
	if (!isExact(value)) throw invalidValueError(value, displayName, INEXACT_NUMBER_DESCRIPTION);
}

/**
 * Reads a string without surrounding blanks. Numbers are accepted, because spreadsheets return codes as numbers.
 * @throws GoFiveError if the value is neither text nor number, or if it is blank and `allowsEmpty` is not set.
 */
export function readText(value: unknown, displayName: string, allowsEmpty = false): string {
	const input = value ?? '';
	if (typeof input === 'number') assertExactNumber(input, displayName);
	else if (typeof input !== 'string') throw invalidValueError(value, displayName, 'Enter text or a number.');
	const text = String(input).trim();
	if (text === INVALID_DATE_TEXT) throw invalidValueError(value, displayName, INVALID_DATE_TEXT_DESCRIPTION);
	if (text === '' && !allowsEmpty) throw invalidValueError(value, displayName, BLANK_FIELD_DESCRIPTION);
	if (LONE_SURROGATE.test(text))
		rejectInput(`'${displayName}' contains an invalid character`, LONE_SURROGATE_DESCRIPTION);
	return text;
}

/** Whether the integer part of a number is exact. From 2 ** 53, JavaScript may have rounded it. */
export const isExact = (value: number): boolean => Number.isSafeInteger(Math.trunc(value));

/**
 * Checks that JSON can represent a number.
 * @throws GoFiveError for NaN and Infinity.
 */
export function assertNumber(value: number, displayName: string): void {
	if (Number.isFinite(value)) return;
	rejectInput(
		`The calculation in '${displayName}' did not return a number`,
		'A column that the expression reads is empty or contains text, or the expression divides by zero. Correct the expression or the column.',
	);
}

/**
 * Adds a hint if an optional field is blank because of its expression.
 * @param consequence - What the run did without the value, as the end of a sentence. Defaults to not sending it.
 */
export function hintIfExpressionEmpty(
	{ isExpression, addBlankHint }: ReadContext,
	name: string,
	displayName: string,
	consequence?: string,
): void {
	if (isExpression(name)) addBlankHint(displayName, consequence);
}

/** Converts a number or a string of digits to an ID, a whole number from 1. Undefined for anything else. */
export function toId(value: unknown): number | undefined {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	const id = Number(text);
	return /^\d+$/.test(text) && Number.isSafeInteger(id) && id >= 1 ? id : undefined;
}

/**
 * Reads an ID.
 * @param errorDescription - Where to find a valid ID.
 * @throws GoFiveError if the value is not an ID.
 */
export function readId(value: unknown, displayName: string, errorDescription: string): number {
	const id = toId(value);
	if (id === undefined) throw invalidValueError(value, displayName, errorDescription);
	return id;
}

/**
 * Builds the error about an empty expression, if omitting its value would change the effect of the request.
 * @param advice - Sentence about what to do if the empty value is intended.
 */
export function emptyExpressionError(displayName: string, advice = 'To send no value, clear the field.'): GoFiveError {
	const description = `The expression returned no value. Check the column that the expression reads. ${advice}`;
	return invalidValueError('', displayName, description);
}

/**
 * Reads true or false, also as text from a spreadsheet.
 * @throws GoFiveError for anything else.
 */
export function readBoolean(input: unknown, displayName: string): boolean {
	const value = typeof input === 'string' ? parseJson(input.trim().toLowerCase()) : input;
	if (typeof value !== 'boolean') throw invalidValueError(input, displayName, 'Enter true or false.');
	return value;
}
