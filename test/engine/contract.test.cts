import fc from 'fast-check';
import { effectOf } from '../../nodes/GoFive/api/request/request';
import { fromItemOf, operations, parametersOf, requestOf } from '../operations.cts';
import { accountsOf } from './accounts.cts';
import { leftOver, sendsOf } from './requests.cts';
import { World } from './world.cts';

const world = new World();
beforeAll(async () => await world.open());
afterAll(async () => await world.close());

test.each(operations)('$name: no request with valid parameters breaks the contract', async (listed) => {
	const { operation, resource } = listed;
	const { item, sends } = sendsOf(listed);
	const parameters = { resource, ...fromItemOf(operation), options: { timeZone: '={{ $json.timeZone }}' } };
	await fc.assert(
		fc.asyncProperty(fc.array(item, { minLength: 4, maxLength: 8 }), async (items) => {
			world.sandbox.reset();
			const result = await world.run(operation.value, parameters, { items: items as never[], onError: 'continueRegularOutput' });
			const told = accountsOf(result, items.length, () => undefined).map(({ message }) => message).filter((message) => message !== undefined);
			// What GoFive does not know is not a matter of the contract.
			expect(told.filter((message) => !/^GoFive answered: [\w ]+ not found \(/.test(message))).toEqual([]);
			expect(world.sandbox.requests.filter(({ status }) => status !== 200)).toEqual([]);
			const sent = world.sent(sends).length;
			if (effectOf(requestOf(operation, parametersOf(operation))) === 'write') expect(sent).toBe(items.length);
			else expect(sent).toBeGreaterThan(0);
		}),
		{ numRuns: 25 },
	);
}, 60_000);

test('each of these operations is there', () => {
	expect(leftOver).toEqual([]);
});
