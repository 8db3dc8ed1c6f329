import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { FaultResponse } from '../../sandbox/index.mts';
import { getEffect } from '../../nodes/GoFive/api/request/request';
import {
	buildItemExpressionParameters,
	findOperation,
	allOperations,
	getExampleParameters,
	buildOperationRequest,
} from '../support/operationParameters.cts';
import { toJsonText, responseBodyArbitrary, dateTextArbitrary, textArbitrary } from '../support/arbitraries.cts';
import { collectItemResults, expectNoSecretInResult } from './resultAssertions.cts';
import { loadOperationRequest } from './operationRequest.cts';
import { installSimulatedClock, ExecutionFixture } from './executionFixture.cts';

const fixture = new ExecutionFixture();
const unhandledRejections: unknown[] = [];
const recordRejection = (reason: unknown): void => void unhandledRejections.push(reason);
let simulatedClock: ReturnType<typeof installSimulatedClock>;
beforeAll(async () => {
	await fixture.start();
	process.on('unhandledRejection', recordRejection);
});
afterAll(async () => {
	process.off('unhandledRejection', recordRejection);
	await fixture.stop();
});
beforeEach(() => {
	simulatedClock = installSimulatedClock();
});
afterEach(() => simulatedClock.restore());

/** A text that quotes what was given or answered, so only its form is known. */
function expectSentences(text: unknown): void {
	expect(text).toEqual(expect.stringMatching(/\S.*\. \S.*\S/s));
}

type OperationResult = Awaited<ReturnType<ExecutionFixture['runOperation']>>;

/** Data or one message for every item; nothing thrown, nothing left behind, nothing told. */
function expectItemResults(result: OperationResult, items: number): void {
	for (const { data, message } of collectItemResults(result, items, expectSentences)) {
		if (message === undefined) expect(data.every((json) => typeof json === 'object')).toBe(true);
	}
	expectNoSecretInResult(fixture, result);
	expect(unhandledRejections).toEqual([]);
}

const ITEMS = [{ code: 'C000055' }, { code: 'C000154' }];
const someOperation = fc.constantFrom(...allOperations.map(({ name }) => name));
const someOutput = fc.constantFrom('simplified', 'raw', 'selected');

async function runWithFault(
	name: string,
	answer: FaultResponse,
	times: number | 'always',
	output: string,
): Promise<OperationResult> {
	const listed = findOperation(name);
	const { operation, resource } = listed;
	fixture.sandbox.reset();
	fixture.sandbox.addFault({ match: { operationId: (await loadOperationRequest(listed)).operationId }, times, answer });
	const code = operation.fields.customerCode ? { customerCode: '={{ $json.code }}' } : {};
	const parameters = {
		resource,
		...(getExampleParameters(operation) as IDataObject),
		...code,
		...(operation.fields.output ? { output } : {}),
	};
	return await fixture.runOperation(operation.value, parameters, { items: ITEMS, onError: 'continueRegularOutput' });
}

test('whatever GoFive answers with success', async () => {
	await fc.assert(
		fc.asyncProperty(someOperation, responseBodyArbitrary, someOutput, async (name, body, output) => {
			const result = await runWithFault(
				name,
				{ status: 200, body: Buffer.from(body), headers: { 'content-type': 'application/json' } },
				'always',
				output,
			);
			expectItemResults(result, ITEMS.length);
			const listed = findOperation(name);
			if (getEffect(buildOperationRequest(listed.operation, getExampleParameters(listed.operation))) === 'write')
				expect(fixture.findRequests((await loadOperationRequest(listed)).operationId)).toHaveLength(ITEMS.length);
		}),
		{ numRuns: 120 },
	);
});

test('whatever status and Retry-After it answers with', async () => {
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
			someOperation,
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
		{ numRuns: 100 },
	);
});

test('whatever the items hold', async () => {
	const anyValue = fc.oneof(fc.jsonValue(), textArbitrary, dateTextArbitrary, fc.integer());
	const exampleParameters = Object.assign(
		{},
		...allOperations.map(({ operation }) => getExampleParameters(operation)),
		{ returnAll: false, timeZone: 'Asia/Bangkok' },
	) as IDataObject;
	const item = fc
		.record(Object.fromEntries(Object.keys(exampleParameters).map((name) => [name, anyValue])), { requiredKeys: [] })
		.map((overrides) => JSON.parse(toJsonText({ ...exampleParameters, ...overrides })) as IDataObject);
	fixture.sandbox.reset();
	await fc.assert(
		fc.asyncProperty(someOperation, fc.array(item, { minLength: 1, maxLength: 3 }), async (operationName, items) => {
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
			// An item hands its own keys on beside the message; none of them is called error.
			expectItemResults(result, items.length);
		}),
		{ numRuns: 120 },
	);
});
