import type { ServerLoad } from './failure';
import type { ApiRequest } from './request';
import type { Attempt } from './session';

/** A request that waits, or whose attempt is in progress. */
export class Sending implements Attempt {
	attempts = 1;
	failures = 0;
	waitedMs = 0;
	/** Instant at which the limiter let the request go on. Undefined while it waits for the limiter. */
	sentAt?: number;
	/** Instant at which the limiter last let it go on. */
	lastSentAt = 0;
	/** What the last attempt showed about the load of the server. */
	load: ServerLoad = 'ignored';
	renewal: Attempt['renewal'];
	authorization: Attempt['authorization'];
	generation: Attempt['generation'];

	/** @param isEnded - Whether the request is not needed any more. */
	constructor(
		readonly request: ApiRequest,
		readonly isEnded?: () => boolean,
	) {}
}
