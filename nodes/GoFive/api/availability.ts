import { clock } from '../time/clock';
import { MINUTE_MS } from '../shared/units';
import { GoFiveError, NOTHING_SENT } from './errors';
import type { RequestResult } from './failure';
import { MAX_RETRY_DELAY_MS } from './httpStatus';
import { messages } from './messages';
import { getEffect } from './request';
import type { Sending } from './session';

/**
 * Number of failures in a row that end a run. With the default timeout they take ten minutes, as long as a run waits for the
 * rate limit. Fewer could be neighbours that only take too long, for example large customers.
 */
const MAX_FAILURES_IN_A_ROW = 10;
/** Shortest time of such failures in ms, so that an outage of seconds with fast failures (HTTP 500) ends no run of hours. */
const MIN_DURATION_MS = MINUTE_MS;

/** Adds the number of attempts to the message, if there were several. */
function withTries(error: GoFiveError, tries: number): GoFiveError {
	if (tries <= 1) return error;
	const text = `tried ${tries} times`;
	const { message } = error;
	return error.with({ message: message.endsWith(')') ? `${message.slice(0, -1)}, ${text})` : `${message} (${text})` });
}

/**
 * Whether the requests of a run can succeed. A failure ends the run if no other request can succeed, for example with a
 * wrong subscription key, and so does a server that is down: otherwise each of thousands of requests would wait for its
 * timeout.
 *
 * A failure of the server counts if its request was sent after the last one that counted. So requests that fail together, for example 128
 * in flight, count once. The count starts again after any other result, and if no attempt has failed for longer than one can
 * wait and take, because the computer then slept.
 */
export class Availability {
	/** Error that ended the run. */
	private endError?: GoFiveError;
	private failures = 0;
	/** Instants in ms since 1970: of the first and the last failure that counted, and of the last failed attempt. */
	private firstCountedAt = 0;
	private lastCountedAt = 0;
	private lastFailedAt = 0;

	/** @param totalTimeoutMs - Longest time in ms that an attempt takes. */
	constructor(private readonly totalTimeoutMs: number) {}

	/**
	 * Ends the run. All requests that are not in flight then fail without being sent.
	 * @returns the error, for the request that it belongs to.
	 */
	endRun(error: GoFiveError): GoFiveError {
		this.endError ??= error;
		return error;
	}

	/** @throws GoFiveError if the run has ended. */
	assertRunning({ request, authorization }: Sending): void {
		const error = this.endError;
		if (!error) return;
		if (authorization !== undefined) throw error;
		const unsentError = error.with({ aborted: 'beforeSending' });
		if (getEffect(request) === 'read') throw unsentError;
		throw unsentError.with({ description: `${error.description} ${NOTHING_SENT}` });
	}

	/** Records the result of an attempt. Anything but a failure of GoFive or the network shows that GoFive responds. */
	recordResult(result: RequestResult): void {
		const fault = 'error' in result ? result.error.fault : undefined;
		if (fault === 'run') return;
		const now = clock.now();
		const isInterrupted = now - this.lastFailedAt > MAX_RETRY_DELAY_MS + this.totalTimeoutMs;
		if (fault !== 'service' || isInterrupted) this.failures = 0;
		if (fault === 'service') this.lastFailedAt = now;
	}

	/**
	 * Records and completes the error after which a request is not sent again.
	 *
	 * @param sentAt - Instant in ms since 1970 at which the request was sent for the last time.
	 * @param tries - Number of attempts, including failed token requests.
	 */
	toLastError(error: GoFiveError, sentAt: number, tries: number): GoFiveError {
		if (error.fault !== 'service' || error.aborted) return error;
		this.recordFailure(error, sentAt, clock.now());
		return withTries(error, tries);
	}

	private recordFailure({ message }: GoFiveError, sentAt: number, now: number): void {
		if (this.failures === 0) this.firstCountedAt = now;
		else if (sentAt < this.lastCountedAt) return;
		this.failures += 1;
		this.lastCountedAt = now;
		if (this.failures < MAX_FAILURES_IN_A_ROW || now - this.firstCountedAt < MIN_DURATION_MS) return;
		this.endRun(new GoFiveError(messages.serviceDown(this.failures, message)));
	}
}
