import type { Settings } from './commands.cts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Asia/Bangkok, which has no summer time. */
const OFFSET = 7 * HOUR;
const KEPT_DAYS = 2;

/** An event as it is in GoFive at the moment; `wall` is its wall time in Thailand, in milliseconds. */
export interface LivingEvent {
	id: number;
	customer: string;
	wall: number;
	type: number;
	name: string;
	description: string;
}

interface Sight {
	/** Customer under whom the event was last seen. */
	customer: string;
	/** What it looked like when it was last seen inside the window. */
	content: string;
	/** Since when its customer's answer is without it, beyond the window or wholly. */
	goneSince?: number;
	/** Whether a poll that read everybody has found it gone for longer than IDs are kept, so that it may be forgotten. */
	lost?: boolean;
}

/** What a trigger has to know, by what it was shown. n8n has one in memory, and one in its database. */
export class Knowledge {
	/** Settings with which a customer was last read; a customer without is one without a baseline. */
	readonly baselines = new Map<string, Settings>();
	readonly sights = new Map<number, Sight>();
	/** Polls in a row that could not read a customer. */
	readonly failures = new Map<string, number>();
	/** Customers whose existing events are still to be told; nothing before the first poll. */
	owed?: Set<string>;

	copy(): Knowledge {
		const copy = new Knowledge();
		for (const [code, settings] of this.baselines) copy.baselines.set(code, settings);
		for (const [id, sight] of this.sights) copy.sights.set(id, { ...sight });
		for (const [code, count] of this.failures) copy.failures.set(code, count);
		copy.owed = this.owed && new Set(this.owed);
		return copy;
	}
}

/** What may come of a poll. */
export interface Verdict {
	/** Why the poll has to throw. */
	refused?: 'nothing can be read' | 'no baseline';
	/** Whether the poll may not throw although nothing can be read: n8n would give the trigger up. */
	blind?: boolean;
	/** Events of which the poll has to tell. */
	must: Set<number>;
	/** Events of which it may or may not tell: they were out of sight for longer than their IDs are kept. */
	may: Set<number>;
	/** Customers that have to be reported. */
	report: string[];
	/** What is known after the poll. */
	after: Knowledge;
}

/** A poll, as the model sees it. */
export interface PollFacts {
	settings: Settings;
	emitExisting: boolean;
	/** Customers for whom GoFive answered with a failure. */
	failing: string[];
	/** Customers for whom GoFive answered with an empty list. */
	empty: string[];
	/** Customers who were asked for, but not answered when the time was up. */
	cut: string[];
	/** Customers for whom there was no time to ask. */
	unsent: string[];
	now: number;
	/** Whether the poll has to fail without the baseline of a customer who cannot be read. */
	activation: boolean;
	/** Whether it is the first poll after a start of the server. */
	start: boolean;
	events: LivingEvent[];
}

const contentOf = ({ name, wall, type, description }: LivingEvent) => JSON.stringify([name, wall, type, description]);

/** Whether an event lies in the window of whole days, `more` days wider on both sides. */
function isInside({ wall }: LivingEvent, { lookBack, lookAhead }: Settings, now: number, more = 0): boolean {
	const distance = Math.floor(wall / DAY) - Math.floor((now + OFFSET) / DAY);
	return distance >= -lookBack - more && distance <= lookAhead + more;
}

const isWanted = ({ type }: LivingEvent, { types }: Settings) => types.length === 0 || types.includes(type);

/** Whether the settings watch for something that the former ones did not. */
function isWider(settings: Settings, former: Settings): boolean {
	const types = former.types.length > 0 && (settings.types.length === 0 || settings.types.some((type) => !former.types.includes(type)));
	return types || settings.lookBack > former.lookBack || settings.lookAhead > former.lookAhead || (settings.changes && !former.changes);
}

/** Judges what a poll has to do, from what the trigger was shown before. */
export function judge(before: Knowledge, { settings, emitExisting, failing, empty, cut, unsent, now, activation, start, events }: PollFacts): Verdict {
	const failed = settings.codes.filter((code) => failing.includes(code) && !unsent.includes(code));
	const unreadable = settings.codes.filter((code) => failed.includes(code) || cut.includes(code));
	const readable = settings.codes.filter((code) => !unreadable.includes(code) && !unsent.includes(code));
	const verdict: Verdict = { must: new Set(), may: new Set(), report: [], after: before };
	const unknown = failed.filter((code) => {
		const former = before.baselines.get(code);
		return !former || isWider(settings, former);
	});
	if (start && readable.length === 0 && unknown.length === 0) return { ...verdict, blind: true };
	// Where some took all the time and others were not asked, the others come first in the next poll.
	if (readable.length === 0 && (failed.length === 0 || unsent.length === 0)) return { ...verdict, refused: 'nothing can be read' };
	if (activation && unknown.length > 0) return { ...verdict, refused: 'no baseline' };

	const after = before.copy();
	const owed = before.owed ?? new Set(emitExisting ? settings.codes : []);
	const shown = new Set<number>();
	/** An answer without any event says nothing of what is gone. */
	const speaking = new Set<string>();
	for (const event of events) {
		if (!readable.includes(event.customer) || empty.includes(event.customer) || !isInside(event, settings, now, KEPT_DAYS)) continue;
		shown.add(event.id);
		speaking.add(event.customer);
		const sight = before.sights.get(event.id);
		const former = before.baselines.get(event.customer);
		const inside = isInside(event, settings, now);
		const covered = former ? isInside(event, former, now) && isWanted(event, former) : owed.has(event.customer);
		const wanted = inside && isWanted(event, settings);
		if (sight && !sight.lost) {
			const changed = settings.changes && former?.changes === true && sight.content !== contentOf(event);
			if (wanted && covered && changed) verdict.must.add(event.id);
			after.sights.set(event.id, { customer: event.customer, content: inside ? contentOf(event) : sight.content });
		} else if (inside) {
			if (wanted && covered) (sight ? verdict.may : verdict.must).add(event.id);
			after.sights.set(event.id, { customer: event.customer, content: contentOf(event) });
		} else if (!former && isInside(event, settings, now - HOUR)) {
			// A clock that is set back after the baseline brings nothing new.
			after.sights.set(event.id, { customer: event.customer, content: contentOf(event) });
		}
	}
	for (const [id, sight] of after.sights) {
		if (!shown.has(id) && speaking.has(sight.customer)) {
			sight.goneSince ??= now;
			if (readable.length === settings.codes.length && Math.abs(now - sight.goneSince) > KEPT_DAYS * DAY) sight.lost = true;
		}
		// What is known of a customer goes with the customer.
		if (!settings.codes.includes(sight.customer)) sight.lost = true;
	}
	after.owed = new Set(settings.codes.filter((code) => owed.has(code) && !readable.includes(code)));
	for (const code of before.baselines.keys()) if (!settings.codes.includes(code)) after.baselines.delete(code);
	for (const code of readable) after.baselines.set(code, settings);
	for (const code of readable) after.failures.delete(code);
	for (const code of unreadable) after.failures.set(code, (before.failures.get(code) ?? 0) + 1);
	const report = unreadable.filter((code) => (after.failures.get(code) ?? 0) % 3 === 0);
	return { ...verdict, report, after };
}
