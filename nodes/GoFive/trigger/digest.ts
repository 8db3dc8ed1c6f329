import { createHash } from 'crypto';
import { isObject, type JsonObject } from '../shared/json';

const sortKeys = (value: JsonObject): JsonObject =>
	Object.fromEntries(
		Object.keys(value)
			.sort()
			.map((key) => [key, value[key]]),
	);

/**
 * Makes equal what means the same: a number and its text, null, an empty text and a missing value, and the keys of a row
 * in any order. A choice from a list counts with its value only.
 */
function normalizeValue(_key: string, value: unknown): unknown {
	if (isObject(value)) return '__rl' in value ? value.value : sortKeys(value);
	if (typeof value === 'number') return String(value);
	return value === null || value === '' ? undefined : value;
}

/** Computes a digest of six characters. With 36 bits, one change in 69 billion is missed. */
export function computeDigest(values: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(values, normalizeValue)).digest('base64url').slice(0, 6);
}
