import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors';
import { computeRecordDigest, detectChange, getRecordId, keepMissing, type Change } from './compareRecords';
import type { PollSettings } from './pollSettings';
import type { PartResult } from './readParts';
import type { PartState, SeenRecords, TriggerState } from './triggerState';

/** A record to report, with the key of the part whose response contains it. */
export interface ChangedRecord {
	partKey: string;
	record: IDataObject;
	change: Change;
}

/** Result of a poll. */
export interface PollResult {
	records: ChangedRecord[];
	/** State to store. */
	state: TriggerState;
	/** Errors of the parts that were not read, in the order of the form. */
	unread: Map<string, GoFiveError>;
}

const toErrorEntries = (key: string, result?: PartResult): Array<[string, GoFiveError]> =>
	result instanceof GoFiveError ? [[key, result]] : [];

/**
 * Ranks a part for the order of the next poll. An interrupted request had less time than a timeout allows, and might be
 * interrupted in every poll. A part that failed may use up the time of the others.
 */
function getReadingRank(result?: PartResult): number {
	if (!(result instanceof GoFiveError)) return 2;
	if (result.origin.reason === 'notSent') return 1;
	return result.isCancellation ? 0 : 3;
}

/**
 * Reads all parts and finds their new and changed records. The caller stores the new state as its last step.
 *
 * A part is in one of two states. Each poll follows one arrow:
 *
 * ```text
 *             read: records are stored, and reported only if owed
 *   ┌─────────┐ ───────────────────────────────────────────────► ┌─────────┐
 *   │ not read│                                                  │  known  │
 *   └─────────┘ ◄─────────────────────────────────────────────── └─────────┘
 *     │     ▲     other source, filters, days or time zone         │     ▲
 *     └─────┘                                                      └─────┘
 *     not readable: failures + 1                 read: new and changed records are reported
 *                                                not readable: failures + 1, the memory stays
 * ```
 *
 * A part for which there is no time stays as it is, and the next poll begins with it. An ID is stored in one part only.
 * @param before - State that the last poll stored.
 * @param reportsExisting - Whether to report the existing records of parts without a state.
 */
export async function pollParts(
	settings: Omit<PollSettings, 'fingerprints'>,
	before: TriggerState,
	reportsExisting: boolean,
	readParts: (keys: string[]) => Promise<Map<string, PartResult>>,
): Promise<PollResult> {
	const { source, eventTypes, watchedColumns, now } = settings;
	const partKeys = [...settings.parts.keys()];
	const newKeys = partKeys.filter((key) => !before.parts.has(key));
	const storedKeys = [...before.parts.keys()].filter((key) => partKeys.includes(key));
	const results = await readParts([...newKeys, ...storedKeys]);

	const getPart = (key: string): PartState => before.parts.get(key) ?? { failures: 0, isOwed: reportsExisting };
	const isReported = (key: string) => getPart(key).seen !== undefined || getPart(key).isOwed;
	// A record that the previous selection excluded starts silently.
	const isSelected = (record: IDataObject) =>
		[eventTypes, before.selected].every((types) => source.includesRecord?.(record, types) ?? true);
	const seenBefore: SeenRecords = new Map([...before.parts.values()].flatMap(({ seen }) => [...(seen ?? [])]));
	const seenByPart = new Map<string, SeenRecords>();
	const foundIds = new Set<string>();
	const records: ChangedRecord[] = [];
	// A record that two parts return belongs to one that is reported, if there is one.
	for (const partKey of [...partKeys.filter(isReported), ...partKeys.filter((key) => !isReported(key))]) {
		const result = results.get(partKey);
		if (!Array.isArray(result)) continue;
		const seen: SeenRecords = new Map();
		seenByPart.set(partKey, seen);
		for (const record of result) {
			const id = getRecordId(record, source.idKeys);
			if (id === undefined || foundIds.has(id)) continue;
			foundIds.add(id);
			const digest = computeRecordDigest(record, source.watchableColumns, watchedColumns);
			const change = detectChange(id, digest, seenBefore);
			seen.set(id, { digest });
			if (change && isReported(partKey) && isSelected(record)) records.push({ partKey, record, change });
		}
	}

	const toNextState = (key: string): PartState => {
		const { seen: seenInPart, failures, isOwed } = getPart(key);
		const result = results.get(key) as PartResult;
		const isFilled = Array.isArray(result) && result.length > 0;
		const missing = seenInPart && keepMissing(seenInPart, foundIds, isFilled ? now : undefined);
		if (result instanceof GoFiveError)
			return { seen: missing, failures: failures + (result.origin.reason === 'notSent' ? 0 : 1), isOwed };
		const seen = seenByPart.get(key) ?? [];
		return { seen: new Map([...seen, ...(missing ?? [])]), failures: 0, isOwed: false };
	};
	const nextKeys = [...partKeys].sort((a, b) => getReadingRank(results.get(a)) - getReadingRank(results.get(b)));
	return {
		records,
		state: { parts: new Map(nextKeys.map((key) => [key, toNextState(key)])), selected: eventTypes },
		unread: new Map(partKeys.flatMap((key) => toErrorEntries(key, results.get(key)))),
	};
}
