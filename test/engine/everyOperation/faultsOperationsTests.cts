import { allOperations, getRequestedOperations } from '../../support/operationParameters.cts';
import { collectItemResults, expectNoSecretInResult, MAY_BE_DONE } from '../resultAssertions.cts';
import { FAULT_CASES, HANGING_FAULTS, type FaultCase } from '../faultCases.cts';
import { findOperationId } from '../operationRequest.cts';
import { timeOutRequests } from '../hangingRequests.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();

/** Message after a successful retry: none, or that the sandbox does not have the record that the example names. */
const SUCCESS_OR_NOT_FOUND = /^(?:GoFive rejected the request: [\w ]+ not found \(code 4001\).*)?$/;

/** Operations with each of the requests that they send. */
const requests = allOperations.flatMap((entry) =>
	getRequestedOperations(entry).map((requested) => ({ ...entry, requested, request: requested.name })),
);

// Every request of every operation meets every fault once, so that a new operation is covered automatically.
describe.each(requests)('$name: $request', ({ name, operation, requested }) => {
	// A list with one record leads to one request.
	beforeEach(() => fixture.sandbox.records.customers.records.splice(1));

	async function runWithFault({
		answer,
		retriesReads,
		retriesWrites,
		mayHaveBeenDone,
		messagePattern,
	}: FaultCase): Promise<void> {
		const operationId = await findOperationId(requested);
		const isWrite = operation.effect === 'write';
		const isRetried = isWrite ? retriesWrites : retriesReads;
		// A list that is read first is requested again in smaller pages if GoFive rejects large ones.
		const maxRejections = requested.operation === operation ? 1 : 2;
		fixture.addFault(operationId, answer, { times: isRetried ? 1 : maxRejections });
		// Raw output avoids the lookup of names.
		const parameters = operation.fields.output ? { output: 'raw' } : {};
		const result = await fixture.runExample(name, parameters, { onError: 'continueRegularOutput' });
		expectNoSecretInResult(fixture, result);
		const [itemResult] = collectItemResults(result, 1);
		const { message = '' } = itemResult ?? {};
		const requestCount = fixture.findRequests(operationId).length;
		expect(requestCount).toBeGreaterThanOrEqual(isRetried ? 2 : 1);
		// A retried list may request a second page.
		expect(requestCount).toBeLessThanOrEqual(isRetried ? 3 : maxRejections);
		expect(message).toMatch(isRetried ? SUCCESS_OR_NOT_FOUND : messagePattern);
		expect(message.includes(MAY_BE_DONE)).toBe(isWrite && mayHaveBeenDone === true);
	}

	// An empty response to a deletion is a success if its Content-Length is 0.
	const cases = FAULT_CASES.filter(({ answer }) => operation.value !== 'delete' || answer.kind !== 'empty');
	test.each(cases)('fault: $name', runWithFault);

	test.each(HANGING_FAULTS)('fault: $name', async (fault) => {
		const restore = timeOutRequests(fixture.sandbox, fault.answer);
		await runWithFault(fault);
		restore();
	});
});
