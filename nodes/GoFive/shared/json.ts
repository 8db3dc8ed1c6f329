/**
 * JSON, text and unit helpers that belong to no layer.
 * Every layer may import them. They import nothing.
 * Start with any file.
 */

/** JSON object with values of any type. */
export type JsonObject = Record<string, unknown>;

/** Returns true for an object with keys, false for a list, null or a primitive value. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses JSON. Returns undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
