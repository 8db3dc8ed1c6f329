import { createHash } from 'crypto';
import { isObject } from '../shared/json';

/**
 * Makes equal what means the same: a number and its text, and null, an empty text and a missing value. A choice from a
 * list counts with its value only.
 */
function normalizeValue(_key: string, value: unknown): unknown {
	if (isObject(value) && '__rl' in value) return value.value;
	if (typeof value === 'number') return String(value);
	return value === null || value === '' ? undefined : value;
}

/** Computes a digest of six characters. With 36 bits, one change in 69 billion is missed. */
export function computeDigest(values: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(values, normalizeValue)).digest('base64url').slice(0, 6);
}
