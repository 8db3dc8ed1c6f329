import type { IncomingHttpHeaders } from 'node:http';
import type { RecordForm } from './recordForms.mts';
import type { RecordLists } from './recordLists.mts';
import type { SandboxState } from './sandboxState.mts';

/**
 * Rate limit as a token bucket. All requests count except those for a token, including those whose response is lost by
 * a fault.
 */
export interface SandboxRateLimit {
	requests: number;
	perSeconds: number;
}

/** Behaviour of the sandbox for all requests. */
export interface SandboxBehaviour {
	/** Delay of every API response in ms. */
	delayMs: number;
	rateLimit: SandboxRateLimit | null;
	/** Number of API requests for which an issued token is valid. Null means no limit. */
	tokenLifetimeRequests: number | null;
	/** Lifetime of an issued token, also returned as `expires_in`. */
	tokenLifetimeSeconds: number;
	/** Whether a new token invalidates the older ones (unknown for GoFive). */
	newTokenEndsOlder: boolean;
	/** Whether the body of every GET is dropped, as by some proxies. */
	dropGetBody: boolean;
	/** Location of lists: `data`, or `data.value` as in GoFive's older operations. */
	listIn: 'data' | 'value';
	/** Whether rows are grouped as `x-groups` in the contract describes (unknown for GoFive). */
	groupsRows: boolean;
	/** Maximum number of rows per page, whatever the request asks for (unknown for GoFive). Null means no maximum. */
	pageCap: number | null;
	/** Whether a write clears the values of its record that it omits (unknown for GoFive). By default, it keeps them. */
	clearsOmitted: boolean;
	/** Time in ms for which Get returns a record as it was before a write (unknown for GoFive). */
	staleReadMs: number;
	/** Whether a write trims texts, and stores phone numbers with +66 (unknown for GoFive). */
	normalizesTexts: boolean;
	/** Form in which Get and lists return records (unknown for GoFive). Null means as in the contract. */
	recordForm: RecordForm | null;
	/** Names of pagination parameters that are ignored, for example skip. */
	ignoredPageKeys: string[];
}

/**
 * Response instead of the normal one. Kinds that "execute" process the request before, so that a write is stored.
 * `acts` does the same for kinds that do not.
 */
export type FaultResponse =
	/** Any status. The body defaults to that of the status. Text and Buffer are sent unchanged, other values as JSON. */
	| { kind?: 'status'; status: number; body?: unknown; headers?: Record<string, string>; acts?: boolean }
	/** 429 of Azure API Management. `seconds` defaults to 1. */
	| { kind: 'rateLimited'; retryAfter?: 'seconds' | 'none'; seconds?: number }
	/** 401 of Azure API Management. */
	| { kind: 'unauthorized'; because: 'missingKey' | 'invalidKey' | 'token' }
	/** 403 of Azure API Management: the quota is exhausted. */
	| { kind: 'quota' }
	/** TCP reset instead of a response. */
	| { kind: 'resetBefore' }
	/** Executes, then TCP reset instead of a response. */
	| { kind: 'resetAfter' }
	/** No response. */
	| { kind: 'hang'; acts?: boolean }
	/** Executes. Sends a byte every `everyMs` (100): first `blanks` (1000) blanks, then the normal body. */
	| { kind: 'drip'; everyMs?: number; blanks?: number }
	/** Executes. Sends half of the body, then ends the connection. */
	| { kind: 'cutBody' }
	/** Executes. Sends half of the gzip of the normal body. */
	| { kind: 'cutGzip' }
	/** Executes. Sends the normal body as gzip. */
	| { kind: 'gzip' }
	/** Executes. Sends the normal body with `status.code` as a number. */
	| { kind: 'numericCode' }
	/** HTML page. */
	| { kind: 'html' }
	/** Redirect. `to` defaults to a host that does not exist. */
	| { kind: 'redirect'; to?: string };

/** Fault for some requests. */
export interface Fault {
	/**
	 * Properties that a request must have. Token requests match only by `operationId` or `path`. `customerCode` is a path
	 * parameter, a query parameter or a key of the body.
	 */
	match?: { operationId?: string; path?: string; customerCode?: string };
	/** Number of matching requests to skip first. Defaults to 0. */
	skip?: number;
	/** Number of matching requests that get the response. Defaults to 1. */
	times?: number | 'always';
	answer: FaultResponse;
}

/** Request as the sandbox received it. */
export interface ReceivedRequest {
	/** Time of arrival in ms since 1970, with fraction. */
	at: number;
	method: string;
	/** Path as sent, percent-encoded. */
	path: string;
	/** Query as sent, without the question mark. */
	query: string;
	headers: IncomingHttpHeaders;
	/** Body decoded as UTF-8. */
	body: string;
	bodyBytes: Buffer;
	/** Number of API requests without a response at its arrival, including itself. */
	inFlight: number;
	operationId?: string;
	/** Time in ms since 1970 when its response was sent or its connection ended. */
	answeredAt?: number;
	/** HTTP status of the response, if one was sent. */
	status?: number;
	/** Kind of the fault that was used. */
	fault?: string;
}

/** Valid request for an operation, with the records and the behaviour of the sandbox. */
export interface OperationContext {
	query: Record<string, string | undefined>;
	params: Record<string, string | undefined>;
	body: unknown;
	records: RecordLists;
	behaviour: SandboxBehaviour;
}

/** Running sandbox. */
export interface Sandbox extends SandboxState {
	/** Base URL of the API and of the credential, for example `http://127.0.0.1:5679`. */
	readonly url: string;
	/** Stops listening and ends all connections. */
	close(): Promise<void>;
}
