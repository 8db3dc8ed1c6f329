import type { IDataObject } from 'n8n-workflow';
import { readRawValue } from '../operation/records/records';
import type { Column, Columns } from '../operation/entity';
import { HOUR_MS } from '../shared/units';
import { computeDigest } from './digest';
import type { SeenRecords } from './triggerState';

/** One hour more than two days, because `missedAt` holds only the hour in which the record was first missing. */
const MAX_MISSING_HOURS = 49;

/** Computes the digest of a record's watched columns from GoFive's own values. Empty without watched columns. */
export const computeRecordDigest = (record: IDataObject, columns: Columns, keys: string[]): string =>
	keys.length > 0 ? computeDigest(keys.map((key) => readRawValue(record, key, columns[key] as Column))) : '';

/**
 * Decides whether a record is new or changed: new if its ID was not seen in any part, changed if its digest differs from
 * the stored one.
 * @param seenBefore - Records of all parts that were seen before.
 */
export function detectChange(id: string, digest: string, seenBefore: SeenRecords): 'new' | 'changed' | undefined {
	const seenRecord = seenBefore.get(id);
	if (!seenRecord) return 'new';
	return seenRecord.digest !== '' && seenRecord.digest !== digest ? 'changed' : undefined;
}

/**
 * Returns the missing records to keep. A record is kept for two days, because pages shift while they are read, and a
 * record may leave the watched days or the filters for a short time.
 * @param seen - Records of the part that were seen before.
 * @param foundIds - IDs that this poll found in any part. A record that moved belongs to its new part.
 * @param now - Milliseconds since 1970. Undefined if the two days must not start or end, because the part was not read
 * or is empty, which may be a fault of GoFive.
 */
export function keepMissing(seen: SeenRecords, foundIds: ReadonlySet<string>, now?: number): SeenRecords {
	const missing = [...seen].filter(([id]) => !foundIds.has(id));
	if (now === undefined) return new Map(missing);
	const kept: SeenRecords = new Map();
	for (const [id, seenRecord] of missing) {
		const { missedAt = Math.floor(now / HOUR_MS) } = seenRecord;
		// Absolute, because the clock may have been set back.
		if (Math.abs(now / HOUR_MS - missedAt) <= MAX_MISSING_HOURS) kept.set(id, { ...seenRecord, missedAt });
	}
	return kept;
}
