import type { ReceivedRequest, Sandbox } from '../../sandbox/sandboxTypes.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { EVENT_SOURCE } from './watchedSources.mts';

/** Time in ms between two checks of the sandbox's request log. */
const LOOK_INTERVAL_MS = 2;
/** Time in ms after the response to a request for records from which on the next request starts a new poll. */
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
		return this.findPollStarts().length;
	}

	/**
	 * Waits for the start of the next poll.
	 * @throws UserFacingError if there is none in time
	 */
	async waitForPoll(timeoutMs: number): Promise<void> {
		const { pollCount } = this;
		if (await this.script.waitFor(() => this.pollCount > pollCount, timeoutMs, LOOK_INTERVAL_MS)) return;
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
		const requestCount = this.source.parts.length * this.source.requestsPerPart;
		await this.script.waitFor(
			() => pollRequests().filter(this.isReadRequest).filter(isAnswered).length >= requestCount,
			timeoutMs,
			LOOK_INTERVAL_MS,
		);
	}

	/** Returns a function that returns the requests of the current poll. */
	private currentPollRequests(): () => ReceivedRequest[] {
		const startIndex = this.findPollStarts().at(-1) ?? 0;
		return () => this.sandbox.requestLog.slice(startIndex);
	}

	/** Finds the requests that start a poll. Returns their indexes in the request log. */
	private findPollStarts(): number[] {
		let lastAnsweredAtMs = -Infinity;
		return this.sandbox.requestLog.flatMap((request, index) => {
			if (!this.isReadRequest(request)) return [];
			const startsPoll = request.at - lastAnsweredAtMs > POLL_GAP_MS;
			lastAnsweredAtMs = request.answeredAt ?? request.at;
			return startsPoll ? [index] : [];
		});
	}
}
