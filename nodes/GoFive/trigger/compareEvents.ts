import type { IDataObject } from 'n8n-workflow';
import { HOUR_MS } from '../shared/units';
import type { DateRange } from '../time/range';
import { MARGIN_DAYS } from './eventWindow';
import { computeDigest, getEventId, type SeenEvent, type SeenEvents } from './seenEvents';

/** Digest of an event that counts as seen although its content is not stored. It never counts as changed. */
export const UNKNOWN_DIGEST = '';

// One hour more than the margin, because `missedAt` holds only the hour in which the event was first missing.
const MAX_MISSING_HOURS = MARGIN_DAYS * 24 + 1;
/**
 * Time after which a missing event is forgotten while another customer cannot be read. The event may have moved to that
 * customer, but the stored state must not grow without a limit.
 */
const MAX_MISSING_HOURS_INCOMPLETE = 30 * 24;

/** Input of `compareEvents`: the events of one customer and the stored state that they are compared with. */
export interface EventComparison {
	/** GoFive's events of the customer, including those in the margin around the window. */
	records: IDataObject[];
	/** Events of the customer that were seen before. Undefined if the customer has not been read before. */
	baseline: SeenEvents | undefined;
	/** Finds the stored state of an event under another customer, because GoFive can move an event. */
	findElsewhere(eventId: string): SeenEvent | undefined;
	/** Days that the trigger watches. */
	window: DateRange;
	/** Window of an hour ago. The baseline includes it, so that no event is new if the clock is set back over midnight. */
	previousWindow: DateRange;
	/** Whether the settings of the baseline covered an event. An event that only the new settings cover starts silently. */
	wasCovered(record: IDataObject): boolean;
	/** Whether every customer was read. If not, a missing event may have moved to a customer that was not read. */
	hasReadAllCustomers: boolean;
	/** Milliseconds since 1970. */
	now: number;
}

/** Result of `compareEvents`. */
export interface EventChanges {
	newRecords: IDataObject[];
	changedRecords: IDataObject[];
	/** Events to store as seen. */
	seenEvents: SeenEvents;
}

/**
 * Decides which events of a customer are new or changed.
 *
 * An event is new if all of these are true:
 * 1. Its ID is stored neither under this customer nor under another one.
 * 2. Its date is in the window.
 * 3. The settings of the last poll covered it. Without a baseline this condition does not apply, and the caller decides
 *    whether the events of a new baseline are reported.
 *
 * An event is changed if its ID is stored, its digest differs from the stored one, and conditions 2 and 3 are true.
 * A change outside the window keeps the old digest, so it is reported once the event is in the window again.
 *
 * An event that is missing in the response stays stored for two days, because it may only have left the window.
 */
export function compareEvents(comparison: EventComparison): EventChanges {
	const { records, baseline, findElsewhere, window, previousWindow, wasCovered } = comparison;
	const seenEvents: SeenEvents = new Map();
	const newRecords: IDataObject[] = [];
	const changedRecords: IDataObject[] = [];
	for (const record of records) {
		const eventId = getEventId(record);
		if (eventId === undefined || seenEvents.has(eventId)) continue;
		const digest = computeDigest(record);
		const storedEvent = baseline?.get(eventId) ?? findElsewhere(eventId);
		const isInWindow = window.includes(record.eventDate);
		if (storedEvent) {
			seenEvents.set(eventId, { digest: isInWindow ? digest : storedEvent.digest });
			const isDigestDifferent = storedEvent.digest !== UNKNOWN_DIGEST && storedEvent.digest !== digest;
			if (isInWindow && wasCovered(record) && isDigestDifferent) changedRecords.push(record);
		} else if (isInWindow) {
			seenEvents.set(eventId, { digest });
			if (!baseline || wasCovered(record)) newRecords.push(record);
		} else if (!baseline && previousWindow.includes(record.eventDate)) {
			seenEvents.set(eventId, { digest });
		}
	}
	// An empty response may be a fault of GoFive, so it does not start the time after which events are forgotten.
	if (records.length === 0) return { newRecords, changedRecords, seenEvents: baseline ?? seenEvents };
	for (const [eventId, storedEvent] of baseline ?? []) {
		const keptEvent = seenEvents.has(eventId) ? undefined : keepMissing(storedEvent, comparison);
		if (keptEvent) seenEvents.set(eventId, keptEvent);
	}
	return { newRecords, changedRecords, seenEvents };
}

/** Returns the state to store for an event that is missing in the response. Undefined once it was missing for too long. */
function keepMissing(
	{ digest, missedAt }: SeenEvent,
	{ hasReadAllCustomers, now }: EventComparison,
): SeenEvent | undefined {
	const missingSince = missedAt ?? Math.floor(now / HOUR_MS);
	const maxMissingHours = hasReadAllCustomers ? MAX_MISSING_HOURS : MAX_MISSING_HOURS_INCOMPLETE;
	// Absolute, because the clock may have been set back.
	const isExpired = Math.abs(now / HOUR_MS - missingSince) > maxMissingHours;
	return isExpired ? undefined : { digest, missedAt: missingSince };
}
