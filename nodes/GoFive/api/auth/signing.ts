import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import { parseUrl } from '../request/request';
import { isObject, MAX_DEPTH, type JsonObject } from '../../shared/json';
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
	/** Whether the deprecated helper returns a stream. */
	useStream?: boolean;
	/** Fields of a form, in the deprecated helper. */
	formData?: unknown;
	[SIGNING_STATE]?: SigningState;
}

/** Methods with which the credential is sent. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
/** Options of the agent with which the server still has to prove its name. */
const SAFE_AGENT_OPTIONS = ['cert', 'key', 'passphrase'];

/** Stream of Node.js, or a form of the library form-data, in which n8n's HTTP Request node sends files. */
interface FileStream {
	on(event: string, listener: (chunk: Uint8Array) => void): void;
	resume(): void;
	getBoundary?(): string;
}

const isFileStream = (value: unknown): value is FileStream => isObject(value) && typeof value.resume === 'function';

/** Content by file. n8n signs a request again with a new token and for each page, but a file can be read only once. */
const fileContents = new WeakMap<FileStream, Promise<Buffer>>();

async function readFile(file: FileStream): Promise<Buffer> {
	const read = (resolve: (content: Buffer) => void, reject: (error: unknown) => void): void => {
		const chunks: Buffer[] = [];
		file.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
		file.on('end', () => resolve(Buffer.concat(chunks)));
		file.on('error', reject);
		file.on('close', () => reject(new Error('The file ended before it was read completely')));
		file.resume();
	};
	const content = fileContents.get(file) ?? new Promise(read);
	fileContents.set(file, content);
	return await content;
}

/**
 * Reads the files of a request. A form becomes the body: n8n's deprecated helper encodes a body of the type
 * `multipart/form-data` again, but not of the same type in other letters.
 */
async function readFiles({ body, formData, headers = {} }: RequestOptions): Promise<Partial<RequestOptions>> {
	if (isFileStream(body)) return { body: await readFile(body) };
	if (!isFileStream(formData)) return {};
	const otherHeaders = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
	const contentType = ['Content-Type', `Multipart/Form-Data; boundary=${formData.getBoundary?.()}`];
	const formHeaders = Object.fromEntries([...otherHeaders, contentType]) as IDataObject;
	return { headers: formHeaders, formData: undefined, body: await readFile(formData) };
}

/**
 * Copies a value as data. In n8n's older expression engine, an expression can return an object with functions: a getter
 * could return another value after the check, and `pipe` of a body would receive the signed request.
 *
 * @throws GoFiveError if the value contains a function, a special object or too many levels.
 */
function copyData(value: unknown, depth = 0): unknown {
	if (typeof value === 'function' || depth > MAX_DEPTH) throw settingError(messages.requestUnsuitable);
	if (typeof value !== 'object' || value === null) return value;
	if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
	const copyPart = (part: unknown) => copyData(part, depth + 1);
	if (Array.isArray(value)) return Array.from(value, copyPart);
	const { toJSON, ...fields } = value as JsonObject;
	if (typeof toJSON === 'function') return copyPart(toJSON.call(value));
	if (Object.prototype.toString.call(value) !== '[object Object]') throw settingError(messages.requestUnsuitable);
	const entries = Object.entries(fields).map(([key, field]) => [key, copyPart(field)] as const);
	return Object.fromEntries(entries.filter(([, field]) => field !== undefined));
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
 * - The response is no stream. A stream of Node.js contains the request with the secrets, and n8n stores it.
 * - The method is a usual one. The response to TRACE or TRACK would repeat the headers with the secrets.
 * - With https, the server must prove its name. Otherwise a proxy, which the HTTP Request node may name, could read the
 *   secrets. HTTP, which only localhost may use, has no TLS.
 *
 * @throws GoFiveError if another server could receive the request.
 */
export async function copyRequest(options: RequestOptions, baseUrl: string): Promise<RequestOptions> {
	const { abortSignal, [SIGNING_STATE]: signingState, ...content } = options;
	const { uri, ...copy } = copyData({ ...content, ...(await readFiles(content)) }) as RequestOptions;
	const request = { ...copy, abortSignal, [SIGNING_STATE]: signingState, url: copy.url ?? uri ?? '', useStream: false };
	if (request.encoding === 'stream') request.encoding = 'arraybuffer';
	const { method = 'GET', url, baseURL, headers = {}, agentOptions = {} } = request;
	const { host, origin, protocol } = new URL(baseUrl);
	const isText = [url, baseURL ?? '', method].every((part) => typeof part === 'string');
	if (!isText || !METHODS.includes(method.toUpperCase())) throw settingError(messages.requestUnsuitable);
	// Axios does not combine a base URL and a path as the URL standard does, so that both must have the origin.
	for (const targetUrl of [parseUrl(url, baseURL), parseUrl(baseURL || url)])
		if (targetUrl?.origin !== origin) throw settingError(messages.otherOrigin(targetUrl?.origin ?? url));
	if (namesOtherHost(headers, host)) throw settingError(messages.otherOrigin("the host in the header 'Host'"));
	const isUnverified = request.rejectUnauthorized === false || request.skipSslCertificateValidation === true;
	const hasUnsafeAgent = Object.keys(agentOptions).some((name) => !SAFE_AGENT_OPTIONS.includes(name));
	if ((isUnverified && protocol === 'https:') || hasUnsafeAgent) throw settingError(messages.certificateNotVerified);
	return request;
}

/**
 * Decides whether a request can be sent with an Authorization header, and records the header in the signing state.
 *
 * @returns False if the header is empty or GoFive rejected it. n8n then fetches a new token and signs again.
 * @throws Error if the request was sent before. n8n sends a request again if its response with HTTP 401 cannot be read,
 * but the GoFive nodes decide that themselves.
 */
export function isUsableAuthorization({ [SIGNING_STATE]: state = {} }: RequestOptions, authorization: string): boolean {
	if (state.authorization !== undefined) throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
	const isUsable = authorization !== '' && authorization !== state.rejectedAuthorization;
	state.rejectedAuthorization = undefined;
	if (isUsable) state.authorization = authorization;
	return isUsable;
}

/**
 * Checks that the node of a request may use the credential. n8n has a check of its own, but not in each of its nodes.
 *
 * @throws GoFiveError if it is another node than a GoFive node, and the owner of the credential has not allowed it.
 */
export function assertMayUseCredential(options: RequestOptions, credential: Record<string, unknown>): void {
	const isAllowed = options[SIGNING_STATE] !== undefined || credential.allowedHttpRequestDomains === 'all';
	if (!isAllowed) throw settingError(messages.otherNode);
}
