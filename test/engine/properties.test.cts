import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Answer } from '../../sandbox/index.mts';
import { asJson, someBody, someDateText, someText } from '../unit/properties.cts';
import { accountsOf, expectNoSecretIn } from './accounts.cts';
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

const READ = { customerCode: '={{ $json.code }}' };
const WRITE = { ...READ, eventName: 'n', eventType: 1, eventDate: '2025-01-01' };
const OPERATIONS: Record<string, { parameters: IDataObject; operationId: string }> = {
	getByCustomerCode: { parameters: READ, operationId: 'getCustomerEvents' },
	create: { parameters: WRITE, operationId: 'createCustomerEvent' },
	update: { parameters: { ...WRITE, eventId: '1' }, operationId: 'updateCustomerEvent' },
	delete: { parameters: { eventId: '1' }, operationId: 'deleteCustomerEvent' },
	getTypes: { parameters: {}, operationId: 'getCustomerEventTypes' },
};
const ITEMS = [{ code: 'C000055' }, { code: 'C000154' }];
const someOperation = fc.constantFrom(...Object.keys(OPERATIONS));
const someOutput = fc.constantFrom('simplified', 'raw', 'selected');

async function meet(operation: string, answer: Answer, times: number | 'always', output: string): Promise<Result> {
	world.sandbox.reset();
	const { parameters, operationId } = OPERATIONS[operation] ?? { parameters: {}, operationId: '' };
	world.sandbox.addFault({ match: { operationId }, times, answer });
	const options = { items: ITEMS, onError: 'continueRegularOutput' as const };
	return await world.run(operation, operation === 'delete' ? parameters : { ...parameters, output }, options);
}

test('whatever GoFive answers with success', async () => {
	await fc.assert(
		fc.asyncProperty(someOperation, someBody, someOutput, async (operation, body, output) => {
			const result = await meet(operation, { status: 200, body: Buffer.from(body), headers: { 'content-type': 'application/json' } }, 'always', output);
			expectAccounted(result, ITEMS.length);
			if (!['getByCustomerCode', 'getTypes'].includes(operation)) expect(world.sent(OPERATIONS[operation]?.operationId ?? '')).toHaveLength(ITEMS.length);
		}),
		{ numRuns: 120 },
	);
}, 60_000);

test('whatever status and Retry-After it answers with', async () => {
	const headers = fc.record({ 'retry-after': fc.oneof(fc.integer({ min: -5, max: 9999 }).map(String), fc.base64String()) }, { requiredKeys: [] });
	const status = fc.oneof(fc.constantFrom(204, 301, 401, 403, 429, 500, 503), fc.integer({ min: 200, max: 599 }).filter((code) => code !== 304));
	await fc.assert(
		fc.asyncProperty(someOperation, status, headers, someBody, fc.integer({ min: 1, max: 6 }), async (operation, code, given, body, times) => {
			expectAccounted(await meet(operation, { status: code, body: Buffer.from(body), headers: given }, times, 'raw'), ITEMS.length);
		}),
		{ numRuns: 100 },
	);
}, 60_000);

test('whatever the items hold', async () => {
	const some = fc.oneof(fc.jsonValue(), someText, someDateText, fc.integer());
	const names = ['customerCode', 'eventTypes', 'dateRange', 'dateFrom', 'dateTo', 'eventName', 'eventType', 'eventDate', 'description', 'eventId', 'limit', 'output', 'timeZone'];
	const usual = { customerCode: 'C000055', eventTypes: [], dateRange: 'custom', dateFrom: '', dateTo: '', eventName: 'n', eventType: 1, eventDate: '2025-01-01', description: '', eventId: 1, limit: 5, output: 'raw', timeZone: 'Asia/Bangkok' };
	const item = fc.record(Object.fromEntries(names.map((name) => [name, some])), { requiredKeys: [] }).map((odd) => JSON.parse(asJson({ ...usual, ...odd })) as IDataObject);
	const expressions = Object.fromEntries(names.filter((name) => name !== 'timeZone').map((name) => [name, `={{ $json.${name} }}`]));
	world.sandbox.reset();
	await fc.assert(
		fc.asyncProperty(someOperation, fc.array(item, { minLength: 1, maxLength: 3 }), async (operation, items) => {
			const parameters = { ...expressions, returnAll: false, options: { timeZone: '={{ $json.timeZone }}' } };
			const result = await world.run(operation, parameters, { items, onError: 'continueRegularOutput' });
			// An item hands its own keys on beside the message; none of them is called error.
			expectAccounted(result, items.length);
		}),
		{ numRuns: 120 },
	);
}, 60_000);
