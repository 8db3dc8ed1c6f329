import type { RecordedExecution, DatabaseSnapshot } from './executionDatabase.mts';
import type { ReceivedEvent } from './eventReceiver.mts';

/** Milliseconds after which n8n, while it runs, must have written the execution that belongs to a stored state. */
const EXECUTION_WRITE_TIMEOUT_MS = 10_000;
/** Milliseconds for which an execution counts as just made. */
const RECENT_EXECUTION_MS = 5_000;

/** How the run ended; lists of event ids. */
export interface DeliveryReport {
	/** In an execution exactly once. */
	deliveredOnce: number[];
	lost: number[];
	/** In more than one execution, or twice in one. */
	duplicated: number[];
	/** In an execution, though not one of the new events. */
	unexpected: number[];
	/** Lost between n8n's two writes: the kill came when the state was stored and the execution was not. */
	lostBetweenWrites: number[];
	/** Doubled between n8n's two writes: the kill came when the execution was stored and the state was not. */
	duplicatedBetweenWrites: number[];
	/** Told by a running workflow, but in no execution of the database. */
	receivedWithoutExecution: number[];
	/** In an execution that a kill cut before it came to them. */
	interrupted: number[];
	/** Executions of which it cannot be read what the trigger gave them. */
	unreadableExecutions: number[];
}

/** Keeps what n8n's database showed, and tells whose a loss or a double is. */
export class DeliveryLedger {
	/** What each execution was started with, as it was first read, and when that was, in milliseconds. */
	private readonly emittedByExecution = new Map<number, { eventIds: number[]; at: number }>();
	/** Since when an id is stored without an execution, in milliseconds. */
	private missingSinceMs = new Map<number, number>();
	private readonly neverWritten = new Set<number>();
	private readonly killByLostEvent = new Map<number, number>();
	private readonly killsByDuplicate = new Map<number, Set<number>>();

	/** @param createdEventIds the new events, which grows */
	constructor(private readonly createdEventIds: ReadonlySet<number>) {}

	/** What was read while n8n runs. */
	recordSnapshot(snapshot: DatabaseSnapshot, now: number): void {
		const newExecutions = this.addExecutions(snapshot.executions, now);
		const { missingSinceMs } = this;
		this.missingSinceMs = new Map(
			this.findStoredWithoutExecution(snapshot).map((id) => [id, missingSinceMs.get(id) ?? now]),
		);
		// One poll gives one execution: with an execution that came together with the state, the rest was not n8n's to lose.
		for (const [id, since] of this.missingSinceMs)
			if (newExecutions > 0 || now - since > EXECUTION_WRITE_TIMEOUT_MS) this.neverWritten.add(id);
	}

	/**
	 * What was read right after a kill, before n8n starts again. Gives how many ids fell between n8n's two writes.
	 * @param now when n8n was told to end, which may take it seconds
	 */
	recordKill(kill: number, snapshot: DatabaseSnapshot, now: number): { lost: number; duplicated: number } {
		this.recordSnapshot(snapshot, now);
		const { seenEventIds } = snapshot;
		const lost = [...this.missingSinceMs.keys()].filter((id) => !this.neverWritten.has(id));
		for (const id of lost) this.killByLostEvent.set(id, kill);
		const recentEventIds = [...this.emittedByExecution.values()]
			.filter(({ at }) => now - at < RECENT_EXECUTION_MS)
			.flatMap(({ eventIds }) => eventIds);
		const duplicated = seenEventIds
			? recentEventIds.filter((id) => this.createdEventIds.has(id) && !seenEventIds.has(id))
			: [];
		for (const id of duplicated) this.killsByDuplicate.set(id, (this.killsByDuplicate.get(id) ?? new Set()).add(kill));
		this.missingSinceMs.clear();
		return { lost: lost.length, duplicated: duplicated.length };
	}

	/** What is in how many executions so far. */
	countExecutions(): Map<number, number> {
		const countExecutions = new Map<number, number>();
		for (const id of [...this.emittedByExecution.values()].flatMap(({ eventIds }) => eventIds))
			countExecutions.set(id, (countExecutions.get(id) ?? 0) + 1);
		return countExecutions;
	}

	/** @param finalSnapshot what is read at the end, when all is quiet; @param receivedEvents what the executions told while they ran */
	buildReport(finalSnapshot: DatabaseSnapshot, receivedEvents: ReceivedEvent[]): DeliveryReport {
		this.addExecutions(finalSnapshot.executions, Date.now());
		const countExecutions = this.countExecutions();
		const receivedEventIds = new Set(receivedEvents.map(({ eventId }) => eventId));
		const createdEventIds = [...this.createdEventIds];
		const lost = createdEventIds.filter((id) => !countExecutions.has(id));
		const duplicated = createdEventIds.filter((id) => (countExecutions.get(id) ?? 0) > 1);
		const isExplainedByKills = (id: number): boolean =>
			(countExecutions.get(id) ?? 0) - 1 <= (this.killsByDuplicate.get(id)?.size ?? 0);
		return {
			deliveredOnce: createdEventIds.filter((id) => countExecutions.get(id) === 1),
			lost: lost.filter((id) => !this.killByLostEvent.has(id)),
			duplicated: duplicated.filter((id) => !isExplainedByKills(id)),
			unexpected: [...countExecutions.keys()].filter((id) => !this.createdEventIds.has(id)),
			lostBetweenWrites: lost.filter((id) => this.killByLostEvent.has(id)),
			duplicatedBetweenWrites: duplicated.filter(isExplainedByKills),
			receivedWithoutExecution: [...receivedEventIds].filter((id) => !countExecutions.has(id)),
			interrupted: [...countExecutions.keys()].filter((id) => !receivedEventIds.has(id)),
			unreadableExecutions: finalSnapshot.executions
				.filter((execution) => !this.emittedByExecution.has(execution.id) && execution.pollError === undefined)
				.map(({ id }) => id),
		};
	}

	/** Keeps what executions were started with; recovery after a kill may rewrite them. Gives how many were not seen before. */
	private addExecutions(executions: RecordedExecution[], at: number): number {
		const newExecutions = executions.filter(
			({ id, eventIds }) => eventIds.length > 0 && !this.emittedByExecution.has(id),
		);
		for (const { id, eventIds } of newExecutions) this.emittedByExecution.set(id, { eventIds, at });
		return newExecutions.length;
	}

	/** What an earlier kill lost is told once. */
	private findStoredWithoutExecution({ seenEventIds }: DatabaseSnapshot): number[] {
		const countExecutions = this.countExecutions();
		return [...(seenEventIds ?? [])].filter(
			(id) => this.createdEventIds.has(id) && !countExecutions.has(id) && !this.killByLostEvent.has(id),
		);
	}
}
