import { getEffect } from '../../../nodes/GoFive/api/request/request';
import { allOperations, getExampleParameters, buildOperationRequest } from '../../support/operationParameters.cts';
import { collectItemResults, expectNoSecretInResult } from '../resultAssertions.cts';
import { FAULT_CASES, HANGING_FAULTS, type FaultCase } from '../faultCases.cts';
import { loadOperationRequest } from '../operationRequest.cts';
import { emitSocketTimeout, onHangingRequest } from '../hangingRequests.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const MAY_BE_DONE = 'GoFive may have carried it out all the same';
/** A look-up of names is no part of what is asked here. */
const RAW_OUTPUT = { output: 'raw' };

// Each operation meets each fault once, whatever it is, so that a new one is covered without a line of its own.
describe.each(allOperations)('$name', (listed) => {
	const { operation, resource } = listed;
	const exampleParameters = getExampleParameters(operation);
	const effect = getEffect(buildOperationRequest(operation, exampleParameters));

	async function runWithFault({
		answer,
		retriesReads,
		retriesWrites,
		mayHaveBeenDone,
		messagePattern,
	}: FaultCase): Promise<void> {
		const { operationId } = await loadOperationRequest(listed);
		fixture.sandbox.addFault({ match: { operationId }, answer });
		const parameters = { resource, ...exampleParameters, ...(operation.fields.output ? RAW_OUTPUT : {}) };
		const result = await fixture.runOperation(operation.value, parameters, { onError: 'continueRegularOutput' });
		expectNoSecretInResult(fixture, result);
		const [account] = collectItemResults(result, 1);
		const isRetried = effect === 'read' ? retriesReads : retriesWrites;
		if (isRetried) {
			// The sandbox does not know every record that the examples name.
			expect(account?.message ?? '').toMatch(/^(?:GoFive answered: [\w ]+ not found \(code 4001\).*)?$/);
			expect(fixture.findRequests(operationId).length).toBeGreaterThan(1);
			return;
		}
		expect(fixture.findRequests(operationId)).toHaveLength(1);
		expect(account?.message).toMatch(messagePattern);
		expect(account?.message?.includes(MAY_BE_DONE)).toBe(effect === 'write' && mayHaveBeenDone === true);
	}

	// To a deletion GoFive need not answer with anything.
	const cases = FAULT_CASES.filter(({ answer }) => operation.value !== 'delete' || answer.kind !== 'empty');
	test.each(cases)('meets $name', runWithFault);

	test.each(HANGING_FAULTS)('meets $name', async (fault) => {
		const restore = onHangingRequest(fixture.sandbox, emitSocketTimeout);
		await runWithFault(fault);
		restore();
	});
});
