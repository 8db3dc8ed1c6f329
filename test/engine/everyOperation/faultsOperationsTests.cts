import { getEffect } from '../../../nodes/GoFive/api/request/request';
import { allOperations, getExampleParameters, buildOperationRequest } from '../../support/operationParameters.cts';
import { collectItemResults, expectNoSecretInResult } from '../resultAssertions.cts';
import { FAULT_CASES, HANGING_FAULTS, type FaultCase } from '../faultCases.cts';
import { findOperationId } from '../operationRequest.cts';
import { emitSocketTimeout, onHangingRequest } from '../hangingRequests.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

const MAY_BE_DONE = 'GoFive may have processed the request anyway';
/** Parameters that avoid the lookup of names. */
const RAW_OUTPUT = { output: 'raw' };

// Every operation meets every fault once, so that a new operation is covered automatically.
describe.each(allOperations)('$name', (entry) => {
	const { operation, resource } = entry;
	const exampleParameters = getExampleParameters(operation);
	const effect = getEffect(buildOperationRequest(operation, exampleParameters));

	async function runWithFault({
		answer,
		retriesReads,
		retriesWrites,
		mayHaveBeenDone,
		messagePattern,
	}: FaultCase): Promise<void> {
		const operationId = await findOperationId(entry);
		fixture.addFault(operationId, answer);
		const parameters = { resource, ...exampleParameters, ...(operation.fields.output ? RAW_OUTPUT : {}) };
		const result = await fixture.runOperation(operation.value, parameters, { onError: 'continueRegularOutput' });
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
