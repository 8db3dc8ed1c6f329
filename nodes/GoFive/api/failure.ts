import type { GoFiveError } from './errors';

/**
 * What follows a failure of a request that `Client` sends. {@link evaluate} decides which of these cases applies,
 * and names the exceptions. The loop in client.ts is the only place of this package that sends a request again: it counts
 * the temporary failures, and limits the time of the pauses. n8n itself can send requests again (docs/limits.md): requests
 * of the node with Retry On Fail, and requests of other nodes that use the credential.
 *
 * A request has no maximum number of attempts in total. It is sent again after at most four temporary failures, after as
 * many pauses as the time limit permits, and after each renewal of the token.
 *
 * - `fail`: the request is not sent again. Examples are a timeout, HTTP 500, a web page with HTTP 200, and a write whose
 *   response was lost. After each of these, the error of a write says that the change may already be saved. Of the token
 *   request, HTTP 500 is `waitForToken`, and its own timeout or a web page is `endRun`.
 * - `wait`: HTTP 502 to 504, and no connection (also if it ended before TLS was established). A read is also sent again
 *   after a lost connection or a response that was cut. A write is sent again only if no connection was established,
 *   otherwise it fails. The request waits for Retry-After (0.5 seconds to 2 minutes, see httpStatus.ts), or for a backoff of
 *   at most 0.5, 1, 2 and 4 seconds (`computeBackoffMs`). Other requests go on. The fifth failure of a request is its last
 *   (`MAX_FAILURES` in client.ts).
 * - `waitForToken`: the same for the request that fetches a token, also after HTTP 500. The failures count for the request
 *   that requires the token. If the fifth is one of the token request, the run ends. No other request is started in the
 *   meantime, because the request keeps its place: until a token is stored or accepted, only one request may be in flight,
 *   and during a renewal the limiter is closed. Requests in flight go on.
 * - `pause`: HTTP 429, also of the token request. A write is sent again, too, because GoFive has rejected it. All requests
 *   that wait for the limiter wait for Retry-After (0.5 seconds to 2 minutes), or for a backoff of at most 0.5 seconds,
 *   which doubles with each consecutive pause, up to 2 minutes. The run ends before the pauses exceed ten minutes
 *   (`MAX_RATE_LIMIT_WAIT_MS` in client.ts), or 20 seconds for a list of the form (`LIST_RATE_LIMIT_WAIT_MS` in
 *   operation/reading/loadList.ts). A request that was sent after the last pause, and is not rejected with 401 or 429,
 *   starts this time again. In n8n 2, a poll also ends with its reading budget (trigger/n8nPoller.ts).
 * - `renewToken`: HTTP 401, except about the subscription key and of the token request (`endRun`). One request renews the
 *   token. Requests that wait for the limiter are then sent with the new token. A write is sent again, too. If GoFive rejects
 *   the new token, the request is sent once more if the stored token has changed within a second, and otherwise fails. The
 *   next renewal requires that GoFive has accepted a token. After ten renewals whose token was rejected, the run renews no
 *   token any more. A pasted token is not renewed. If no renewal is permitted, the request fails. Ten requests in a row whose
 *   token stays rejected end the run (tokenState.ts).
 * - `endRun`: no other request is expected to succeed, for example with a wrong subscription key, without quota, or after a
 *   failure of the token request that is not temporary. All requests of the client that are not in flight fail without being sent.
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
	/** Whether the response shows that GoFive has processed the request with its token. */
	isTokenAccepted: boolean;
	/** Quotation of GoFive's message as a sentence, or an empty text. */
	quote: string;
}

/** Result of a request, and the form of its response. See `describeForm`. */
export type RequestResult = ({ data: unknown } | Failure) & { form?: string };
