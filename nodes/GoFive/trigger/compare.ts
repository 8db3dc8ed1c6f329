import type { IDataObject } from 'n8n-workflow';
import type { DateRange } from '../time/dateRange';
import { digestOf, idOf, type Mark, type Seen } from './seen';
import { MARGIN } from './window';

/** Digest of an event that counts as seen, but whose content is no longer known. */
export const FORGOTTEN = '';

const HOUR = 3_600_000;
// One hour more than two days, because a mark holds only the hour in which the event was first missed.
const MARGIN_HOURS = MARGIN * 24 + 1;
/** Even while another customer cannot be read, missed events are forgotten after this long: the state must not grow for ever. */
const MOST_HOURS = 30 * 24;

/** What is compared with what. */
export interface Comparison {
	/** GoFive's events of one customer, including those in the margin around the window. */
	records: IDataObject[];
	/** What was seen of this customer; undefined when there is no baseline yet. */
	before: Seen | undefined;
	/** What is known of an event under another customer, since an event can move. */
	elsewhere(id: string): Mark | undefined;
	window: DateRange;
	/** The window of an hour ago. The baseline takes it in too, so that nothing becomes news when the clock is set back over midnight. */
	windowBefore: DateRange;
	/** Whether the settings that `before` was taken with cover an event; what only the new settings cover starts silently. */
	wasCovered(record: IDataObject): boolean;
	/** Whether every customer was read; if not, an event that is missing here may have moved to one who was not. */
	allRead: boolean;
	/** Milliseconds since 1970. */
	now: number;
}

/** What is new. */
export interface Difference {
	fresh: IDataObject[];
	changed: IDataObject[];
	/** What is seen now. */
	after: Seen;
}

/**
 * Finds the events that were not seen before, and those whose content differs from what was last seen.
 * Without a baseline everything counts as seen, and `fresh` holds the events that make up the baseline.
 */
export function compare(comparison: Comparison): Difference {
	const { records, before, elsewhere, window, windowBefore, wasCovered } = comparison;
	const after: Seen = new Map();
	const fresh: IDataObject[] = [];
	const changed: IDataObject[] = [];
	for (const record of records) {
		const id = idOf(record);
		if (id === undefined || after.has(id)) continue;
		const digest = digestOf(record);
		const known = before?.get(id) ?? elsewhere(id);
		const inside = window.includes(record.eventDate);
		if (known) {
			// Outside the window nothing is watched, so a change there is told once the event is back.
			after.set(id, { digest: inside ? digest : known.digest });
			if (inside && wasCovered(record) && known.digest !== FORGOTTEN && known.digest !== digest) changed.push(record);
		} else if (inside) {
			after.set(id, { digest });
			if (!before || wasCovered(record)) fresh.push(record);
		} else if (!before && windowBefore.includes(record.eventDate)) {
			after.set(id, { digest });
		}
	}
	// An empty answer may be a slip of GoFive's, so it does not mean that all events are gone.
	if (records.length === 0) return { fresh, changed, after: before ?? after };
	for (const [id, mark] of before ?? []) {
		const kept = after.has(id) ? undefined : keep(mark, comparison);
		if (kept) after.set(id, kept);
	}
	return { fresh, changed, after };
}

/** The mark of an event that is missing in GoFive's answer; undefined once it has been missing for too long. */
function keep({ digest, missedAt }: Mark, { allRead, now }: Comparison): Mark | undefined {
	const since = missedAt ?? Math.floor(now / HOUR);
	const gone = Math.abs(now / HOUR - since) > (allRead ? MARGIN_HOURS : MOST_HOURS);
	return gone ? undefined : { digest, missedAt: since };
}
