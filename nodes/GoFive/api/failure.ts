import type { GoFiveError } from './errors';

/**
 * What follows a failure: whether, how often and after which time the request is sent again. {@link evaluate} decides it,
 * and only the loop in client.ts acts on it.
 *
 * - `fail`: the request is not sent again. Examples are a write that GoFive may have processed, a timeout, HTTP 500, and a
 *   web page with HTTP 200.
 * - `wait`: HTTP 502 to 504, no connection, or a lost one. The request is sent again after Retry-After (0.5 seconds to 2
 *   minutes, see retryAfter.ts), or after a backoff of at most 0.5, 1, 2 and 4 seconds (`computeBackoffMs`). Other requests
 *   go on. The fifth failure of a request is its last (`MAX_FAILURES` in client.ts). A write is only sent again if no
 *   connection was made.
 * - `waitForToken`: the same for the request that fetches a token, also after HTTP 500. The failures count for the request
 *   that requires the token. The fifth ends the run. No other request is started in the meantime, because the request keeps
 *   its place: until a token is stored or accepted, only one request may be in flight, and during a renewal the limiter is
 *   closed. Requests in flight go on.
 * - `pause`: HTTP 429. All requests wait for Retry-After (0.5 seconds to 2 minutes), or for a backoff of at most 0.5
 *   seconds, which doubles with each consecutive pause, up to 2 minutes. Only the total time is limited, not how often a
 *   request is sent. The run ends before the pauses without an accepted request exceed ten minutes
 *   (`MAX_RATE_LIMIT_WAIT_MS` in client.ts), or 20 seconds for a list in the form (`LIST_RATE_LIMIT_WAIT_MS` in
 *   operation/execute/loadList.ts). A poll also ends with its reading budget (trigger/n8nPoller.ts).
 * - `renewToken`: HTTP 401. One request renews the token, and all others wait for the new one. If the new token is
 *   rejected, too, the request is sent once more if another process has stored a newer one, and otherwise fails. After ten
 *   such renewals, a run renews no token any more. Ten requests in a row whose token stays rejected end the run
 *   (tokenState.ts). A pasted token is not renewed.
 * - `endRun`: no request of the run can succeed, for example with a wrong subscription key or without a token. All requests
 *   that are not in flight fail without being sent.
 */
export type Next = 'fail' | 'wait' | 'waitForToken' | 'pause' | 'renewToken' | 'endRun';

/**
 * What an outcome shows about the load of the server, for the concurrency of the run:
 *
 * - `completed`: GoFive responded with a status below 500.
 * - `failed`: a server error, a connection that failed, or no data until the timeout.
 * - `ignored`: nothing. The request was not sent, its total time ended, it was cancelled, or GoFive rejected it because of
 *   the rate limit or its token.
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
