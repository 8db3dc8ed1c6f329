import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'flatted';
import { RestClient } from '../../scripts/instance/restClient.mts';
import { StoppableScript } from '../../scripts/instance/stoppableScript.mts';

/** Responds to one request. */
type Responder = (response: ServerResponse) => void;

const respondWith =
	(status: number, text: string, headers: Record<string, string> = {}): Responder =>
	(response) =>
		void response.writeHead(status, headers).end(text);
const resetConnection: Responder = ({ socket }) => socket?.resetAndDestroy();
const resetHalfway =
	(text: string): Responder =>
	(response) => {
		response.writeHead(200, { 'content-length': text.length });
		response.write(cutInTheMiddle(text), () => response.socket?.resetAndDestroy());
	};
const cutInTheMiddle = (text: string): string => text.slice(0, text.length / 2);

const NODES = JSON.stringify([{ name: 'n8n-nodes-base.set' }, { name: 'n8n-nodes-gofive.goFive' }]);
const CREDENTIALS = JSON.stringify([{ name: 'goFiveApi', authenticate: {} }]);
const NODES_REQUEST = 'GET /types/nodes.json';
const CREDENTIALS_REQUEST = 'GET /types/credentials.json';
const OWNER_LOGIN = { email: 'owner@example.com', password: 'Secret-1' };
const SESSION = respondWith(200, '{}', { 'set-cookie': 'n8n-auth=1; Path=/' });

/** Responses of n8n by method and path. The last one of a path is repeated. */
let responders: Record<string, Responder[]>;
let receivedRequests: string[];
const server = createServer(({ method, url }: IncomingMessage, response) => {
	const request = `${method} ${url}`;
	receivedRequests.push(request);
	// In Node 20, an idle connection keeps jest's worker process running.
	response.setHeader('connection', 'close');
	const queue = responders[request] ?? [];
	const respond = queue.length > 1 ? queue.shift() : queue[0];
	(respond ?? respondWith(404, 'No such path'))(response);
});

/** Script that does not wait between two tries. */
class QuickScript extends StoppableScript {
	override async pause(): Promise<void> {}
}

/** Script whose time is up after the first try. */
class ImpatientScript extends QuickScript {
	override async waitFor<Value>(probe: () => Value | Promise<Value>): Promise<Value | undefined> {
		return await super.waitFor(probe, -1);
	}
}

const folder = mkdtempSync(path.join(tmpdir(), 'gofive-unit-'));
const logFile = path.join(folder, 'last-start.log');
const script = new QuickScript(logFile);
let client: RestClient;
const createClient = (owner: StoppableScript): RestClient => new RestClient(owner, client.url, 'n8n-auth=1');

beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	client = new RestClient(script, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'n8n-auth=1');
});
beforeEach(() => {
	receivedRequests = [];
	responders = {
		[NODES_REQUEST]: [respondWith(200, NODES)],
		[CREDENTIALS_REQUEST]: [respondWith(200, CREDENTIALS)],
	};
});
afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
	rmSync(folder, { recursive: true });
});

test.each([
	['a reset connection', NODES_REQUEST, resetConnection],
	['a response that ends early', NODES_REQUEST, resetHalfway(NODES)],
	['a status other than 401 and 403', NODES_REQUEST, respondWith(503, 'n8n is starting up. Please wait')],
	['a list of nodes that was cut', NODES_REQUEST, respondWith(200, cutInTheMiddle(NODES))],
	['a list of credentials that was cut', CREDENTIALS_REQUEST, respondWith(200, cutInTheMiddle(CREDENTIALS))],
	['an empty response', NODES_REQUEST, respondWith(200, '')],
	['a list without the node', NODES_REQUEST, respondWith(200, '[]')],
	['a response that is no list', NODES_REQUEST, respondWith(200, '{}')],
])('the start goes on after %s', async (_case, request, firstResponder) => {
	responders[request]?.unshift(firstResponder);
	await client.assertNodeLoaded();
	expect(receivedRequests.filter((receivedRequest) => receivedRequest === request)).toHaveLength(2);
});

test.each([401, 403])('status %i ends the start immediately', async (status) => {
	responders[NODES_REQUEST] = [respondWith(status, '{"message":"Unauthorized"}')];
	await expect(client.assertNodeLoaded()).rejects.toMatchObject({
		name: 'UserFacingError',
		message: `n8n denied access to /types/nodes.json (HTTP ${status}).`,
		nextStep: `Run the command again, or look for the cause in ${logFile}`,
	});
	expect(receivedRequests).toHaveLength(1);
});

test('when the time is up, the message shows what to do next, and the log shows the last cause', async () => {
	responders[NODES_REQUEST] = [respondWith(503, 'n8n is starting up. Please wait')];
	await expect(createClient(new ImpatientScript(logFile)).assertNodeLoaded()).rejects.toMatchObject({
		message: 'n8n started, but did not list the GoFive node and its credential within three minutes.',
		nextStep: `Run the command again, or look for the cause in ${logFile}`,
	});
	expect(readFileSync(logFile, 'utf8')).toContain('n8n responded to /types/nodes.json with HTTP 503');
});

test('the login is tried again until n8n can respond', async () => {
	responders['POST /rest/login'] = [resetConnection, respondWith(503, ''), respondWith(401, '{}'), SESSION];
	responders['POST /rest/owner/setup'] = [respondWith(404, ''), resetConnection];
	expect(await RestClient.logIn(script, client.url, OWNER_LOGIN)).toMatchObject({ cookie: 'n8n-auth=1' });
	expect(receivedRequests.filter((request) => request === 'POST /rest/login')).toHaveLength(4);
});

test('the first login creates the owner', async () => {
	responders['POST /rest/login'] = [respondWith(401, '{}')];
	responders['POST /rest/owner/setup'] = [SESSION];
	expect(await RestClient.logIn(script, client.url, OWNER_LOGIN)).toMatchObject({ cookie: 'n8n-auth=1' });
});

test('a rejected owner ends the login immediately', async () => {
	responders['POST /rest/login'] = [respondWith(401, '{}')];
	responders['POST /rest/owner/setup'] = [respondWith(403, '{}')];
	await expect(RestClient.logIn(script, client.url, OWNER_LOGIN)).rejects.toMatchObject({
		name: 'UserFacingError',
		message: 'n8n denied access to /rest/owner/setup (HTTP 403).',
	});
	expect(receivedRequests).toHaveLength(2);
});

test('an execution is read again until its data is complete', async () => {
	const data = stringify({ resultData: { runData: {} } });
	const finished = JSON.stringify({ data: { status: 'success', data } });
	responders['GET /rest/executions/7'] = [
		respondWith(200, cutInTheMiddle(finished)),
		respondWith(200, ''),
		resetConnection,
		respondWith(500, '{"message":"SQLITE_BUSY"}'),
		respondWith(200, JSON.stringify({ data: { status: 'running', data: '' } })),
		respondWith(200, finished),
	];
	expect(await createClient(script).waitForExecution('7')).toMatchObject({ id: '7', status: 'success' });
	expect(receivedRequests).toHaveLength(6);
});

test('a denied execution ends the wait immediately', async () => {
	responders['GET /rest/executions/7'] = [respondWith(401, '{"status":"error","message":"Unauthorized"}')];
	await expect(createClient(script).waitForExecution('7')).rejects.toMatchObject({
		name: 'UserFacingError',
		message: 'n8n denied access to /rest/executions/7 (HTTP 401).',
	});
	expect(receivedRequests).toHaveLength(1);
});

test('an execution that does not end in time leads to a message with the next step', async () => {
	responders['GET /rest/executions/7'] = [resetConnection];
	await expect(createClient(new ImpatientScript(logFile)).waitForExecution('7')).rejects.toMatchObject({
		message: 'Execution 7 did not end within four minutes.',
		nextStep: `Run the command again, or look for the cause in ${logFile}`,
	});
});
