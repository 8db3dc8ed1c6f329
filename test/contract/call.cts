import http from 'node:http';
import { SANDBOX_SIGN_IN } from '../../sandbox/index.mts';

/** What to send; `headers` come over the signed-in ones, null takes one away; `body` not text goes as JSON. */
export interface Outgoing {
	method?: string;
	path: string;
	query?: Record<string, string> | string;
	headers?: Record<string, string | null>;
	body?: unknown;
	/** Ends when the client gives up, if no answer ends before; gets how many bytes of it have come. */
	patience?: (bytes: () => number) => Promise<unknown>;
}

/**
 * What came back; `code` is Node's code of a broken connection (`read ECONNRESET` a TCP reset, `ECONNRESET` an early end), or
 * PATIENCE when the client gave up.
 */
export interface Incoming {
	status?: number;
	headers: http.IncomingHttpHeaders;
	bytes: Buffer;
	text: string;
	code?: string;
	/** Milliseconds from sending to the end. */
	took: number;
}

/** Headers of a signed-in call in Access Token mode. */
const SIGNED_IN = {
	'Content-Type': 'application/json',
	'Ocp-Apim-Subscription-Key': SANDBOX_SIGN_IN.subscriptionApiKey,
	Authorization: `Bearer ${SANDBOX_SIGN_IN.accessToken}`,
};

/** Sends one request on a connection of its own (fetch refuses a body on GET) and never throws for what comes back. */
export async function call(url: string, { method = 'GET', path, query = '', body, ...rest }: Outgoing): Promise<Incoming> {
	const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
	const search = typeof query === 'string' ? query : new URLSearchParams(query).toString();
	const given = { ...SIGNED_IN, ...rest.headers, ...(text ? { 'Content-Length': String(Buffer.byteLength(text)) } : {}) };
	const headers = Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null));
	const began = performance.now();
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let response: http.IncomingMessage | undefined;
		const failed = ({ syscall, code }: NodeJS.ErrnoException) => end([syscall, code].filter(Boolean).join(' '));
		const end = (code?: string) => {
			const bytes = Buffer.concat(chunks);
			resolve({
				...(response?.statusCode === undefined ? {} : { status: response.statusCode }),
				...(code === undefined ? {} : { code }),
				headers: response?.headers ?? {},
				bytes,
				text: bytes.toString('utf8'),
				took: performance.now() - began,
			});
		};
		const request = http.request(`${url}${path}${search && `?${search}`}`, { method, headers, agent: false }, (message) => {
			response = message;
			message.on('data', (chunk: Buffer) => chunks.push(chunk));
			message.on('end', () => end());
			message.on('error', failed);
		});
		request.on('error', failed);
		void rest.patience?.(() => Buffer.concat(chunks).length).then(() => {
			end('PATIENCE');
			request.destroy();
		});
		request.end(text);
	});
}

/** The body as JSON. */
export const jsonOf = ({ text }: Incoming): unknown => JSON.parse(text);

/** The events of one customer, the call this project is about. */
export const events = (customerCode: string, rest: Partial<Outgoing> = {}): Outgoing => ({
	path: '/v1/customerEvent/filter',
	...rest,
	query: typeof rest.query === 'string' ? rest.query : { customerCode, ...rest.query },
});

/** A token call; the fields come over the right ones, null takes one away. */
export function tokenCall(fields: Record<string, string | null> = {}, rest: Partial<Outgoing> = {}): Outgoing {
	const { clientId, clientSecret } = SANDBOX_SIGN_IN;
	const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, ...fields };
	const given = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== null);
	return {
		method: 'POST',
		path: '/authorization/connect/token',
		body: new URLSearchParams(given).toString(),
		...rest,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: null, ...rest.headers },
	};
}
