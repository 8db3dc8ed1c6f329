import fc from 'fast-check';

/** Customers that a trigger may watch. */
export const CODES = ['A', 'B', 'C'] as const;
/** A customer that is never watched, but whose events may move. */
export const STRANGER = 'U';

/** What a user sets in the trigger. */
export interface Settings {
	codes: string[];
	/** None means all. */
	types: number[];
	changes: boolean;
	lookBack: number;
	lookAhead: number;
}

/** What goes wrong during a poll, by customer. */
export interface Trouble {
	/** GoFive answers with a failure. */
	failing: string[];
	/** GoFive answers with an empty list. */
	empty?: string[];
	/** GoFive answers too late for the budget of n8n; of interest for the durable poller only. */
	late?: string[];
}

/** One thing that happens. */
export type Command =
	| { do: 'create'; customer: string; hours: number; type: number }
	| { do: 'change'; which: number; to: { name?: string; description?: string; hours?: number; type?: number; customer?: string } }
	| { do: 'delete'; which: number }
	| ({ do: 'poll' } & Trouble)
	/** n8n is killed before it has stored what the poll found. */
	| ({ do: 'killedPoll' } & Trouble)
	/** `stored`: all that n8n had in memory is in its database; else only what it really stores. */
	| ({ do: 'restart'; stored: boolean } & Trouble)
	| { do: 'deactivate' }
	| ({ do: 'activate' } & Trouble)
	| ({ do: 'publish'; change: Partial<Settings> } & Trouble)
	| { do: 'clock'; minutes: number };

const some = <T,>(values: readonly T[]) => fc.subarray([...values]);
const failing = fc.oneof({ weight: 9, arbitrary: fc.constant<string[]>([]) }, { weight: 3, arbitrary: some(CODES) }, { weight: 1, arbitrary: fc.constant<string[]>([...CODES]) });
const seldom = fc.oneof({ weight: 11, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: some(CODES) });
const trouble = { failing, empty: seldom, late: seldom };
const customer = fc.constantFrom(...CODES, ...CODES, STRANGER);
// The window is a few days wide, so that dates fall inside, into the margin of two days, and beyond it.
const hours = fc.oneof(fc.integer({ min: -9 * 24, max: 10 * 24 }), fc.integer({ min: -36, max: 60 }), fc.constantFrom(-49, -25, 0, 25, 72, 73));
const type = fc.constantFrom(1, 1, 2);
const which = fc.nat({ max: 9 });
const text = fc.constantFrom('ก', 'B', 'x');

const setting: Record<keyof Settings, fc.Arbitrary<Partial<Settings>>> = {
	codes: fc.subarray([...CODES], { minLength: 1 }).map((codes) => ({ codes })),
	types: fc.subarray([1, 2]).map((types) => ({ types })),
	changes: fc.boolean().map((changes) => ({ changes })),
	lookBack: fc.constantFrom(0, 2, 4).map((lookBack) => ({ lookBack })),
	lookAhead: fc.constantFrom(1, 3, 6).map((lookAhead) => ({ lookAhead })),
};

const create = fc.record({ do: fc.constant('create' as const), customer, hours, type });
const command: fc.Arbitrary<Command> = fc.oneof(
	{ weight: 10, arbitrary: fc.record({ do: fc.constant('poll' as const), ...trouble }) },
	{ weight: 9, arbitrary: create },
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('change' as const),
			which,
			to: fc.oneof(
				fc.record({ name: text }), fc.record({ description: text }), fc.record({ type }), fc.record({ customer }),
				fc.record({ hours }), fc.record({ hours }), fc.record({ hours, customer, name: text }),
			),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), which }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('killedPoll' as const), ...trouble }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const), stored: fc.boolean(), ...trouble }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'deactivate' as const }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('activate' as const), ...trouble }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('publish' as const), change: fc.oneof(...Object.values(setting)), ...trouble }) },
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('clock' as const),
			// Minutes, an hour either way, and spans around the two days for which an ID is kept.
			minutes: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.constantFrom(60, -60), fc.integer({ min: 8 * 60, max: 52 * 60 }), fc.integer({ min: 47 * 60, max: 49 * 60 })),
		}),
	},
);

const poll = fc.record({ do: fc.constant('poll' as const), ...trouble });
const goodPoll: Command = { do: 'poll', failing: [] };
const wait = (min: number, max: number) => fc.integer({ min, max }).map((minutes): Command => ({ do: 'clock', minutes }));
const newest = (to: Partial<{ hours: number; customer: string; type: number; name: string }>): Command => ({ do: 'change', which: 0, to });
const publish = (change: Partial<Settings>): Command => ({ do: 'publish', change, failing: [] });
const aside = fc.oneof({ weight: 3, arbitrary: fc.constant<Command[]>([]) }, { weight: 1, arbitrary: fc.array(command, { minLength: 1, maxLength: 2 }) });

/** What chance alone brings about too seldom. */
const episode: fc.Arbitrary<Command[]> = fc.oneof(
	// An event leaves the window for about as long as its ID is kept, and comes back.
	fc.tuple(fc.constantFrom(-200, 300), wait(1, 60), aside, wait(46 * 60, 50 * 60), fc.integer({ min: -24, max: 48 }))
		.map(([away, soon, others, later, back]) => [goodPoll, newest({ hours: away }), soon, goodPoll, ...others, later, goodPoll, newest({ hours: back }), goodPoll]),
	// An event goes to another customer and back, while one of the two may not be readable.
	fc.tuple(fc.constantFrom(...CODES), poll, text, aside, fc.constantFrom(...CODES), poll)
		.map(([there, first, name, others, back, second]) => [goodPoll, newest({ customer: there }), first, newest({ name }), ...others, goodPoll, newest({ customer: back }), second]),
	// An event moves into the margin while changes are told, and comes back by its date or by time.
	fc.tuple(fc.constantFrom(100, -60), fc.boolean(), aside, fc.constantFrom(-20, 1, 40), fc.boolean())
		.map(([away, changed, others, back, byTime]): Command[] => [
			publish({ changes: true }), goodPoll, newest(changed ? { hours: away, name: 'M' } : { hours: away }), goodPoll, ...others,
			byTime ? { do: 'clock', minutes: 30 * 60 } : newest({ hours: back }), goodPoll, goodPoll,
		]),
	// Something changes that only the settings published next cover.
	fc.constantFrom<[Partial<Settings>, Parameters<typeof newest>[0], Partial<Settings>]>(
		[{ changes: false }, { name: 'V' }, { changes: true }],
		[{ changes: true, types: [2] }, { name: 'V', type: 1 }, { types: [] }],
		[{ changes: true, lookAhead: 3 }, { hours: 100 }, { lookAhead: 6 }],
		[{ changes: true, lookBack: 2 }, { hours: -60 }, { lookBack: 4 }],
	).map(([before, to, after]): Command[] => [publish(before), goodPoll, newest(to), goodPoll, publish(after), goodPoll]),
	// GoFive has nothing to say of some customers for as long as an ID is kept.
	fc.tuple(some(CODES), fc.integer({ min: 2, max: 4 }))
		.map(([empty, times]) => Array.from({ length: times }, (): Command[] => [{ do: 'poll', failing: [], empty }, { do: 'clock', minutes: 25 * 60 }]).flat().concat(goodPoll)),
	// An event goes to a customer who cannot be read for as long.
	fc.tuple(fc.constantFrom(...CODES), fc.integer({ min: 2, max: 4 }))
		.map(([there, times]) => [goodPoll, newest({ customer: there }), ...Array.from({ length: times }, (): Command[] => [{ do: 'poll', failing: [there] }, { do: 'clock', minutes: 25 * 60 }]).flat(), goodPoll]),
	// Some customers cannot be read for a while.
	fc.tuple(fc.subarray([...CODES], { minLength: 1, maxLength: 2 }), fc.integer({ min: 3, max: 6 }))
		.map(([out, times]) => Array.from({ length: times }, (): Command => ({ do: 'poll', failing: out }))),
);

/** A life of the trigger: how it begins, and what happens then. */
export interface Life {
	settings: Settings;
	emitExisting: boolean;
	/** Minutes after noon in Thailand at which it begins. */
	begin: number;
	/** What GoFive holds before. */
	existing: Command[];
	/** Who answers too late for the first poll of the durable poller. */
	late: string[];
	commands: Command[];
}

const opening = fc.constantFrom<Command[][]>([], [], [{ do: 'clock', minutes: -60 }, goodPoll]);
const chapter = fc.oneof({ weight: 12, arbitrary: command.map((single) => [single]) }, { weight: 1, arbitrary: episode });

/** Lives of 8 to about 20 commands. */
export const lives: fc.Arbitrary<Life> = fc.record({
	settings: fc.record({
		codes: fc.subarray([...CODES], { minLength: 1 }),
		types: fc.constantFrom<number[]>([], [], [1]),
		changes: fc.boolean(),
		lookBack: fc.constant(2),
		lookAhead: fc.constant(3),
	}),
	emitExisting: fc.boolean(),
	// Half past midnight, so that an hour back changes the day.
	begin: fc.constantFrom(0, 0, 750),
	existing: fc.array(create, { maxLength: 3 }),
	late: fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: some(CODES) }),
	commands: fc.tuple(opening, fc.array(chapter, { minLength: 8, maxLength: 14, size: 'max' })).map(([first, chapters]) => [...first, ...chapters.flat()]),
});
