import { createServer } from 'node:http';
import { issuedToken, RESPONSES, success, toFullResponse, type HttpResponse } from '../../support/responses.cts';
import { listenOnLoopback } from '../../support/waitForCondition.cts';
import { CredentialStore, runNode } from '../harness.cts';
import { installSimulatedClock, type SimulatedClock } from '../executionFixture.cts';

// Two workflows share the token that n8n stores with the credential. `token-1` ends after one request.

const EMPLOYEES_PATH = '/v1/Employees/S1';
const TOKEN_PATH = '/authorization/connect/token';
/** Operations that send one request for each item with a code, and the paths of their requests. */
const OPERATIONS = [
	['getByCustomerCode', '/v1/customerEvent/filter', { dateRange: 'allDates', options: { maxParallelRequests: 1 } }],
	['create', '/v1/customerEvent', { eventName: 'a', eventType: 1, eventDate: '2025-02-01T10:00:00' }],
] as const;

let received: Array<{ path: string; token: string }>;
let credentialStore: CredentialStore;
let runOther: () => Promise<unknown>;
let simulatedClock: SimulatedClock;
const findTokens = (path: string) => received.filter((request) => request.path === path).map(({ token }) => token);

async function respond(path: string, token: string): Promise<HttpResponse> {
	if (path === TOKEN_PATH) return issuedToken(`token-${findTokens(TOKEN_PATH).length}`);
	if (path === EMPLOYEES_PATH) return token === 'token-1' ? RESPONSES.tokenRejected : success({ staffCode: 'S1' });
	if (token !== 'token-1' || findTokens(path).length === 1) return success({ eventId: 5 });
	await runOther();
	return RESPONSES.tokenRejected;
}

const server = createServer((request, response) => {
	const { pathname } = new URL(request.url ?? '', 'http://localhost');
	const token = (request.headers.authorization ?? '').replace('Bearer ', '');
	received.push({ path: pathname, token });
	void respond(pathname, token).then((answer) => {
		const { statusCode, headers, body } = toFullResponse(answer);
		response.writeHead(statusCode, { 'content-type': 'application/json', ...headers }).end(body);
	});
});
let baseUrl: string;
beforeAll(async () => void (baseUrl = `http://127.0.0.1:${await listenOnLoopback(server)}`));
afterAll(() => void server.close());
beforeEach(() => {
	const texts = { clientId: 'client', clientSecret: 'secret-1', subscriptionApiKey: 'key-1' };
	credentialStore = new CredentialStore({ authentication: 'clientCredentials', ...texts, baseUrl });
	received = [];
	simulatedClock = installSimulatedClock();
});
afterEach(() => simulatedClock.restore());

const runEmployee = async () =>
	await runNode({ parameters: { resource: 'employee', operation: 'get', staffCode: 'S1' }, credentialStore });

describe.each(OPERATIONS)('%s, in which a token ends', (operation, path, parameters) => {
	test.each([
		['that another workflow renewed meanwhile: the stored token is used', true],
		['that no other workflow renewed: one token is requested', false],
	])('%s, nothing is lost, and nothing is sent twice', async (_, renewsMeanwhile) => {
		runOther = async () => (renewsMeanwhile ? await runEmployee() : undefined);
		const { items, hints } = await runNode({
			parameters: {
				resource: 'customerEvent',
				operation,
				customerCode: '={{ $json.code }}',
				output: 'raw',
				...parameters,
			},
			items: ['C0', 'C1', 'C2'].map((code) => ({ code })),
			onError: 'continueRegularOutput',
			credentialStore,
		});
		expect([items, hints]).toEqual([[{ eventId: 5 }, { eventId: 5 }, { eventId: 5 }], []]);
		// The first token and the new one, of this run or of the other workflow.
		expect([findTokens(TOKEN_PATH).length, credentialStore.writeCount]).toEqual([2, 2]);
		expect(findTokens(path)).toEqual(['token-1', 'token-1', 'token-2', 'token-2']);
		expect(findTokens(EMPLOYEES_PATH)).toEqual(renewsMeanwhile ? ['token-1', 'token-2'] : []);
	});
});
