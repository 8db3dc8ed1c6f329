import { sleep } from 'n8n-workflow';

/**
 * The one source of time and chance. Times are milliseconds since 1970.
 * Tests replace its functions, so that no test waits for a real back-off.
 */
export const clock = {
	now: (): number => Date.now(),
	sleep: async (milliseconds: number): Promise<void> => await sleep(milliseconds),
	/** Watches requests that hang; apart from `sleep`, so that a skipped back-off does not end a request. */
	sleepBetweenTimeoutChecks: async (milliseconds: number): Promise<void> => await sleep(milliseconds),
	random: (): number => Math.random(),
};

const WAIT_STEP_MS = 250;

/**
 * Waits in short steps, so that a cancelled execution leaves within a second and no long timer stays behind.
 * @param until milliseconds since 1970
 */
export async function waitUntil(until: number, signal?: AbortSignal): Promise<void> {
	let remainingMs = until - clock.now();
	while (remainingMs > 0 && !signal?.aborted) {
		const stepMs = Math.min(remainingMs, WAIT_STEP_MS);
		await clock.sleep(stepMs);
		// A clock that is set back does not lengthen the wait.
		remainingMs = Math.min(remainingMs - stepMs, until - clock.now());
	}
}
