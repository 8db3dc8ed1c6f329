import type { GoFiveError } from './errors';

/**
 * What follows a failure. Only the loop in client.ts acts on it.
 *
 * - `fail`: the request is not sent again.
 * - `wait`: it is sent again after a wait. Other requests go on.
 * - `waitForToken`: no token could be fetched for a time. It is sent again after a wait, and all other requests wait, too.
 * - `pause`: the rate limit rejected it. All requests wait.
 * - `renewToken`: its token was rejected. It is sent again with a new one.
 * - `endRun`: no request of the run can succeed.
 */
export type Next = 'fail' | 'wait' | 'waitForToken' | 'pause' | 'renewToken' | 'endRun';

/**
 * What an outcome shows about the load of the server, for the concurrency of the run:
 *
 * - `completed`: GoFive responded with a status below 500.
 * - `failed`: a server error or a lost connection.
 * - `ignored`: nothing. The request was not sent, the node stopped waiting for it, or GoFive rejected it because of the rate
 *   limit or its token.
 */
export type ServerLoad = 'completed' | 'failed' | 'ignored';

/** Unsuccessful request. */
export interface Failure {
	error: GoFiveError;
	next: Next;
	/** Time in ms that Retry-After requires before the next attempt. */
	afterMs?: number;
	load: ServerLoad;
	/** Whether GoFive has accepted the token. */
	isTokenAccepted: boolean;
	/** Quotation of GoFive's message as a sentence, or an empty text. */
	quote: string;
}

/** Result of a request, and the form of its response. See `describeForm`. */
export type RequestResult = ({ data: unknown } | Failure) & { form?: string };
