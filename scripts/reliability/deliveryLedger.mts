import type { RecordedExecution, DatabaseSnapshot, StoredRecords } from './executionDatabase.mts';
import type { ReceivedRecord } from './recordReceiver.mts';
import type { RecordId } from './watchedSources.mts';

/** Time in ms in which a running n8n must write the execution of a stored state. It usually takes some ms. */
const EXECUTION_WRITE_TIMEOUT_MS = 10_000;
/** Age in ms up to which an execution counts as recent when n8n is killed. */
const RECENT_EXECUTION_MS = 5_000;

/** Result of a run, as lists of record IDs. */
export interface DeliveryReport {
	/** Records in exactly one execution. */
	deliveredOnce: RecordId[];
	/** Records in no execution. */
	lost: RecordId[];
	/** Records in several executions, or twice in one. */
	duplicated: RecordId[];
	/** Records in an execution that are not new. */
	unexpected: RecordId[];
	/** Records lost because n8n was killed after it stored the state and before it stored the execution. */
	lostBetweenWrites: RecordId[];
	/** Records duplicated because n8n was killed after it stored the execution and before it stored the state. */
	duplicatedBetweenWrites: RecordId[];
	/** Records that a workflow reported, but that are in no execution of the database. */
	receivedWithoutExecution: RecordId[];
	/** Records of executions that were killed before the workflow reported them. */
	interrupted: RecordId[];
	/** IDs of executions whose trigger items cannot be read. */
	unreadableExecutions: number[];
}

/** Records snapshots of n8n's database, and attributes lost and duplicated records to n8n or to the trigger. */
export class DeliveryLedger {
	/** Record IDs of each execution and the time in ms of the first snapshot with it. */
	private readonly emittedByExecution = new Map<number, { recordIds: RecordId[]; at: number }>();
	/** Time in ms of the first snapshot with a stored record that has no execution. */
	private missingSinceMs = new Map<RecordId, number>();
	private readonly neverWritten = new Set<RecordId>();
	private readonly killByLostRecord = new Map<RecordId, number>();
	private readonly killsByDuplicate = new Map<RecordId, Set<number>>();

	/**
	 * @param expectedIds - IDs of the records that must start the workflow, a growing set
	 * @param baseline - Records of the state that n8n stored at publication
	 */
	constructor(
		private readonly expectedIds: ReadonlySet<RecordId>,
		private readonly baseline: StoredRecords = new Map(),
	) {}

	/** Records a snapshot of a running n8n. */
	recordSnapshot(snapshot: DatabaseSnapshot, now: number): void {
		const newExecutions = this.addExecutions(snapshot.executions, now);
		const { missingSinceMs } = this;
		this.missingSinceMs = new Map(
			this.findStoredWithoutExecution(snapshot).map((id) => [id, missingSinceMs.get(id) ?? now]),
		);
		// A poll starts one execution. If it was stored with the state, n8n cannot have lost other records of that poll.
		for (const [id, since] of this.missingSinceMs)
			if (newExecutions > 0 || now - since > EXECUTION_WRITE_TIMEOUT_MS) this.neverWritten.add(id);
	}

	/**
	 * Records a snapshot after a kill, before n8n starts again.
	 * @param now - Time in ms of the signal to end, which n8n may need seconds to obey
	 * @returns the numbers of records between n8n's two writes
	 */
	recordKill(kill: number, snapshot: DatabaseSnapshot, now: number): { lost: number; duplicated: number } {
		this.recordSnapshot(snapshot, now);
		const { storedRecords } = snapshot;
		const lost = [...this.missingSinceMs.keys()].filter((id) => !this.neverWritten.has(id));
		for (const id of lost) this.killByLostRecord.set(id, kill);
		const recentIds = [...this.emittedByExecution.values()]
			.filter(({ at }) => now - at < RECENT_EXECUTION_MS)
			.flatMap(({ recordIds }) => recordIds);
		const duplicated = storedRecords
			? recentIds.filter((id) => this.expectedIds.has(id) && !this.isStored(storedRecords, id))
			: [];
		for (const id of duplicated) this.killsByDuplicate.set(id, (this.killsByDuplicate.get(id) ?? new Set()).add(kill));
		this.missingSinceMs.clear();
		return { lost: lost.length, duplicated: duplicated.length };
	}

	/** Returns the number of executions by record ID. */
	countExecutions(): Map<RecordId, number> {
		const counts = new Map<RecordId, number>();
		for (const id of [...this.emittedByExecution.values()].flatMap(({ recordIds }) => recordIds))
			counts.set(id, (counts.get(id) ?? 0) + 1);
		return counts;
	}

	/**
	 * Builds the report of the run.
	 * @param finalSnapshot - Snapshot after the last execution
	 * @param receivedRecords - Records that the workflows reported
	 */
	buildReport(finalSnapshot: DatabaseSnapshot, receivedRecords: ReceivedRecord[]): DeliveryReport {
		this.addExecutions(finalSnapshot.executions, Date.now());
		const counts = this.countExecutions();
		const receivedIds = new Set(receivedRecords.map(({ recordId }) => recordId));
		const expectedIds = [...this.expectedIds];
		const lost = expectedIds.filter((id) => !counts.has(id));
		const duplicated = expectedIds.filter((id) => (counts.get(id) ?? 0) > 1);
		const isExplainedByKills = (id: RecordId): boolean =>
			(counts.get(id) ?? 0) - 1 <= (this.killsByDuplicate.get(id)?.size ?? 0);
		return {
			deliveredOnce: expectedIds.filter((id) => counts.get(id) === 1),
			lost: lost.filter((id) => !this.killByLostRecord.has(id)),
			duplicated: duplicated.filter((id) => !isExplainedByKills(id)),
			unexpected: [...counts.keys()].filter((id) => !this.expectedIds.has(id)),
			lostBetweenWrites: lost.filter((id) => this.killByLostRecord.has(id)),
			duplicatedBetweenWrites: duplicated.filter(isExplainedByKills),
			receivedWithoutExecution: [...receivedIds].filter((id) => !counts.has(id)),
			interrupted: [...counts.keys()].filter((id) => !receivedIds.has(id)),
			unreadableExecutions: finalSnapshot.executions
				.filter((execution) => !this.emittedByExecution.has(execution.id) && execution.pollError === undefined)
				.map(({ id }) => id),
		};
	}

	/** Records the record IDs of executions, because recovery may rewrite them. Returns the number of new executions. */
	private addExecutions(executions: RecordedExecution[], at: number): number {
		const newExecutions = executions.filter(
			({ id, recordIds }) => recordIds.length > 0 && !this.emittedByExecution.has(id),
		);
		for (const { id, recordIds } of newExecutions) this.emittedByExecution.set(id, { recordIds, at });
		return newExecutions.length;
	}

	/** Finds stored records without an execution that no earlier kill lost. */
	private findStoredWithoutExecution({ storedRecords = new Map() }: DatabaseSnapshot): RecordId[] {
		const counts = this.countExecutions();
		return [...this.expectedIds].filter(
			(id) => this.isStored(storedRecords, id) && !counts.has(id) && !this.killByLostRecord.has(id),
		);
	}

	/** Whether a state contains a record as it is now, and not as it was at publication. */
	private isStored(storedRecords: StoredRecords, id: RecordId): boolean {
		return storedRecords.has(id) && storedRecords.get(id) !== this.baseline.get(id);
	}
}
