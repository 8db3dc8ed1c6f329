// Model of Unchanged: random scenarios, and which records each poll has to report.
// Imported by the unit tests of the comparison and by the engine tests of both pollers.
// Start with runSilenceScenario().
import fc from 'fast-check';

const HOURS_PER_DAY = 24;
/** Number of hours for which a missing record is remembered, with the hour in which it was first missing. */
const MAX_MISSING_HOURS = 49;
const DEAL_COUNT = 4;

/** Settings of the trigger that a scenario changes. */
export interface ModelSettings {
	days: number;
	repeats: boolean;
}

/** Deal as GoFive returns it. `changeHour` is the hour of its date of modification. */
export interface ModelDeal {
	index: number;
	stage: number;
	changeHour: number;
}

/** Step of a scenario. Only the settings of `publish` change. */
export type SilenceCommand =
	| { kind: 'wait'; hours: number }
	| { kind: 'change'; index: number }
	| { kind: 'poll'; hidden: number[] }
	| { kind: 'failedPoll' }
	| { kind: 'restart' }
	| { kind: 'publish'; settings: Partial<ModelSettings> };

/** Random scenario. */
export interface SilenceScenario {
	/** Whether existing records are included. */
	includeExistingRecords: boolean;
	/** Whether GoFive updates the date of modification with the stage. */
	updatesDate: boolean;
	/** Age of the last change of each deal in hours at the first poll. */
	ages: number[];
	commands: SilenceCommand[];
}

// The first deal is always in the response, since an empty one may be a fault.
const hidden = fc.oneof(fc.constant<number[]>([]), fc.subarray([1, 2, 3]));
const hours = fc.oneof(fc.nat(30), fc.nat(500), fc.constantFrom(24, 47, 168, 336));
const poll = fc.record({ kind: fc.constant('poll' as const), hidden });
const command: fc.Arbitrary<SilenceCommand> = fc.oneof(
	fc.record({ kind: fc.constant('wait' as const), hours }),
	fc.record({ kind: fc.constant('wait' as const), hours }),
	fc.record({ kind: fc.constant('change' as const), index: fc.nat(DEAL_COUNT - 1) }),
	poll,
	poll,
	fc.record({ kind: fc.constant('failedPoll' as const) }),
	fc.record({ kind: fc.constant('restart' as const) }),
	fc.record({
		kind: fc.constant('publish' as const),
		settings: fc.oneof(fc.record({ days: fc.constantFrom(1, 7, 14, 30) }), fc.record({ repeats: fc.boolean() })),
	}),
);

/** Scenarios of 20 to 60 steps. */
export const silenceScenario: fc.Arbitrary<SilenceScenario> = fc.record({
	includeExistingRecords: fc.boolean(),
	updatesDate: fc.boolean(),
	ages: fc.array(fc.nat(1000), { minLength: DEAL_COUNT, maxLength: DEAL_COUNT }),
	commands: fc.array(command, { minLength: 20, maxLength: 60, size: 'max' }),
});

/** What the trigger has to know about a deal. */
interface ModelEntry {
	stage: number;
	sinceHour: number;
	reportedDays: number;
	missedAt?: number;
}

/** State that the trigger has to have. n8n has one in memory and one in its database. */
class SilenceModel {
	private readonly entries = new Map<number, ModelEntry>();
	private isRead = false;

	constructor(private readonly includeExistingRecords: boolean) {}

	clone(): SilenceModel {
		const clone = new SilenceModel(this.includeExistingRecords);
		clone.isRead = this.isRead;
		for (const [index, entry] of this.entries) clone.entries.set(index, { ...entry });
		return clone;
	}

	/** Predicts the deals that a poll reports, and updates the state. */
	predict(deals: ModelDeal[], hour: number, settings: ModelSettings): number[] {
		const shown = new Set(deals.map(({ index }) => index));
		for (const [index, entry] of this.entries) {
			if (shown.has(index)) continue;
			entry.missedAt ??= hour;
			if (hour - entry.missedAt > MAX_MISSING_HOURS) this.entries.delete(index);
		}
		const reported = deals.filter((deal) => this.update(deal, hour, settings)).map(({ index }) => index);
		this.isRead = true;
		return reported;
	}

	/** Updates a deal. Returns whether it is reported. */
	private update(deal: ModelDeal, hour: number, { days, repeats }: ModelSettings): boolean {
		const known = this.entries.get(deal.index);
		const entry: ModelEntry =
			known?.stage === deal.stage
				? { ...known, missedAt: undefined }
				: { stage: deal.stage, sinceHour: this.findStart(deal, known, hour), reportedDays: 0 };
		this.entries.set(deal.index, entry);
		const silentDays = Math.floor((hour - entry.sinceHour) / HOURS_PER_DAY);
		const level = repeats ? Math.floor(silentDays / days) * days : days;
		const isReported = silentDays >= days && level > entry.reportedDays;
		if (isReported) entry.reportedDays = level;
		return isReported;
	}

	private findStart({ changeHour }: ModelDeal, known: ModelEntry | undefined, hour: number): number {
		if (known) return changeHour > known.sinceHour ? changeHour : hour;
		return this.includeExistingRecords && !this.isRead ? changeHour : hour;
	}
}

/** Trigger that a scenario runs. Each poll returns the indexes of the reported deals. */
export interface SilenceDriver {
	/** Whether each poll is stored, and not only one that reports something or that an activation runs. */
	isDurable: boolean;
	activate(deals: ModelDeal[], hour: number, settings: ModelSettings): Promise<number[]>;
	poll(deals: ModelDeal[], hour: number): Promise<number[]>;
	/** Runs a poll that cannot read the list. */
	failPoll(hour: number): Promise<void>;
}

/**
 * Runs a scenario, and compares each poll with the model.
 * @returns Number of reported deals
 */
export async function runSilenceScenario(
	{ includeExistingRecords, updatesDate, ages, commands }: SilenceScenario,
	driver: SilenceDriver,
	startHour: number,
): Promise<number> {
	let hour = startHour;
	let settings: ModelSettings = { days: 14, repeats: false };
	let reportCount = 0;
	const deals = ages.map((age, index) => ({ index, stage: 1, changeHour: hour - age }));
	const lastChanges = deals.map(({ changeHour }) => changeHour);
	let memory = new SilenceModel(includeExistingRecords);
	let stored = memory;

	const compare = (reported: number[], shownDeals: ModelDeal[]) => {
		expect(reported).toEqual(memory.predict(shownDeals, hour, settings));
		for (const index of reported)
			expect(hour - (lastChanges[index] ?? Infinity)).toBeGreaterThanOrEqual(HOURS_PER_DAY * settings.days);
		reportCount += reported.length;
	};
	const activate = async () => {
		memory = stored.clone();
		compare(await driver.activate(deals, hour, settings), deals);
		stored = memory.clone();
	};
	const runCommand = async (step: SilenceCommand) => {
		if (step.kind === 'wait') hour += step.hours;
		if (step.kind === 'failedPoll') await driver.failPoll(hour);
		if (step.kind === 'publish') settings = { ...settings, ...step.settings };
		if (step.kind === 'publish' || step.kind === 'restart') await activate();
		const changed = step.kind === 'change' ? deals[step.index] : undefined;
		if (changed) {
			changed.stage += 1;
			lastChanges[changed.index] = hour;
			if (updatesDate) changed.changeHour = hour;
		}
		if (step.kind === 'poll') {
			const shownDeals = deals.filter(({ index }) => !step.hidden.includes(index));
			const reported = await driver.poll(shownDeals, hour);
			compare(reported, shownDeals);
			if (driver.isDurable || reported.length > 0) stored = memory.clone();
		}
	};
	await activate();
	for (const step of commands) await runCommand(step);
	return reportCount;
}
