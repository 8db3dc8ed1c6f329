import { HOUR_MS } from '../shared/units';
import type { SeenRecords } from './seenRecords';

/** One hour more than two days, because `missedAt` holds only the hour in which the record was first missing. */
const MAX_MISSING_HOURS = 49;

/** Why a record starts the workflow. */
export type Change = 'new' | 'changed';

/**
 * Decides whether a record is new or changed: new if its ID was not seen in any part, changed if its digest differs from
 * the stored one.
 * @param seenBefore - Records of all parts that were seen before.
 */
export function detectChange(id: string, digest: string, seenBefore: SeenRecords): Change | undefined {
	const seenRecord = seenBefore.get(id);
	if (!seenRecord) return 'new';
	return seenRecord.digest !== '' && seenRecord.digest !== digest ? 'changed' : undefined;
}

/** Input of `keepMissing`. */
interface MissingRecords {
	/** Records of the part that were seen before. */
	seenInPart: SeenRecords;
	/** IDs that this poll found in any part. A record that moved belongs to its new part. */
	foundIds: ReadonlySet<string>;
	/** Whether the part returned no record. */
	isEmpty: boolean;
	/** Milliseconds since 1970. */
	now: number;
}

/**
 * Returns the missing records to keep. A record is kept for two days, because pages shift while they are read, and a
 * record may leave the watched days or the filters for a short time. An empty response may be a fault of GoFive, so it
 * does not start this time.
 */
export function keepMissing({ seenInPart, foundIds, isEmpty, now }: MissingRecords): SeenRecords {
	const missing = [...seenInPart].filter(([id]) => !foundIds.has(id));
	if (isEmpty) return new Map(missing);
	const kept: SeenRecords = new Map();
	for (const [id, { digest, missedAt = Math.floor(now / HOUR_MS) }] of missing) {
		// Absolute, because the clock may have been set back.
		if (Math.abs(now / HOUR_MS - missedAt) <= MAX_MISSING_HOURS) kept.set(id, { digest, missedAt });
	}
	return kept;
}
