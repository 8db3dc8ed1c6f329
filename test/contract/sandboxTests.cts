import { GATEWAY_MESSAGES, SANDBOX_CREDENTIAL_DATA, type Sandbox } from '../../sandbox/index.mts';
import { loadContractValidator, type ContractValidator } from '../../sandbox/contractValidator.mts';
import { buildExampleRequest, type DescribedOperation } from '../support/operationRequest.cts';
import {
	sendRawRequest,
	buildEventsRequest,
	parseResponseBody,
	buildTokenRequest,
	setupSandbox,
	type RawRequest,
} from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));
let contract: ContractValidator;
beforeAll(async () => void (contract = await loadContractValidator()));

const send = (request: RawRequest) => sendRawRequest(sandbox.url, request);

const EVENT_BODY = { eventName: 'Meeting', eventType: 1, eventDate: '2024-02-01T10:00:00', customerCode: 'C000154' };
const buildCreateRequest = (body: unknown, rest: Partial<RawRequest> = {}): RawRequest => ({
	method: 'POST',
	path: '/v1/customerEvent',
	body,
	...rest,
});

test('listens on loopback only', () => {
	expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

describe('requests that break the contract', () => {
	test.each<[string, RawRequest, string]>([
		['an invalid date in the body of a GET', buildEventsRequest({ body: { DateFrom: '2025-01-01' } }), 'DateFrom'],
		['a day that does not exist', buildEventsRequest({ body: { DateTo: '2025-02-30T00:00:00' } }), 'DateTo'],
		['a date with an offset', buildEventsRequest({ body: { DateTo: '2025-02-03T00:00:00Z' } }), 'DateTo'],
		['a date that is a number', buildEventsRequest({ body: { DateFrom: 20250101 } }), 'DateFrom'],
		['a date that is null', buildEventsRequest({ body: { DateFrom: null } }), 'DateFrom'],
		['a list in the body of a GET', buildEventsRequest({ body: [] }), 'body'],
		['null in the body of a GET', buildEventsRequest({ body: 'null' }), 'body'],
		['invalid JSON in the body of a GET', buildEventsRequest({ body: '{"DateFrom"' }), 'body'],
		[
			'a type that is not an integer',
			buildEventsRequest({ query: { customerCode: 'C000055', eventTypeIds: '1,2' } }),
			'eventTypeIds',
		],
		['two types', buildEventsRequest({ query: 'customerCode=C000055&eventTypeIds=1&eventTypeIds=2' }), 'eventTypeIds'],
		['an empty customer code', buildEventsRequest({ query: { customerCode: '' } }), 'customerCode'],
		['no content type on a GET', buildEventsRequest({ headers: { 'Content-Type': null } }), 'content-type'],
		[
			'a content type that is not JSON',
			buildCreateRequest(EVENT_BODY, { headers: { 'Content-Type': 'text/plain' } }),
			'content-type',
		],
		['no body on a write', buildCreateRequest(undefined), 'body'],
		['a field of the wrong type', buildCreateRequest({ ...EVENT_BODY, eventType: '1' }), 'eventType'],
		['an empty event name', buildCreateRequest({ ...EVENT_BODY, eventName: '' }), 'eventName'],
		['a missing key', buildCreateRequest({ ...EVENT_BODY, customerCode: undefined }), 'customerCode'],
		['a missing query parameter', buildEventsRequest({ query: {} }), 'customerCode'],
		[
			'an invalid body with an event ID',
			buildCreateRequest({ ...EVENT_BODY, eventDate: 'x' }, { method: 'PUT', path: '/v1/customerEvent/1' }),
			'eventDate',
		],
	])('%s: rejected with 4001', async (_, request, invalidLocation) => {
		const before = JSON.stringify(sandbox.records.customerEvents.records);
		const answer = await send(request);
		expect(answer.status).toBe(400);
		expect(parseResponseBody(answer)).toEqual({
			status: { code: '4001', description: expect.stringContaining(invalidLocation) as string },
			data: null,
		});
		expect(JSON.stringify(sandbox.records.customerEvents.records)).toBe(before);
	});

	test('token request that is not a form: rejected with an OAuth error', async () => {
		const answer = await send(buildTokenRequest({ headers: { 'Content-Type': 'application/json' } }));
		expect([answer.status, parseResponseBody(answer)]).toMatchObject([400, { error: 'invalid_request' }]);
	});
});

/** Adds an unknown key to an object, or to the first row of a list. */
const addUnknownKey = (body: object): object =>
	Array.isArray(body) ? [{ ...(body[0] as object), unknownName: 1 }] : { ...body, unknownName: 1 };

test('each example request of the contract receives a valid response, and none with an unknown key', async () => {
	const operations = contract.operations as unknown as DescribedOperation[];
	expect(operations.length).toBeGreaterThan(40);
	for (const operation of operations.filter(({ operationId }) => operationId !== 'createToken')) {
		const { operationId, responses } = operation;
		const request = buildExampleRequest(operation);
		const answer = await send(request);
		const [expectedStatus] = Object.keys(responses);
		expect([operationId, answer.status]).toEqual([operationId, Number(expectedStatus)]);
		const body = parseResponseBody(answer);
		expect([operationId, body]).not.toMatchObject([operationId, { status: { code: '4001' } }]);
		expect(contract.validateResponse(operationId, answer.status, body)).toEqual([]);

		const invalidRequests: RawRequest[] = [{ ...request, query: { ...request.query, unknownName: '1' } }];
		if (request.body !== undefined) invalidRequests.push({ ...request, body: addUnknownKey(request.body) });
		for (const invalidRequest of invalidRequests) {
			const { status } = await send(invalidRequest);
			expect([invalidRequest, status]).toEqual([invalidRequest, 400]);
		}
	}
});

describe('keys and tokens', () => {
	const keyHeader = (value: string | null) => ({ headers: { 'Ocp-Apim-Subscription-Key': value } });
	const authorizationHeader = (value: string | null) => ({ headers: { Authorization: value } });
	const issueToken = async () =>
		(parseResponseBody(await send(buildTokenRequest())) as { access_token: string }).access_token;

	test.each<[string, RawRequest, string]>([
		['no key', buildEventsRequest(keyHeader(null)), GATEWAY_MESSAGES.missingKey],
		['no key on the token call', buildTokenRequest(keyHeader(null)), GATEWAY_MESSAGES.missingKey],
		['no token', buildEventsRequest(authorizationHeader(null)), GATEWAY_MESSAGES.token],
		[
			'a doubled Bearer',
			buildEventsRequest(authorizationHeader(`Bearer Bearer ${SANDBOX_CREDENTIAL_DATA.accessToken}`)),
			GATEWAY_MESSAGES.token,
		],
		[
			'another scheme',
			buildEventsRequest(authorizationHeader(`Basic ${SANDBOX_CREDENTIAL_DATA.accessToken}`)),
			GATEWAY_MESSAGES.token,
		],
	])('%s: 401 of Azure API Management', async (_, request, message) => {
		const answer = await send(request);
		expect(answer.status).toBe(401);
		const body = parseResponseBody(answer);
		expect(body).toEqual({ statusCode: 401, message });
		expect(contract.validateResponse(sandbox.requestLog[0]?.operationId ?? '', 401, body)).toEqual([]);
	});

	test('a token expires after its requests, after its lifetime, and on demand', async () => {
		const getStatus = async (value: string) =>
			(await send(buildEventsRequest(authorizationHeader(`Bearer ${value}`)))).status;
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
		sandbox.tokens.expireAll();
		expect([await getStatus(expiredToken), await getStatus(await issueToken())]).toEqual([401, 200]);
	});
});

test('detects a response that violates the contract', () => {
	const status = { code: '1000', description: 'Success' };
	expect(contract.validateResponse('getCustomerEvents', 200, { status, data: [{ eventId: '1' }] })).not.toEqual([]);
	expect(
		contract.validateResponse('getCustomerEvents', 200, { status: { ...status, code: 1000 }, data: [] }),
	).not.toEqual([]);
	expect(contract.validateResponse('getCustomerEvents', 418, {})).not.toEqual([]);
});

test.each([
	['GET', '/v1/nothing'],
	['PATCH', '/v1/customerEvent'],
])('%s %s, which the contract does not describe: 404', async (method, path) => {
	const { status, text } = await send({ method, path, query: { a: '1' } });
	const message = `Resource not found: the contract does not describe ${method} ${path}`;
	expect([status, text]).toEqual([404, JSON.stringify({ statusCode: 404, message })]);
});
