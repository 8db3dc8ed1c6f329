import type { IncomingHttpHeaders } from 'node:http';
import type { SandboxState } from './sandboxState.mts';

/** A limit on requests. Every request counts that reaches the server, also one whose answer is lost by a fault. */
export interface SandboxRateLimit {
	requests: number;
	perSeconds: number;
	/** `window` (default): a fixed window that begins with its first request; `bucket`: a token bucket of `requests`. */
	kind?: 'window' | 'bucket';
	/** How Retry-After is told; default `seconds`. */
	retryAfter?: 'seconds' | 'date' | 'none';
	/** Seconds to tell instead of the computed ones. */
	retryAfterSeconds?: number;
	/** Whether token calls count and may be refused as well; default false. */
	countTokenCalls?: boolean;
}

/** How the sandbox behaves until told otherwise. */
export interface SandboxBehaviour {
	/** Added before every API answer, in milliseconds. */
	delayMs: number;
	/** How many requests are worked on at once (`delayMs` each) while the rest waits; null: all of them. */
	workers: number | null;
	rateLimit: SandboxRateLimit | null;
	/** An issued token is accepted for that many API requests, then refused; null: no such end. */
	tokenLifetimeRequests: number | null;
	/** Lifetime of an issued token, told as `expires_in` and kept. */
	tokenLifetimeSeconds: number;
	/** Whether an issued token is refused once a newer one is issued (not known of GoFive). */
	newTokenEndsOlder: boolean;
	/** Whether the token of the sign-in (Access Token mode) is accepted. */
	acceptPastedToken: boolean;
	/** Loses the body of every GET, as some proxies do. */
	dropGetBody: boolean;
	/** HTTP status of business answers such as "Customer not found" (not known of GoFive). */
	businessErrorStatus: 200 | 400;
	/** Where lists are put: `data` itself, or `data.value` as on GoFive's older operations. */
	listIn: 'data' | 'value';
	/** How many rows a list gives at most at once, whatever is asked for (not known of GoFive); null: as many as are asked for. */
	pageCap: number | null;
	/** Names of page keys that are ignored, such as skip. */
	ignoredPageKeys: string[];
}

/** Answers in place of the true one. Those that say "acts" carry the request out first, so a write is stored. */
export type FaultResponse =
	/** Any status. No `body`: the usual body of that status. Text and Buffer travel as they are, all else as JSON. */
	| { kind?: 'status'; status: number; body?: unknown; headers?: Record<string, string>; acts?: boolean }
	/** 429 of Azure API Management; `seconds` defaults to 1. */
	| { kind: 'rateLimited'; retryAfter?: 'seconds' | 'date' | 'none'; seconds?: number }
	/** 401 of Azure API Management. */
	| { kind: 'unauthorized'; because: 'missingKey' | 'invalidKey' | 'token' }
	/** 403 of Azure API Management: quota used up. */
	| { kind: 'quota' }
	/** TCP reset instead of an answer, the request not carried out. */
	| { kind: 'resetBefore' }
	/** Acts, then TCP reset instead of an answer. */
	| { kind: 'resetAfter' }
	/** Never answers. `acts` carries the request out first. */
	| { kind: 'hang'; acts?: boolean }
	/** Acts; headers, then a byte every `everyMs` (100): first `blanks` (1000) blanks, then the true answer. */
	| { kind: 'drip'; everyMs?: number; blanks?: number }
	/** Acts; half of the body that Content-Length promises, then the connection ends. */
	| { kind: 'cutBody' }
	/** Acts; the true answer as gzip, with its end missing. */
	| { kind: 'cutGzip' }
	/** Acts; the true answer as whole gzip. */
	| { kind: 'gzip' }
	/** Acts; the true answer, `ms` later. */
	| { kind: 'late'; ms: number }
	/** Acts; the true answer with `status.code` as a number. */
	| { kind: 'numericCode' }
	/** An HTML page, a plain text, nothing at all; `status` defaults to 200. */
	| { kind: 'html' | 'text' | 'empty'; status?: number }
	/** Redirect; `to` defaults to a host that does not exist, `status` to 302. */
	| { kind: 'redirect'; to?: string; status?: number };

/** An answer to give to some requests. */
export interface Fault {
	/**
	 * All that is given must fit. The token call is only meant when `operationId` or `path` names it. `customerCode` is that
	 * of a path parameter, a query parameter or a field of the body with this name.
	 */
	match?: { operationId?: string; method?: string; path?: string; customerCode?: string };
	/** Fitting requests to let pass first; default 0. */
	skip?: number;
	/** Fitting requests to answer so; default 1, `'always'` or Infinity for all. */
	times?: number | 'always';
	answer: FaultResponse;
}

/** A request as it came over the wire. */
export interface ReceivedRequest {
	/** Milliseconds since the epoch, with fraction. */
	at: number;
	method: string;
	/** As sent, percent-encoded. */
	path: string;
	/** Raw, without the question mark. */
	query: string;
	headers: IncomingHttpHeaders;
	/** The body's bytes read as UTF-8. */
	body: string;
	bodyBytes: Buffer;
	/** API requests not yet answered when this one came, itself included. */
	inFlight: number;
	operationId?: string;
	/** When its answer had gone out, or its connection had ended; as `at`. Absent before. */
	answeredAt?: number;
	/** HTTP status sent; absent while none was. */
	status?: number;
	/** Kind of the fault that answered. */
	fault?: string;
}

/** A running sandbox. */
export interface Sandbox extends SandboxState {
	/** `http://127.0.0.1:PORT`, also the base URL of the credential. */
	readonly url: string;
	/** Stops listening and ends every connection, hanging ones too. */
	close(): Promise<void>;
}
