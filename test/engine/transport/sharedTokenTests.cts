import { CredentialStore } from '../harness.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture({ resetsForEachTest: false });

const WORKER_COUNT = 2;
const EXECUTIONS_PER_WORKER = 5;
const EXECUTION_COUNT = 90;

test('two workers share a credential with short tokens that invalidate older ones: no token is rejected in an execution', async () => {
	// Uses real time. With a simulated clock the workers would run in lockstep.
	fixture.sandbox.setBehaviour({ newTokenEndsOlder: true, tokenLifetimeSeconds: 2, delayMs: 200 });
	const credentialStore = new CredentialStore(fixture.credential);
	const errorMessages: Array<string | undefined> = [];
	let startedCount = 0;
	const runWorker = async () => {
		while (startedCount++ < EXECUTION_COUNT) {
			const { error } = await fixture.runOperation('getTypes', {}, { credentialStore });
			if (error) errorMessages.push(error.message);
		}
	};
	await Promise.all(Array.from({ length: WORKER_COUNT * EXECUTIONS_PER_WORKER }, runWorker));
	expect(errorMessages).toEqual([]);
	expect(fixture.findRequests('getCustomerEventTypes').filter(({ status }) => status === 200)).toHaveLength(
		EXECUTION_COUNT,
	);
	// Proves that tokens ended while other executions used them, also after each execution had one.
	expect(fixture.findRequests('createToken').length).toBeGreaterThan(WORKER_COUNT * EXECUTIONS_PER_WORKER);
	expect(fixture.findRequests('getCustomerEventTypes').length).toBeGreaterThan(
		EXECUTION_COUNT + fixture.findRequests('createToken').length,
	);
});
