import { getEffect } from '../../../nodes/GoFive/api/request/request';
import { allOperations, getExampleParameters, buildOperationRequest } from '../../support/operationParameters.cts';
import { collectItemResults, expectNoSecretInResult, MAY_BE_DONE } from '../resultAssertions.cts';
import { FAULT_CASES, HANGING_FAULTS, type FaultCase } from '../faultCases.cts';
import { findOperationId } from '../operationRequest.cts';
import { emitSocketTimeout, onHangingRequest } from '../hangingRequests.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

// Every operation meets every fault once, so that a new operation is covered automatically.
describe.each(allOperations)('$name', (entry) => {
	const { name, operation } = entry;
	const effect = getEffect(buildOperationRequest(operation, getExampleParameters(operation)));

	async function runWithFault({
		answer,
		retriesReads,
		retriesWrites,
		mayHaveBeenDone,
		messagePattern,
	}: FaultCase): Promise<void> {
		const operationId = await findOperationId(entry);
		fixture.addFault(operationId, answer);
		// Raw output avoids the lookup of names.
		const parameters = operation.fields.output ? { output: 'raw' } : {};
		const result = await fixture.runExample(name, parameters, { onError: 'continueRegularOutput' });
		expectNoSecretInResult(fixture, result);
		const [itemResult] = collectItemResults(result, 1);
		const isRetried = effect === 'read' ? retriesReads : retriesWrites;
		if (isRetried) {
			// The sandbox does not have every record that the examples name.
			expect(itemResult?.message ?? '').toMatch(/^(?:GoFive rejected the request: [\w ]+ not found \(code 4001\).*)?$/);
			expect(fixture.findRequests(operationId).length).toBeGreaterThan(1);
			return;
		}
		expect(fixture.findRequests(operationId)).toHaveLength(1);
		expect(itemResult?.message).toMatch(messagePattern);
		expect(itemResult?.message?.includes(MAY_BE_DONE)).toBe(effect === 'write' && mayHaveBeenDone === true);
	}

	// An empty response to a deletion is a success.
	const cases = FAULT_CASES.filter(({ answer }) => operation.value !== 'delete' || answer.kind !== 'empty');
	test.each(cases)('fault: $name', runWithFault);

	test.each(HANGING_FAULTS)('fault: $name', async (fault) => {
		const restore = onHangingRequest(fixture.sandbox, emitSocketTimeout);
		await runWithFault(fault);
		restore();
	});
});
