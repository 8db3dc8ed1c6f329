import { AZURE_TEXTS, SANDBOX_SIGN_IN, startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { loadContract } from '../../sandbox/contract.mts';
import { call, events, jsonOf, tokenCall, type Outgoing } from './call.cts';

interface Envelope {
	status: { code: string; description: string };
	data: unknown;
}

type TokenFields = Parameters<typeof tokenCall>[0];

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const send = (outgoing: Outgoing) => call(sandbox.url, outgoing);
const envelopeOf = async (outgoing: Outgoing) => jsonOf(await send(outgoing)) as Envelope;
const datesOf = ({ data }: Envelope) => (data as Array<{ eventDate: string }>).map((event) => event.eventDate);

const EVENT = { eventName: 'Meeting', eventType: 1, eventDate: '2024-02-01T10:00:00', customerCode: 'C000154' };
const write = (body: unknown, rest: Partial<Outgoing> = {}): Outgoing => ({ method: 'POST', path: '/v1/customerEvent', body, ...rest });
const OTHER_PATH = '/v1/customerEvent/event-types';

test('it listens on loopback only', () => {
	expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

// What is missing, unknown or of another type is tried of every operation in generated.test.cts.
describe('requests that break the contract', () => {
	test.each<[string, Outgoing, string]>([
		['a bad date in the body of a GET', events('C000055', { body: { DateFrom: '2025-01-01' } }), 'DateFrom'],
		['a day that does not exist', events('C000055', { body: { DateTo: '2025-02-30T00:00:00' } }), 'DateTo'],
		['a date with an offset', events('C000055', { body: { DateTo: '2025-02-03T00:00:00Z' } }), 'DateTo'],
		['a date that is a number', events('C000055', { body: { DateFrom: 20250101 } }), 'DateFrom'],
		['a date that is null', events('C000055', { body: { DateFrom: null } }), 'DateFrom'],
		['a list in the body of a GET', events('C000055', { body: [] }), 'body'],
		['null in the body of a GET', events('C000055', { body: 'null' }), 'body'],
		['text that is not JSON in the body of a GET', events('C000055', { body: '{"DateFrom"' }), 'body'],
		['a type that is not an integer', events('C000055', { query: { eventTypeIds: '1,2' } }), 'eventTypeIds'],
		['two types', events('', { query: 'customerCode=C000055&eventTypeIds=1&eventTypeIds=2' }), 'eventTypeIds'],
		['an empty customer code', events(''), 'customerCode'],
		['no content type on a GET', events('C000055', { headers: { 'Content-Type': null } }), 'content-type'],
		['a content type that is not JSON', write(EVENT, { headers: { 'Content-Type': 'text/plain' } }), 'content-type'],
		['no body on a write', write(undefined), 'body'],
		['a field of the wrong type', write({ ...EVENT, eventType: '1' }), 'eventType'],
		['an empty event name', write({ ...EVENT, eventName: '' }), 'eventName'],
		['a bad body beside an event id', write({ ...EVENT, eventDate: 'x' }, { method: 'PUT', path: '/v1/customerEvent/1' }), 'eventDate'],
	])('%s: refused with 4001', async (_, outgoing, place) => {
		const before = JSON.stringify(sandbox.store.events);
		const answer = await send(outgoing);
		expect(answer.status).toBe(400);
		expect(jsonOf(answer)).toEqual({ status: { code: '4001', description: expect.stringContaining(place) as string }, data: null });
		expect(JSON.stringify(sandbox.store.events)).toBe(before);
	});

	test('several violations: refused with 4002, each of them named', async () => {
		const answer = await envelopeOf(events('C000055', { query: { page: '2' }, body: { DateFrom: 'yesterday', day: 1 } }));
		expect(answer.status.code).toBe('4002');
		for (const place of ['page', 'DateFrom', 'day']) expect(answer.status.description).toContain(place);
	});

	test('a token call that is no form: refused in the shape of OAuth', async () => {
		const answer = await send(tokenCall({}, { headers: { 'Content-Type': 'application/json' } }));
		expect([answer.status, jsonOf(answer)]).toMatchObject([400, { error: 'invalid_request' }]);
	});
});

describe('keys and tokens', () => {
	const refused = (message: string) => ({ statusCode: 401, message });
	const key = (value: string | null) => ({ headers: { 'Ocp-Apim-Subscription-Key': value } });
	const token = (value: string | null) => ({ headers: { Authorization: value } });
	const tokenOf = async () => (jsonOf(await send(tokenCall())) as { access_token: string }).access_token;

	test.each<[string, Outgoing, string]>([
		['no key', events('C000055', key(null)), AZURE_TEXTS.missingKey],
		['a wrong key', events('C000055', key('other')), AZURE_TEXTS.invalidKey],
		['no key on the token call', tokenCall({}, key(null)), AZURE_TEXTS.missingKey],
		['a wrong key on the token call', tokenCall({}, key('other')), AZURE_TEXTS.invalidKey],
		['no token', events('C000055', token(null)), AZURE_TEXTS.token],
		['an unknown token', events('C000055', token('Bearer other')), AZURE_TEXTS.token],
		['a doubled Bearer', events('C000055', token(`Bearer Bearer ${SANDBOX_SIGN_IN.accessToken}`)), AZURE_TEXTS.token],
		['another scheme', events('C000055', token(`Basic ${SANDBOX_SIGN_IN.accessToken}`)), AZURE_TEXTS.token],
	])('%s: 401 of Azure API Management', async (_, outgoing, message) => {
		const answer = await send(outgoing);
		expect(answer.status).toBe(401);
		expect(jsonOf(answer)).toEqual(refused(message));
	});

	test('a wrong client id or secret is told apart from a wrong key', async () => {
		const wrong: TokenFields[] = [{ client_id: 'other' }, { client_secret: 'other' }];
		for (const fields of wrong) {
			const answer = await send(tokenCall(fields));
			expect(answer.status).toBe(400);
			expect(jsonOf(answer)).toEqual({ error: 'invalid_client' });
		}
	});

	test('every token call issues a fresh token, and each is accepted', async () => {
		const answer = await send(tokenCall());
		expect(jsonOf(answer)).toEqual({ access_token: expect.any(String) as string, expires_in: 3600, token_type: 'Bearer' });
		const [first, second] = [await tokenOf(), await tokenOf()];
		expect(first).not.toBe(second);
		for (const value of [first, second]) expect((await send(events('C000055', token(`Bearer ${value}`)))).status).toBe(200);
	});

	test('a token ends after its requests, after its time, and when tokens are expired', async () => {
		const statuses = async (value: string) => (await send(events('C000055', token(`Bearer ${value}`)))).status;
		sandbox.set({ tokenLifetimeRequests: 2 });
		const short = await tokenOf();
		expect([await statuses(short), await statuses(short), await statuses(short)]).toEqual([200, 200, 401]);
		sandbox.set({ tokenLifetimeRequests: null, tokenLifetimeSeconds: 0 });
		expect(await statuses(await tokenOf())).toBe(401);
		sandbox.set({ tokenLifetimeSeconds: 3600 });
		const ended = await tokenOf();
		sandbox.expireTokens();
		expect([await statuses(ended), await statuses(await tokenOf())]).toEqual([401, 200]);
		sandbox.set({ newTokenEndsOlder: true });
		const [older, newer] = [await tokenOf(), await tokenOf()];
		expect([await statuses(older), await statuses(newer)]).toEqual([401, 200]);
		sandbox.set({ acceptPastedToken: false });
		expect((await send(events('C000055'))).status).toBe(401);
	});
});

describe('answers', () => {
	test("the example range of GoFive's page, to the second", async () => {
		const range = { DateFrom: '2025-01-01T00:00:00', DateTo: '2025-01-31T23:59:59' };
		const dates = datesOf(await envelopeOf(events('C000055', { body: range })));
		expect(dates).toEqual(expect.arrayContaining(['2025-01-01T00:00:00+0700', '2025-01-29T15:38:43+0700', '2025-01-31T23:59:59+0700']));
		expect(dates.every((date) => date.startsWith('2025-01-'))).toBe(true);
		const all = datesOf(await envelopeOf(events('C000055')));
		expect(all).toEqual(expect.arrayContaining(['2024-12-31T23:59:59+0700', '2025-02-01T00:00:00+0700']));
		const typed = await envelopeOf(events('C000055', { query: { eventTypeIds: '1' }, body: range }));
		expect((typed.data as Array<{ eventType: number }>).map((event) => event.eventType)).toEqual([1, 1]);
	});

	test('a lost GET body, as by some proxies, loses the range', async () => {
		sandbox.set({ dropGetBody: true });
		const body = { DateFrom: '2025-01-01T00:00:00', DateTo: '2025-01-31T23:59:59' };
		expect(datesOf(await envelopeOf(events('C000055', { body })))).toContain('2024-12-31T23:59:59+0700');
		expect(sandbox.requests[0]?.body).toBe(JSON.stringify(body));
	});

	test.each(['ลูกค้า 1', 'C1&x=2', 'a/b ../100%', 'L000308'])('the customer code %s travels whole', async (code) => {
		expect((await envelopeOf(events(code))).data).not.toEqual([]);
	});

	test('what is not there is a business answer', async () => {
		const nobody = { status: { code: '4001', description: 'Customer not found' }, data: null };
		expect(await envelopeOf(events('nobody'))).toEqual(nobody);
		expect(await envelopeOf(write({ ...EVENT, customerCode: 'nobody' }))).toEqual(nobody);
		expect((await envelopeOf(write({ ...EVENT, eventType: 99 }))).status.description).toBe('Event type not found');
		expect((await envelopeOf({ method: 'DELETE', path: '/v1/customerEvent/99999' })).status.code).toBe('4001');
		sandbox.set({ businessErrorStatus: 400 });
		expect((await send(events('nobody'))).status).toBe(400);
	});

	test('writes are kept, until reset', async () => {
		// The data lies around today, which may end meanwhile.
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		sandbox.reset();
		const start = JSON.stringify(sandbox.store.events);
		const { data } = await envelopeOf(write({ ...EVENT, description: 'ประชุม' }));
		const { eventId } = data as { eventId: number };
		expect(data).toEqual({ eventId, eventName: 'Meeting', eventDate: '2024-02-01T10:00:00+0700', eventType: 1, description: 'ประชุม' });
		const path = `/v1/customerEvent/${eventId}`;
		await envelopeOf(write({ ...EVENT, eventName: 'Moved', customerCode: 'C000999' }, { method: 'PUT', path }));
		expect((await envelopeOf(events('C000999'))).data).toMatchObject([{ eventId, eventName: 'Moved' }]);
		expect((await envelopeOf({ method: 'DELETE', path })).data).toBe(true);
		expect((await envelopeOf(events('C000999'))).data).toEqual([]);
		await envelopeOf({ method: 'DELETE', path: '/v1/customerEvent/1' });
		sandbox.reset();
		now.mockRestore();
		expect(JSON.stringify(sandbox.store.events)).toBe(start);
	});

	test('each keeps the contract', async () => {
		const { responseViolations } = await loadContract();
		const asked: Array<[string, Outgoing]> = [
			['createToken', tokenCall()],
			['createToken', tokenCall({ client_id: 'other' })],
			['createToken', tokenCall({}, { headers: { 'Ocp-Apim-Subscription-Key': null } })],
			['getCustomerEventTypes', { path: OTHER_PATH }],
			['getCustomerEvents', events('nobody')],
			['getCustomerEvents', events('C000055', { query: { page: '1' } })],
			['getCustomerEvents', events('C000055', { headers: { Authorization: null } })],
			...[...sandbox.store.customers.keys()].map((code): [string, Outgoing] => ['getCustomerEvents', events(code)]),
			['createCustomerEvent', write(EVENT)],
			['createCustomerEvent', write({})],
			['updateCustomerEvent', write(EVENT, { method: 'PUT', path: '/v1/customerEvent/1' })],
			['updateCustomerEvent', write(EVENT, { method: 'PUT', path: '/v1/customerEvent/99999' })],
			['deleteCustomerEvent', { method: 'DELETE', path: '/v1/customerEvent/1' }],
			['deleteCustomerEvent', { method: 'DELETE', path: '/v1/customerEvent/1' }],
		];
		for (const [operationId, outgoing] of asked) {
			const answer = await send(outgoing);
			expect([operationId, responseViolations(operationId, answer.status ?? 0, jsonOf(answer))]).toEqual([operationId, []]);
		}
		expect(sandbox.requests.map(({ operationId }) => operationId)).toEqual(asked.map(([operationId]) => operationId));
	});

	test('an answer that does not keep the contract is seen', async () => {
		const { responseViolations } = await loadContract();
		const status = { code: '1000', description: 'Success' };
		expect(responseViolations('getCustomerEvents', 200, { status, data: [{ eventId: '1' }] })).not.toEqual([]);
		expect(responseViolations('getCustomerEvents', 200, { status: { ...status, code: 1000 }, data: [] })).not.toEqual([]);
		expect(responseViolations('getCustomerEvents', 418, {})).not.toEqual([]);
	});

	test('an unknown path or method is not found', async () => {
		for (const [method, path] of [['GET', '/v1/nothing'], ['PATCH', '/v1/customerEvent']] as const) {
			const answer = await send({ method, path, query: { a: '1' } });
			expect([answer.status, jsonOf(answer)]).toEqual([404, { statusCode: 404, message: `Resource not found: the contract does not describe ${method} ${path}` }]);
		}
	});
});
