import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { readRawValue } from '../operation/execute/columns';
import type { Column, Columns } from '../operation/types';
import { isObject } from '../shared/json';
import { toText } from '../shared/text';

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

/** Computes the digest of a record's watched columns from GoFive's own values. Empty without watched columns. */
export const computeRecordDigest = (record: IDataObject, columns: Columns, keys: string[]): string =>
	keys.length > 0 ? computeDigest(keys.map((key) => readRawValue(record, key, columns[key] as Column))) : '';

/** Returns the first of the keys that is filled. Undefined for a record without an identifier. */
export const getRecordId = (record: IDataObject, idKeys: string[]): string | undefined =>
	idKeys.map((key) => toText(record[key])).find(Boolean);
