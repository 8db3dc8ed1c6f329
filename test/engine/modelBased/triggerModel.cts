import type { TriggerSettings } from './triggerScenarios.cts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Asia/Bangkok, which has no summer time. */
const BANGKOK_OFFSET_MS = 7 * HOUR_MS;
const SEEN_RETENTION_DAYS = 2;

/** An event as it is in GoFive at the moment; `wall` is its wall time in Thailand, in milliseconds. */
export interface ModelEvent {
	id: number;
	customer: string;
	wallTimeMs: number;
	type: number;
	name: string;
	description: string;
}

interface EventSighting {
	/** Customer under whom the event was last seen. */
	customer: string;
	/** What it looked like when it was last seen inside the window. */
	contentKey: string;
	/** Since when its customer's answer is without it, beyond the window or wholly. */
	goneSinceMs?: number;
	/** Whether a poll that read everybody has found it gone for longer than IDs are kept, so that it may be forgotten. */
	isForgettable?: boolean;
}

/** What a trigger has to know, by what it was shown. n8n has one in memory, and one in its database. */
export class ModelState {
	/** Settings with which a customer was last read; a customer without is one without a baseline. */
	readonly baselineSettings = new Map<string, TriggerSettings>();
	readonly sightings = new Map<number, EventSighting>();
	/** Polls in a row that could not read a customer. */
	readonly failureCounts = new Map<string, number>();
	/** Customers whose existing events are still to be told; nothing before the first poll. */
	pendingExistingCodes?: Set<string>;

	clone(): ModelState {
		const clonedState = new ModelState();
		for (const [code, settings] of this.baselineSettings) clonedState.baselineSettings.set(code, settings);
		for (const [id, sighting] of this.sightings) clonedState.sightings.set(id, { ...sighting });
		for (const [code, count] of this.failureCounts) clonedState.failureCounts.set(code, count);
		clonedState.pendingExistingCodes = this.pendingExistingCodes && new Set(this.pendingExistingCodes);
		return clonedState;
	}
}

/** What may come of a poll. */
export interface ExpectedPoll {
	/** Why the poll has to throw. */
	errorReason?: 'nothing can be read' | 'no baseline';
	/** Whether the poll may not throw although nothing can be read: n8n would give the trigger up. */
	mustNotThrow?: boolean;
	/** Events of which the poll has to tell. */
	requiredIds: Set<number>;
	/** Events of which it may or may not tell: they were out of sight for longer than their IDs are kept. */
	optionalIds: Set<number>;
	/** Customers that have to be reported. */
	reportedCodes: string[];
	/** What is known after the poll. */
	nextState: ModelState;
}

/** A poll, as the model sees it. */
export interface ModelPoll {
	settings: TriggerSettings;
	emitExisting: boolean;
	/** Customers for whom GoFive answered with a failure. */
	failingCodes: string[];
	/** Customers for whom GoFive answered with an empty list. */
	emptyCodes: string[];
	/** Customers who were asked for, but not answered when the time was up. */
	unansweredCodes: string[];
	/** Customers for whom there was no time to ask. */
	unrequestedCodes: string[];
	nowMs: number;
	/** Whether the poll has to fail without the baseline of a customer who cannot be read. */
	isActivation: boolean;
	/** Whether it is the first poll after a start of the server. */
	isServerStart: boolean;
	modelEvents: ModelEvent[];
}

const serializeContent = ({ name, wallTimeMs, type, description }: ModelEvent) =>
	JSON.stringify([name, wallTimeMs, type, description]);

/** Whether an event lies in the window of whole days, `more` days wider on both sides. */
function isInWindow(
	{ wallTimeMs }: ModelEvent,
	{ lookBack, lookAhead }: TriggerSettings,
	nowMs: number,
	marginDays = 0,
): boolean {
	const dayOffset = Math.floor(wallTimeMs / DAY_MS) - Math.floor((nowMs + BANGKOK_OFFSET_MS) / DAY_MS);
	return dayOffset >= -lookBack - marginDays && dayOffset <= lookAhead + marginDays;
}

const matchesEventTypes = ({ type }: ModelEvent, { eventTypes }: TriggerSettings) =>
	eventTypes.length === 0 || eventTypes.includes(type);

/** Whether the settings watch for something that the former ones did not. */
function coversMore(settings: TriggerSettings, previous: TriggerSettings): boolean {
	const hasMoreTypes =
		previous.eventTypes.length > 0 &&
		(settings.eventTypes.length === 0 || settings.eventTypes.some((type) => !previous.eventTypes.includes(type)));
	return (
		hasMoreTypes ||
		settings.lookBack > previous.lookBack ||
		settings.lookAhead > previous.lookAhead ||
		(settings.includeChanged && !previous.includeChanged)
	);
}

/** Judges what a poll has to do, from what the trigger was shown before. */
export function predictPoll(state: ModelState, poll: ModelPoll): ExpectedPoll {
	const { settings, unansweredCodes, unrequestedCodes, nowMs } = poll;
	const failedCodes = settings.customerCodes.filter(
		(code) => poll.failingCodes.includes(code) && !unrequestedCodes.includes(code),
	);
	const unreadableCodes = settings.customerCodes.filter(
		(code) => failedCodes.includes(code) || unansweredCodes.includes(code),
	);
	const readableCodes = settings.customerCodes.filter(
		(code) => !unreadableCodes.includes(code) && !unrequestedCodes.includes(code),
	);
	const expectedPoll: ExpectedPoll = {
		requiredIds: new Set(),
		optionalIds: new Set(),
		reportedCodes: [],
		nextState: state,
	};
	const codesWithoutBaseline = failedCodes.filter((code) => {
		const previousSettings = state.baselineSettings.get(code);
		return !previousSettings || coversMore(settings, previousSettings);
	});
	if (poll.isServerStart && readableCodes.length === 0 && codesWithoutBaseline.length === 0)
		return { ...expectedPoll, mustNotThrow: true };
	// Where some took all the time and others were not asked, the others come first in the next poll.
	if (readableCodes.length === 0 && (failedCodes.length === 0 || unrequestedCodes.length === 0))
		return { ...expectedPoll, errorReason: 'nothing can be read' };
	if (poll.isActivation && codesWithoutBaseline.length > 0) return { ...expectedPoll, errorReason: 'no baseline' };

	const nextState = state.clone();
	const pendingExistingCodes = state.pendingExistingCodes ?? new Set(poll.emitExisting ? settings.customerCodes : []);
	const shownIds = new Set<number>();
	/** An answer without any event says nothing of what is gone. */
	const codesWithEvents = new Set<string>();
	for (const event of poll.modelEvents) {
		if (
			!readableCodes.includes(event.customer) ||
			poll.emptyCodes.includes(event.customer) ||
			!isInWindow(event, settings, nowMs, SEEN_RETENTION_DAYS)
		)
			continue;
		shownIds.add(event.id);
		codesWithEvents.add(event.customer);
		const sighting = state.sightings.get(event.id);
		const previousSettings = state.baselineSettings.get(event.customer);
		const isInsideWindow = isInWindow(event, settings, nowMs);
		const wasCovered = previousSettings
			? isInWindow(event, previousSettings, nowMs) && matchesEventTypes(event, previousSettings)
			: pendingExistingCodes.has(event.customer);
		const isToBeEmitted = isInsideWindow && matchesEventTypes(event, settings);
		if (sighting && !sighting.isForgettable) {
			const hasChanged =
				settings.includeChanged &&
				previousSettings?.includeChanged === true &&
				sighting.contentKey !== serializeContent(event);
			if (isToBeEmitted && wasCovered && hasChanged) expectedPoll.requiredIds.add(event.id);
			nextState.sightings.set(event.id, {
				customer: event.customer,
				contentKey: isInsideWindow ? serializeContent(event) : sighting.contentKey,
			});
		} else if (isInsideWindow) {
			if (isToBeEmitted && wasCovered) (sighting ? expectedPoll.optionalIds : expectedPoll.requiredIds).add(event.id);
			nextState.sightings.set(event.id, { customer: event.customer, contentKey: serializeContent(event) });
		} else if (!previousSettings && isInWindow(event, settings, nowMs - HOUR_MS)) {
			// A clock that is set back after the baseline brings nothing new.
			nextState.sightings.set(event.id, { customer: event.customer, contentKey: serializeContent(event) });
		}
	}
	for (const [id, sighting] of nextState.sightings) {
		if (!shownIds.has(id) && codesWithEvents.has(sighting.customer)) {
			sighting.goneSinceMs ??= nowMs;
			if (
				readableCodes.length === settings.customerCodes.length &&
				Math.abs(nowMs - sighting.goneSinceMs) > SEEN_RETENTION_DAYS * DAY_MS
			)
				sighting.isForgettable = true;
		}
		// What is known of a customer goes with the customer.
		if (!settings.customerCodes.includes(sighting.customer)) sighting.isForgettable = true;
	}
	nextState.pendingExistingCodes = new Set(
		settings.customerCodes.filter((code) => pendingExistingCodes.has(code) && !readableCodes.includes(code)),
	);
	for (const code of state.baselineSettings.keys())
		if (!settings.customerCodes.includes(code)) nextState.baselineSettings.delete(code);
	for (const code of readableCodes) nextState.baselineSettings.set(code, settings);
	for (const code of readableCodes) nextState.failureCounts.delete(code);
	for (const code of unreadableCodes) nextState.failureCounts.set(code, (state.failureCounts.get(code) ?? 0) + 1);
	const reportedCodes = unreadableCodes.filter((code) => (nextState.failureCounts.get(code) ?? 0) % 3 === 0);
	return { ...expectedPoll, reportedCodes, nextState };
}
