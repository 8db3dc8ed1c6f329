import { deepRuns } from '../../support/deepRuns.cts';
import fc from 'fast-check';
import {
	buildItemExpressionParameters,
	isLiteralOnly,
	satisfiesFieldRules,
	allOperations,
	getOperationProperties,
} from '../../support/operationParameters.cts';
import { createValidParametersArbitrary } from '../../support/validParameters.cts';
import { collectItemResults } from '../resultAssertions.cts';
import { findOperationId } from '../operationRequest.cts';
import { setupExecutionFixture } from '../executionFixture.cts';

const fixture = setupExecutionFixture({ resetsForEachTest: false });

/** Parts that distinguish requests. */
const REQUEST_PARTS = ['method', 'path', 'query', 'body'] as const;

const timeZones = fc.constantFrom('Asia/Bangkok', 'America/New_York', 'UTC', 'Asia/Kathmandu');

/** Whether a node can store a value literally. n8n reads a text that begins with "=" as an expression. */
const isLiteral = (value: unknown): boolean => !/"=/.test(JSON.stringify(value));

test.each(allOperations)('$name: no request with valid parameters breaks the contract', async (entry) => {
	const { operation, resource } = entry;
	const operationId = await findOperationId(entry);
	const itemArbitrary = fc
		.tuple(createValidParametersArbitrary(operation), timeZones)
		.filter(([parameters]) => satisfiesFieldRules(operation, parameters))
		.map(([parameters, timeZone]): Record<string, unknown> => ({ ...parameters, timeZone }));
	// Rows as JSON belong to the literal parameter that selects JSON.
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
			// Unknown records do not break the contract.
			expect(
				errorMessages.filter((message) => !/^GoFive rejected the request: [\w ]+ not found \(/.test(message)),
			).toEqual([]);
			expect(fixture.sandbox.requestLog.filter(({ status = 0 }) => status < 200 || status > 299)).toEqual([]);
			const requests = fixture
				.findRequests(operationId)
				.map((request) => REQUEST_PARTS.map((part) => request[part]).join(' '));
			// A batch sends several items at once, and equal reads share a request. Changes Data makes a request a write.
			const isSentPerItem = operation.effect === 'write' && !operation.batchSize;
			expect(requests.length).toBeGreaterThanOrEqual(isSentPerItem ? items.length : 1);
			const isRead = operation.effect === 'read' && !operation.fields.changesData;
			expect(requests.length).toBeLessThanOrEqual(isRead ? new Set(requests).size : items.length);
		}),
		{ numRuns: deepRuns(25) },
	);
});
