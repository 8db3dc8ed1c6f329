import type { IDataObject } from 'n8n-workflow';
import type { DateRange } from '../time/dateRange';
import { digestOf, idOf, type Mark, type Seen } from './seen';
import { MARGIN } from './window';

/** Digest of an event that counts as seen, but whose content is no longer known. */
export const FORGOTTEN = '';

const HOUR = 3_600_000;
// One more than two days, since a mark holds the hour at which the event was missed without its minutes.
const MARGIN_HOURS = MARGIN * 24 + 1;

/** What is compared with what. */
export interface Comparison {
	/** GoFive's events of one customer, the margin of the window included. */
	records: IDataObject[];
	/** What was seen of this customer; undefined when there is no baseline yet. */
	before: Seen | undefined;
	/** What is known of an event under another customer, since an event can move. */
	elsewhere(id: string): Mark | undefined;
	window: DateRange;
	/** Whether the settings that `before` was taken with cover an event; what they newly cover starts silently. */
	wasCovered(record: IDataObject): boolean;
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
 * Without a baseline all is taken for seen, and `fresh` holds what the baseline consists of.
 */
export function compare({ records, before, elsewhere, window, wasCovered, now }: Comparison): Difference {
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
		}
	}
	for (const [id, mark] of before ?? []) {
		if (after.has(id)) continue;
		const missedAt = mark.missedAt ?? Math.floor(now / HOUR);
		if (Math.abs(now / HOUR - missedAt) <= MARGIN_HOURS) after.set(id, { digest: mark.digest, missedAt });
	}
	return { fresh, changed, after };
}
