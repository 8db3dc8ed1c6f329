/*
 * HTTP client and set-up for the tests of the sandbox and the contract.
 * Imported by the tests of this folder only.
 * Start with `sendRawRequest`.
 */
import http from 'node:http';
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
	/** Resolves when the client has to abort. The argument returns the number of bytes received. */
	abortWhen?: (bytes: () => number) => Promise<unknown>;
}

/**
 * Response, or the part of it that arrived.
 * `code` is Node's code of a broken connection: `read ECONNRESET` for a TCP reset, `ECONNRESET` for an early end.
 * It is PATIENCE if the client aborted.
 */
export interface RawResponse {
	status?: number;
	headers: http.IncomingHttpHeaders;
	bytes: Buffer;
	text: string;
	code?: string;
	/** Time in ms from the request to the end of the response. */
	durationMs: number;
}

/** Headers of a request in Access Token mode. */
const SIGNED_IN_HEADERS = {
	'Content-Type': 'application/json',
	'Ocp-Apim-Subscription-Key': SANDBOX_CREDENTIAL_DATA.subscriptionApiKey,
	Authorization: `Bearer ${SANDBOX_CREDENTIAL_DATA.accessToken}`,
};

/**
 * Sends one request on its own connection and never rejects.
 * Node's fetch does not allow a body on GET.
 */
export async function sendRawRequest(
	url: string,
	{ method = 'GET', path, query = '', body, ...rest }: RawRequest,
): Promise<RawResponse> {
	const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
	const queryString = typeof query === 'string' ? query : new URLSearchParams(query).toString();
	const allHeaders = {
		...SIGNED_IN_HEADERS,
		...rest.headers,
		...(text ? { 'Content-Length': String(Buffer.byteLength(text)) } : {}),
	};
	const headers = Object.fromEntries(
		Object.entries(allHeaders).filter((entry): entry is [string, string] => entry[1] !== null),
	);
	const startedAt = performance.now();
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let response: http.IncomingMessage | undefined;
		const onError = ({ syscall, code }: NodeJS.ErrnoException) => finish([syscall, code].filter(Boolean).join(' '));
		const finish = (code?: string) => {
			const bytes = Buffer.concat(chunks);
			resolve({
				...(response?.statusCode === undefined ? {} : { status: response.statusCode }),
				...(code === undefined ? {} : { code }),
				headers: response?.headers ?? {},
				bytes,
				text: bytes.toString('utf8'),
				durationMs: performance.now() - startedAt,
			});
		};
		const request = http.request(
			`${url}${path}${queryString && `?${queryString}`}`,
			{ method, headers, agent: false },
			(message) => {
				response = message;
				message.on('data', (chunk: Buffer) => chunks.push(chunk));
				message.on('end', () => finish());
				message.on('error', onError);
			},
		);
		request.on('error', onError);
		void rest
			.abortWhen?.(() => Buffer.concat(chunks).length)
			.then(() => {
				finish('PATIENCE');
				request.destroy();
			});
		request.end(text);
	});
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

/** Builds the request for the events of a customer. */
export const buildEventsRequest = (customerCode: string, overrides: Partial<RawRequest> = {}): RawRequest => ({
	path: '/v1/customerEvent/filter',
	...overrides,
	query: typeof overrides.query === 'string' ? overrides.query : { customerCode, ...overrides.query },
});

/** Builds a token request. `fields` override the valid ones, and null removes one. */
export function buildTokenRequest(
	fields: Record<string, string | null> = {},
	overrides: Partial<RawRequest> = {},
): RawRequest {
	const { clientId, clientSecret } = SANDBOX_CREDENTIAL_DATA;
	const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, ...fields };
	const formEntries = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== null);
	return {
		method: 'POST',
		path: '/authorization/connect/token',
		body: new URLSearchParams(formEntries).toString(),
		...overrides,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: null, ...overrides.headers },
	};
}
