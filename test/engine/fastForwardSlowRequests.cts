import type { Sandbox } from '../../sandbox/index.mts';
import { flushEventLoop } from '../support/waitForCondition.cts';
import { clock } from './executionFixture.cts';

/**
 * Lets no test wait until a request that hangs or trickles is given up: time flies for as long as such a request is the
 * newest one, and stands still otherwise, so that no other request is given up on a slow machine. For runs that send one
 * request after the other. Call after `skipWaiting`; returns how to undo it.
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
