// What a user reads if parts cannot be read: when the trigger is published, in a poll, and with Fetch Test Event. Which
// polls fail, and what they store, is in triggerModelBased.
import { NodeApiError } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import { SANDBOX_CREDENTIAL_DATA } from '../../../sandbox/index.mts';
import { addCustomers } from '../../../sandbox/addCustomers.mts';
import { expectNoSecretInTexts } from '../resultAssertions.cts';
import { buildStartMessage, setupTriggerFixture, getEventIds } from '../triggerFixture.cts';
import { buildRejection, buildServerError } from '../../support/expectedMessages.cts';

const fixture = setupTriggerFixture();

const SECRET = SANDBOX_CREDENTIAL_DATA.subscriptionApiKey;
const THREE_CUSTOMERS = { customerCodes: 'A,B,C' };
const SERVER_ERROR = buildServerError(500);
/** Customers whose code begins with Z do not exist. */
const UNKNOWN_CODE = buildRejection('Customer not found');
const TRY_LATER = messages.connectionLost.description;
const PUBLISH_AGAIN = 'Publish (in n8n 1: activate) the workflow again once all records can be read.';
const NEXT_POLL = 'The trigger tries again at the next poll.';
const CORRECT_CODE = "Correct the code in 'Customer Codes'";

/** Codes to watch, codes whose requests fail with HTTP 500, and the texts that are shown. */
type MessageCase = [customerCodes: string, failingCodes: string[], message: string, description: string];

test.each<MessageCase>([
	['A,B,C', ['B', 'C'], buildStartMessage('Events of customers B, C', SERVER_ERROR), PUBLISH_AGAIN],
	['A,Z9', [], buildStartMessage('Events of customer Z9', UNKNOWN_CODE), CORRECT_CODE],
	['A,Z9', ['A'], buildStartMessage('Events of customers A, Z9', `${SERVER_ERROR}; ${UNKNOWN_CODE}`), PUBLISH_AGAIN],
	['A,B', ['A', 'B'], SERVER_ERROR, TRY_LATER],
])(
	'publishing %s, of which %j fail: a message, and a later attempt reads all',
	async (customerCodes, failingCodes, message, description) => {
		const workflow = fixture.createWorkflow({ customerCodes });
		for (const code of failingCodes) fixture.failRequests(code);
		const { error } = await workflow.activate();
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ message, description: expect.stringContaining(description) });
		expect(workflow.storedStaticData).toEqual({});
		addCustomers(fixture.sandbox.records, ['Z9']);
		expect(getEventIds(await workflow.activate())).toEqual([]);
	},
);

test('events without a type cannot be limited to event types', async () => {
	fixture.respondWith('A', [{ eventId: 1, kind: 1 }]);
	const { error } = await fixture.createWorkflow({ eventTypes: [1] }).activate();
	expect(error).toMatchObject({
		message: expect.stringContaining("GoFive returned customer events without 'Event Type ID'"),
		description: expect.stringContaining('contains the fields eventId, kind'),
	});
});

test.each<MessageCase>([
	['A,B', ['B'], `Events of customer B could not be read: ${SERVER_ERROR}`, TRY_LATER],
	['A,B', ['A', 'B'], SERVER_ERROR, TRY_LATER],
	['Z9', [], `Events of customer Z9 could not be read: ${UNKNOWN_CODE}`, CORRECT_CODE],
	['A,Z8,Z9', [], `Events of customers Z8, Z9 could not be read: ${UNKNOWN_CODE}`, CORRECT_CODE],
])(
	'Fetch Test Event of %s without events, of which %j fail: a message',
	async (customerCodes, failingCodes, message, description) => {
		for (const code of failingCodes) fixture.failRequests(code);
		const { data, error } = await fixture.fetchTestEvent({ customerCodes });
		expect(data).toBeNull();
		expect(error).toMatchObject({ message, description: expect.stringContaining(description) });
	},
);

test('Fetch Test Event shows the first event of the selected types, although other customers cannot be read', async () => {
	// More events of another type than a test reads of a list in pages.
	for (let index = 0; index < 20; index += 1) fixture.createEvent('A', 0, 2);
	const id = fixture.createEvent('A');
	fixture.failRequests('B');
	const parameters = { customerCodes: 'Z8,B,A,Z9', eventTypes: [1] };
	expect(getEventIds(await fixture.fetchTestEvent(parameters))).toEqual([id]);
});

test('bounds the message about many long codes, each with a different reason', async () => {
	const codes = Array.from({ length: 40 }, (_, index) => `Z${index}-${'ก'.repeat(400)}`);
	for (const [index, customerCode] of codes.entries()) {
		const status = { code: '4001', description: `Reason ${index} ${'x'.repeat(500)}` };
		fixture.addFault({ customerCode }, { status: 200, body: { status, data: null } });
	}
	const { error } = await fixture.fetchTestEvent({ customerCodes: codes.join() });
	expect(error?.message.length).toBeLessThan(3000);
	expect(error?.message).toMatch(
		/^Events of customers Z0-ก+…, .* and 20 more could not be read: .*: Reason 0 x.*; .* and 37 more$/,
	);
	expect(error).toMatchObject({ description: expect.stringMatching(/^.{1,500}$/) });
});

test('a poll reports a customer who fails once per three consecutive polls', async () => {
	const workflow = await fixture.activateWorkflow(THREE_CUSTOMERS);
	fixture.failRequests('B', 6);
	const reports: string[][] = [];
	for (let poll = 0; poll < 7; poll++) {
		const { emittedErrors } = await workflow.poll();
		reports.push(emittedErrors.map((error) => `${error.message}. ${(error as NodeApiError).description}`));
	}
	const report = `Events of customer B could not be read in 3 consecutive polls: ${SERVER_ERROR}. GoFive's message: "Internal Server Error". ${TRY_LATER} The trigger reports these records once they can be read again. Everything else is watched as usual. ${NEXT_POLL}`;
	expect(reports).toEqual([[], [], [report], [], [], [report], []]);
});

test('a poll that can read nothing throws what concerns all, so that n8n retries', async () => {
	const workflow = await fixture.activateWorkflow(THREE_CUSTOMERS);
	fixture.addFault({}, { kind: 'quota' }, { times: 'always' });
	const { error, emittedErrors } = await workflow.poll();
	expect(error).toMatchObject({
		message: messages.quota('').message,
		description: expect.stringMatching(new RegExp(`${NEXT_POLL}$`)),
		httpCode: '403',
		failure: { cause: 'quota-exhausted' },
	});
	expect(emittedErrors).toEqual([]);
});

test.each(['init', 'leadershipChange'] as const)(
	'an activation that no user starts (%s) reports that it can read nothing, and the next poll continues',
	async (mode) => {
		const workflow = await fixture.activateWorkflow(THREE_CUSTOMERS);
		fixture.addFault({}, { kind: 'quota' }, { times: 'always' });
		const { error, emittedErrors } = await workflow.activate(mode);
		expect(error).toBeUndefined();
		expect(emittedErrors).toMatchObject([{ message: messages.quota('').message }]);
		fixture.sandbox.faults.clear();
		const id = fixture.createEvent('B');
		expect(getEventIds(await workflow.poll())).toEqual([id]);
	},
);

test('after a quota that was used up in between, the next poll begins with the customers that were not read', async () => {
	const workflow = await fixture.activateWorkflow({ customerCodes: 'A, B, C', options: { maxParallelRequests: 1 } });
	fixture.addFault({ customerCode: 'B' }, { kind: 'quota' }, { times: 'always' });
	const id = fixture.createEvent('C');
	expect(getEventIds(await workflow.poll())).toEqual([]);
	fixture.sandbox.requestLog.length = 0;
	expect(getEventIds(await workflow.poll())).toEqual([id]);
	expect(fixture.requestedCustomerCodes[0]).toBe('C');
});

test('after a server start, an event that is nested too deeply delays only its customer', async () => {
	const workflow = await fixture.activateWorkflow({ customerCodes: 'A, B', triggerOn: 'newOrChangedEvent' });
	const nested = JSON.parse('['.repeat(3000) + ']'.repeat(3000)) as object;
	fixture.respondWith('A', [{ eventId: 99, eventType: 1, unwatchedKey: nested }]);
	const a = fixture.createEvent('A');
	const b = fixture.createEvent('B');
	expect(getEventIds(await workflow.restart())).toEqual([b]);
	expect(getEventIds(await workflow.poll())).toEqual([a]);
});

test.each([
	['of an object without a list', { [SECRET]: 1, other: 2 }, 'Fields in the response: ***, other.'],
	['of an event without an ID', [{ [SECRET]: 1 }], 'contains the fields ***.'],
])('a key %s is shown, and a secret in it is masked', async (_, data, description) => {
	const workflow = fixture.createWorkflow(THREE_CUSTOMERS);
	fixture.respondWith('B', data);
	const { error } = await workflow.activate();
	expect(error).toMatchObject({ description: expect.stringContaining(description) });
	expectNoSecretInTexts(fixture, JSON.stringify(error));
});

test('no secret is in the state, in errors or in logs', async () => {
	const workflow = fixture.createWorkflow(THREE_CUSTOMERS);
	const results = [await workflow.activate()];
	fixture.failRequests('B', 'always');
	for (let poll = 0; poll < 3; poll++) results.push(await workflow.poll());
	fixture.sandbox.tokens.expireAll();
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
