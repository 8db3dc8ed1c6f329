import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/json';
import { parseSeenRecords, serializeSeenRecords, type SeenRecords } from './seenRecords';

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
	/** Values of the selection of the last poll. An empty list means all records. */
	selected: unknown[];
}

/** Fingerprints of the settings that a stored state belongs to. */
export interface Fingerprints {
	/** Fingerprint of the settings that decide which records are read. With another one, all parts start again. */
	scope: string;
	/** Fingerprint of the watched columns. With another one, no stored digest counts. */
	watched: string;
}

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
	if (!isObject(stored) || stored.scope !== scope) return { parts: new Map(), selected: [] };
	const parts = parseParts(stored);
	if (stored.watched !== watched)
		for (const { seen } of parts.values()) for (const seenRecord of seen?.values() ?? []) seenRecord.digest = '';
	return { parts, selected: Array.isArray(stored.selected) ? (stored.selected as unknown[]) : [] };
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
