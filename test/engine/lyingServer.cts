/*
 * A real HTTP server whose responses are written down in each test, for servers that break GoFive's contract.
 * Imported by the engine tests.
 * Start with `setupLyingServer`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { issuedToken, responseOf, type HttpResponse } from '../support/responses.cts';
import { flushNetwork, listenOnLoopback } from '../support/waitForCondition.cts';
import { installSimulatedClock, type SimulatedClock } from './executionFixture.cts';
import { CredentialStore, runNode } from './harness.cts';

type RunOptions = Parameters<typeof runNode>[0];

/** Request as the server received it. */
export interface LyingRequest {
	/** Method and path, for example `GET /v1/customerEvent/filter`. */
	route: string;
	query: URLSearchParams;
	/** Parsed body. Empty if it is not a JSON object. */
	body: IDataObject;
	/** Access token. Empty for a token request. */
	token: string;
}

/** Responses of one route: in this order, of which the last one is repeated, or the result of a function. */
export type Answers = HttpResponse[] | ((request: LyingRequest) => HttpResponse | Promise<HttpResponse>);
/** Responses by route. The server sends a token unless the script has a token route. */
export type Script = Record<string, Answers>;

export const TOKEN_ROUTE = 'POST /authorization/connect/token';
export const EVENTS_ROUTE = 'GET /v1/customerEvent/filter';
export const EVENT_TYPES_ROUTE = 'GET /v1/customerEvent/event-types';
export const EMPLOYEES_ROUTE = 'POST /v1/Employees/Enquiry';
export const DEALS_ROUTE = 'POST /v1/Deals/Enquiry';
export const PRODUCTS_ROUTE = 'POST /v2/Products/GetProduct';
export const CREATE_EVENT_ROUTE = 'POST /v1/customerEvent';

/** Path of requests that are neither counted nor part of a script. */
const IDLE_PATH = '/still-there';

const SECRET = 'secret-of-the-lying-server';
const CREDENTIAL_TEXTS = { clientId: 'client', clientSecret: SECRET, subscriptionApiKey: `${SECRET}-key` };

/** Matches a description, with or without GoFive's message before it. */
export const advice = (text: string): unknown =>
	expect.stringMatching(new RegExp(`^(?:GoFive's message: "[^"]*"\\. )?${escapeRegExp(text)}$`));

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Builds a list of rows. */
export const buildRows = (count: number, buildRow: (index: number) => IDataObject): IDataObject[] =>
	Array.from({ length: count }, (_, index) => buildRow(index));

function parseObject(body: string): IDataObject {
	return body.startsWith('{') ? (JSON.parse(body) as IDataObject) : {};
}

/** Everything that the user of an execution sees. */
interface Outcome {
	items: unknown[];
	message?: string;
	description?: string | null;
	hints: unknown[];
}

/** Number of requests by route. */
type RequestCounts = Record<string, number>;

/** A lie of the server, and what its user sees. */
export interface LieCase {
	title: string;
	/** `resource.operation` */
	operation: string;
	parameters?: IDataObject;
	script: Script;
	options?: Omit<RunOptions, 'parameters'>;
	/** Items and hints default to none, message and description to undefined. */
	expected: { [Key in keyof Outcome]?: unknown };
	/** Requests without the one for a token. Several where the order or size of pages may change. */
	requests: RequestCounts | RequestCounts[];
}

/** Server that sends the responses of a script. */
export class LyingServer {
	readonly receivedRequests: LyingRequest[] = [];
	url = '';
	private script: Script = {};
	private readonly answeredCounts = new Map<string, number>();
	private tokenCount = 0;
	private readonly server = createServer((request, response) => void this.respond(request, response));

	async start(): Promise<void> {
		this.url = `http://127.0.0.1:${await listenOnLoopback(this.server)}`;
	}

	stop(): void {
		this.server.closeAllConnections();
		this.server.close();
	}

	/** Replaces the script and forgets the received requests. */
	follow(script: Script): void {
		this.script = script;
		this.receivedRequests.length = 0;
		this.answeredCounts.clear();
		this.tokenCount = 0;
	}

	/** Credential in client credentials mode. */
	get credential(): ICredentialDataDecryptedObject {
		return { authentication: 'clientCredentials', ...CREDENTIAL_TEXTS, baseUrl: this.url };
	}

	/** Resolves when every request and response that was sent so far has arrived. */
	async waitUntilIdle(): Promise<void> {
		await flushNetwork(this.url + IDLE_PATH);
	}

	/** Returns the requests of a route. */
	findRequests(route: string): LyingRequest[] {
		return this.receivedRequests.filter((request) => request.route === route);
	}

	/** Counts the requests by route. */
	countRequests(): RequestCounts {
		const counts: RequestCounts = {};
		for (const { route } of this.receivedRequests) counts[route] = (counts[route] ?? 0) + 1;
		return counts;
	}

	/**
	 * Executes an operation against a script.
	 * @param name - `resource.operation`
	 */
	async run(
		name: string,
		parameters: IDataObject,
		script: Script,
		options: Omit<RunOptions, 'parameters'> = {},
	): Promise<Outcome> {
		this.follow(script);
		const [resource = '', operation = ''] = name.split('.');
		const credentialStore = options.credentialStore ?? new CredentialStore(this.credential);
		const result = await runNode({
			parameters: { resource, operation, ...parameters },
			...options,
			credentialStore,
		});
		expect(result.runDataText + result.logs).not.toContain(SECRET);
		const { items, error, hints } = result;
		return {
			items,
			message: error?.message,
			description: error?.description,
			hints: hints.map(({ message }) => message),
		};
	}

	private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { pathname, searchParams } = new URL(request.url ?? '', this.url);
		if (pathname === IDLE_PATH) {
			response.end();
			return;
		}
		const receivedRequest: LyingRequest = {
			route: `${request.method} ${pathname}`,
			query: searchParams,
			body: parseObject(await text(request)),
			token: (request.headers.authorization ?? '').replace('Bearer ', ''),
		};
		this.receivedRequests.push(receivedRequest);
		const { status, headers, body } = await this.findAnswer(receivedRequest);
		const isText = typeof body === 'string';
		const type = isText ? 'text/html; charset=utf-8' : 'application/json';
		response.writeHead(status, { 'content-type': type, ...headers });
		response.end(isText ? body : JSON.stringify(body));
	}

	private async findAnswer(request: LyingRequest): Promise<HttpResponse> {
		const { route } = request;
		const answers = this.script[route];
		if (typeof answers === 'function') return await answers(request);
		if (!answers && route === TOKEN_ROUTE) return this.issueToken();
		// Shows in the test, whose message then differs.
		if (!answers) return responseOf({ message: `The script has no route ${route}` }, 501);
		const answeredCount = this.answeredCounts.get(route) ?? 0;
		this.answeredCounts.set(route, answeredCount + 1);
		return answers[Math.min(answeredCount, answers.length - 1)] ?? responseOf('');
	}

	/** Builds the response to a token request. Each token is new. */
	issueToken(): HttpResponse {
		this.tokenCount += 1;
		return issuedToken(`token-${this.tokenCount}`);
	}
}

/** Tests that each lie ends as a message, a hint or a value that the user sees. */
export function testLies(server: LyingServer, cases: LieCase[]): void {
	test.each(cases)('$title', async ({ operation, parameters = {}, script, options, expected, requests }) => {
		const outcome = await server.run(operation, parameters, script, options);
		expect(outcome).toEqual({ items: [], hints: [], ...expected });
		const possibleCounts = [requests].flat().map((counts) => ({ [TOKEN_ROUTE]: 1, ...counts }));
		expect(possibleCounts).toContainEqual(server.countRequests());
	});
}

/** Starts a server for the tests of a file. In each test, waiting takes no real time. */
export function setupLyingServer(): LyingServer {
	const server = new LyingServer();
	let simulatedClock: SimulatedClock;
	beforeAll(async () => await server.start());
	afterAll(() => server.stop());
	beforeEach(() => (simulatedClock = installSimulatedClock()));
	afterEach(() => simulatedClock.restore());
	return server;
}
