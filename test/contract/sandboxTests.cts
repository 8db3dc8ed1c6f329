import { GATEWAY_MESSAGES, SANDBOX_CREDENTIAL_DATA, type Sandbox } from '../../sandbox/index.mts';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import {
	sendRawRequest,
	buildEventsRequest,
	parseResponseBody,
	buildTokenRequest,
	setupSandbox,
	type RawRequest,
} from './rawRequest.cts';

interface Envelope {
	status: { code: string; description: string };
	data: unknown;
}

type TokenFields = Parameters<typeof buildTokenRequest>[0];

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));

const send = (request: RawRequest) => sendRawRequest(sandbox.url, request);
const fetchEnvelope = async (request: RawRequest) => parseResponseBody(await send(request)) as Envelope;
const getEventDates = ({ data }: Envelope) => (data as Array<{ eventDate: string }>).map((event) => event.eventDate);

const EVENT_BODY = { eventName: 'Meeting', eventType: 1, eventDate: '2024-02-01T10:00:00', customerCode: 'C000154' };
const buildCreateRequest = (body: unknown, rest: Partial<RawRequest> = {}): RawRequest => ({
	method: 'POST',
	path: '/v1/customerEvent',
	body,
	...rest,
});
const EVENT_TYPES_PATH = '/v1/customerEvent/event-types';

test('listens on loopback only', () => {
	expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

// Missing, unknown and mistyped values of every operation are tested in generatedRequestsTests.cts.
describe('requests that break the contract', () => {
	test.each<[string, RawRequest, string]>([
		[
			'an invalid date in the body of a GET',
			buildEventsRequest('C000055', { body: { DateFrom: '2025-01-01' } }),
			'DateFrom',
		],
		['a day that does not exist', buildEventsRequest('C000055', { body: { DateTo: '2025-02-30T00:00:00' } }), 'DateTo'],
		['a date with an offset', buildEventsRequest('C000055', { body: { DateTo: '2025-02-03T00:00:00Z' } }), 'DateTo'],
		['a date that is a number', buildEventsRequest('C000055', { body: { DateFrom: 20250101 } }), 'DateFrom'],
		['a date that is null', buildEventsRequest('C000055', { body: { DateFrom: null } }), 'DateFrom'],
		['a list in the body of a GET', buildEventsRequest('C000055', { body: [] }), 'body'],
		['null in the body of a GET', buildEventsRequest('C000055', { body: 'null' }), 'body'],
		['invalid JSON in the body of a GET', buildEventsRequest('C000055', { body: '{"DateFrom"' }), 'body'],
		[
			'a type that is not an integer',
			buildEventsRequest('C000055', { query: { eventTypeIds: '1,2' } }),
			'eventTypeIds',
		],
		[
			'two types',
			buildEventsRequest('', { query: 'customerCode=C000055&eventTypeIds=1&eventTypeIds=2' }),
			'eventTypeIds',
		],
		['an empty customer code', buildEventsRequest(''), 'customerCode'],
		['no content type on a GET', buildEventsRequest('C000055', { headers: { 'Content-Type': null } }), 'content-type'],
		[
			'a content type that is not JSON',
			buildCreateRequest(EVENT_BODY, { headers: { 'Content-Type': 'text/plain' } }),
			'content-type',
		],
		['no body on a write', buildCreateRequest(undefined), 'body'],
		['a field of the wrong type', buildCreateRequest({ ...EVENT_BODY, eventType: '1' }), 'eventType'],
		['an empty event name', buildCreateRequest({ ...EVENT_BODY, eventName: '' }), 'eventName'],
		[
			'an invalid body with an event ID',
			buildCreateRequest({ ...EVENT_BODY, eventDate: 'x' }, { method: 'PUT', path: '/v1/customerEvent/1' }),
			'eventDate',
		],
	])('%s: rejected with 4001', async (_, request, invalidLocation) => {
		const before = JSON.stringify(sandbox.store.events);
		const answer = await send(request);
		expect(answer.status).toBe(400);
		expect(parseResponseBody(answer)).toEqual({
			status: { code: '4001', description: expect.stringContaining(invalidLocation) as string },
			data: null,
		});
		expect(JSON.stringify(sandbox.store.events)).toBe(before);
	});

	test('several violations: rejected with 4002, each violation listed', async () => {
		const answer = await fetchEnvelope(
			buildEventsRequest('C000055', { query: { page: '2' }, body: { DateFrom: 'yesterday', day: 1 } }),
		);
		expect(answer.status.code).toBe('4002');
		for (const invalidLocation of ['page', 'DateFrom', 'day'])
			expect(answer.status.description).toContain(invalidLocation);
	});

	test('token request that is not a form: rejected with an OAuth error', async () => {
		const answer = await send(buildTokenRequest({}, { headers: { 'Content-Type': 'application/json' } }));
		expect([answer.status, parseResponseBody(answer)]).toMatchObject([400, { error: 'invalid_request' }]);
	});
});

describe('keys and tokens', () => {
	const unauthorizedBody = (message: string) => ({ statusCode: 401, message });
	const keyHeader = (value: string | null) => ({ headers: { 'Ocp-Apim-Subscription-Key': value } });
	const authorizationHeader = (value: string | null) => ({ headers: { Authorization: value } });
	const issueToken = async () =>
		(parseResponseBody(await send(buildTokenRequest())) as { access_token: string }).access_token;

	test.each<[string, RawRequest, string]>([
		['no key', buildEventsRequest('C000055', keyHeader(null)), GATEWAY_MESSAGES.missingKey],
		['a wrong key', buildEventsRequest('C000055', keyHeader('other')), GATEWAY_MESSAGES.invalidKey],
		['no key on the token call', buildTokenRequest({}, keyHeader(null)), GATEWAY_MESSAGES.missingKey],
		['a wrong key on the token call', buildTokenRequest({}, keyHeader('other')), GATEWAY_MESSAGES.invalidKey],
		['no token', buildEventsRequest('C000055', authorizationHeader(null)), GATEWAY_MESSAGES.token],
		['an unknown token', buildEventsRequest('C000055', authorizationHeader('Bearer other')), GATEWAY_MESSAGES.token],
		[
			'a doubled Bearer',
			buildEventsRequest('C000055', authorizationHeader(`Bearer Bearer ${SANDBOX_CREDENTIAL_DATA.accessToken}`)),
			GATEWAY_MESSAGES.token,
		],
		[
			'another scheme',
			buildEventsRequest('C000055', authorizationHeader(`Basic ${SANDBOX_CREDENTIAL_DATA.accessToken}`)),
			GATEWAY_MESSAGES.token,
		],
	])('%s: 401 of Azure API Management', async (_, request, message) => {
		const answer = await send(request);
		expect(answer.status).toBe(401);
		expect(parseResponseBody(answer)).toEqual(unauthorizedBody(message));
	});

	test('distinguishes a wrong client ID or secret from a wrong key', async () => {
		const wrongClients: TokenFields[] = [{ client_id: 'other' }, { client_secret: 'other' }];
		for (const fields of wrongClients) {
			const answer = await send(buildTokenRequest(fields));
			expect(answer.status).toBe(400);
			expect(parseResponseBody(answer)).toEqual({ error: 'invalid_client' });
		}
	});

	test('every token request issues a new token, and all tokens are accepted', async () => {
		const answer = await send(buildTokenRequest());
		expect(parseResponseBody(answer)).toEqual({
			access_token: expect.any(String) as string,
			expires_in: 3600,
			token_type: 'Bearer',
		});
		const [first, second] = [await issueToken(), await issueToken()];
		expect(first).not.toBe(second);
		for (const value of [first, second])
			expect((await send(buildEventsRequest('C000055', authorizationHeader(`Bearer ${value}`)))).status).toBe(200);
	});

	test('a token expires after its requests, after its lifetime, and on demand', async () => {
		const getStatus = async (value: string) =>
			(await send(buildEventsRequest('C000055', authorizationHeader(`Bearer ${value}`)))).status;
		sandbox.setBehaviour({ tokenLifetimeRequests: 2 });
		const shortLivedToken = await issueToken();
		expect([
			await getStatus(shortLivedToken),
			await getStatus(shortLivedToken),
			await getStatus(shortLivedToken),
		]).toEqual([200, 200, 401]);
		sandbox.setBehaviour({ tokenLifetimeRequests: null, tokenLifetimeSeconds: 0 });
		expect(await getStatus(await issueToken())).toBe(401);
		sandbox.setBehaviour({ tokenLifetimeSeconds: 3600 });
		const expiredToken = await issueToken();
		sandbox.expireTokens();
		expect([await getStatus(expiredToken), await getStatus(await issueToken())]).toEqual([401, 200]);
		sandbox.setBehaviour({ newTokenEndsOlder: true });
		const [olderToken, newerToken] = [await issueToken(), await issueToken()];
		expect([await getStatus(olderToken), await getStatus(newerToken)]).toEqual([401, 200]);
		sandbox.setBehaviour({ acceptPastedToken: false });
		expect((await send(buildEventsRequest('C000055'))).status).toBe(401);
	});
});

describe('responses', () => {
	test("applies the example range of GoFive's page to the second", async () => {
		const range = { DateFrom: '2025-01-01T00:00:00', DateTo: '2025-01-31T23:59:59' };
		const dates = getEventDates(await fetchEnvelope(buildEventsRequest('C000055', { body: range })));
		expect(dates).toEqual(
			expect.arrayContaining(['2025-01-01T00:00:00+0700', '2025-01-29T15:38:43+0700', '2025-01-31T23:59:59+0700']),
		);
		expect(dates.every((date) => date.startsWith('2025-01-'))).toBe(true);
		const all = getEventDates(await fetchEnvelope(buildEventsRequest('C000055')));
		expect(all).toEqual(expect.arrayContaining(['2024-12-31T23:59:59+0700', '2025-02-01T00:00:00+0700']));
		const typedEvents = await fetchEnvelope(
			buildEventsRequest('C000055', { query: { eventTypeIds: '1' }, body: range }),
		);
		expect((typedEvents.data as Array<{ eventType: number }>).map((event) => event.eventType)).toEqual([1, 1]);
	});

	test('ignores the range if a proxy drops the body of a GET', async () => {
		sandbox.setBehaviour({ dropGetBody: true });
		const body = { DateFrom: '2025-01-01T00:00:00', DateTo: '2025-01-31T23:59:59' };
		expect(getEventDates(await fetchEnvelope(buildEventsRequest('C000055', { body })))).toContain(
			'2024-12-31T23:59:59+0700',
		);
		expect(sandbox.requestLog[0]?.body).toBe(JSON.stringify(body));
	});

	test.each(['ลูกค้า 1', 'C1&x=2', 'a/b ../100%', 'L000308'])(
		'receives the complete customer code %s',
		async (code) => {
			expect((await fetchEnvelope(buildEventsRequest(code))).data).not.toEqual([]);
		},
	);

	test('reports a missing record with a business code', async () => {
		const customerNotFound = { status: { code: '4001', description: 'Customer not found' }, data: null };
		expect(await fetchEnvelope(buildEventsRequest('nobody'))).toEqual(customerNotFound);
		expect(await fetchEnvelope(buildCreateRequest({ ...EVENT_BODY, customerCode: 'nobody' }))).toEqual(
			customerNotFound,
		);
		expect((await fetchEnvelope(buildCreateRequest({ ...EVENT_BODY, eventType: 99 }))).status.description).toBe(
			'Event type not found',
		);
		expect((await fetchEnvelope({ method: 'DELETE', path: '/v1/customerEvent/99999' })).status.code).toBe('4001');
		sandbox.setBehaviour({ businessErrorStatus: 400 });
		expect((await send(buildEventsRequest('nobody'))).status).toBe(400);
	});

	test('keeps writes until the reset', async () => {
		// The seed data depends on the day, which may end during the test.
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		sandbox.reset();
		const initialEvents = JSON.stringify(sandbox.store.events);
		const { data } = await fetchEnvelope(buildCreateRequest({ ...EVENT_BODY, description: 'ประชุม' }));
		const { eventId } = data as { eventId: number };
		expect(data).toEqual({
			eventId,
			eventName: 'Meeting',
			eventDate: '2024-02-01T10:00:00+0700',
			eventType: 1,
			description: 'ประชุม',
		});
		const path = `/v1/customerEvent/${eventId}`;
		await fetchEnvelope(
			buildCreateRequest({ ...EVENT_BODY, eventName: 'Moved', customerCode: 'C000999' }, { method: 'PUT', path }),
		);
		expect((await fetchEnvelope(buildEventsRequest('C000999'))).data).toMatchObject([{ eventId, eventName: 'Moved' }]);
		expect((await fetchEnvelope({ method: 'DELETE', path })).data).toBe(true);
		expect((await fetchEnvelope(buildEventsRequest('C000999'))).data).toEqual([]);
		await fetchEnvelope({ method: 'DELETE', path: '/v1/customerEvent/1' });
		sandbox.reset();
		now.mockRestore();
		expect(JSON.stringify(sandbox.store.events)).toBe(initialEvents);
	});

	test('each conforms to the contract', async () => {
		const { validateResponse } = await loadContractValidator();
		const requests: Array<[string, RawRequest]> = [
			['createToken', buildTokenRequest()],
			['createToken', buildTokenRequest({ client_id: 'other' })],
			['createToken', buildTokenRequest({}, { headers: { 'Ocp-Apim-Subscription-Key': null } })],
			['getCustomerEventTypes', { path: EVENT_TYPES_PATH }],
			['getCustomerEvents', buildEventsRequest('nobody')],
			['getCustomerEvents', buildEventsRequest('C000055', { query: { page: '1' } })],
			['getCustomerEvents', buildEventsRequest('C000055', { headers: { Authorization: null } })],
			...[...sandbox.store.customers.keys()].map((code): [string, RawRequest] => [
				'getCustomerEvents',
				buildEventsRequest(code),
			]),
			['createCustomerEvent', buildCreateRequest(EVENT_BODY)],
			['createCustomerEvent', buildCreateRequest({})],
			['updateCustomerEvent', buildCreateRequest(EVENT_BODY, { method: 'PUT', path: '/v1/customerEvent/1' })],
			['updateCustomerEvent', buildCreateRequest(EVENT_BODY, { method: 'PUT', path: '/v1/customerEvent/99999' })],
			['deleteCustomerEvent', { method: 'DELETE', path: '/v1/customerEvent/1' }],
			['deleteCustomerEvent', { method: 'DELETE', path: '/v1/customerEvent/1' }],
		];
		for (const [operationId, request] of requests) {
			const answer = await send(request);
			expect([operationId, validateResponse(operationId, answer.status ?? 0, parseResponseBody(answer))]).toEqual([
				operationId,
				[],
			]);
		}
		expect(sandbox.requestLog.map(({ operationId }) => operationId)).toEqual(
			requests.map(([operationId]) => operationId),
		);
	});

	test('detects a response that violates the contract', async () => {
		const { validateResponse } = await loadContractValidator();
		const status = { code: '1000', description: 'Success' };
		expect(validateResponse('getCustomerEvents', 200, { status, data: [{ eventId: '1' }] })).not.toEqual([]);
		expect(validateResponse('getCustomerEvents', 200, { status: { ...status, code: 1000 }, data: [] })).not.toEqual([]);
		expect(validateResponse('getCustomerEvents', 418, {})).not.toEqual([]);
	});

	test('returns 404 for an unknown path or method', async () => {
		for (const [method, path] of [
			['GET', '/v1/nothing'],
			['PATCH', '/v1/customerEvent'],
		] as const) {
			const answer = await send({ method, path, query: { a: '1' } });
			expect([answer.status, parseResponseBody(answer)]).toEqual([
				404,
				{ statusCode: 404, message: `Resource not found: the contract does not describe ${method} ${path}` },
			]);
		}
	});
});
