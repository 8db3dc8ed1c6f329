import type { TriggerSettings } from './triggerScenarios.cts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Offset of Asia/Bangkok, which has no daylight saving time. */
const BANGKOK_OFFSET_MS = 7 * HOUR_MS;
const SEEN_RETENTION_DAYS = 2;

/** Current event in GoFive. `wallTimeMs` is its wall time in Thailand. */
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
	/** Content when it was last seen. Undefined if changes were not watched then. */
	contentKey?: string;
	/** Time in ms since which its customer's responses do not contain it. */
	goneSinceMs?: number;
	/** Whether it was missing for longer than IDs are kept, so that the trigger may forget it. */
	isForgettable?: boolean;
}

/** State that the trigger has to have. n8n holds one in memory and one in its database. */
export class ModelState {
	/** Settings of the last poll that stored a state. */
	settings?: TriggerSettings;
	/** Customers whose existing events are recorded. */
	readonly codesWithBaseline = new Set<string>();
	readonly sightings = new Map<number, EventSighting>();
	/** Number of consecutive polls that could not read a customer. */
	readonly failureCounts = new Map<string, number>();
	/** Customers whose existing events have not been emitted yet. Undefined before the first poll. */
	pendingExistingCodes?: Set<string>;
	/** Customers of the last poll, and those that have left the list with events. Undefined before the first poll. */
	knownCodes?: Set<string>;

	clone(): ModelState {
		const clonedState = new ModelState();
		clonedState.settings = this.settings;
		for (const code of this.codesWithBaseline) clonedState.codesWithBaseline.add(code);
		for (const [id, sighting] of this.sightings) clonedState.sightings.set(id, { ...sighting });
		for (const [code, count] of this.failureCounts) clonedState.failureCounts.set(code, count);
		clonedState.pendingExistingCodes = this.pendingExistingCodes && new Set(this.pendingExistingCodes);
		clonedState.knownCodes = this.knownCodes && new Set(this.knownCodes);
		return clonedState;
	}

	/** Whether the trigger may have forgotten a customer, because it was missing for as long as IDs are kept. */
	mayHaveForgotten(code: string): boolean {
		const sightings = [...this.sightings.values()].filter(({ customer }) => customer === code);
		return sightings.length > 0 && sightings.every(({ isForgettable }) => isForgettable);
	}

	/** Returns what counts under other settings: nothing for other days or types, no content for other changes. */
	adaptTo(settings: TriggerSettings): ModelState {
		const { settings: previous } = this;
		if (!previous) return this;
		if (serializeScope(previous) !== serializeScope(settings)) {
			const emptyState = new ModelState();
			emptyState.pendingExistingCodes = new Set();
			return emptyState;
		}
		const adaptedState = this.clone();
		if (previous.includeChanged !== settings.includeChanged)
			for (const sighting of adaptedState.sightings.values()) sighting.contentKey = undefined;
		return adaptedState;
	}
}

/** Expected result of a poll. */
export interface ExpectedPoll {
	/** Reason why the poll has to throw. */
	errorReason?: 'nothing can be read' | 'no baseline';
	/** Whether the poll must not throw although nothing can be read, because n8n would deactivate the trigger. */
	mustNotThrow?: boolean;
	/** IDs of events that the poll has to emit. */
	requiredIds: Set<number>;
	/** IDs of events that the poll may emit: they were missing for longer than IDs are kept. */
	optionalIds: Set<number>;
	/** Customer codes that the poll has to report. */
	reportedCodes: string[];
	/** State after the poll. */
	nextState: ModelState;
}

/** Input of the model for one poll. */
export interface ModelPoll {
	settings: TriggerSettings;
	/** Customers to read: those that the user entered, or those in the list. */
	watchedCodes: string[];
	/** Whether the list of customers cannot be read. */
	isListFailing: boolean;
	/** Customers whose request failed. */
	failingCodes: string[];
	/** Whether GoFive rejected the requests that failed, which the user of a list cannot correct. */
	isRejection: boolean;
	/** Customers whose response was an empty list. */
	emptyCodes: string[];
	/** Customers whose request had no response when the budget was used up. */
	unansweredCodes: string[];
	/** Customers whose request was not sent, because the budget was used up. */
	unrequestedCodes: string[];
	nowMs: number;
	/** Whether the poll has to fail when a customer without a baseline cannot be read. */
	isActivation: boolean;
	/** Whether it is the first poll of an activation that no user has started, for example after a server start. */
	isUnattended: boolean;
	modelEvents: ModelEvent[];
}

const NOTHING_READ = { errorReason: 'nothing can be read' } as const;

/** Settings that decide which events are watched. The order of the types does not count. */
const serializeScope = ({ lookBack, lookAhead, eventTypes, watchesAll }: TriggerSettings) =>
	JSON.stringify([lookBack, lookAhead, [...eventTypes].sort(), watchesAll]);

const serializeContent = ({ name, wallTimeMs, type, description }: ModelEvent) =>
	JSON.stringify([name, wallTimeMs, type, description]);

/** Whether an event is in the window of full days. */
function isInWindow({ wallTimeMs }: ModelEvent, { lookBack, lookAhead }: TriggerSettings, nowMs: number): boolean {
	const dayOffset = Math.floor(wallTimeMs / DAY_MS) - Math.floor((nowMs + BANGKOK_OFFSET_MS) / DAY_MS);
	return dayOffset >= -lookBack && dayOffset <= lookAhead;
}

const matchesEventTypes = ({ type }: ModelEvent, { eventTypes }: TriggerSettings) =>
	eventTypes.length === 0 || eventTypes.includes(type);

/** Predicts a poll from the previous polls. */
export function predictPoll(storedState: ModelState, poll: ModelPoll): ExpectedPoll {
	const state = storedState.adaptTo(poll.settings);
	const { settings, watchedCodes, unansweredCodes, unrequestedCodes, nowMs } = poll;
	const failedCodes = watchedCodes.filter(
		(code) => poll.failingCodes.includes(code) && !unrequestedCodes.includes(code),
	);
	const unreadableCodes = watchedCodes.filter((code) => failedCodes.includes(code) || unansweredCodes.includes(code));
	const readableCodes = watchedCodes.filter(
		(code) => !unreadableCodes.includes(code) && !unrequestedCodes.includes(code),
	);
	const expectedPoll: ExpectedPoll = {
		requiredIds: new Set(),
		optionalIds: new Set(),
		reportedCodes: [],
		nextState: storedState,
	};
	if (poll.isListFailing) {
		const hasState = storedState.settings !== undefined;
		return { ...expectedPoll, ...(poll.isUnattended && hasState ? { mustNotThrow: true } : NOTHING_READ) };
	}
	// A customer that joined the list after the start does not prevent it.
	const { settings: storedSettings } = storedState;
	const isContinued = storedSettings !== undefined && serializeScope(storedSettings) === serializeScope(settings);
	const isStartPrevented = !(settings.watchesAll && (poll.isRejection || isContinued));
	const codesWithoutBaseline = failedCodes.filter((code) => isStartPrevented && !state.codesWithBaseline.has(code));
	const isNothingRead = readableCodes.length === 0 && watchedCodes.length > 0;
	if (poll.isUnattended && isNothingRead && codesWithoutBaseline.length === 0)
		return { ...expectedPoll, mustNotThrow: true };
	// Customers that were not requested come first in the next poll, so this poll need not throw.
	if (isNothingRead && (failedCodes.length === 0 || unrequestedCodes.length === 0))
		return { ...expectedPoll, ...NOTHING_READ };
	if (poll.isActivation && codesWithoutBaseline.length > 0) return { ...expectedPoll, errorReason: 'no baseline' };

	const nextState = state.clone();
	const pendingExistingCodes = findPendingCodes(state, poll);
	const shownIds = new Set<number>();
	/** Customers whose response has events of any type. An empty response does not prove that an event is gone. */
	const codesWithEvents = new Set<string>();
	for (const event of poll.modelEvents) {
		if (
			!readableCodes.includes(event.customer) ||
			poll.emptyCodes.includes(event.customer) ||
			!isInWindow(event, settings, nowMs)
		)
			continue;
		codesWithEvents.add(event.customer);
		if (!matchesEventTypes(event, settings)) continue;
		shownIds.add(event.id);
		const sighting = state.sightings.get(event.id);
		const isToBeEmitted = state.codesWithBaseline.has(event.customer) || pendingExistingCodes.has(event.customer);
		const hasChanged = sighting?.contentKey !== undefined && sighting.contentKey !== serializeContent(event);
		if (isToBeEmitted && sighting?.isForgettable) expectedPoll.optionalIds.add(event.id);
		else if (isToBeEmitted && (!sighting || hasChanged)) expectedPoll.requiredIds.add(event.id);
		nextState.sightings.set(event.id, {
			customer: event.customer,
			contentKey: settings.includeChanged ? serializeContent(event) : undefined,
		});
	}
	for (const [id, sighting] of nextState.sightings) {
		const isWatched = watchedCodes.includes(sighting.customer);
		// A customer that leaves the list may only be missing for a time, unless the list is empty.
		const hasLeftList = !isWatched && settings.watchesAll && watchedCodes.length > 0;
		if (!shownIds.has(id) && (hasLeftList || codesWithEvents.has(sighting.customer))) {
			sighting.goneSinceMs ??= nowMs;
			if (Math.abs(nowMs - sighting.goneSinceMs) > SEEN_RETENTION_DAYS * DAY_MS) sighting.isForgettable = true;
		}
		// Events of a customer whose code was removed may be forgotten.
		if (!isWatched && !settings.watchesAll) sighting.isForgettable = true;
	}
	nextState.pendingExistingCodes = new Set(
		watchedCodes.filter((code) => pendingExistingCodes.has(code) && !readableCodes.includes(code)),
	);
	// A customer of the list that GoFive rejects before it was read counts as read without events.
	const rejectedCodes = settings.watchesAll && poll.isRejection ? failedCodes : [];
	const knownWithoutEvents = rejectedCodes.filter((code) => !pendingExistingCodes.has(code));
	for (const code of [...readableCodes, ...knownWithoutEvents]) nextState.codesWithBaseline.add(code);
	nextState.knownCodes = new Set([...watchedCodes, ...findDepartedCodes(nextState, poll)]);
	for (const code of state.codesWithBaseline)
		if (!nextState.knownCodes.has(code)) nextState.codesWithBaseline.delete(code);
	nextState.settings = settings;
	for (const code of state.failureCounts.keys()) if (!watchedCodes.includes(code)) nextState.failureCounts.delete(code);
	for (const code of readableCodes) nextState.failureCounts.delete(code);
	for (const code of unreadableCodes) nextState.failureCounts.set(code, (state.failureCounts.get(code) ?? 0) + 1);
	const reportedCodes = unreadableCodes.filter((code) => (nextState.failureCounts.get(code) ?? 0) % 3 === 0);
	return { ...expectedPoll, reportedCodes, nextState };
}

/** Finds the customers whose existing events are reported: by the first poll, or because they have joined the list. */
function findPendingCodes(state: ModelState, { settings, watchedCodes }: ModelPoll): Set<string> {
	const { knownCodes, pendingExistingCodes = new Set(settings.includeExistingRecords ? watchedCodes : []) } = state;
	const joinedCodes = watchedCodes.filter((code) => settings.watchesAll && knownCodes && !knownCodes.has(code));
	return new Set([...pendingExistingCodes, ...joinedCodes]);
}

/** Finds the customers that have left the list and whose events are still remembered. */
function findDepartedCodes(state: ModelState, { settings, watchedCodes }: ModelPoll): string[] {
	const codesWithSightings = new Set([...state.sightings.values()].map(({ customer }) => customer));
	return [...codesWithSightings].filter(
		(code) => settings.watchesAll && state.codesWithBaseline.has(code) && !watchedCodes.includes(code),
	);
}
