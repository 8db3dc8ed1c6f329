import { sleep } from 'n8n-workflow';

/**
 * Only source of time and random numbers under nodes/ and credentials/. Times are in ms, instants in ms since 1970.
 * Tests replace its functions, so that no test waits for a real backoff.
 */
export const clock = {
	now: (): number => Date.now(),
	sleep: async (milliseconds: number): Promise<void> => await sleep(milliseconds),
	/** Creates a signal that aborts after a time. Separate from `sleep`, so that a test that skips a backoff ends no request. */
	timeoutSignal: (milliseconds: number): AbortSignal => AbortSignal.timeout(milliseconds),
	random: (): number => Math.random(),
};

/** Time in ms between two looks at the signal: a cancelled execution ends well within a second. */
const WAIT_STEP_MS = 250;

/**
 * Waits until an instant, in short steps. n8n's `sleep` accepts a signal only in newer releases, and a long timer would
 * stay behind after a cancelled execution.
 *
 * @param until - Instant in ms since 1970.
 * @param signal - Ends the wait early, without an error.
 */
export async function waitUntil(until: number, signal?: AbortSignal): Promise<void> {
	let remainingMs = until - clock.now();
	while (remainingMs > 0 && !signal?.aborted) {
		const stepMs = Math.min(remainingMs, WAIT_STEP_MS);
		await clock.sleep(stepMs);
		// Setting back the clock of the machine must not lengthen the wait.
		remainingMs = Math.min(remainingMs - stepMs, until - clock.now());
	}
}
