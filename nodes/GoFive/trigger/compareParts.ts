import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors';
import { computeRecordDigest, detectChange, keepMissing } from './compareRecords';
import type { PartErrors } from './pollErrors';
import type { PollSettings } from './pollSettings';
import { findFormatError, identifyRecords, selectFormat, toStoredFormat, type IdentifiedRecord } from './recordFormat';
import type { RecordReport } from './kinds/triggerKind';
import { getAllSeen, type PartState, type SeenRecord, type SeenRecords, type TriggerState } from './triggerState';
import type { WatchedResult } from './watchedParts';

/** A record to report, with the key of the part whose response contains it. */
export interface ChangedRecord extends RecordReport {
	partKey: string;
	record: IDataObject;
}

/** Result of comparing what a poll read with what was seen before. */
export interface PollComparison {
	records: ChangedRecord[];
	/** State to store. */
	state: TriggerState;
	/** Errors of the parts that were not read. */
	unread: PartErrors;
}

/** Settings of the comparison, with the parts of the poll. */
interface ComparedSettings extends Pick<PollSettings, 'source' | 'values' | 'rule' | 'now'> {
	/** Parts by key, in the order of the form or of their list. */
	parts: ReadonlyMap<string, unknown>;
	/** Whether the parts are the records of a list. */
	isListed?: boolean;
	/** Whether every record is shown, and its own values as the previous ones, so that a user can select them. */
	isTest?: boolean;
}

/** Compares what a poll read with the state before it, one part at a time. */
class PartComparison {
	/** New and changed records, or records that have not changed for the number of days. */
	readonly records: ChangedRecord[] = [];
	/** IDs of the records of this poll. */
	private readonly foundIds = new Set<string>();
	/** Records of this poll by part. */
	private readonly seenByPart = new Map<string, SeenRecords>();

	/**
	 * State of a part that was added after the first poll. The records of a customer that joins the list are reported, because
	 * a new customer often has its first event already. The records of a code that the user adds are only stored.
	 */
	private readonly addedPart: PartState;

	/** @param seenBefore - Records of all parts that were seen before this poll. */
	constructor(
		private readonly settings: ComparedSettings,
		private readonly before: TriggerState,
		private readonly seenBefore: SeenRecords,
	) {
		this.addedPart = { failures: 0, isOwed: settings.isListed === true };
	}

	/** Whether the records of a part are reported, and not only stored. */
	isReported(partKey: string): boolean {
		const { seen, isOwed } = this.getPart(partKey);
		return seen !== undefined || isOwed;
	}

	/** Compares the records of a part. A record that this poll has found in another part before belongs to that part only. */
	addRecords(partKey: string, records: IdentifiedRecord[]): void {
		const seen: SeenRecords = new Map();
		this.seenByPart.set(partKey, seen);
		for (const { id, record } of records) {
			if (this.foundIds.has(id)) continue;
			seen.set(id, this.compareRecord(partKey, id, record));
			this.foundIds.add(id);
		}
	}

	/** Reports a record if the rule of the trigger says so. Returns the state of the record to store. */
	private compareRecord(partKey: string, id: string, record: IDataObject): SeenRecord {
		const { source, rule, isTest = false } = this.settings;
		const before = this.seenBefore.get(id);
		const digest = computeRecordDigest(record, source.watchableColumns, rule.watchedColumns);
		const change = detectChange(id, digest, this.seenBefore);
		const { isOwed } = this.getPart(partKey);
		const isReported = this.isReported(partKey);
		const { stored, report } = rule.compare({ record, before, change, isOwed, isReported, isTest });
		if (report) this.records.push({ partKey, record, ...report });
		return { digest, ...stored };
	}

	/** Returns the next state of a part that was read. To be called when the records of all parts were added. */
	toReadState(partKey: string, records: IDataObject[]): PartState {
		const seenNow = this.seenByPart.get(partKey) ?? [];
		const seenBefore: SeenRecords = this.getPart(partKey).seen ?? new Map<string, SeenRecord>();
		// An empty response may be a fault of GoFive. It is not empty if the source includes none of its records.
		const time = records.length > 0 ? this.settings.now : undefined;
		const missing = keepMissing(seenBefore, this.foundIds, time);
		return { seen: new Map([...seenNow, ...missing]), failures: 0, isOwed: false };
	}

	/**
	 * Returns the next state of a part that was not read. It has failed only if its request was sent. GoFive may reject a record
	 * of the list that has no records yet, so it counts as read without records, and its first record is reported.
	 */
	toUnreadState(partKey: string, error: GoFiveError): PartState {
		const { failures, isOwed, ...part } = this.getPart(partKey);
		const isRejected = this.settings.isListed === true && error.concernsRecord;
		const seen = part.seen ?? (isRejected && !isOwed ? new Map<string, SeenRecord>() : undefined);
		return {
			seen: seen && keepMissing(seen, this.foundIds),
			failures: error.aborted === 'beforeSending' ? failures : failures + 1,
			isOwed,
		};
	}

	/**
	 * Returns the states of parts that are no longer in the list. Their records are kept like missing records, because a
	 * customer may be missing in the list for a short time.
	 */
	getDepartedParts(): Map<string, PartState> {
		const { parts, isListed, now } = this.settings;
		const departed = new Map<string, PartState>();
		const time = parts.size > 0 ? now : undefined;
		for (const [key, { seen }] of this.before.parts) {
			if (!isListed || parts.has(key) || !seen) continue;
			const missing = keepMissing(seen, this.foundIds, time);
			if (missing.size > 0) departed.set(key, { seen: missing, failures: 0, isOwed: false });
		}
		return departed;
	}

	private getPart(partKey: string): PartState {
		return this.before.parts.get(partKey) ?? this.addedPart;
	}
}

/** Returns the order for the next poll: parts that were out of time first, then the others, both as they were read. */
function getNextOrder(results: Map<string, WatchedResult>): string[] {
	const outOfTimeKeys: string[] = [];
	const otherKeys: string[] = [];
	for (const [key, result] of results) {
		if (result instanceof GoFiveError && result.aborted) outOfTimeKeys.push(key);
		else otherKeys.push(key);
	}
	return [...outOfTimeKeys, ...otherKeys];
}

/** Returns the results of a poll in which the parts that were read have failed, too. */
function failReadParts(results: Map<string, WatchedResult>, error: GoFiveError): Map<string, WatchedResult> {
	return new Map([...results].map(([key, result]) => [key, result instanceof GoFiveError ? result : error]));
}

/**
 * Finds the records that a poll reports, and the state to store. The caller stores it as its last step, unless the poll ends
 * with an error (`findPollError`).
 *
 * A part is in one of two states. Each poll follows one arrow:
 *
 * ```text
 *             read: records are stored, and reported only if owed
 *   ┌─────────┐ ───────────────────────────────────────────────► ┌─────────┐
 *   │ not read│                                                  │  known  │
 *   └─────────┘ ◄─────────────────────────────────────────────── └─────────┘
 *     │     ▲     other source, filters, event types, days         │     ▲
 *     │     │     or time zone                                     │     │
 *     └─────┘                                                      └─────┘
 *     request failed: failures + 1               read: new and changed records are reported
 *                                                request failed: failures + 1, the memory stays
 * ```
 *
 * A part of a list that GoFive rejects before it was read becomes known, without records.
 *
 * All requests also count as failed if the records lack what the stored ones have in common (`recordFormat.ts`).
 *
 * A part for which there is no time stays as it is, and the next poll begins with it. An ID is stored in one part only.
 *
 * @param before - State that the last poll stored.
 * @param results - Result of each part, in the order in which the parts were read.
 */
export function compareParts(
	settings: ComparedSettings,
	before: TriggerState,
	results: Map<string, WatchedResult>,
): PollComparison {
	const seenBefore = getAllSeen(before);
	const comparison = new PartComparison(settings, before, seenBefore);
	const format = selectFormat(settings, before.format, seenBefore, results);
	const identified = identifyRecords(settings, format, results);
	const formatError = findFormatError(settings, format, seenBefore, identified);
	const checked = formatError ? failReadParts(results, formatError) : results;
	const keys = [...settings.parts.keys()];
	const reportedKeys = keys.filter((key) => comparison.isReported(key));
	const silentKeys = keys.filter((key) => !comparison.isReported(key));
	const unread: PartErrors = new Map();
	// A record that two parts return belongs to one that is reported, if there is one.
	for (const key of [...reportedKeys, ...silentKeys]) {
		const result = checked.get(key) as WatchedResult;
		if (result instanceof GoFiveError) unread.set(key, result);
		else comparison.addRecords(key, identified.get(key) as IdentifiedRecord[]);
	}
	const parts = new Map<string, PartState>();
	for (const key of getNextOrder(checked)) {
		const result = checked.get(key) as WatchedResult;
		const isUnread = result instanceof GoFiveError;
		parts.set(key, isUnread ? comparison.toUnreadState(key, result) : comparison.toReadState(key, result));
	}
	for (const [key, part] of comparison.getDepartedParts()) parts.set(key, part);
	const state = { parts, format: formatError ? format : toStoredFormat(settings, format, identified) };
	return { records: comparison.records, state, unread };
}
