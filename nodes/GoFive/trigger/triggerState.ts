import type { IDataObject } from 'n8n-workflow';
import { isObject, type JsonObject } from '../shared/json';
import { createValuesSerializer, parseStoredValues, type StoredValues } from './storedValues';

/** Stored state of a record. A kind adds what it needs: see `TriggerRule`. */
export interface SeenRecord {
	/** Digest of the watched columns. Empty if it is not known. It then never counts as changed. */
	digest: string;
	/** Number of hours since 1970 at which the record was first missing in GoFive's response. */
	missedAt?: number;
	/** Number of hours since 1970 since which the record has not changed. */
	unchangedSince?: number;
	/** Number of days without a change for which the record was last reported. */
	reportedDays?: number;
	/** Values of the watched columns. */
	values?: StoredValues;
}

/** Records that were seen, by ID. */
export type SeenRecords = Map<string, SeenRecord>;

const STORED_ENTRY = /^[^.]+\.(?:[\w-]{6})?(?:\.\d{1,7}|\.\d{0,7}\.\d{1,7}(?:\.\d{1,5})?)?$/;

/** Numbers of a stored record, in their order. */
const STORED_NUMBERS = ['missedAt', 'unchangedSince', 'reportedDays'] as const;

/**
 * Serializes records for n8n's stored state, separated by blanks. Only the characters of the format itself are escaped,
 * so that Thai numbers stay short. The values are serialized separately.
 * @example
 * ```ts
 * '1001.a1B2c3 1002.d4E5f6.482520' // ID, digest and, for a missing record, the hour
 * '1003.a1B2c3..482520.14' // no missing hour, unchanged since that hour, reported after 14 days
 * ```
 */
export function serializeSeenRecords(seen: SeenRecords): string {
	return [...seen]
		.map(([id, seenRecord]) => {
			const storedId = id.replace(/[ %.]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
			const numbers = STORED_NUMBERS.map((name) => seenRecord[name] ?? '');
			while (numbers.at(-1) === '') numbers.pop();
			return [storedId, seenRecord.digest, ...numbers].join('.');
		})
		.join(' ');
}

/** Parses the text of `serializeSeenRecords`. Undefined for any other value. */
export function parseSeenRecords(text: unknown): SeenRecords | undefined {
	if (typeof text !== 'string') return undefined;
	const entries = text.split(' ').filter(Boolean);
	if (!entries.every((entry) => STORED_ENTRY.test(entry))) return undefined;
	const seen: SeenRecords = new Map();
	for (const entry of entries) {
		const [storedId = '', digest = '', ...numbers] = entry.split('.');
		const id = storedId.replace(/%(20|25|2e)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
		const seenRecord: SeenRecord = { digest };
		for (const [index, name] of STORED_NUMBERS.entries()) {
			if (numbers[index]) seenRecord[name] = Number(numbers[index]);
		}
		seen.set(id, seenRecord);
	}
	return seen;
}

/** State of a part. `compareParts.ts` describes how it changes. */
export interface PartState {
	/** Records that were seen. Undefined while the part has not been read. */
	seen?: SeenRecords;
	/** Number of consecutive polls that could not read the part. */
	failures: number;
	/** Whether the existing records are to be reported by the first poll that reads the part. */
	isOwed: boolean;
}

/** What the stored records of a trigger have in common. A state without records has no format. */
export interface RecordFormat {
	/** Key of the column that identified the first stored records. It precedes the other ID columns of the source. */
	idColumn: string;
	/** Keys of the watched columns that all records with a stored digest had. Undefined if no digest is stored. */
	watchedKeys?: string[];
}

/** State of the trigger between two polls. */
export interface TriggerState {
	/** States of the parts by key, in the order in which the next poll reads them. */
	parts: Map<string, PartState>;
	/** What the stored records have in common. Undefined if it is not known. */
	format?: RecordFormat;
}

/** Returns the records of all parts that were seen, by ID. */
export function getAllSeen({ parts }: TriggerState): SeenRecords {
	const allSeen: SeenRecords = new Map();
	for (const { seen } of parts.values()) for (const [id, record] of seen ?? []) allSeen.set(id, record);
	return allSeen;
}

/** Creates the state before the first poll. Only its parts may have existing records to report. */
export function createFirstState(keys: string[], isOwed: boolean): TriggerState {
	const parts = new Map<string, PartState>();
	for (const key of keys) parts.set(key, { failures: 0, isOwed });
	return { parts };
}

/** Returns the order in which a poll reads the parts: added parts first, then the others in the order of the state. */
export function getReadingOrder(keys: string[], { parts }: TriggerState): string[] {
	const addedKeys = keys.filter((key) => !parts.has(key));
	const currentKeys = new Set(keys);
	const storedKeys = [...parts.keys()].filter((key) => currentKeys.has(key));
	return [...addedKeys, ...storedKeys];
}

/**
 * Fingerprints of the settings that a stored state belongs to. `scope` is built from the settings that decide which
 * records are read. If it differs, all parts start again. `watched` is built from the watched columns. If it differs, no
 * stored digest counts.
 */
export type Fingerprints = Record<'scope' | 'watched', string>;

function parsePart(stored: unknown): PartState | undefined {
	if (!isObject(stored)) return undefined;
	const failures = stored.failures ?? 0;
	if (!Number.isSafeInteger(failures)) return undefined;
	const seen = parseSeenRecords(stored.seen);
	if (stored.seen !== undefined && seen === undefined) return undefined;
	const allValues = parseStoredValues(stored.values, seen?.size ?? 0);
	for (const [index, seenRecord] of [...(seen?.values() ?? [])].entries()) {
		const values = allValues[index];
		if (values) seenRecord.values = values;
	}
	return { seen, failures: failures as number, isOwed: stored.owed === true };
}

/** Parses the parts of a stored state. A part that is not valid is omitted, so that it starts again. */
export function parseParts(stored: unknown): Map<string, PartState> {
	const parts = new Map<string, PartState>();
	if (!isObject(stored) || !Array.isArray(stored.parts)) return parts;
	for (const entry of stored.parts as unknown[]) {
		if (!Array.isArray(entry)) continue;
		const [key, storedPart] = entry as unknown[];
		const part = parsePart(storedPart);
		if (typeof key === 'string' && part) parts.set(key, part);
	}
	return parts;
}

function parseFormat({ idColumn, watchedKeys }: JsonObject): RecordFormat | undefined {
	if (typeof idColumn !== 'string') return undefined;
	return { idColumn, watchedKeys: Array.isArray(watchedKeys) ? (watchedKeys as string[]) : undefined };
}

/**
 * Removes what belongs to the watched columns, so that no seen record counts as changed, and its days without a change
 * start again.
 */
function forgetColumns({ parts, format }: TriggerState): void {
	delete format?.watchedKeys;
	for (const { seen } of parts.values()) {
		if (!seen) continue;
		for (const [id, { missedAt }] of seen)
			seen.set(id, missedAt === undefined ? { digest: '' } : { digest: '', missedAt });
	}
}

/** Removes the values of all records, including records that GoFive does not return any more. */
export function forgetValues({ parts }: TriggerState): void {
	for (const { seen } of parts.values()) for (const seenRecord of seen?.values() ?? []) delete seenRecord.values;
}

/** Parses the state that n8n stored. Undefined if it belongs to other settings. */
export function parseTriggerState(stored: unknown, { scope, watched }: Fingerprints): TriggerState | undefined {
	if (!isObject(stored) || stored.scope !== scope) return undefined;
	const state: TriggerState = { parts: parseParts(stored), format: parseFormat(stored) };
	if (stored.watched !== watched) forgetColumns(state);
	return state;
}

function serializePart(
	{ seen, failures, isOwed }: PartState,
	serializeValues: ReturnType<typeof createValuesSerializer>,
): IDataObject {
	const stored: IDataObject = {};
	if (seen) stored.seen = serializeSeenRecords(seen);
	const values = seen && serializeValues([...seen.values()].map((seenRecord) => seenRecord.values));
	if (values) stored.values = values;
	if (failures > 0) stored.failures = failures;
	if (isOwed) stored.owed = true;
	return stored;
}

/**
 * Builds the object to store. Its keys are stored, so they never change. The parts are pairs, because a key such as
 * `__proto__` is not possible in an object. No key is undefined, because n8n's durable poller stores only a changed state
 * and would see a change in each poll.
 */
export function serializeTriggerState({ parts, format }: TriggerState, fingerprints: Fingerprints): IDataObject {
	const serializeValues = createValuesSerializer();
	const pairs = [...parts].map(([key, part]) => [key, serializePart(part, serializeValues)]);
	return { ...fingerprints, ...format, parts: pairs } as IDataObject;
}
