import fc from 'fast-check';
import { getEffect } from '../../../nodes/GoFive/api/request/request';
import {
	buildItemExpressionParameters,
	isLiteralOnly,
	satisfiesFieldRules,
	allOperations,
	getExampleParameters,
	getOperationProperties,
	buildOperationRequest,
} from '../../support/operationParameters.cts';
import { deepRuns } from '../../support/deepRuns.cts';
import { collectItemResults } from '../resultAssertions.cts';
import { loadOperationRequest } from '../operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture({ isFresh: false });

/** Whether a value can stand in a node as it is: n8n takes a text that begins with "=" for an expression. */
const isLiteral = (value: unknown): boolean => !/"=/.test(JSON.stringify(value));

test.each(allOperations)('$name: no request with valid parameters breaks the contract', async (listed) => {
	const { operation, resource } = listed;
	const { itemArbitrary, operationId } = await loadOperationRequest(listed);
	// Lines in JSON go with the selector that chooses them.
	const literalNames = getOperationProperties(operation)
		.filter((property) => isLiteralOnly(property) || property.name.endsWith('Json'))
		.map(({ name }) => name);
	const pickLiterals = (itemValues: object) =>
		Object.fromEntries(Object.entries(itemValues).filter(([name]) => literalNames.includes(name)));
	await fc.assert(
		fc.asyncProperty(fc.array(itemArbitrary, { minLength: 4, maxLength: 8 }), async ([first = {}, ...rest]) => {
			const items = [first, ...rest].map((itemValues) => ({ ...itemValues, ...pickLiterals(first) }));
			fc.pre(
				isLiteral(pickLiterals(first)) &&
					items.every((itemValues) =>
						satisfiesFieldRules(operation, { ...itemValues, options: { timeZone: itemValues.timeZone } }),
					),
			);
			fixture.sandbox.reset();
			const parameters = {
				resource,
				...buildItemExpressionParameters(operation),
				...pickLiterals(first),
				options: { timeZone: '={{ $json.timeZone }}' },
			};
			const result = await fixture.runOperation(operation.value, parameters, {
				items,
				onError: 'continueRegularOutput',
			});
			const errorMessages = collectItemResults(result, items.length, () => undefined)
				.map(({ message }) => message)
				.filter((message) => message !== undefined);
			// What GoFive does not know is not a matter of the contract.
			expect(errorMessages.filter((message) => !/^GoFive answered: [\w ]+ not found \(/.test(message))).toEqual([]);
			expect(fixture.sandbox.requestLog.filter(({ status = 0 }) => status < 200 || status > 299)).toEqual([]);
			const requestCount = fixture.findRequests(operationId).length;
			if (getEffect(buildOperationRequest(operation, getExampleParameters(operation))) === 'write' && !operation.batch)
				expect(requestCount).toBe(items.length);
			else expect(requestCount).toBeGreaterThan(0);
		}),
		{ numRuns: deepRuns(25) },
	);
});
