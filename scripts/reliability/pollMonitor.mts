import type { ReceivedRequest, Sandbox } from '../../sandbox/sandboxTypes.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { EVENT_SOURCE } from './watchedSources.mts';

/** Time in ms between two checks of the sandbox's request log. */
const LOOK_INTERVAL_MS = 2;
/** Time in ms without a request for records after which the next one starts a new poll. */
const POLL_GAP_MS = 2_000;
/** Time limit in ms for the request for names, for example of event types. */
const LOOKUP_TIMEOUT_MS = 400;

const isAnswered = ({ status, fault }: ReceivedRequest): boolean => status !== undefined || fault !== undefined;

/** Observes the polls of the trigger in the sandbox's request log. */
export class PollMonitor {
	constructor(
		private readonly sandbox: Sandbox,
		private readonly script: ScriptContext,
		private readonly source = EVENT_SOURCE,
	) {}

	private readonly isReadRequest = ({ operationId }: ReceivedRequest): boolean =>
		operationId === this.source.operationId;

	/** Number of polls. */
	get pollCount(): number {
		return this.sandbox.requestLog
			.filter(this.isReadRequest)
			.filter(({ at }, index, readRequests) => at - (readRequests[index - 1]?.at ?? 0) > POLL_GAP_MS).length;
	}

	/**
	 * Waits for the start of the next poll.
	 * @throws UserFacingError if there is none in time
	 */
	async waitForPoll(timeoutMs: number): Promise<void> {
		const startIndex = this.sandbox.requestLog.length;
		if (
			await this.script.waitFor(
				() => this.sandbox.requestLog.slice(startIndex).some(this.isReadRequest),
				timeoutMs,
				LOOK_INTERVAL_MS,
			)
		)
			return;
		throw new UserFacingError(`n8n did not poll within ${timeoutMs / 60_000} minutes.`, `See ${this.script.logFile}`);
	}

	/** Waits until the current poll has all responses, including those with names. */
	async waitForResponses(timeoutMs: number): Promise<void> {
		const pollRequests = this.currentPollRequests();
		await this.waitForReadResponses(timeoutMs);
		const { lookupOperationId } = this.source;
		if (lookupOperationId === undefined) return;
		const lookupRequests = () => pollRequests().filter(({ operationId }) => operationId === lookupOperationId);
		await this.script.waitFor(() => lookupRequests().some(isAnswered), LOOKUP_TIMEOUT_MS, LOOK_INTERVAL_MS);
	}

	/** Waits until the current poll has the records of all parts. */
	async waitForReadResponses(timeoutMs: number): Promise<void> {
		const pollRequests = this.currentPollRequests();
		await this.script.waitFor(
			() => pollRequests().filter(this.isReadRequest).filter(isAnswered).length >= this.source.parts.length,
			timeoutMs,
			LOOK_INTERVAL_MS,
		);
	}

	/** Returns a function that returns the requests of the current poll. */
	private currentPollRequests(): () => ReceivedRequest[] {
		const startIndex = this.sandbox.requestLog.findLastIndex((request, index, all) => {
			const previousRequest = all.slice(0, index).findLast(this.isReadRequest);
			return this.isReadRequest(request) && request.at - (previousRequest?.at ?? 0) > POLL_GAP_MS;
		});
		return () => this.sandbox.requestLog.slice(startIndex);
	}
}
