import { effectOf } from '../../nodes/GoFive/api/request/request';
import { operations, parametersOf, requestOf } from '../operations.cts';
import { accountsOf, expectNoSecretIn } from './accounts.cts';
import { FAULTS, SILENT, type FaultCase } from './faultCases.cts';
import { sendsOf } from './requests.cts';
import { goSilent, whenHanging } from './sockets.cts';
import { worldWithoutWaiting } from './world.cts';

const world = worldWithoutWaiting();

const MAY_BE_DONE = 'GoFive may have carried it out all the same';
/** A look-up of names is no part of what is asked here. */
const OUTPUT = { output: 'raw' };

// Each operation meets each fault once, whatever it is, so that a new one is covered without a line of its own.
describe.each(operations)('$name', (listed) => {
	const { operation, resource } = listed;
	const given = parametersOf(operation);
	const effect = effectOf(requestOf(operation, given));

	async function meet({ answer, readAgain, writeAgain, doubtful, text }: FaultCase): Promise<void> {
		const { sends } = await sendsOf(listed);
		world.sandbox.addFault({ match: { operationId: sends }, answer });
		const parameters = { resource, ...given, ...(operation.fields.output ? OUTPUT : {}) };
		const result = await world.run(operation.value, parameters, { onError: 'continueRegularOutput' });
		expectNoSecretIn(world, result);
		const [account] = accountsOf(result, 1);
		const again = effect === 'read' ? readAgain : writeAgain;
		if (again) {
			// The sandbox does not know every record that the examples name.
			expect(account?.message ?? '').toMatch(/^(?:GoFive answered: [\w ]+ not found \(code 4001\).*)?$/);
			expect(world.sent(sends).length).toBeGreaterThan(1);
			return;
		}
		expect(world.sent(sends)).toHaveLength(1);
		expect(account?.message).toMatch(text);
		expect(account?.message?.includes(MAY_BE_DONE)).toBe(effect === 'write' && doubtful === true);
	}

	// To a deletion GoFive need not answer with anything.
	const cases = FAULTS.filter(({ answer }) => operation.value !== 'delete' || answer.kind !== 'empty');
	test.each(cases)('meets $name', meet);

	test.each(SILENT)('meets $name', async (fault) => {
		const undo = whenHanging(world.sandbox, goSilent);
		await meet(fault);
		undo();
	});
});
