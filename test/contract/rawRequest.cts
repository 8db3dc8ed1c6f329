import http from 'node:http';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/index.mts';

/** What to send; `headers` come over the signed-in ones, null takes one away; `body` not text goes as JSON. */
export interface RawRequest {
	method?: string;
	path: string;
	query?: Record<string, string> | string;
	headers?: Record<string, string | null>;
	body?: unknown;
	/** Ends when the client gives up, if no answer ends before; gets how many bytes of it have come. */
	abortWhen?: (bytes: () => number) => Promise<unknown>;
}

/**
 * What came back; `code` is Node's code of a broken connection (`read ECONNRESET` a TCP reset, `ECONNRESET` an early end), or
 * PATIENCE when the client gave up.
 */
export interface RawResponse {
	status?: number;
	headers: http.IncomingHttpHeaders;
	bytes: Buffer;
	text: string;
	code?: string;
	/** Milliseconds from sending to the end. */
	durationMs: number;
}

/** Headers of a signed-in call in Access Token mode. */
const SIGNED_IN_HEADERS = {
	'Content-Type': 'application/json',
	'Ocp-Apim-Subscription-Key': SANDBOX_CREDENTIAL_DATA.subscriptionApiKey,
	Authorization: `Bearer ${SANDBOX_CREDENTIAL_DATA.accessToken}`,
};

/** Sends one request on a connection of its own (fetch refuses a body on GET) and never throws for what comes back. */
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

/** The body as JSON. */
export const parseResponseBody = ({ text }: RawResponse): unknown => JSON.parse(text);

/** The events of one customer, the call this project is about. */
export const buildEventsRequest = (customerCode: string, overrides: Partial<RawRequest> = {}): RawRequest => ({
	path: '/v1/customerEvent/filter',
	...overrides,
	query: typeof overrides.query === 'string' ? overrides.query : { customerCode, ...overrides.query },
});

/** A token call; the fields come over the right ones, null takes one away. */
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
