import type { IDataObject } from 'n8n-workflow';
import type { DateRange } from '../time/range';
import { computeDigest, getEventId, type SeenEvent, type SeenEvents } from './seenEvents';
import { MARGIN_DAYS } from './eventWindow';
import { HOUR_MS } from '../shared/units';

/** Digest of an event that counts as seen, but whose content is no longer known. */
export const UNKNOWN_DIGEST = '';

// One hour more than two days, because a mark holds only the hour in which the event was first missed.
const MAX_MISSING_HOURS = MARGIN_DAYS * 24 + 1;
/** Even while another customer cannot be read, missed events are forgotten after this long: the state must not grow for ever. */
const MAX_MISSING_HOURS_UNREAD = 30 * 24;

/** What is compared with what. */
export interface EventComparison {
	/** GoFive's events of one customer, including those in the margin around the window. */
	records: IDataObject[];
	/** What was seen of this customer; undefined when there is no baseline yet. */
	remembered: SeenEvents | undefined;
	/** What is known of an event under another customer, since an event can move. */
	findElsewhere(eventId: string): SeenEvent | undefined;
	window: DateRange;
	/** The window of an hour ago. The baseline takes it in too, so that nothing becomes news when the clock is set back over midnight. */
	previousWindow: DateRange;
	/** Whether the settings that `before` was taken with cover an event; what only the new settings cover starts silently. */
	wasCovered(record: IDataObject): boolean;
	/** Whether every customer was read; if not, an event that is missing here may have moved to one who was not. */
	allRead: boolean;
	/** Milliseconds since 1970. */
	now: number;
}

/** What is new. */
export interface EventChanges {
	added: IDataObject[];
	changed: IDataObject[];
	/** What is seen now. */
	current: SeenEvents;
}

/**
 * Finds the events that were not seen before, and those whose content differs from what was last seen.
 * Without a baseline everything counts as seen, and `fresh` holds the events that make up the baseline.
 */
export function compareEvents(comparison: EventComparison): EventChanges {
	const { records, remembered, findElsewhere, window, previousWindow, wasCovered } = comparison;
	const current: SeenEvents = new Map();
	const added: IDataObject[] = [];
	const changed: IDataObject[] = [];
	for (const record of records) {
		const eventId = getEventId(record);
		if (eventId === undefined || current.has(eventId)) continue;
		const digest = computeDigest(record);
		const rememberedEvent = remembered?.get(eventId) ?? findElsewhere(eventId);
		const isInWindow = window.includes(record.eventDate);
		if (rememberedEvent) {
			// Outside the window nothing is watched, so a change there is told once the event is back.
			current.set(eventId, { digest: isInWindow ? digest : rememberedEvent.digest });
			if (
				isInWindow &&
				wasCovered(record) &&
				rememberedEvent.digest !== UNKNOWN_DIGEST &&
				rememberedEvent.digest !== digest
			)
				changed.push(record);
		} else if (isInWindow) {
			current.set(eventId, { digest });
			if (!remembered || wasCovered(record)) added.push(record);
		} else if (!remembered && previousWindow.includes(record.eventDate)) {
			current.set(eventId, { digest });
		}
	}
	// An empty answer may be a slip of GoFive's, so it does not mean that all events are gone.
	if (records.length === 0) return { added, changed, current: remembered ?? current };
	for (const [missingId, seenEvent] of remembered ?? []) {
		const keptEvent = current.has(missingId) ? undefined : keepMissing(seenEvent, comparison);
		if (keptEvent) current.set(missingId, keptEvent);
	}
	return { added, changed, current };
}

/** The mark of an event that is missing in GoFive's answer; undefined once it has been missing for too long. */
function keepMissing({ digest, missedAt }: SeenEvent, { allRead, now }: EventComparison): SeenEvent | undefined {
	const missingSince = missedAt ?? Math.floor(now / HOUR_MS);
	const isExpired = Math.abs(now / HOUR_MS - missingSince) > (allRead ? MAX_MISSING_HOURS : MAX_MISSING_HOURS_UNREAD);
	return isExpired ? undefined : { digest, missedAt: missingSince };
}
