import type { ReceivedRequest, Sandbox } from '../../sandbox/sandboxTypes.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { WATCHED_CUSTOMER_CODES } from './reliabilityWorkflow.mts';

/** Milliseconds between two looks at the sandbox. */
const LOOK_INTERVAL_MS = 2;
/** Milliseconds without a request for a customer's events after which the next one belongs to a new poll. */
const POLL_GAP_MS = 2_000;
/** Milliseconds in which the names of the event types are asked for, once there is something to tell. */
const EVENT_TYPES_TIMEOUT_MS = 400;

const isEventsRequest = ({ operationId }: ReceivedRequest): boolean => operationId === 'getCustomerEvents';
const isAnswered = ({ status, fault }: ReceivedRequest): boolean => status !== undefined || fault !== undefined;

/** The polls, as the sandbox sees them. */
export class PollMonitor {
	constructor(
		private readonly sandbox: Sandbox,
		private readonly script: ScriptContext,
	) {}

	/** How many there were so far. */
	get pollCount(): number {
		return this.sandbox.requestLog
			.filter(isEventsRequest)
			.filter(({ at }, index, eventsRequests) => at - (eventsRequests[index - 1]?.at ?? 0) > POLL_GAP_MS).length;
	}

	/**
	 * Waits for the next poll to begin.
	 * @param timeoutMs milliseconds
	 * @throws UserFacingError when none began
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
		throw new UserFacingError(`n8n did not poll for ${timeoutMs / 60_000} minutes.`, `See ${this.script.logFile}`);
	}

	/** Waits until the poll that is under way has its answers, those about the names of event types included. */
	async waitForResponses(timeoutMs: number): Promise<void> {
		const pollRequests = this.currentPollRequests();
		await this.waitForEventsResponses(timeoutMs);
		const eventTypesRequests = () =>
			pollRequests().filter(({ operationId }) => operationId === 'getCustomerEventTypes');
		await this.script.waitFor(() => eventTypesRequests().some(isAnswered), EVENT_TYPES_TIMEOUT_MS, LOOK_INTERVAL_MS);
	}

	/** Waits until the poll that is under way has the answers for all customers. */
	async waitForEventsResponses(timeoutMs: number): Promise<void> {
		const pollRequests = this.currentPollRequests();
		await this.script.waitFor(
			() => pollRequests().filter(isEventsRequest).filter(isAnswered).length >= WATCHED_CUSTOMER_CODES.length,
			timeoutMs,
			LOOK_INTERVAL_MS,
		);
	}

	/** The requests from the beginning of the latest poll on. */
	private currentPollRequests(): () => ReceivedRequest[] {
		const startIndex = this.sandbox.requestLog.findLastIndex((request, index, all) => {
			const previousRequest = all.slice(0, index).findLast(isEventsRequest);
			return isEventsRequest(request) && request.at - (previousRequest?.at ?? 0) > POLL_GAP_MS;
		});
		return () => this.sandbox.requestLog.slice(startIndex);
	}
}
