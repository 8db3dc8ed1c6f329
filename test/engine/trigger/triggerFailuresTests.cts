import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { SANDBOX_CREDENTIAL_DATA } from '../../../sandbox/index.mts';
import { expectNoSecretInTexts } from '../resultAssertions.cts';
import { buildStaticData, readStaticData } from '../triggerWorkflow.cts';
import { setupTriggerFixture, getEventIds } from '../triggerFixture.cts';

const fixture = setupTriggerFixture();

const SECRET = SANDBOX_CREDENTIAL_DATA.subscriptionApiKey;
const THREE_CUSTOMERS = { customerCodes: 'A,B,C' };

describe('activation', () => {
	test('fails, stores nothing and names the customers without a baseline that cannot be read', async () => {
		const workflow = fixture.createWorkflow(THREE_CUSTOMERS);
		fixture.failRequests('B');
		fixture.failRequests('C');
		const { error } = await workflow.activate();
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message:
				'Events of customers B, C could not be read, so the trigger cannot start: GoFive could not handle the request (HTTP 500)',
			description: expect.stringContaining(
				'Publish (in n8n 1: activate) the workflow again once all of them can be read.',
			),
			httpCode: '500',
		});
		expect(workflow.storedStaticData).toEqual({});
		expect(getEventIds(await workflow.activate())).toEqual([]);
	});

	test("names an unknown code, with GoFive's text, and requests it again when n8n retries", async () => {
		const trigger = fixture.createWorkflow({ customerCodes: 'A,Z9' }).load();
		expect((await trigger.poll()).error?.message).toBe(
			'Events of customer Z9 could not be read, so the trigger cannot start: GoFive rejected the request: Customer not found (code 4001)',
		);
		fixture.sandbox.store.ensureCustomer('Z9');
		expect(getEventIds(await trigger.poll())).toEqual([]);
	});

	test.each<[unknown, string]>([
		[{ message: 'hello' }, 'Keys in the response: message.'],
		[[{ ID: 1, Title: 'ก' }], 'The record contains the keys ID, Title.'],
	])('and a manual test fail if a response has no events but %j', async (data, expectedDescription) => {
		const workflow = fixture.createWorkflow(THREE_CUSTOMERS);
		const unknownFormat = {
			message: expect.stringMatching(
				/^Events of customer B could not be read(?:, so the trigger cannot start)?: GoFive returned (?:a response in an unknown format|customer events without eventId)/,
			),
			description: expect.stringContaining(expectedDescription),
		};
		fixture.respondWith('B', data);
		expect((await workflow.load().poll({ mode: 'manual' })).error).toMatchObject(unknownFormat);
		fixture.respondWith('B', data);
		expect((await workflow.activate()).error).toMatchObject(unknownFormat);
	});

	test('names all customers if none can be read and their causes differ', async () => {
		fixture.failRequests('A');
		expect((await fixture.createWorkflow({ customerCodes: 'A,Z9' }).activate()).error?.message).toBe(
			'Events of customers A, Z9 could not be read, so the trigger cannot start: GoFive could not handle the request (HTTP 500); GoFive rejected the request: Customer not found (code 4001)',
		);
	});

	test.each(['init', 'leadershipChange'] as const)(
		'by n8n (%s) only reports that nothing can be read, since n8n would stop the trigger',
		async (mode) => {
			const workflow = await fixture.activateWorkflow(THREE_CUSTOMERS);
			const before = workflow.storedStaticData;
			const b = fixture.createEvent('B');
			for (const code of ['A', 'B', 'C']) fixture.failRequests(code, 2);
			const { error, data, emittedErrors } = await workflow.activate(mode);
			expect([error, data, emittedErrors.map(({ message }) => message)]).toEqual([
				undefined,
				null,
				['GoFive could not handle the request (HTTP 500)'],
			]);
			expect(workflow.storedStaticData).toEqual(before);
			// n8n repeats later polls that fail.
			expect((await workflow.poll()).error?.message).toBe('GoFive could not handle the request (HTTP 500)');
			expect(getEventIds(await workflow.poll())).toEqual([b]);
		},
	);

	test.each(['eventName', 'unwatchedKey'])('by n8n continues if %s of an event is nested too deeply', async (key) => {
		const workflow = await fixture.activateWorkflow({ customerCodes: 'A, B', triggerOn: 'newOrChangedEvent' });
		const nested = JSON.parse('['.repeat(3000) + ']'.repeat(3000)) as object;
		fixture.respondWith('A', [{ eventId: 99, eventType: 1, [key]: nested }]);
		const a = fixture.createEvent('A');
		const b = fixture.createEvent('B');
		expect(getEventIds(await workflow.restart())).toEqual([b]);
		expect(getEventIds(await workflow.poll())).toEqual([a]);
	});

	test('by n8n fails if a customer has no baseline', async () => {
		const workflow = fixture.createWorkflow(THREE_CUSTOMERS);
		for (const code of ['A', 'B', 'C']) fixture.failRequests(code);
		expect((await workflow.restart()).error?.message).toBe('GoFive could not handle the request (HTTP 500)');
	});
});

describe('a poll', () => {
	test('reports a customer who fails once per three consecutive polls', async () => {
		const workflow = await fixture.activateWorkflow(THREE_CUSTOMERS);
		const b = fixture.createEvent('B');
		fixture.failRequests('B', 7);
		const reports: string[][] = [];
		for (let poll = 0; poll < 7; poll++) {
			const a = fixture.createEvent('A');
			const result = await workflow.poll();
			expect(getEventIds(result)).toEqual([a]);
			reports.push(result.emittedErrors.map((error) => `${error.message}. ${(error as NodeApiError).description}`));
		}
		const report =
			'Events of customer B could not be read in 3 consecutive polls: GoFive could not handle the request (HTTP 500). GoFive\'s message: "Internal Server Error". GoFive or the network may be temporarily unavailable. Try again in a few minutes. The trigger reports new records once they can be read again. Everything else is watched as usual. The trigger tries again at the next poll.';
		expect(reports).toEqual([[], [], [report], [], [], [report], []]);
		expect(getEventIds(await workflow.poll())).toEqual([b]);
		fixture.failRequests('B', 2);
		expect((await workflow.poll()).emittedErrors).toEqual([]);
		expect((await workflow.poll()).emittedErrors).toEqual([]);
	});

	test('throws if no customer can be read, so that n8n retries, and keeps the state', async () => {
		const workflow = await fixture.activateWorkflow(THREE_CUSTOMERS);
		const ids = ['A', 'B', 'C'].map((code) => fixture.createEvent(code));
		const before = workflow.memoryStaticData;
		for (const code of ['A', 'B', 'C']) fixture.addFault({ customerCode: code }, { kind: 'quota' });
		const { error, emittedErrors } = await workflow.poll();
		expect(error).toMatchObject({
			message: 'The call quota of your GoFive subscription is used up',
			httpCode: '403',
			failure: { cause: 'quota-exhausted' },
		});
		expect(emittedErrors).toEqual([]);
		expect(workflow.memoryStaticData).toEqual(before);
		expect(getEventIds(await workflow.poll())).toEqual(ids);
	});

	test('continues if an expression adds a customer who cannot be read, and stores the baseline in the next successful poll', async () => {
		// Environment variables are the only value of an expression that a test can change in an active workflow.
		const { N8N_BLOCK_ENV_ACCESS_IN_NODE: previousAccess = 'true' } = process.env;
		Object.assign(process.env, { N8N_BLOCK_ENV_ACCESS_IN_NODE: 'false', GOFIVE_TEST_CODES: 'A' });
		const workflow = await fixture.activateWorkflow({ customerCodes: '={{ $env.GOFIVE_TEST_CODES }}' });
		process.env.GOFIVE_TEST_CODES = 'A,B';
		const [a] = [fixture.createEvent('A'), fixture.createEvent('B')];
		fixture.failRequests('B');
		expect(getEventIds(await workflow.poll())).toEqual([a]);
		expect(getEventIds(await workflow.poll())).toEqual([]);
		const b = fixture.createEvent('B');
		expect(getEventIds(await workflow.poll())).toEqual([b]);
		process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE = previousAccess;
	});
});

test.each<[string, (stored: IDataObject) => unknown]>([
	['null', () => null],
	['an object of parts', (stored) => ({ ...stored, parts: { A: { seen: '' } } })],
	['a part with an unknown digest', (stored) => ({ ...stored, parts: [['A', { seen: '1.abc' }]] })],
])('invalid stored state, %s: the trigger starts again and reports no existing events', async (_, breakState) => {
	const workflow = await fixture.activateWorkflow({ options: { emitExisting: true } });
	fixture.createEvent('A');
	workflow.storedStaticData = buildStaticData(breakState(readStaticData(workflow.storedStaticData)));
	expect(getEventIds(await workflow.activate())).toEqual([]);
	const id = fixture.createEvent('A');
	expect(getEventIds(await workflow.poll())).toEqual([id]);
});

test.each([
	['of an object without a list', { [SECRET]: 1, other: 2 }],
	['of an event without an ID', [{ [SECRET]: 1 }]],
])('a secret in a key %s is masked', async (_, data) => {
	const workflow = fixture.createWorkflow(THREE_CUSTOMERS);
	fixture.respondWith('B', data);
	const { error } = await workflow.activate();
	expect(error).toMatchObject({ description: expect.stringContaining('***') });
	expectNoSecretInTexts(fixture, JSON.stringify(error));
});

test('no secret is in the state, in errors or in logs', async () => {
	const workflow = fixture.createWorkflow(THREE_CUSTOMERS);
	const results = [await workflow.activate()];
	fixture.failRequests('B', 'always');
	for (let poll = 0; poll < 3; poll++) results.push(await workflow.poll());
	fixture.sandbox.expireTokens();
	for (const code of ['A', 'C'])
		fixture.addFault({ customerCode: code }, { kind: 'unauthorized', because: 'token' }, { times: 'always' });
	results.push(await workflow.poll());
	expect(results[3]?.emittedErrors).toHaveLength(1);
	expect(results[4]?.error).toBeDefined();

	const texts = results.flatMap(({ logs, error, emittedErrors }) => [
		logs,
		...[error, ...emittedErrors].flatMap((shownError) => [JSON.stringify(shownError), String(shownError?.stack)]),
	]);
	expectNoSecretInTexts(fixture, ...texts, JSON.stringify(workflow.memoryStaticData));
	expect(fixture.findRequests('createToken').length).toBeGreaterThan(0);
});
