import type { ReceivedRequest, Sandbox } from '../../sandbox/sandboxTypes.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { WATCHED_CUSTOMER_CODES } from './reliabilityWorkflow.mts';

/** Time in ms between two checks of the sandbox's request log. */
const LOOK_INTERVAL_MS = 2;
/** Time in ms without a request for events after which the next one starts a new poll. */
const POLL_GAP_MS = 2_000;
/** Time limit in ms for the request for event types, which the trigger sends only if there are new events. */
const EVENT_TYPES_TIMEOUT_MS = 400;

const isEventsRequest = ({ operationId }: ReceivedRequest): boolean => operationId === 'getCustomerEvents';
const isAnswered = ({ status, fault }: ReceivedRequest): boolean => status !== undefined || fault !== undefined;

/** Observes the polls of the trigger in the sandbox's request log. */
export class PollMonitor {
	constructor(
		private readonly sandbox: Sandbox,
		private readonly script: ScriptContext,
	) {}

	/** Number of polls. */
	get pollCount(): number {
		return this.sandbox.requestLog
			.filter(isEventsRequest)
			.filter(({ at }, index, eventsRequests) => at - (eventsRequests[index - 1]?.at ?? 0) > POLL_GAP_MS).length;
	}

	/**
	 * Waits for the start of the next poll.
	 * @throws UserFacingError if there is none in time
	 */
	async waitForPoll(timeoutMs: number): Promise<void> {
		const startIndex = this.sandbox.requestLog.length;
		if (
			await this.script.waitFor(
				() => this.sandbox.requestLog.slice(startIndex).some(isEventsRequest),
				timeoutMs,
				LOOK_INTERVAL_MS,
			)
		)
			return;
		throw new UserFacingError(`n8n did not poll within ${timeoutMs / 60_000} minutes.`, `See ${this.script.logFile}`);
	}

	/** Waits until the current poll has all responses, including those with event types. */
	async waitForResponses(timeoutMs: number): Promise<void> {
		const pollRequests = this.currentPollRequests();
		await this.waitForEventsResponses(timeoutMs);
		const eventTypesRequests = () =>
			pollRequests().filter(({ operationId }) => operationId === 'getCustomerEventTypes');
		await this.script.waitFor(() => eventTypesRequests().some(isAnswered), EVENT_TYPES_TIMEOUT_MS, LOOK_INTERVAL_MS);
	}

	/** Waits until the current poll has the events of all customers. */
	async waitForEventsResponses(timeoutMs: number): Promise<void> {
		const pollRequests = this.currentPollRequests();
		await this.script.waitFor(
			() => pollRequests().filter(isEventsRequest).filter(isAnswered).length >= WATCHED_CUSTOMER_CODES.length,
			timeoutMs,
			LOOK_INTERVAL_MS,
		);
	}

	/** Returns a function that returns the requests of the current poll. */
	private currentPollRequests(): () => ReceivedRequest[] {
		const startIndex = this.sandbox.requestLog.findLastIndex((request, index, all) => {
			const previousRequest = all.slice(0, index).findLast(isEventsRequest);
			return isEventsRequest(request) && request.at - (previousRequest?.at ?? 0) > POLL_GAP_MS;
		});
		return () => this.sandbox.requestLog.slice(startIndex);
	}
}
