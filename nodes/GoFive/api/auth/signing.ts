import type { IHttpRequestOptions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { parseUrl } from '../request/request';
import { isObject, type JsonObject } from '../../shared/json';
import { settingError } from './baseUrl';

/** State of a request that a GoFive node sends. */
export interface SigningState {
	/** Authorization header that GoFive rejected. The request must be signed with a newer one. */
	rejectedAuthorization?: string;
	/** Authorization header that was sent. */
	authorization?: string;
}

/** Key of the signing state in the options of a request. Data of a workflow cannot have it. */
export const SIGNING_STATE = Symbol.for('n8n-nodes-gofive.signingState');

/** Options of a request, also those of n8n's deprecated request helper, which the HTTP Request node uses. */
export interface RequestOptions extends IHttpRequestOptions {
	/** URL, in the deprecated helper. */
	uri?: string;
	/** Set to false by the option 'Ignore SSL Issues (Insecure)' of the HTTP Request node. */
	rejectUnauthorized?: boolean;
	/** Options of the agent of Node.js. Those of the HTTP Request node contain its option 'SSL Certificates'. */
	agentOptions?: object;
	[SIGNING_STATE]?: SigningState;
}

/** Methods with which the credential is sent. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
/** Options of the agent with which the server still has to prove its name. */
const SAFE_AGENT_OPTIONS = ['cert', 'key', 'passphrase'];

async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/**
 * Copies a value as data. In n8n's older expression engine, an expression can return an object with functions: a getter
 * could return another value after the check, and `pipe` of a body would receive the signed request.
 *
 * @throws GoFiveError if the value contains a function.
 */
async function copyData(value: unknown): Promise<unknown> {
	if (typeof value === 'function') throw settingError(messages.requestNotData);
	if (typeof value !== 'object' || value === null) return value;
	if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
	if (Symbol.asyncIterator in value) return await readStream(value as AsyncIterable<Uint8Array>);
	if (Array.isArray(value)) return await Promise.all(Array.from(value, copyData));
	const { toJSON, ...fields } = value as JsonObject;
	if (typeof toJSON === 'function') return await copyData(toJSON.call(value));
	const entries = Object.entries(fields).map(async ([key, field]) => [key, await copyData(field)] as const);
	return Object.fromEntries((await Promise.all(entries)).filter(([, field]) => field !== undefined));
}

/** Returns true if headers contain another host. n8n also sends the headers in objects, for example in `common`. */
const namesOtherHost = (headers: object, host: string): boolean =>
	Object.entries(headers).some(([name, value]: [string, unknown]) =>
		name.trim().toLowerCase() === 'host' ? value !== host : isObject(value) && namesOtherHost(value, host),
	);

/**
 * Copies the options of a request, and checks that only the server of the base URL can receive the request.
 *
 * - The copy contains data only, so that it is sent as it was checked.
 * - The origin of the request is that of the base URL, and so is its header Host, by which a server that several
 *   companies share selects the recipient.
 * - The method is a usual one. The response to TRACE or TRACK would repeat the headers with the secrets.
 * - With https, the server must prove its name. Otherwise a proxy, which the HTTP Request node may name, could read the
 *   secrets. HTTP, which only localhost may use, has no TLS.
 *
 * @throws GoFiveError if another server could receive the request.
 */
export async function copyRequest(options: RequestOptions, baseUrl: string): Promise<RequestOptions> {
	const { abortSignal, [SIGNING_STATE]: signingState, ...content } = options;
	const { uri, ...copy } = (await copyData(content)) as RequestOptions;
	const request = { ...copy, abortSignal, [SIGNING_STATE]: signingState, url: copy.url ?? uri ?? '' };
	const { method = 'GET', url, baseURL, headers = {}, agentOptions = {} } = request;
	const { host, origin, protocol } = new URL(baseUrl);
	if ([url, baseURL ?? '', method].some((part) => typeof part !== 'string'))
		throw settingError(messages.requestNotData);
	// Axios does not combine a base URL and a path as the URL standard does, so that both must have the origin.
	for (const targetUrl of [parseUrl(url, baseURL), parseUrl(baseURL || url)])
		if (targetUrl?.origin !== origin) throw settingError(messages.otherOrigin(targetUrl?.origin ?? url));
	if (namesOtherHost(headers, host)) throw settingError(messages.otherOrigin("the host in the header 'Host'"));
	if (!METHODS.includes(method.toUpperCase())) throw settingError(messages.methodNotAllowed);
	const isUnverified = request.rejectUnauthorized === false || request.skipSslCertificateValidation === true;
	const hasUnsafeAgent = Object.keys(agentOptions).some((name) => !SAFE_AGENT_OPTIONS.includes(name));
	if ((isUnverified && protocol === 'https:') || hasUnsafeAgent) throw settingError(messages.certificateNotVerified);
	return request;
}
