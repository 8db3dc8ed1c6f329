import { deepRuns } from '../../support/deepRuns.cts';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { FaultResponse } from '../../../sandbox/index.mts';
import type { Effect } from '../../../nodes/GoFive/api/request';
import {
	buildItemExpressionParameters,
	findOperation,
	allOperations,
	getExampleParameters,
} from '../../support/operationParameters.cts';
import { toJsonText, responseBodyArbitrary, dateTextArbitrary, textArbitrary } from '../../support/arbitraries.cts';
import { collectItemResults, expectNoSecretInResult } from '../resultAssertions.cts';
import { findOperationId } from '../operationRequest.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();
const unhandledRejections: unknown[] = [];
const recordRejection = (reason: unknown): void => void unhandledRejections.push(reason);
beforeAll(() => void process.on('unhandledRejection', recordRejection));
afterAll(() => void process.off('unhandledRejection', recordRejection));

/** Expects at least two sentences. The text quotes arbitrary input, so only its form is known. */
function expectSentences(text: unknown): void {
	expect(text).toEqual(expect.stringMatching(/\S.*\. \S.*\S/s));
}

type OperationResult = Awaited<ReturnType<typeof fixture.runOperation>>;

/** Expects data or one message for every item, no unhandled rejection, and no secret anywhere. */
function expectItemResults(result: OperationResult, items: number): void {
	const outputData = collectItemResults(result, items, expectSentences).flatMap(({ data }) => data);
	expect(outputData.filter((json) => typeof json !== 'object')).toEqual([]);
	expectNoSecretInResult(fixture, result);
	expect(unhandledRejections).toEqual([]);
}

const ITEMS = [{ code: 'C000055' }, { code: 'C000154' }];
/** Names of the operations with one of these effects. */
const nameArbitraryOf = (...effects: Effect[]) =>
	fc.constantFrom(
		...allOperations.filter(({ operation }) => effects.includes(operation.effect)).map(({ name }) => name),
	);
const operationNames = nameArbitraryOf('read', 'write');
const outputModes = fc.constantFrom('simplified', 'raw', 'selected');

async function runWithFault(
	name: string,
	answer: FaultResponse,
	times: number | 'always',
	output: string,
): Promise<OperationResult> {
	const entry = findOperation(name);
	const { fields } = entry.operation;
	fixture.sandbox.reset();
	fixture.addFault(await findOperationId(entry), answer, { times });
	const parameters = {
		...(fields.customerCode && { customerCode: '={{ $json.code }}' }),
		...(fields.output && { output }),
	};
	return await fixture.runExample(name, parameters, { items: ITEMS, onError: 'continueRegularOutput' });
}

test.each<[Effect, fewest: number, most: number]>([
	// Each item has at most five attempts.
	['read', 1, 5 * ITEMS.length],
	['write', ITEMS.length, ITEMS.length],
])('any successful response to a %s', async (effect, fewestRequests, mostRequests) => {
	await fc.assert(
		fc.asyncProperty(nameArbitraryOf(effect), responseBodyArbitrary, outputModes, async (name, body, output) => {
			const result = await runWithFault(
				name,
				{ status: 200, body: Buffer.from(body), headers: { 'content-type': 'application/json' } },
				'always',
				output,
			);
			expectItemResults(result, ITEMS.length);
			const requestCount = fixture.findRequests(await findOperationId(findOperation(name))).length;
			expect(requestCount).toBeGreaterThanOrEqual(fewestRequests);
			expect(requestCount).toBeLessThanOrEqual(mostRequests);
		}),
		{ numRuns: deepRuns(60) },
	);
});

test('any status and Retry-After', async () => {
	const headers = fc.record(
		{ 'retry-after': fc.oneof(fc.integer({ min: -5, max: 9999 }).map(String), fc.base64String()) },
		{ requiredKeys: [] },
	);
	const status = fc.oneof(
		fc.constantFrom(204, 301, 401, 403, 429, 500, 503),
		fc.integer({ min: 200, max: 599 }).filter((code) => code !== 304),
	);
	await fc.assert(
		fc.asyncProperty(
			operationNames,
			status,
			headers,
			responseBodyArbitrary,
			fc.integer({ min: 1, max: 6 }),
			async (name, code, headerValues, body, times) => {
				expectItemResults(
					await runWithFault(name, { status: code, body: Buffer.from(body), headers: headerValues }, times, 'raw'),
					ITEMS.length,
				);
			},
		),
		{ numRuns: deepRuns(100) },
	);
});

test('any input items', async () => {
	const anyValues = fc.oneof(fc.jsonValue(), textArbitrary, dateTextArbitrary, fc.integer());
	const exampleParameters = Object.assign(
		{},
		...allOperations.map(({ operation }) => getExampleParameters(operation)),
		{ returnAll: false, timeZone: 'Asia/Bangkok' },
	) as IDataObject;
	const item = fc
		.record(Object.fromEntries(Object.keys(exampleParameters).map((name) => [name, anyValues])), {
			requiredKeys: [],
		})
		.map((overrides) => JSON.parse(toJsonText({ ...exampleParameters, ...overrides })) as IDataObject);
	await fc.assert(
		fc.asyncProperty(operationNames, fc.array(item, { minLength: 1, maxLength: 3 }), async (operationName, items) => {
			const { operation, resource } = findOperation(operationName);
			const parameters = {
				resource,
				...buildItemExpressionParameters(operation),
				options: { timeZone: '={{ $json.timeZone }}' },
			};
			const result = await fixture.runOperation(operation.value, parameters, {
				items,
				onError: 'continueRegularOutput',
			});
			// Failed items keep their input keys next to the message. No input key is called error.
			expectItemResults(result, items.length);
		}),
		{ numRuns: deepRuns(120) },
	);
});
