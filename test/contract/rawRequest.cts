/*
 * HTTP client and set-up for the tests of the sandbox and the contract.
 * Imported by the tests of this folder only.
 * Start with `sendRawRequest`.
 */
import { once } from 'node:events';
import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { SANDBOX_CREDENTIAL_DATA, startSandbox, type Sandbox } from '../../sandbox/index.mts';

/**
 * Request to send. `headers` override those of a signed-in call, and null removes one.
 * A `body` that is no text is sent as JSON.
 */
export interface RawRequest {
	method?: string;
	path: string;
	query?: Record<string, string> | string;
	headers?: Record<string, string | null>;
	body?: unknown;
}

interface RawResponse {
	status: number;
	headers: http.IncomingHttpHeaders;
	bytes: Buffer;
	text: string;
}

/** Headers of a request in Access Token mode. */
const SIGNED_IN_HEADERS = {
	'Content-Type': 'application/json',
	'Ocp-Apim-Subscription-Key': SANDBOX_CREDENTIAL_DATA.subscriptionApiKey,
	Authorization: `Bearer ${SANDBOX_CREDENTIAL_DATA.accessToken}`,
};

/**
 * Sends one request on its own connection.
 * Node's fetch does not allow a body on GET.
 */
export async function sendRawRequest(
	url: string,
	{ method = 'GET', path, query = '', body, headers: changedHeaders }: RawRequest,
): Promise<RawResponse> {
	const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
	const queryString = typeof query === 'string' ? query : new URLSearchParams(query).toString();
	const allHeaders = {
		...SIGNED_IN_HEADERS,
		...changedHeaders,
		...(text ? { 'Content-Length': String(Buffer.byteLength(text)) } : {}),
	};
	const headers = Object.fromEntries(
		Object.entries(allHeaders).filter((entry): entry is [string, string] => entry[1] !== null),
	);
	const target = `${url}${path}${queryString && `?${queryString}`}`;
	const request = http.request(target, { method, headers, agent: false }).end(text);
	const [response] = (await once(request, 'response')) as [http.IncomingMessage];
	const bytes = await buffer(response);
	return { status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString('utf8') };
}

/**
 * Starts a sandbox for the tests of a file and resets it before each test.
 * @param assign - Receives the sandbox
 */
export function setupSandbox(assign: (sandbox: Sandbox) => void): void {
	let sandbox: Sandbox;
	beforeAll(async () => assign((sandbox = await startSandbox())));
	afterAll(() => sandbox.close());
	beforeEach(() => sandbox.reset());
}

/** Parses the body as JSON. */
export const parseResponseBody = ({ text }: RawResponse): unknown => JSON.parse(text);

/** Builds the request for the events of the customer C000055. */
export const buildEventsRequest = (overrides: Partial<RawRequest> = {}): RawRequest => ({
	path: '/v1/customerEvent/filter',
	query: { customerCode: 'C000055' },
	...overrides,
});

/** Builds a token request. */
export function buildTokenRequest(overrides: Partial<RawRequest> = {}): RawRequest {
	const { clientId, clientSecret } = SANDBOX_CREDENTIAL_DATA;
	const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
	return {
		method: 'POST',
		path: '/authorization/connect/token',
		body: new URLSearchParams(form).toString(),
		...overrides,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: null, ...overrides.headers },
	};
}
