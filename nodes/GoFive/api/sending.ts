import type { ServerLoad } from './failure';
import type { ApiRequest } from './request';

/** What the caller of a read decides while it waits for the data. */
export interface SendOptions {
	/** Whether the request is not needed any more. Asked when it may be sent: then it fails instead. */
	isEnded?(): boolean;
	/** Called when the request has failed, before another one is sent in its place. */
	onFailure?(): void;
}

/** A request of the run, and what is known about its attempts. */
export class Sending {
	/**
	 * Number of attempts, including this one. An attempt with a new token does not count, and neither does a failed token
	 * request, unless the rate limit rejected it.
	 */
	attempts = 1;
	/** Number of temporary failures, including those of its token request. */
	failures = 0;
	/** Time in ms for which it waited after temporary failures. */
	waitedMs = 0;
	/** Instant at which the limiter let the request go on. Undefined while it waits for the limiter. */
	sentAt?: number;
	/** Instant at which the limiter last let it go on. */
	lastSentAt = 0;
	/** What the last attempt showed about the load of the server. */
	load: ServerLoad = 'ignored';
	/**
	 * Set while the request renews the token for all. If the Authorization header that GoFive rejected is still stored, n8n
	 * fetches and stores a new token first. Empty if another process has stored a newer token than the new one.
	 */
	renewal?: { rejectedAuthorization?: string };
	/** Authorization header that was sent. Undefined if none was. */
	authorization?: string;
	/** Generation of the token that was sent. See `TokenState`. */
	generation?: number;

	constructor(
		readonly request: ApiRequest,
		readonly options: SendOptions,
	) {}
}
