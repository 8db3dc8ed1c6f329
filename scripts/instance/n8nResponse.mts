import type { StoppableScript } from './stoppableScript.mts';
import { UserFacingError } from './userFacingError.mts';

/** Time limit in ms for a response. */
const RESPONSE_TIMEOUT_MS = 30_000;

/**
 * Sends a GET request to n8n.
 * @returns the complete body
 * @throws UserFacingError if n8n denies access, and an Error if there is no complete successful response
 */
export async function fetchText(
	script: StoppableScript,
	url: string,
	headers: Record<string, string> = {},
): Promise<string> {
	const response = await fetch(url, { headers, signal: script.stopOrTimeoutSignal(RESPONSE_TIMEOUT_MS) });
	const text = await response.text();
	assertSuccess(script, new URL(url).pathname, response);
	return text;
}

/**
 * Checks the status of a response.
 * @throws UserFacingError if n8n denies access, which another try would not change, and an Error after other statuses
 */
export function assertSuccess(
	script: StoppableScript,
	path: string,
	{ ok, status }: Pick<Response, 'ok' | 'status'>,
): void {
	if (ok) return;
	if (status === 401 || status === 403)
		throw new UserFacingError(`n8n denied access to ${path} (HTTP ${status}).`, script.retryStep);
	throw new Error(`n8n responded to ${path} with HTTP ${status}`);
}
