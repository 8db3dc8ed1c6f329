import { DateTime } from 'luxon';
import type { Sandbox } from '../../sandbox/sandboxTypes.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { WATCHED_CUSTOMER_CODES, type EventReceiver } from './reliabilityWorkflow.mts';
import type { DatabaseSnapshot } from './triggerDatabase.mts';

/** Time limit in ms for the next poll after a restart: n8n waits ten seconds, the poll interval is a minute. */
const POLL_TIMEOUT_MS = 150_000;
const RESPONSE_TIMEOUT_MS = 20_000;
/** Time in ms between two checks of the sandbox's request log. */
const LOOK_INTERVAL_MS = 2;

/** IDs of events by what happened to them. */
export interface EventCounts {
	/** Events that started the workflow exactly once. */
	deliveredOnce: number[];
	/** Events that n8n stored as reported, and of which it had stored no execution when it ended. */
	lostBetweenWrites: number[];
	/** All other events that did not start the workflow. */
	lost: number[];
	/** Events that started the workflow more than once, or that it reported more than once. */
	repeated: number[];
	/** Events that started the workflow, but are not new. */
	invented: number[];
	/** Events of executions that were killed before the workflow reported them. */
	interrupted: number[];
}

/** Creates events in the sandbox, and counts how often each of them starts the workflow. */
export class WatchedEvents {
	/** IDs of the events that must start the workflow. */
	readonly createdIds = new Set<number>();
	private readonly eventIdsByExecution = new Map<number, number[]>();
	private readonly lostBetweenWrites = new Set<number>();

	constructor(
		private readonly script: ScriptContext,
		private readonly sandbox: Sandbox,
		private readonly receiver: EventReceiver,
	) {
		for (const code of WATCHED_CUSTOMER_CODES) sandbox.store.ensureCustomer(code);
	}

	/**
	 * Creates events of all customers in turn, half of them in the past and half in the future. Changes an older event,
	 * which must not start the workflow again.
	 * @returns IDs of the created events
	 */
	create(count = WATCHED_CUSTOMER_CODES.length): number[] {
		const [olderId] = this.createdIds;
		if (olderId !== undefined) this.sandbox.store.updateEvent(olderId, { eventName: `Changed ${Date.now()}` });
		const ids = Array.from({ length: count }, (_, index) => {
			const customerCode = WATCHED_CUSTOMER_CODES[index % WATCHED_CUSTOMER_CODES.length] ?? '';
			const date = DateTime.utc().plus({ days: index % 2 === 0 ? -20 : 300 });
			const eventDate = date.toFormat("yyyy-MM-dd'T'HH:mm:ss");
			return this.sandbox.store.createEvent({ customerCode, eventName: 'กิจกรรม', eventType: 1, eventDate }).eventId;
		});
		for (const id of ids) this.createdIds.add(id);
		return ids;
	}

	/**
	 * Waits for the next request for events.
	 * @returns index of the request in the sandbox's log
	 * @throws UserFacingError if there is none in time
	 */
	async waitForPoll(): Promise<number> {
		const { requestLog } = this.sandbox;
		const firstIndex = requestLog.length;
		const findPoll = () => requestLog.slice(firstIndex).find(({ operationId }) => operationId === 'getCustomerEvents');
		const request = await this.script.waitFor(findPoll, POLL_TIMEOUT_MS, LOOK_INTERVAL_MS);
		if (request) return requestLog.indexOf(request);
		const problem = `n8n did not poll within ${POLL_TIMEOUT_MS / 1_000} seconds.`;
		throw new UserFacingError(problem, `See ${this.script.logFile}`);
	}

	/** Waits for the next poll and for the events of all customers, or for the time limit. */
	async waitForResponses(): Promise<void> {
		const firstIndex = await this.waitForPoll();
		const countResponses = () =>
			this.sandbox.requestLog
				.slice(firstIndex)
				.filter(({ operationId, status }) => operationId === 'getCustomerEvents' && status !== undefined).length;
		const hasAllResponses = () => countResponses() >= WATCHED_CUSTOMER_CODES.length;
		await this.script.waitFor(hasAllResponses, RESPONSE_TIMEOUT_MS, LOOK_INTERVAL_MS);
	}

	/** Records the executions of a snapshot. n8n may rewrite a killed execution, so the first snapshot with it counts. */
	recordExecutions({ executions }: DatabaseSnapshot): void {
		for (const { id, eventIds } of executions)
			if (eventIds.length > 0 && !this.eventIdsByExecution.has(id)) this.eventIdsByExecution.set(id, eventIds);
	}

	/** Records a snapshot that was read after n8n ended, and before it starts again. */
	recordEnd(snapshot: DatabaseSnapshot): void {
		this.recordExecutions(snapshot);
		const startedIds = new Set([...this.eventIdsByExecution.values()].flat());
		for (const id of snapshot.storedIds ?? [])
			if (this.createdIds.has(id) && !startedIds.has(id)) this.lostBetweenWrites.add(id);
	}

	/** Counts the events at the end of a run. */
	count(finalSnapshot: DatabaseSnapshot): EventCounts {
		this.recordExecutions(finalSnapshot);
		const startedIds = [...this.eventIdsByExecution.values()].flat();
		const receivedIds = this.receiver.receivedEvents.map(({ eventId }) => eventId);
		const countIn = (ids: number[], id: number): number => ids.filter((other) => other === id).length;
		const createdIds = [...this.createdIds];
		const neverStarted = createdIds.filter((id) => !startedIds.includes(id));
		const repeated = createdIds.filter((id) => countIn(startedIds, id) > 1 || countIn(receivedIds, id) > 1);
		return {
			deliveredOnce: createdIds.filter((id) => startedIds.includes(id) && !repeated.includes(id)),
			lostBetweenWrites: neverStarted.filter((id) => this.lostBetweenWrites.has(id)),
			lost: neverStarted.filter((id) => !this.lostBetweenWrites.has(id)),
			repeated,
			invented: [...startedIds, ...receivedIds].filter((id) => !this.createdIds.has(id)),
			interrupted: startedIds.filter((id) => !receivedIds.includes(id)),
		};
	}
}
