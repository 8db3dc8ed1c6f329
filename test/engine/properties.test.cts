import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Answer } from '../../sandbox/index.mts';
import { effectOf } from '../../nodes/GoFive/api/request/request';
import { fromItemOf, operationNamed, operations, parametersOf, requestOf } from '../operations.cts';
import { asJson, someBody, someDateText, someText } from '../unit/properties.cts';
import { accountsOf, expectNoSecretIn } from './accounts.cts';
import { sendsOf } from './requests.cts';
import { skipWaiting, World } from './world.cts';

const world = new World();
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
let waiting: ReturnType<typeof skipWaiting>;
beforeAll(async () => {
	await world.open();
	process.on('unhandledRejection', note);
});
afterAll(async () => {
	process.off('unhandledRejection', note);
	await world.close();
});
beforeEach(() => {
	waiting = skipWaiting();
});
afterEach(() => waiting.restore());

/** A text that quotes what was given or answered, so only its form is known. */
function expectSentences(text: unknown): void {
	expect(text).toEqual(expect.stringMatching(/\S.*\. \S.*\S/s));
}

type Result = Awaited<ReturnType<World['run']>>;

/** Data or one message for every item; nothing thrown, nothing left behind, nothing told. */
function expectAccounted(result: Result, items: number): void {
	for (const { data, message } of accountsOf(result, items, expectSentences)) {
		if (message === undefined) expect(data.every((json) => typeof json === 'object')).toBe(true);
	}
	expectNoSecretIn(world, result);
	expect(unhandled).toEqual([]);
}

const ITEMS = [{ code: 'C000055' }, { code: 'C000154' }];
const someOperation = fc.constantFrom(...operations.map(({ name }) => name));
const someOutput = fc.constantFrom('simplified', 'raw', 'selected');

async function meet(name: string, answer: Answer, times: number | 'always', output: string): Promise<Result> {
	const listed = operationNamed(name);
	const { operation, resource } = listed;
	world.sandbox.reset();
	world.sandbox.addFault({ match: { operationId: (await sendsOf(listed)).sends }, times, answer });
	const code = operation.fields.customerCode ? { customerCode: '={{ $json.code }}' } : {};
	const parameters = { resource, ...(parametersOf(operation) as IDataObject), ...code, ...(operation.fields.output ? { output } : {}) };
	return await world.run(operation.value, parameters, { items: ITEMS, onError: 'continueRegularOutput' });
}

test('whatever GoFive answers with success', async () => {
	await fc.assert(
		fc.asyncProperty(someOperation, someBody, someOutput, async (name, body, output) => {
			const result = await meet(name, { status: 200, body: Buffer.from(body), headers: { 'content-type': 'application/json' } }, 'always', output);
			expectAccounted(result, ITEMS.length);
			const listed = operationNamed(name);
			if (effectOf(requestOf(listed.operation, parametersOf(listed.operation))) === 'write') expect(world.sent((await sendsOf(listed)).sends)).toHaveLength(ITEMS.length);
		}),
		{ numRuns: 120 },
	);
});

test('whatever status and Retry-After it answers with', async () => {
	const headers = fc.record({ 'retry-after': fc.oneof(fc.integer({ min: -5, max: 9999 }).map(String), fc.base64String()) }, { requiredKeys: [] });
	const status = fc.oneof(fc.constantFrom(204, 301, 401, 403, 429, 500, 503), fc.integer({ min: 200, max: 599 }).filter((code) => code !== 304));
	await fc.assert(
		fc.asyncProperty(someOperation, status, headers, someBody, fc.integer({ min: 1, max: 6 }), async (name, code, given, body, times) => {
			expectAccounted(await meet(name, { status: code, body: Buffer.from(body), headers: given }, times, 'raw'), ITEMS.length);
		}),
		{ numRuns: 100 },
	);
});

test('whatever the items hold', async () => {
	const some = fc.oneof(fc.jsonValue(), someText, someDateText, fc.integer());
	const usual = Object.assign({}, ...operations.map(({ operation }) => parametersOf(operation)), { returnAll: false, timeZone: 'Asia/Bangkok' }) as IDataObject;
	const item = fc.record(Object.fromEntries(Object.keys(usual).map((name) => [name, some])), { requiredKeys: [] }).map((odd) => JSON.parse(asJson({ ...usual, ...odd })) as IDataObject);
	world.sandbox.reset();
	await fc.assert(
		fc.asyncProperty(someOperation, fc.array(item, { minLength: 1, maxLength: 3 }), async (chosen, items) => {
			const { operation, resource } = operationNamed(chosen);
			const parameters = { resource, ...fromItemOf(operation), options: { timeZone: '={{ $json.timeZone }}' } };
			const result = await world.run(operation.value, parameters, { items, onError: 'continueRegularOutput' });
			// An item hands its own keys on beside the message; none of them is called error.
			expectAccounted(result, items.length);
		}),
		{ numRuns: 120 },
	);
});
