import fc from 'fast-check';

/** Customer codes that a trigger may watch. */
export const WATCHABLE_CODES = ['A', 'B', 'C'] as const;
/** Customer code that users never enter, but that events may move to and from, and that may join the list. */
export const UNWATCHED_CODE = 'U';

/** Settings of the trigger. */
export interface TriggerSettings {
	/** Whether all customers in the list are watched, in place of the entered codes. */
	watchesAll: boolean;
	customerCodes: string[];
	/** An empty list means all types. */
	eventTypes: number[];
	includeChanged: boolean;
	lookBack: number;
	lookAhead: number;
	/** Whether the first poll reports existing events. */
	includeExistingRecords: boolean;
}

/** Faults during a poll, by customer. */
export interface PollFaults {
	/** Customers whose request fails. */
	failingCodes: string[];
	/** Customers whose response is an empty list. */
	emptyCodes?: string[];
	/** Customers without a response within n8n's budget. Used for the durable poller only. */
	lateCodes?: string[];
	/** Whether the list of customers cannot be read. */
	isListFailing?: boolean;
}

/** Step of a scenario. */
export type ScenarioCommand =
	| { kind: 'create'; customer: string; hours: number; type: number }
	| {
			kind: 'change';
			eventIndex: number;
			patch: { name?: string; description?: string; hours?: number; type?: number; customer?: string };
	  }
	| { kind: 'delete'; eventIndex: number }
	| ({ kind: 'poll' } & PollFaults)
	/** n8n is killed before it stores the result of the poll. */
	| ({ kind: 'killedPoll' } & PollFaults)
	/**
	 * n8n activates the workflow itself, after a restart or as the new leader of several instances.
	 * `isStateStored`: whether n8n has stored everything that it had in memory before.
	 */
	| ({ kind: 'restart'; mode: 'init' | 'leadershipChange'; isStateStored: boolean } & PollFaults)
	| { kind: 'deactivate' }
	/** Customers join or leave the list. */
	| { kind: 'list'; codes: string[] }
	| ({ kind: 'activate' } & PollFaults)
	| ({ kind: 'publish'; settingsPatch: Partial<TriggerSettings> } & PollFaults)
	| { kind: 'clock'; minutes: number };

const weighted = <T,>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const kindOf = <K extends ScenarioCommand['kind']>(kind: K) => fc.constant(kind);
const subsetOf = <T,>(values: readonly T[]) => fc.subarray([...values]);
const failingCodes = fc.oneof(
	weighted(9, fc.constant<string[]>([])),
	weighted(3, subsetOf(WATCHABLE_CODES)),
	weighted(1, fc.constant<string[]>([...WATCHABLE_CODES])),
);
/** Customers in the list. It is often complete, so that the faults concern some of them. */
const listedCodes = fc.oneof(fc.constant<string[]>([...WATCHABLE_CODES]), subsetOf(WATCHABLE_CODES));
const rareSubset = fc.oneof(weighted(11, fc.constant<string[]>([])), weighted(1, subsetOf(WATCHABLE_CODES)));
/** Customers without a response in time, often enough for the counts of a few scenarios. */
const lateCodes = fc.oneof(weighted(4, fc.constant<string[]>([])), weighted(1, subsetOf(WATCHABLE_CODES)));
const isListFailing = fc.oneof(weighted(9, fc.constant(false)), weighted(1, fc.constant(true)));
const restartMode = fc.constantFrom('init' as const, 'leadershipChange' as const);
const pollFaults = { failingCodes, emptyCodes: rareSubset, lateCodes, isListFailing };
const customer = fc.constantFrom(...WATCHABLE_CODES, ...WATCHABLE_CODES, UNWATCHED_CODE);
// Dates are in the window of a few days, in its margin of two days, and outside.
const hours = fc.oneof(
	fc.integer({ min: -9 * 24, max: 10 * 24 }),
	fc.integer({ min: -36, max: 60 }),
	fc.constantFrom(-49, -25, 0, 25, 72, 73),
);
const type = fc.constantFrom(1, 1, 2);
const eventIndex = fc.nat({ max: 9 });
const text = fc.constantFrom('ก', 'B', 'x');

const settingsPatches: Record<keyof TriggerSettings, fc.Arbitrary<Partial<TriggerSettings>>> = {
	watchesAll: fc.boolean().map((watchesAll) => ({ watchesAll })),
	customerCodes: fc.subarray([...WATCHABLE_CODES], { minLength: 1 }).map((customerCodes) => ({ customerCodes })),
	eventTypes: fc.shuffledSubarray([1, 2]).map((eventTypes) => ({ eventTypes })),
	includeChanged: fc.boolean().map((includeChanged) => ({ includeChanged })),
	lookBack: fc.constantFrom(0, 2, 4).map((lookBack) => ({ lookBack })),
	lookAhead: fc.constantFrom(1, 3, 6).map((lookAhead) => ({ lookAhead })),
	includeExistingRecords: fc.boolean().map((includeExistingRecords) => ({ includeExistingRecords })),
};

const createEventCommand = fc.record({ kind: kindOf('create'), customer, hours, type });
const commandArbitrary: fc.Arbitrary<ScenarioCommand> = fc.oneof(
	weighted(10, fc.record({ kind: kindOf('poll'), ...pollFaults })),
	weighted(9, createEventCommand),
	weighted(
		6,
		fc.record({
			kind: kindOf('change'),
			eventIndex,
			patch: fc.oneof(
				fc.record({ name: text }),
				fc.record({ description: text }),
				fc.record({ type }),
				fc.record({ customer }),
				fc.record({ hours }),
				fc.record({ hours }),
				fc.record({ hours, customer, name: text }),
			),
		}),
	),
	weighted(1, fc.record({ kind: kindOf('delete'), eventIndex })),
	weighted(4, fc.record({ kind: kindOf('list'), codes: listedCodes })),
	weighted(1, fc.record({ kind: kindOf('killedPoll'), ...pollFaults })),
	weighted(
		2,
		fc.record({
			kind: kindOf('restart'),
			mode: restartMode,
			isStateStored: fc.boolean(),
			...pollFaults,
		}),
	),
	weighted(1, fc.record({ kind: kindOf('deactivate') })),
	weighted(1, fc.record({ kind: kindOf('activate'), ...pollFaults })),
	weighted(
		3,
		fc.record({
			kind: kindOf('publish'),
			settingsPatch: fc.oneof(...Object.values(settingsPatches)),
			...pollFaults,
		}),
	),
	weighted(
		4,
		fc.record({
			kind: kindOf('clock'),
			// Minutes, an hour in both directions, and spans around the two days for which an ID is kept.
			minutes: fc.oneof(
				fc.integer({ min: 1, max: 90 }),
				fc.constantFrom(60, -60),
				fc.integer({ min: 8 * 60, max: 52 * 60 }),
				fc.integer({ min: 47 * 60, max: 49 * 60 }),
			),
		}),
	),
);

const pollCommand = fc.record({ kind: kindOf('poll'), ...pollFaults });
const successfulPoll: ScenarioCommand = { kind: 'poll', failingCodes: [] };
const advanceClock = (min: number, max: number) =>
	fc.integer({ min, max }).map((minutes): ScenarioCommand => ({ kind: 'clock', minutes }));
type EventPatch = Partial<{ hours: number; customer: string; type: number; name: string }>;
const changeNewestEvent = (patch: EventPatch): ScenarioCommand => ({ kind: 'change', eventIndex: 0, patch });
const publishSettings = (settingsPatch: Partial<TriggerSettings>): ScenarioCommand => ({
	kind: 'publish',
	settingsPatch,
	failingCodes: [],
});
const unrelatedCommands = fc.oneof(
	weighted(3, fc.constant<ScenarioCommand[]>([])),
	weighted(1, fc.array(commandArbitrary, { minLength: 1, maxLength: 2 })),
);

/** Settings, a change of the newest event, and the settings that are published next. */
type SettingsChange = [Partial<TriggerSettings>, EventPatch, Partial<TriggerSettings>];

/** Sequences that are too rare among random commands. */
const rareSequence: fc.Arbitrary<ScenarioCommand[]> = fc.oneof(
	// An event leaves the window for about as long as its ID is kept, and returns.
	fc
		.tuple(
			fc.constantFrom(-200, 300),
			advanceClock(1, 60),
			unrelatedCommands,
			advanceClock(46 * 60, 50 * 60),
			fc.integer({ min: -24, max: 48 }),
		)
		.map(([hoursAway, shortWait, interleaved, longWait, back]) => [
			successfulPoll,
			changeNewestEvent({ hours: hoursAway }),
			shortWait,
			successfulPoll,
			...interleaved,
			longWait,
			successfulPoll,
			changeNewestEvent({ hours: back }),
			successfulPoll,
		]),
	// An event moves to another customer and back while one of them may be unreadable.
	fc
		.tuple(
			fc.constantFrom(...WATCHABLE_CODES),
			pollCommand,
			text,
			unrelatedCommands,
			fc.constantFrom(...WATCHABLE_CODES),
			pollCommand,
		)
		.map(([targetCustomer, first, name, interleaved, back, second]) => [
			successfulPoll,
			changeNewestEvent({ customer: targetCustomer }),
			first,
			changeNewestEvent({ name }),
			...interleaved,
			successfulPoll,
			changeNewestEvent({ customer: back }),
			second,
		]),
	// An event moves into the margin while changes are emitted, and returns by its date or as time passes.
	fc
		.tuple(fc.constantFrom(100, -60), fc.boolean(), unrelatedCommands, fc.constantFrom(-20, 1, 40), fc.boolean())
		.map(([hoursAway, isAlsoChanged, interleaved, back, returnsByTime]): ScenarioCommand[] => [
			publishSettings({ includeChanged: true }),
			successfulPoll,
			changeNewestEvent(isAlsoChanged ? { hours: hoursAway, name: 'M' } : { hours: hoursAway }),
			successfulPoll,
			...interleaved,
			returnsByTime ? { kind: 'clock', minutes: 30 * 60 } : changeNewestEvent({ hours: back }),
			successfulPoll,
			successfulPoll,
		]),
	// An event changes in a way that only the next published settings cover.
	fc
		.constantFrom<SettingsChange>(
			[{ includeChanged: false }, { name: 'V' }, { includeChanged: true }],
			[{ includeChanged: true, eventTypes: [2] }, { name: 'V', type: 1 }, { eventTypes: [] }],
			[{ includeChanged: true, lookAhead: 3 }, { hours: 100 }, { lookAhead: 6 }],
			[{ includeChanged: true, lookBack: 2 }, { hours: -60 }, { lookBack: 4 }],
		)
		.map(([before, patch, after]): ScenarioCommand[] => [
			publishSettings(before),
			successfulPoll,
			changeNewestEvent(patch),
			successfulPoll,
			publishSettings(after),
			successfulPoll,
		]),
	// Some customers have empty responses for as long as an ID is kept.
	fc.tuple(subsetOf(WATCHABLE_CODES), fc.integer({ min: 2, max: 4 })).map(([emptyCodes, repetitions]) =>
		Array.from({ length: repetitions }, (): ScenarioCommand[] => [
			{ kind: 'poll', failingCodes: [], emptyCodes },
			{ kind: 'clock', minutes: 25 * 60 },
		])
			.flat()
			.concat(successfulPoll),
	),
	// An event moves to a customer who is unreadable for as long as an ID is kept.
	fc.tuple(fc.constantFrom(...WATCHABLE_CODES), fc.integer({ min: 2, max: 4 })).map(([targetCustomer, repetitions]) => [
		successfulPoll,
		changeNewestEvent({ customer: targetCustomer }),
		...Array.from({ length: repetitions }, (): ScenarioCommand[] => [
			{ kind: 'poll', failingCodes: [targetCustomer] },
			{ kind: 'clock', minutes: 25 * 60 },
		]).flat(),
		successfulPoll,
	]),
	// Some customers leave the list for a time, at most about as long as an ID is kept, and return.
	fc
		.tuple(
			subsetOf(WATCHABLE_CODES),
			advanceClock(1, 60),
			unrelatedCommands,
			fc.oneof(advanceClock(1, 24 * 60), advanceClock(46 * 60, 50 * 60)),
		)
		.map(([codes, shortWait, interleaved, longWait]): ScenarioCommand[] => [
			successfulPoll,
			{ kind: 'list', codes },
			shortWait,
			successfulPoll,
			...interleaved,
			longWait,
			successfulPoll,
			{ kind: 'list', codes: [...WATCHABLE_CODES] },
			successfulPoll,
		]),
	// A customer joins the list and cannot be read at first.
	fc.constant<ScenarioCommand[]>([
		{ kind: 'list', codes: [...WATCHABLE_CODES, UNWATCHED_CODE] },
		{ kind: 'poll', failingCodes: [UNWATCHED_CODE] },
		successfulPoll,
		{ kind: 'list', codes: [...WATCHABLE_CODES] },
	]),
	// The list of customers cannot be read after a server start.
	restartMode.map((mode): ScenarioCommand[] => [
		successfulPoll,
		{ kind: 'restart', mode, isStateStored: true, failingCodes: [], isListFailing: true },
		successfulPoll,
	]),
	// Some customers are unreadable for a number of polls. Often enough for the counts of a few scenarios.
	weighted(
		4,
		fc
			.tuple(fc.subarray([...WATCHABLE_CODES], { minLength: 1, maxLength: 2 }), fc.integer({ min: 3, max: 6 }))
			.map(([unreadableCodes, repetitions]) =>
				Array.from({ length: repetitions }, (): ScenarioCommand => ({ kind: 'poll', failingCodes: unreadableCodes })),
			),
	),
);

/** Settings, start and commands of one simulated trigger. */
export interface TriggerScenario {
	settings: TriggerSettings;
	/** Whether GoFive ignores the range of dates in the request, as it does if a proxy drops the body of a GET. */
	ignoresDates: boolean;
	/** Start time in minutes after noon in Thailand. */
	startMinutes: number;
	/** Commands that create the events before the activation. */
	existingEvents: ScenarioCommand[];
	/** Faults during the first activation, after which n8n repeats it. */
	firstPollFaults: PollFaults;
	/** Customers in the list before the activation. */
	listedCodes: string[];
	/** HTTP status of the requests that fail: whether GoFive rejects them. */
	failureStatus: 400 | 500;
	commands: ScenarioCommand[];
}

const openingSequence = fc.constantFrom<ScenarioCommand[][]>([], [], [{ kind: 'clock', minutes: -60 }, successfulPoll]);
const commandGroup = fc.oneof(
	weighted(
		9,
		commandArbitrary.map((single) => [single]),
	),
	weighted(1, rareSequence),
);

/** Scenarios of 8 to about 25 commands. At first, every third one watches all customers. */
export const triggerScenarios: fc.Arbitrary<TriggerScenario> = fc.record({
	settings: fc.record({
		// A poll of all customers takes more requests.
		watchesAll: fc.constantFrom(false, false, true),
		customerCodes: fc.subarray([...WATCHABLE_CODES], { minLength: 1 }),
		eventTypes: fc.constantFrom<number[]>([], [], [1]),
		includeChanged: fc.boolean(),
		lookBack: fc.constant(2),
		lookAhead: fc.constant(3),
		includeExistingRecords: fc.boolean(),
	}),
	ignoresDates: fc.oneof(weighted(4, fc.constant(false)), weighted(1, fc.constant(true))),
	// 00:30, so that an hour back changes the day.
	startMinutes: fc.constantFrom(0, 0, 750),
	existingEvents: fc.array(createEventCommand, { maxLength: 3 }),
	listedCodes,
	failureStatus: fc.constantFrom(400, 500),
	firstPollFaults: fc.oneof(
		weighted(6, fc.constant<PollFaults>({ failingCodes: [] })),
		weighted(1, fc.record({ failingCodes: subsetOf(WATCHABLE_CODES) })),
		weighted(1, fc.record({ failingCodes: fc.constant<string[]>([]), lateCodes: subsetOf(WATCHABLE_CODES) })),
	),
	commands: fc
		.tuple(openingSequence, fc.array(commandGroup, { minLength: 8, maxLength: 14, size: 'max' }))
		.map(([openingCommands, commandGroups]) => [...openingCommands, ...commandGroups.flat()]),
});
