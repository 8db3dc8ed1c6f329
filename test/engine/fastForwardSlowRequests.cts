import type { Sandbox } from '../../sandbox/index.mts';
import { flushEventLoop } from '../support/waitForCondition.cts';
import { clock } from './executionFixture.cts';

/**
 * Moves the clock fast while a hanging or slow request is the newest one, so that no test waits for its timeout.
 * Otherwise the clock stands still, so that no other request times out on a slow machine.
 * Only for executions that send one request at a time, and only with an installed simulated clock.
 * @returns a function that restores the clock
 */
export function fastForwardSlowRequests({ requestLog }: Sandbox): () => void {
	const { sleepBetweenTimeoutChecks: originalSleep } = clock;
	let isRestored = false;
	clock.sleepBetweenTimeoutChecks = async () => {
		do await flushEventLoop();
		while (!isRestored && !['hang', 'drip'].includes(requestLog.at(-1)?.fault ?? ''));
	};
	return () => {
		isRestored = true;
		clock.sleepBetweenTimeoutChecks = originalSleep;
	};
}
