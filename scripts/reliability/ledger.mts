import type { Execution, Snapshot } from './database.mts';
import type { Told } from './witness.mts';

/** Milliseconds after which n8n, while it runs, must have written the execution that belongs to a stored state. */
const TIME_TO_WRITE = 10_000;
/** Milliseconds for which an execution counts as just made. */
const JUST = 5_000;

/** How the run ended; lists of event ids. */
export interface Verdict {
	/** In an execution exactly once. */
	once: number[];
	lost: number[];
	/** In more than one execution, or twice in one. */
	doubled: number[];
	/** In an execution, though not one of the new events. */
	uncalledFor: number[];
	/** Lost between n8n's two writes: the kill came when the state was stored and the execution was not. */
	lostBetweenWrites: number[];
	/** Doubled between n8n's two writes: the kill came when the execution was stored and the state was not. */
	doubledBetweenWrites: number[];
	/** Told by a running workflow, but in no execution of the database. */
	withoutExecution: number[];
	/** In an execution that a kill cut before it came to them. */
	cut: number[];
	/** Executions of which it cannot be read what the trigger gave them. */
	unreadable: number[];
}

/** Keeps what n8n's database showed, and tells whose a loss or a double is. */
export class Ledger {
	/** What each execution was started with, as it was first read, and when that was, in milliseconds. */
	private readonly emitted = new Map<number, { eventIds: number[]; at: number }>();
	/** Since when an id is stored without an execution, in milliseconds. */
	private missing = new Map<number, number>();
	private readonly notWritten = new Set<number>();
	private readonly lostAtKill = new Map<number, number>();
	private readonly doubledAtKill = new Map<number, Set<number>>();

	/** @param created the new events, which grows */
	constructor(private readonly created: ReadonlySet<number>) {}

	/** What was read while n8n runs. */
	watch(snapshot: Snapshot, now: number): void {
		const fresh = this.note(snapshot.executions, now);
		const { missing } = this;
		this.missing = new Map(this.storedWithoutExecution(snapshot).map((id) => [id, missing.get(id) ?? now]));
		// One poll gives one execution: with an execution that came together with the state, the rest was not n8n's to lose.
		for (const [id, since] of this.missing) if (fresh > 0 || now - since > TIME_TO_WRITE) this.notWritten.add(id);
	}

	/**
	 * What was read right after a kill, before n8n starts again. Gives how many ids fell between n8n's two writes.
	 * @param now when n8n was told to end, which may take it seconds
	 */
	atKill(kill: number, snapshot: Snapshot, now: number): { lost: number; doubled: number } {
		this.watch(snapshot, now);
		const { stored } = snapshot;
		const lost = [...this.missing.keys()].filter((id) => !this.notWritten.has(id));
		for (const id of lost) this.lostAtKill.set(id, kill);
		const just = [...this.emitted.values()].filter(({ at }) => now - at < JUST).flatMap(({ eventIds }) => eventIds);
		const doubled = stored ? just.filter((id) => this.created.has(id) && !stored.has(id)) : [];
		for (const id of doubled) this.doubledAtKill.set(id, (this.doubledAtKill.get(id) ?? new Set()).add(kill));
		this.missing.clear();
		return { lost: lost.length, doubled: doubled.length };
	}

	/** What is in how many executions so far. */
	counts(): Map<number, number> {
		const counts = new Map<number, number>();
		for (const id of [...this.emitted.values()].flatMap(({ eventIds }) => eventIds))
			counts.set(id, (counts.get(id) ?? 0) + 1);
		return counts;
	}

	/** @param last what is read at the end, when all is quiet; @param told what the executions told while they ran */
	verdict(last: Snapshot, told: Told[]): Verdict {
		this.note(last.executions, Date.now());
		const counts = this.counts();
		const heard = new Set(told.map(({ eventId }) => eventId));
		const created = [...this.created];
		const lost = created.filter((id) => !counts.has(id));
		const doubled = created.filter((id) => (counts.get(id) ?? 0) > 1);
		const isBetween = (id: number): boolean => (counts.get(id) ?? 0) - 1 <= (this.doubledAtKill.get(id)?.size ?? 0);
		return {
			once: created.filter((id) => counts.get(id) === 1),
			lost: lost.filter((id) => !this.lostAtKill.has(id)),
			doubled: doubled.filter((id) => !isBetween(id)),
			uncalledFor: [...counts.keys()].filter((id) => !this.created.has(id)),
			lostBetweenWrites: lost.filter((id) => this.lostAtKill.has(id)),
			doubledBetweenWrites: doubled.filter(isBetween),
			withoutExecution: [...heard].filter((id) => !counts.has(id)),
			cut: [...counts.keys()].filter((id) => !heard.has(id)),
			unreadable: last.executions
				.filter((one) => !this.emitted.has(one.id) && one.report === undefined)
				.map(({ id }) => id),
		};
	}

	/** Keeps what executions were started with; recovery after a kill may rewrite them. Gives how many were not seen before. */
	private note(executions: Execution[], at: number): number {
		const fresh = executions.filter(({ id, eventIds }) => eventIds.length > 0 && !this.emitted.has(id));
		for (const { id, eventIds } of fresh) this.emitted.set(id, { eventIds, at });
		return fresh.length;
	}

	/** What an earlier kill lost is told once. */
	private storedWithoutExecution({ stored }: Snapshot): number[] {
		const counts = this.counts();
		return [...(stored ?? [])].filter((id) => this.created.has(id) && !counts.has(id) && !this.lostAtKill.has(id));
	}
}
