/**
 * Helpers that belong to no layer: JSON, text and units of time.
 * Every layer may import them. They import nothing.
 * Start with any file.
 */

/** JSON object with values of any type. */
export type JsonObject = Record<string, unknown>;

/** Returns true for an object with keys, false for a list, null or a primitive value. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns false for an empty text, 0, false, null and undefined, and for an object or list that is empty or contains only null. */
export function isFilled(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.values(value).some((part) => part !== null);
	return Boolean(value);
}

/**
 * Returns the value of a key in any case, since GoFive's pages use both.
 *
 * @param key - Key in lower case.
 */
export function getIgnoringCase(record: JsonObject, key: string): unknown {
	// The lengths are compared first, because a response may have any number of keys.
	return Object.entries(record).find(([name]) => name.length === key.length && name.toLowerCase() === key)?.[1];
}

/** Maximum number of levels of nested objects and lists. A deeper value could exceed the call stack where it is copied, compared or stored. */
const MAX_DEPTH = 100;

/** Returns true for a value that is nested too deeply to be processed. */
export const isNestedTooDeeply = (value: unknown, depth = 0): boolean =>
	typeof value === 'object' &&
	value !== null &&
	(depth >= MAX_DEPTH || Object.values(value).some((part) => isNestedTooDeeply(part, depth + 1)));

/** Parses JSON. Returns undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
