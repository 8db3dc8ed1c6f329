// What a user of each kind of operation sees after each outcome. Which response leads to which outcome, and which
// HTTP status or code of a connection is sent again, is in unit/responseTests.cts. The words of these messages are
// typed here only: other tests import them from nodes/GoFive/api/messages.ts and support/expectedMessages.cts.
import { stringify } from 'flatted';
import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { evaluate } from '../../../nodes/GoFive/api/evaluate';
import { responseToOutcome } from '../../../nodes/GoFive/api/outcome';
import type { ApiRequest } from '../../../nodes/GoFive/api/request';
import type { FaultResponse } from '../../../sandbox/index.mts';
import { addCustomers, buildCodes } from '../../../sandbox/addCustomers.mts';
import {
	collectItemResults,
	expectActionableMessage,
	expectFailedCredentialTest,
	expectNoSecretInResult,
	expectNoSecretInTexts,
	MAY_BE_DONE,
} from '../resultAssertions.cts';
import {
	EMPTY_GZIP,
	HANGING_RESPONSES,
	LOST_CONNECTIONS,
	RESPONSES,
	temporaryFailure,
	toFullResponse,
	type HttpResponse,
} from '../../support/responses.cts';
import { fastForwardSlowRequests } from '../fastForwardSlowRequests.cts';
import { runCredentialTest, runLoadOptions } from '../harness.cts';
import { emitSocketTimeout, onHangingRequest } from '../hangingRequests.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

let codes: string[];
let eventIds: number[];
const fixture = setupFixtureWithSimulatedClock(({ sandbox }) => {
	// The events of other customers would be built for each test.
	sandbox.records.customerEvents.records = [];
	for (const productCode of ['A', 'a']) sandbox.records.products.createFromRequest({ productCode });
	codes = addCustomers(sandbox.records, buildCodes(3, 'F'), 2);
	addCustomers(sandbox.records, ['D'], 3);
	eventIds = sandbox.records.customerEvents.find({ customerCode: 'D' }).map(({ eventId }) => Number(eventId));
});

/** Operation that sends one request for each of three items, in turn. */
interface OperationKind {
	/** `resource.operation` */
	name: string;
	operationId: string;
	parameters: IDataObject;
	isWrite: boolean;
}
const EVENT = { customerCode: 'F0001', eventName: 'นัดพบ', eventType: 1, eventDate: '2025-02-01T10:00:00' };
const ONE_AT_A_TIME = { maxParallelRequests: 1 };
const KINDS: Record<string, OperationKind> = {
	'a read': {
		name: 'customerEvent.getByCustomerCode',
		operationId: 'getCustomerEvents',
		parameters: { customerCode: '={{ $json.code }}', dateRange: 'allDates', output: 'raw', options: ONE_AT_A_TIME },
		isWrite: false,
	},
	'a list': {
		name: 'customer.getAll',
		operationId: 'findCustomers',
		parameters: { filters: { searchText: '={{ $json.keyword }}' }, limit: 1, output: 'raw', options: ONE_AT_A_TIME },
		isWrite: false,
	},
	'a write': {
		name: 'customerEvent.create',
		operationId: 'createCustomerEvent',
		parameters: { ...EVENT, customerCode: '={{ $json.code }}', output: 'raw' },
		isWrite: true,
	},
	// Codes that differ only in the case of their letters are sent in different requests.
	'a batch': {
		name: 'product.updateStock',
		operationId: 'updateStock',
		parameters: { productCode: '={{ $json.productCode }}', qty: 1 },
		isWrite: true,
	},
	'a deletion': {
		name: 'customerEvent.delete',
		operationId: 'deleteCustomerEvent',
		parameters: { eventId: '={{ $json.eventId }}' },
		isWrite: true,
	},
	'Any Endpoint, which reads': {
		name: 'endpoint.sendRequest',
		operationId: 'getCustomer',
		parameters: { path: '=/v3/customers/{{ $json.code }}', options: ONE_AT_A_TIME },
		isWrite: false,
	},
	'Any Endpoint, which changes data': {
		name: 'endpoint.sendRequest',
		operationId: 'createCustomerEvent',
		parameters: {
			method: 'POST',
			path: '/v1/customerEvent',
			changesData: true,
			body: `={{ JSON.stringify({ ...${JSON.stringify(EVENT)}, customerCode: $json.code }) }}`,
		},
		isWrite: true,
	},
};

/** What happens to the item whose request has an outcome, and to the items after it. */
type Effect = 'succeeds' | 'is sent again' | 'fails' | 'may be saved' | 'ends the run';

/** Outcome that a user can tell apart, with one response that leads to it. */
interface OutcomeCase {
	response: FaultResponse;
	/** Beginning of the message. */
	message: RegExp;
	/** Effects on a read and on a write. Default to the effects of the meaning of the response. */
	effects?: [read: Effect, write: Effect];
}
const OUTCOMES: Record<string, OutcomeCase> = {
	'a compressed response': { response: { kind: 'gzip' }, message: /^$/, effects: ['succeeds', 'succeeds'] },
	'a rejection by GoFive': {
		response: RESPONSES.businessError,
		message: /^GoFive rejected the request: ไม่ผ่าน \(code 4001\)/,
	},
	'an unknown URL': {
		response: RESPONSES.notFound,
		message: /^GoFive could not find the requested \w+ \(HTTP 404\)/,
	},
	'a missing permission': {
		response: RESPONSES.forbidden,
		message: /^GoFive does not allow this request\. GoFive's message: "Forbidden"\. /,
	},
	'a missing permission for quotations': {
		response: { status: 403, body: { message: 'No access to quotations' } },
		message: /^GoFive does not allow this request\. GoFive's message: "No access to quotations"\. /,
	},
	'an exhausted quota': {
		response: RESPONSES.quotaExhausted,
		message: /^The call quota of your GoFive subscription is used up\. GoFive's message: ".*02:12:45"\. /,
	},
	'a rejected key': { response: RESPONSES.keyInvalid, message: /^GoFive rejected the subscription key/ },
	'a rejected token': {
		response: RESPONSES.tokenRejected,
		message: /^GoFive rejected an access token that it had just issued/,
	},
	'the rate limit': {
		response: RESPONSES.rateLimited,
		message: /^GoFive keeps rejecting the request because of its rate limit/,
	},
	'a temporary failure of the server': {
		response: temporaryFailure(),
		message: /^GoFive could not handle the request \(HTTP 502/,
	},
	'a server error after processing': {
		response: { ...RESPONSES.serverError, acts: true },
		message: /^GoFive could not handle the request \(HTTP 500/,
	},
	...Object.fromEntries(
		Object.entries(LOST_CONNECTIONS).map(([name, response]) => [
			`a lost connection, ${name}`,
			{
				response,
				message: /^(?:The connection to GoFive was lost|The response from GoFive was cut off)/,
				effects: ['is sent again', 'may be saved'],
			} satisfies OutcomeCase,
		]),
	),
	// Of a deletion, an empty body is a success only if the header Content-Length says that it is empty.
	'an empty body that was longer': {
		response: EMPTY_GZIP,
		message: /^GoFive returned an empty response instead of data/,
		effects: ['fails', 'may be saved'],
	},
	'a web page': { response: RESPONSES.webPage, message: /^GoFive returned a web page instead of data/ },
	'a redirect': { response: RESPONSES.redirect, message: /^GoFive redirected the request to elsewhere\.invalid/ },
	'an unknown format': {
		response: RESPONSES.deepJson,
		message: /^GoFive (?:returned a response in an unknown format|rejected the request)/,
	},
	'no response': {
		response: HANGING_RESPONSES.hang,
		message: /^GoFive did not respond within 60 seconds/,
		effects: ['fails', 'may be saved'],
	},
};

/** Returns the effect of the meaning of a response, which unit/responseTests.cts checks. */
function findEffect({ response, effects }: OutcomeCase, isWrite: boolean): Effect {
	if (effects) return effects[isWrite ? 1 : 0];
	const request: ApiRequest = { method: isWrite ? 'POST' : 'GET', path: '/' };
	const context = { timeoutSeconds: 60, redact: (text: string) => text };
	const result = evaluate(responseToOutcome(toFullResponse(response as HttpResponse)), request, context);
	if ('data' in result) return 'succeeds';
	if (result.error.processed) return 'may be saved';
	if (result.next === 'endRun') return 'ends the run';
	return result.next === 'fail' ? 'fails' : 'is sent again';
}

/** Number of requests, of which the second one has the outcome. */
const REQUEST_COUNTS: Record<Effect, number> = {
	succeeds: 3,
	'is sent again': 4,
	fails: 3,
	'may be saved': 3,
	'ends the run': 2,
};

const buildItems = (): IDataObject[] =>
	['A', 'a', 'A'].map((productCode, index) => ({
		productCode,
		// Texts of different searches that all find customers.
		keyword: ['C', 'C0', 'C00'][index],
		code: codes[index],
		eventId: String(eventIds[index]),
	}));

async function run({ name, parameters }: OperationKind, onError: 'continueRegularOutput' | 'stopWorkflow') {
	const result = await fixture.runExample(name, parameters, { items: buildItems(), onError });
	expectNoSecretInResult(fixture, result);
	return result;
}

describe.each(Object.entries(KINDS))('%s', (_, kind) => {
	const { operationId, isWrite } = kind;

	test.each(Object.entries(OUTCOMES))('after %s', async (__, outcome) => {
		const { response, message } = outcome;
		fixture.addFault(operationId, response, { skip: 1 });
		const restore = onHangingRequest(fixture.sandbox, emitSocketTimeout);
		const [first, second, third] = collectItemResults(await run(kind, 'continueRegularOutput').finally(restore), 3);
		const effect = findEffect(outcome, isWrite);
		const isSuccess = effect === 'succeeds' || effect === 'is sent again';
		expect(first?.message).toBeUndefined();
		expect(second?.message).toEqual(isSuccess ? undefined : expect.stringMatching(message));
		expect(third?.message).toEqual(effect === 'ends the run' ? expect.stringMatching(message) : undefined);
		for (const { data, message: failure } of [first, second, third].flatMap((item) => item ?? []))
			expect(data.length > 0).toBe(failure === undefined);
		expect(String(second?.message).includes(MAY_BE_DONE)).toBe(effect === 'may be saved');
		expect(fixture.findRequests(operationId)).toHaveLength(REQUEST_COUNTS[effect]);
	});

	test('with Stop Workflow, the first failure ends the run, and its message is about the first item', async () => {
		fixture.addFault(operationId, RESPONSES.forbidden, { times: 'always' });
		const { error, outputs } = await run(kind, 'stopWorkflow');
		expect(outputs).toEqual([]);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		const text = `${error?.message}. ${error?.description}`;
		expect(text).toMatch(OUTCOMES['a missing permission']?.message ?? '');
		expectActionableMessage(text);
		const progress = / Not processed: [^.]+\. Not sent: [^.]+\.$/;
		expect(progress.test(text)).toBe(isWrite);
		// The next read may be in flight already.
		expect(fixture.findRequests(operationId).length).toBeLessThanOrEqual(isWrite ? 1 : 2);
	});
});

test.each([200, 202, 204])('a deletion with HTTP %i and no body succeeds', async (status) => {
	fixture.addFault('deleteCustomerEvent', { status, body: '', acts: true }, { times: 'always' });
	const { items } = await run(KINDS['a deletion'] as OperationKind, 'continueRegularOutput');
	expect(items).toEqual(eventIds.map((eventId) => ({ eventId, deleted: true })));
});

test('the rate limit fails only the item whose request it rejects for ten minutes', async () => {
	fixture.addFault({ customerCode: codes[2] }, { kind: 'rateLimited', seconds: 110 }, { times: 'always' });
	const itemResults = collectItemResults(await fixture.readEventsOf(codes), 3);
	const failedItems = itemResults.flatMap(({ message }, item) => (message === undefined ? [] : [item]));
	expect(failedItems).toEqual([2]);
});

describe('list of the form', () => {
	const operationId = 'getCustomerEventTypes';
	const loadEventTypes = async () => await runLoadOptions('getEventTypes', { credential: fixture.credential });

	/** Expects that the list shows a message instead of options. */
	async function expectListMessage(messagePattern: RegExp): Promise<void> {
		const error = (await loadEventTypes().catch((caughtError: unknown) => caughtError)) as NodeOperationError;
		expect(error).toBeInstanceOf(NodeOperationError);
		// In such a list n8n shows only the message.
		expect(error.message).toMatch(messagePattern);
		expectActionableMessage(error.message);
		expectNoSecretInTexts(fixture, error.message, JSON.stringify(error), stringify(error));
	}

	// A user waits for the list, so it does not wait for the rate limit.
	const isShown = (outcome: OutcomeCase) =>
		outcome.response !== RESPONSES.rateLimited && ['succeeds', 'is sent again'].includes(findEffect(outcome, false));
	const outcomes = Object.entries(OUTCOMES).filter(([, { response }]) => response !== HANGING_RESPONSES.hang);

	test.each(outcomes.filter(([, outcome]) => isShown(outcome)))('after %s: shown', async (_, outcome) => {
		fixture.addFault(operationId, outcome.response);
		const eventTypeIds = fixture.sandbox.records.eventTypes.records.map(({ eventTypeId }) => eventTypeId);
		expect((await loadEventTypes()).map(({ value }) => value)).toEqual(eventTypeIds);
		expect(fixture.findRequests(operationId)).toHaveLength(findEffect(outcome, false) === 'succeeds' ? 1 : 2);
	});

	test.each(outcomes.filter(([, outcome]) => !isShown(outcome)))(
		'after %s: a message',
		async (_, { response, message }) => {
			fixture.addFault(operationId, response);
			await expectListMessage(message);
			expect(fixture.findRequests(operationId)).toHaveLength(1);
		},
	);

	test.each([HANGING_RESPONSES.hang, HANGING_RESPONSES.drip])('times out after ten minutes: %j', async (response) => {
		fixture.addFault(operationId, response);
		const restore = fastForwardSlowRequests(fixture.sandbox);
		await expectListMessage(/^GoFive did not respond within 600 seconds/).finally(restore);
		expect(fixture.findRequests(operationId)).toHaveLength(1);
	});
});

describe('credential test', () => {
	const expectFailedTest = async (response: FaultResponse, message: RegExp): Promise<string> => {
		fixture.addFault('getCustomerEventTypes', response, { times: 'always' });
		const shownMessage = await expectFailedCredentialTest(fixture, message, fixture.credential);
		expect(fixture.findRequests('getCustomerEventTypes').length).toBeLessThanOrEqual(2);
		return shownMessage;
	};
	const outcomes = Object.entries(OUTCOMES).filter(
		([, outcome]) => findEffect(outcome, false) !== 'succeeds' && outcome.response !== HANGING_RESPONSES.hang,
	);
	const isLost = ({ response }: OutcomeCase) => Object.values<FaultResponse>(LOST_CONNECTIONS).includes(response);

	test.each(outcomes.filter(([, outcome]) => !isLost(outcome)))(
		'after %s: shows the message of a run',
		async (_, { response, message }) => expectActionableMessage(await expectFailedTest(response, message)),
	);

	// Without a complete response, n8n shows its own message, an error code.
	test.each(outcomes.filter(([, outcome]) => isLost(outcome)))('after %s: does not pass', async (_, { response }) => {
		await expectFailedTest(response, /./);
	});

	test.each([{ kind: 'gzip' }, { kind: 'numericCode' }] as const)('%j: passes', async (response) => {
		fixture.addFault('getCustomerEventTypes', response, { times: 'always' });
		expect(await runCredentialTest(fixture.credential)).toMatchObject({ status: 'OK' });
	});
});
