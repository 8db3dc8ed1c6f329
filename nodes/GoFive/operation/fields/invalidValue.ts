import { GoFiveError } from '../../api/errors';
import { isObject } from '../../shared/json';
import { isBlank, truncate } from '../../shared/text';

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
