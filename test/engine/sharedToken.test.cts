import { CredentialStore } from './harness.cts';
import { openWorld } from './world.cts';

const world = openWorld({ isFresh: false });

const WORKERS = 2;
const SIDE_BY_SIDE = 5;
const EXECUTIONS = 400;

test('two workers that share a credential renew short tokens, each of which ends the older ones: no execution meets a refused token', async () => {
	// In real time: the workers must not go in step, as they would with a clock that a test moves on.
	world.sandbox.set({ newTokenEndsOlder: true, tokenLifetimeSeconds: 3, delayMs: 50 });
	const credentialStore = new CredentialStore();
	credentialStore.seed('credential-1', world.credential);
	const failed: Array<string | undefined> = [];
	let begun = 0;
	const one = async () => {
		while (begun++ < EXECUTIONS) {
			const { error } = await world.run('getTypes', {}, { credentialStore });
			if (error) failed.push(error.message);
		}
	};
	await Promise.all(Array.from({ length: WORKERS * SIDE_BY_SIDE }, one));
	expect(failed).toEqual([]);
	expect(world.sent('getCustomerEventTypes').filter(({ status }) => status === 200)).toHaveLength(EXECUTIONS);
	// Tokens did die under the hands of the others, or this proves nothing.
	expect(world.sent('getCustomerEventTypes').length).toBeGreaterThan(EXECUTIONS + world.sent('createToken').length);
});
