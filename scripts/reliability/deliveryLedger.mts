import type { RecordedExecution, DatabaseSnapshot } from './executionDatabase.mts';
import type { ReceivedEvent } from './eventReceiver.mts';

/** Time in ms in which a running n8n must write the execution of a stored state. It usually takes some ms. */
const EXECUTION_WRITE_TIMEOUT_MS = 10_000;
/** Age in ms up to which an execution counts as recent when n8n is killed. */
const RECENT_EXECUTION_MS = 5_000;

/** Result of a run, as lists of event ids. */
export interface DeliveryReport {
	/** Events in exactly one execution. */
	deliveredOnce: number[];
	/** Events in no execution. */
	lost: number[];
	/** Events in several executions, or twice in one. */
	duplicated: number[];
	/** Events in an execution that are not new. */
	unexpected: number[];
	/** Events lost because n8n was killed after it stored the state and before it stored the execution. */
	lostBetweenWrites: number[];
	/** Events duplicated because n8n was killed after it stored the execution and before it stored the state. */
	duplicatedBetweenWrites: number[];
	/** Events that a workflow reported, but that are in no execution of the database. */
	receivedWithoutExecution: number[];
	/** Events of executions that were killed before the workflow reported them. */
	interrupted: number[];
	/** Ids of executions whose trigger items cannot be read. */
	unreadableExecutions: number[];
}

/** Records snapshots of n8n's database, and attributes lost and duplicated events to n8n or to the trigger. */
export class DeliveryLedger {
	/** Event ids of each execution and the time in ms of the first snapshot with it. */
	private readonly emittedByExecution = new Map<number, { eventIds: number[]; at: number }>();
	/** Time in ms of the first snapshot with a stored event that has no execution. */
	private missingSinceMs = new Map<number, number>();
	private readonly neverWritten = new Set<number>();
	private readonly killByLostEvent = new Map<number, number>();
	private readonly killsByDuplicate = new Map<number, Set<number>>();

	/** @param createdEventIds - Ids of the new events, a growing set */
	constructor(private readonly createdEventIds: ReadonlySet<number>) {}

	/** Records a snapshot of a running n8n. */
	recordSnapshot(snapshot: DatabaseSnapshot, now: number): void {
		const newExecutions = this.addExecutions(snapshot.executions, now);
		const { missingSinceMs } = this;
		this.missingSinceMs = new Map(
			this.findStoredWithoutExecution(snapshot).map((id) => [id, missingSinceMs.get(id) ?? now]),
		);
		// A poll starts one execution. If it was stored with the state, n8n cannot have lost other events of that poll.
		for (const [id, since] of this.missingSinceMs)
			if (newExecutions > 0 || now - since > EXECUTION_WRITE_TIMEOUT_MS) this.neverWritten.add(id);
	}

	/**
	 * Records a snapshot after a kill, before n8n starts again.
	 * @param now - Time in ms of the signal to end, which n8n may need seconds to obey
	 * @returns the numbers of events between n8n's two writes
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

	/** Returns the number of executions by event id. */
	countExecutions(): Map<number, number> {
		const counts = new Map<number, number>();
		for (const id of [...this.emittedByExecution.values()].flatMap(({ eventIds }) => eventIds))
			counts.set(id, (counts.get(id) ?? 0) + 1);
		return counts;
	}

	/**
	 * Builds the report of the run.
	 * @param finalSnapshot - Snapshot after the last execution
	 * @param receivedEvents - Events that the workflows reported
	 */
	buildReport(finalSnapshot: DatabaseSnapshot, receivedEvents: ReceivedEvent[]): DeliveryReport {
		this.addExecutions(finalSnapshot.executions, Date.now());
		const counts = this.countExecutions();
		const receivedEventIds = new Set(receivedEvents.map(({ eventId }) => eventId));
		const createdEventIds = [...this.createdEventIds];
		const lost = createdEventIds.filter((id) => !counts.has(id));
		const duplicated = createdEventIds.filter((id) => (counts.get(id) ?? 0) > 1);
		const isExplainedByKills = (id: number): boolean =>
			(counts.get(id) ?? 0) - 1 <= (this.killsByDuplicate.get(id)?.size ?? 0);
		return {
			deliveredOnce: createdEventIds.filter((id) => counts.get(id) === 1),
			lost: lost.filter((id) => !this.killByLostEvent.has(id)),
			duplicated: duplicated.filter((id) => !isExplainedByKills(id)),
			unexpected: [...counts.keys()].filter((id) => !this.createdEventIds.has(id)),
			lostBetweenWrites: lost.filter((id) => this.killByLostEvent.has(id)),
			duplicatedBetweenWrites: duplicated.filter(isExplainedByKills),
			receivedWithoutExecution: [...receivedEventIds].filter((id) => !counts.has(id)),
			interrupted: [...counts.keys()].filter((id) => !receivedEventIds.has(id)),
			unreadableExecutions: finalSnapshot.executions
				.filter((execution) => !this.emittedByExecution.has(execution.id) && execution.pollError === undefined)
				.map(({ id }) => id),
		};
	}

	/** Records the event ids of executions, because recovery may rewrite them. Returns the number of new executions. */
	private addExecutions(executions: RecordedExecution[], at: number): number {
		const newExecutions = executions.filter(
			({ id, eventIds }) => eventIds.length > 0 && !this.emittedByExecution.has(id),
		);
		for (const { id, eventIds } of newExecutions) this.emittedByExecution.set(id, { eventIds, at });
		return newExecutions.length;
	}

	/** Finds stored events without an execution, except for those that an earlier kill lost. */
	private findStoredWithoutExecution({ seenEventIds }: DatabaseSnapshot): number[] {
		const counts = this.countExecutions();
		return [...(seenEventIds ?? [])].filter(
			(id) => this.createdEventIds.has(id) && !counts.has(id) && !this.killByLostEvent.has(id),
		);
	}
}
