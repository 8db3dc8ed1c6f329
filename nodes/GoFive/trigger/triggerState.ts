import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/json';

/** Stored state of a record. */
export interface SeenRecord {
	/** Digest of the watched columns. Empty if it is not known. It then never counts as changed. */
	digest: string;
	/** Number of hours since 1970 at which the record was first missing in GoFive's response. */
	missedAt?: number;
}

/** Records that were seen, by ID. */
export type SeenRecords = Map<string, SeenRecord>;

const STORED_ENTRY = /^[^.]+\.([\w-]{6})?(\.\d{1,7})?$/;

/**
 * Serializes records for n8n's stored state, separated by blanks. Only the characters of the format itself are escaped,
 * so that Thai numbers stay short.
 * @example '1001.a1B2c3 1002.d4E5f6.482520' // ID, digest and, for a missing record, the hour
 */
export function serializeSeenRecords(seen: SeenRecords): string {
	return [...seen]
		.map(([id, { digest, missedAt }]) => {
			const storedId = id.replace(/[ %.]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
			return [storedId, digest, ...(missedAt === undefined ? [] : [missedAt])].join('.');
		})
		.join(' ');
}

/** Parses the text of `serializeSeenRecords`. Undefined for any other value. */
export function parseSeenRecords(text: unknown): SeenRecords | undefined {
	if (typeof text !== 'string') return undefined;
	const entries = text.split(' ').filter(Boolean);
	if (!entries.every((entry) => STORED_ENTRY.test(entry))) return undefined;
	return new Map(
		entries.map((entry) => {
			const [storedId = '', digest = '', hour] = entry.split('.');
			const id = storedId.replace(/%(20|25|2e)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
			return [id, { digest, ...(hour === undefined ? {} : { missedAt: Number(hour) }) }];
		}),
	);
}

/** State of a part. `pollParts.ts` describes how it changes. */
export interface PartState {
	/** Records that were seen. Undefined while the part has not been read. */
	seen?: SeenRecords;
	/** Number of consecutive polls that could not read the part. */
	failures: number;
	/** Whether the existing records are to be reported by the first poll that reads the part. */
	isOwed: boolean;
}

/** State of the trigger between two polls. */
export interface TriggerState {
	/** States of the parts by key, in the order in which the next poll reads them. */
	parts: Map<string, PartState>;
	/** Event types that were selected in the last poll. An empty list means all. */
	selected: number[];
}

/** State before the first poll. */
export const EMPTY_STATE: TriggerState = { parts: new Map(), selected: [] };

/**
 * Fingerprints of the settings that a stored state belongs to. `scope` is built from the settings that decide which
 * records are read. If it differs, all parts start again. `watched` is built from the watched columns. If it differs, no
 * stored digest counts.
 */
export type Fingerprints = Record<'scope' | 'watched', string>;

function parsePart(stored: unknown): PartState | undefined {
	const { seen, failures = 0, owed } = isObject(stored) ? stored : { failures: null };
	const seenRecords = parseSeenRecords(seen);
	const isValid = (seen === undefined || seenRecords !== undefined) && Number.isSafeInteger(failures);
	return isValid ? { seen: seenRecords, failures: failures as number, isOwed: owed === true } : undefined;
}

/** Parses the parts of a stored state. A part that is not valid is omitted, so that it starts again. */
export function parseParts(stored: unknown): Map<string, PartState> {
	const { parts } = isObject(stored) ? stored : {};
	const partStates = new Map<string, PartState>();
	for (const entry of Array.isArray(parts) ? (parts as unknown[]) : []) {
		const [key, storedPart] = Array.isArray(entry) ? (entry as unknown[]) : [];
		const partState = parsePart(storedPart);
		if (typeof key === 'string' && partState) partStates.set(key, partState);
	}
	return partStates;
}

/** Parses the state that n8n stored. It is empty if it belongs to other settings. */
export function parseTriggerState(stored: unknown, { scope, watched }: Fingerprints): TriggerState {
	if (!isObject(stored) || stored.scope !== scope) return EMPTY_STATE;
	const parts = parseParts(stored);
	if (stored.watched !== watched)
		for (const { seen } of parts.values()) for (const seenRecord of seen?.values() ?? []) seenRecord.digest = '';
	return { parts, selected: Array.isArray(stored.selected) ? (stored.selected as number[]) : [] };
}

/**
 * Builds the object to store. Its keys are stored, so they never change. The parts are pairs, because a key such as
 * `__proto__` is not possible in an object. No key is undefined, because n8n's durable poller stores only a changed state
 * and would see a change in each poll.
 */
export function serializeTriggerState({ parts, selected }: TriggerState, fingerprints: Fingerprints): IDataObject {
	const pairs = [...parts].map(([key, { seen, failures, isOwed }]) => {
		const memory = seen && { seen: serializeSeenRecords(seen) };
		return [key, { ...memory, ...(failures > 0 && { failures }), ...(isOwed && { owed: true }) }];
	});
	return { ...fingerprints, selected, parts: pairs } as IDataObject;
}
