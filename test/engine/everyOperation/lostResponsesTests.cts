import { messages } from '../../../nodes/GoFive/api/messages';
import { allOperations } from '../../support/operationParameters.cts';
import { LOST_CONNECTIONS } from '../../support/responses.cts';
import { collectItemResults, expectNoSecretInResult, MAY_BE_DONE } from '../resultAssertions.cts';
import { REJECTED, startsWith } from '../../support/expectedMessages.cts';
import { findOperationId } from '../../support/operationRequest.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

// The effect of an operation decides whether its request is sent again. All outcomes are in faults/outcomesTests.cts.
const fixture = setupFixtureWithSimulatedClock();

/** The sandbox may lack the record that the example names. */
const SUCCESS_OR_NOT_FOUND = new RegExp(`^(?:${REJECTED}: [\\w ]+ not found \\(code 4001\\).*)?$`);

// Check Access sends the requests of the other operations.
const sendingOperations = allOperations.filter(({ operation }) => !operation.checks);

test.each(sendingOperations)('$name: after a lost response, only a read is sent again', async (entry) => {
	const { name, operation } = entry;
	const operationId = await findOperationId(entry);
	fixture.addFault(operationId, LOST_CONNECTIONS.resetAfter);
	// Raw output avoids the lookup of names.
	const parameters = operation.fields.output ? { output: 'raw' } : {};
	const result = await fixture.runExample(name, parameters, { onError: 'continueRegularOutput' });
	expectNoSecretInResult(fixture, result);
	const message = collectItemResults(result, 1)[0]?.message ?? '';
	const requestCount = fixture.findRequests(operationId).length;
	const isWrite = operation.effect === 'write';
	// An update reads its record afterwards, which shows that the change is saved.
	const isUnclear = isWrite && (!operation.current || operation.current.isPartial === true);
	expect(message).toMatch(isUnclear ? startsWith(messages.connectionLost.message) : SUCCESS_OR_NOT_FOUND);
	expect(message.includes(MAY_BE_DONE)).toBe(isUnclear);
	// More requests of a read are further pages, or one per customer of a list.
	expect(Math.min(requestCount, 2)).toBe(isWrite ? 1 : 2);
	expect(isWrite && requestCount > 1).toBe(false);
});
