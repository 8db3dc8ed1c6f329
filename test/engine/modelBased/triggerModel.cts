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
	/** Content when it was last seen inside the window. */
	contentKey: string;
	/** Time in ms since which its customer's responses do not contain it. */
	goneSinceMs?: number;
	/** Whether it was missing for longer than IDs are kept, so that the trigger may forget it. */
	isForgettable?: boolean;
}

/** State that the trigger has to have. n8n holds one in memory and one in its database. */
export class ModelState {
	/** Settings at the last read of each customer. A customer without settings has no baseline. */
	readonly baselineSettings = new Map<string, TriggerSettings>();
	readonly sightings = new Map<number, EventSighting>();
	/** Number of consecutive polls that could not read a customer. */
	readonly failureCounts = new Map<string, number>();
	/** Customers whose existing events have not been emitted yet. Undefined before the first poll. */
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
	emitExisting: boolean;
	/** Customers whose request failed. */
	failingCodes: string[];
	/** Customers whose response was an empty list. */
	emptyCodes: string[];
	/** Customers whose request had no response when the budget was used up. */
	unansweredCodes: string[];
	/** Customers whose request was not sent, because the budget was used up. */
	unrequestedCodes: string[];
	nowMs: number;
	/** Whether the poll has to fail when a customer without a baseline cannot be read. */
	isActivation: boolean;
	/** Whether it is the first poll after a server start. */
	isServerStart: boolean;
	modelEvents: ModelEvent[];
}

const serializeContent = ({ name, wallTimeMs, type, description }: ModelEvent) =>
	JSON.stringify([name, wallTimeMs, type, description]);

/** Whether an event is in the window of full days, extended by `marginDays` on both sides. */
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

/** Whether the settings cover events or changes that the previous ones did not. */
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

/** Predicts a poll from the previous polls. */
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
	// Customers that were not requested come first in the next poll, so this poll need not throw.
	if (readableCodes.length === 0 && (failedCodes.length === 0 || unrequestedCodes.length === 0))
		return { ...expectedPoll, errorReason: 'nothing can be read' };
	if (poll.isActivation && codesWithoutBaseline.length > 0) return { ...expectedPoll, errorReason: 'no baseline' };

	const nextState = state.clone();
	const pendingExistingCodes = state.pendingExistingCodes ?? new Set(poll.emitExisting ? settings.customerCodes : []);
	const shownIds = new Set<number>();
	/** Customers whose response has events. An empty response does not prove that an event is gone. */
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
			// A clock that is set back by an hour after the baseline makes nothing new.
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
		// Events of a customer that is no longer watched may be forgotten.
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
