import fc from 'fast-check';
import { effectOf } from '../../nodes/GoFive/api/request/request';
import { fromItemOf, isFixed, keepsRules, operations, parametersOf, propertiesOf, requestOf } from '../operations.cts';
import { accountsOf } from './accounts.cts';
import { sendsOf } from './requests.cts';
import { openWorld } from './world.cts';

const world = openWorld({ isFresh: false });

/** Whether a value can stand in a node as it is: n8n takes a text that begins with "=" for an expression. */
const isLiteral = (value: unknown): boolean => !/"=/.test(JSON.stringify(value));

test.each(operations)('$name: no request with valid parameters breaks the contract', async (listed) => {
	const { operation, resource } = listed;
	const { item, sends } = await sendsOf(listed);
	// Lines in JSON go with the selector that chooses them.
	const inNode = propertiesOf(operation).filter((property) => isFixed(property) || property.name.endsWith('Json')).map(({ name }) => name);
	const fixedOf = (given: object) => Object.fromEntries(Object.entries(given).filter(([name]) => inNode.includes(name)));
	await fc.assert(
		fc.asyncProperty(fc.array(item, { minLength: 4, maxLength: 8 }), async ([first = {}, ...rest]) => {
			const items = [first, ...rest].map((one) => ({ ...one, ...fixedOf(first) }));
			fc.pre(isLiteral(fixedOf(first)) && items.every((one) => keepsRules(operation, { ...one, options: { timeZone: one.timeZone } })));
			world.sandbox.reset();
			const parameters = { resource, ...fromItemOf(operation), ...fixedOf(first), options: { timeZone: '={{ $json.timeZone }}' } };
			const result = await world.run(operation.value, parameters, { items: items, onError: 'continueRegularOutput' });
			const told = accountsOf(result, items.length, () => undefined).map(({ message }) => message).filter((message) => message !== undefined);
			// What GoFive does not know is not a matter of the contract.
			expect(told.filter((message) => !/^GoFive answered: [\w ]+ not found \(/.test(message))).toEqual([]);
			expect(world.sandbox.requests.filter(({ status = 0 }) => status < 200 || status > 299)).toEqual([]);
			const sent = world.sent(sends).length;
			if (effectOf(requestOf(operation, parametersOf(operation))) === 'write' && !operation.batch) expect(sent).toBe(items.length);
			else expect(sent).toBeGreaterThan(0);
		}),
		{ numRuns: 25 },
	);
});
