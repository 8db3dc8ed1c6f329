import { waitForCondition } from '../../support/waitForCondition.cts';
import { installPausedClock } from '../executionFixture.cts';
import { CredentialStore, runNode } from '../harness.cts';
import { MAY_BE_DONE } from '../resultAssertions.cts';
import {
	buildRows,
	CREATE_EVENT_ROUTE,
	EVENTS_ROUTE,
	setupLyingServer,
	testLies,
	TOKEN_ROUTE,
	type Script,
} from '../lyingServer.cts';
import {
	businessError,
	gatewayError,
	rateLimited,
	RESPONSES,
	success,
	type HttpResponse,
} from '../../support/responses.cts';

const server = setupLyingServer();

const buildItems = (count: number) => buildRows(count, (index) => ({ code: `C${index}` }));
const continueWith = (count: number) => ({
	items: buildItems(count),
	onError: 'continueRegularOutput' as const,
});
/** Operations that send one request for each item with a code. */
const OPERATIONS = [
	[
		'customerEvent.getByCustomerCode',
		EVENTS_ROUTE,
		{ customerCode: '={{ $json.code }}', dateRange: 'allDates', output: 'raw' },
	],
	[
		'customerEvent.create',
		CREATE_EVENT_ROUTE,
		{
			customerCode: '={{ $json.code }}',
			eventName: 'a',
			eventType: 1,
			eventDate: '2025-02-01T10:00:00',
			output: 'raw',
		},
	],
] as const;

/** Expects that each item has this message. */
const buildFailedItems = (count: number, message: string): unknown[] =>
	buildItems(count).map(({ code }, item): unknown =>
		expect.objectContaining({ customerCode: code, error: `${message} [Item ${item}]` }),
	);
const failedItemsHint = (count: number, names: string) =>
	`${count} of ${count} items failed: ${names}. The messages are in the field 'error'.`;

const NEW_TOKEN_REJECTED =
	'GoFive rejected an access token that it had just issued. Ask GoFive support whether the client ID in the GoFive credential may be used for this request.';
const UNAUTHORIZED = RESPONSES.tokenRejected;

describe.each(OPERATIONS)('%s: HTTP 401 to every request with every new token', (operation, route, parameters) => {
	testLies(server, [
		{
			title: 'one item: its message after one new token',
			operation,
			parameters,
			script: { [route]: [UNAUTHORIZED] },
			options: { items: buildItems(1) },
			expected: {
				message: 'GoFive rejected an access token that it had just issued',
				description: NEW_TOKEN_REJECTED.replace(/^.*? issued\. /, ''),
			},
			requests: { [TOKEN_ROUTE]: 2, [route]: 2 },
		},
		{
			title: '30 items: a message each, and no further request after ten rejections in a row',
			operation,
			parameters,
			script: { [route]: [UNAUTHORIZED] },
			options: continueWith(30),
			expected: {
				items: buildFailedItems(30, NEW_TOKEN_REJECTED),
				hints: [failedItemsHint(30, 'C0, C1, C2, C3, C4 and 25 more')],
			},
			requests: { [TOKEN_ROUTE]: 2, [route]: 11 },
		},
	]);
});

describe.each(OPERATIONS)('%s: a token that another workflow renewed', (operation, route, parameters) => {
	/** Runs three items with `token-1`, which ends after one request. Another workflow may renew it meanwhile. */
	async function runWithEndingToken(renewsMeanwhile: boolean) {
		const credentialStore = new CredentialStore(server.credential);
		const runOther = async () =>
			await runNode({
				parameters: { resource: 'employee', operation: 'get', staffCode: 'S1' },
				credentialStore,
			});
		let hasEnded = false;
		const respond = async (token: string): Promise<HttpResponse> => {
			if (token !== 'token-1') return success({ eventId: 5 });
			if (!hasEnded) {
				hasEnded = true;
				return success({ eventId: 5 });
			}
			if (renewsMeanwhile && server.findRequests(TOKEN_ROUTE).length === 1) await runOther();
			return UNAUTHORIZED;
		};
		const script: Script = {
			[route]: async ({ token }) => await respond(token),
			'GET /v1/Employees/S1': ({ token }) => (token === 'token-1' ? UNAUTHORIZED : success({ staffCode: 'S1' })),
		};
		const outcome = await server.run(
			operation,
			{ ...parameters, options: operation.endsWith('create') ? {} : { maxParallelRequests: 1 } },
			script,
			{ ...continueWith(3), credentialStore },
		);
		return { ...outcome, storedCount: credentialStore.writeCount };
	}

	test.each([
		[true, 'the stored token is used without a token request'],
		[false, 'one token is requested'],
	])('renewed meanwhile: %j; %s, nothing is lost, and nothing is sent twice', async (renewsMeanwhile) => {
		const { items, hints, storedCount } = await runWithEndingToken(renewsMeanwhile);
		expect([items, hints]).toEqual([[{ eventId: 5 }, { eventId: 5 }, { eventId: 5 }], []]);
		// The first token and the new one, of this run or of the other workflow.
		expect([server.findRequests(TOKEN_ROUTE).length, storedCount]).toEqual([2, 2]);
		expect(server.findRequests(route).map(({ token }) => token)).toEqual(['token-1', 'token-1', 'token-2', 'token-2']);
		const otherTokens = server.findRequests('GET /v1/Employees/S1').map(({ token }) => token);
		expect(otherTokens).toEqual(renewsMeanwhile ? ['token-1', 'token-2'] : []);
	});
});

const TRY_LATER = 'GoFive or the network may be temporarily unavailable. Try again in a few minutes.';
const DOWN = gatewayError(503, 'Maintenance');
const WAS_DOWN = `GoFive could not handle the request (HTTP 503). GoFive's message: "Maintenance". ${TRY_LATER}`;
const RETRIED_HINT =
	'1 request had to be sent again because GoFive or the network was temporarily unavailable. The longest wait was 6 s.';

describe.each(OPERATIONS)('%s: a token endpoint that stays down', (operation, route, parameters) => {
	testLies(server, [
		{
			title: 'with On Error, each of 30 items has a message after five attempts, and nothing else is sent',
			operation,
			parameters,
			script: { [TOKEN_ROUTE]: [DOWN] },
			options: continueWith(30),
			expected: {
				items: buildFailedItems(30, WAS_DOWN),
				hints: [RETRIED_HINT, failedItemsHint(30, 'C0, C1, C2, C3, C4 and 25 more')],
			},
			requests: { [TOKEN_ROUTE]: 5 },
		},
		{
			title: 'without On Error, one message after five attempts',
			operation,
			parameters,
			script: { [TOKEN_ROUTE]: [DOWN] },
			options: { items: buildItems(1) },
			expected: {
				message: 'GoFive could not handle the request (HTTP 503)',
				description: `GoFive's message: "Maintenance". ${TRY_LATER}`,
			},
			requests: { [TOKEN_ROUTE]: 5 },
		},
	]);

	test('after the first item, the others have a message that says nothing about a saved change', async () => {
		let requestCount = 0;
		const script: Script = {
			[TOKEN_ROUTE]: () => (server.findRequests(TOKEN_ROUTE).length === 1 ? server.issueToken() : DOWN),
			[route]: () => (++requestCount === 1 ? success({ eventId: 5 }) : UNAUTHORIZED),
		};
		const { items } = await server.run(operation, { ...parameters, options: {} }, script, continueWith(3));
		expect(items).toEqual([{ eventId: 5 }, ...buildFailedItems(3, WAS_DOWN).slice(1)]);
		expect(JSON.stringify(items)).not.toContain(MAY_BE_DONE);
	});
});

const REFUSALS: Array<[string, HttpResponse, message: string, description: string]> = [
	[
		'HTTP 405',
		gatewayError(405, 'No'),
		'GoFive rejected the request (HTTP 405)',
		`GoFive's message: "No". Check the values that were sent.`,
	],
	[
		'a business code',
		businessError('Client is disabled', '2001'),
		'GoFive rejected the request: Client is disabled (code 2001)',
		'Check the values that were sent.',
	],
];

describe.each(OPERATIONS)('%s: a token endpoint that refuses the client', (operation, route, parameters) => {
	testLies(
		server,
		REFUSALS.map(([title, answer, message, description]) => ({
			title: `${title}: the message names no customer, because the record is not at fault`,
			operation,
			parameters,
			script: { [TOKEN_ROUTE]: [answer], [route]: [success({ eventId: 5 })] },
			options: { items: buildItems(1) },
			expected: { message, description },
			requests: { [TOKEN_ROUTE]: 1 },
		})),
	);
});

describe('128 requests in flight that are all rejected with HTTP 429', () => {
	const CODE_COUNT = 700;
	const ACCEPTED_FIRST = 400;
	const IN_FLIGHT = 128;

	test('are sent again after one pause, and nothing is lost', async () => {
		let acceptedCount = 0;
		let rejectedCount = 0;
		const script: Script = {
			[EVENTS_ROUTE]: async ({ query }) => {
				if (acceptedCount < ACCEPTED_FIRST || rejectedCount === IN_FLIGHT) {
					acceptedCount += 1;
					return success([{ eventId: 5, eventName: query.get('customerCode') }]);
				}
				rejectedCount += 1;
				await waitForCondition(() => rejectedCount === IN_FLIGHT);
				return rateLimited(7);
			},
		};
		const pausedClock = installPausedClock();
		const [[operation, , parameters]] = OPERATIONS;
		const outcomePromise = server.run(operation, parameters, script, continueWith(CODE_COUNT));
		await pausedClock.firstSleep;
		// All rejections arrive before the pause ends.
		await server.waitUntilIdle();
		pausedClock.resume();
		expect(await outcomePromise).toEqual({
			items: buildItems(CODE_COUNT).map(({ code }) => ({ eventId: 5, eventName: code })),
			hints: ["The execution waited 7 s because of GoFive's rate limit. No data was lost."],
		});
		expect(rejectedCount).toBe(IN_FLIGHT);
		expect(server.countRequests()).toEqual({ [TOKEN_ROUTE]: 1, [EVENTS_ROUTE]: CODE_COUNT + IN_FLIGHT });
	});
});
