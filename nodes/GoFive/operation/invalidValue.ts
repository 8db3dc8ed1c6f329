import { GoFiveError } from '../api/errors/goFiveError';
import { isBlank, truncate } from '../shared/text';

const MAX_VALUE_CHARACTERS = 80;

/** What a person is told of a value that is not accepted. @param remedy what to give instead, or to do */
export function invalidValueError(value: unknown, displayName: string, remedy: string): GoFiveError {
	const message = isBlank(value) ? `'${displayName}' is empty` : `'${displayName}' cannot be ${formatValue(value)}`;
	return new GoFiveError({ message, description: remedy });
}

/** A value as a person would recognise it in a message, cut where it is long. */
export const formatValue = (value: unknown): string => truncateValue(toJson(value));

/** A text, cut where it is long. */
export const truncateValue = (text: string): string => truncate(text, MAX_VALUE_CHARACTERS);

function isInvalidDate(value: unknown): boolean {
	if (value instanceof Date) return Number.isNaN(value.getTime());
	return typeof value === 'object' && value !== null && 'isValid' in value && value.isValid === false;
}

function toJson(value: unknown): string {
	try {
		// JSON would show both as null.
		if (isInvalidDate(value)) return 'an invalid date';
		if (typeof value === 'number' && !Number.isFinite(value)) return 'a calculation that gave no number';
		return JSON.stringify(value) ?? String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}
