import type { Sandbox } from '../../sandbox/index.mts';
import { flushEventLoop } from '../support/waitForCondition.cts';
import { abortWhen, clock } from './executionFixture.cts';

/**
 * Lets requests time out as soon as a hanging or slow request is the newest one, so that no test waits for its timeout.
 * Otherwise no request times out, also on a slow machine.
 * Only for executions that send one request at a time, and only with an installed simulated clock.
 * @returns a function that restores the clock
 */
export function fastForwardSlowRequests({ requestLog }: Sandbox): () => void {
	const { timeoutSignal: originalTimeoutSignal } = clock;
	let isRestored = false;
	const waitForSlowRequest = async () => {
		const lastRequest = requestLog.at(-1);
		const isSlow = () => requestLog.at(-1) !== lastRequest && ['hang', 'drip'].includes(requestLog.at(-1)?.fault ?? '');
		do await flushEventLoop();
		while (!isRestored && !isSlow());
	};
	clock.timeoutSignal = () => abortWhen(waitForSlowRequest());
	return () => {
		isRestored = true;
		clock.timeoutSignal = originalTimeoutSignal;
	};
}
