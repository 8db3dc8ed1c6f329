import type { IDataObject } from 'n8n-workflow';
import { truncate } from '../shared/text';
import { NOTHING_SENT, rejectInput } from './errors';

/** HTTP methods of GoFive's API. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Effect of a request. A `read` changes nothing in GoFive, so it may run in parallel and be retried. */
export type Effect = 'read' | 'write';

/** Value of a query parameter. An undefined parameter is omitted. */
export type QueryValue = string | number | boolean | undefined;

/** Request to GoFive, before its URL is resolved and the credential signs it. */
export interface ApiRequest {
	method: HttpMethod;
	/** Path or full URL below the base URL. In an operation, `\{caseNo\}` is replaced with the value of that field. */
	path: string;
	/** Path without values, for the log. Omitted for a path that the user entered. */
	route?: string;
	/** Paging keys, which are part of query or body, for the log. */
	page?: Record<string, number>;
	/** Query parameters as pairs, since a key may occur twice. */
	query?: ReadonlyArray<readonly [key: string, value: QueryValue]>;
	/** JSON body, for any method. Undefined values are omitted. An empty object or list is sent. */
	body?: IDataObject | unknown[];
	/** JSON body as the user wrote it. Sent unchanged in place of `body`, since parsing would round large numbers. */
	bodyText?: string;
	/** Defaults to `read` for GET and to `write` for every other method. */
	effect?: Effect;
	/** Display names by key of the body in lower case, for errors in which GoFive names its own keys. */
	labels?: Record<string, string>;
	/** Sentence for the message if GoFive does not know the path (HTTP 404). */
	notFoundNote?: string;
	/** What the URL identifies, for the message if GoFive does not know it (HTTP 404). Defaults to `operation`. */
	urlTarget?: 'record' | 'enteredPath' | 'operation';
	/** True if the response reports the result of each row of the body. Then the rows count, not the business code. */
	expectsRowResults?: boolean;
	/** True to return the entire body of the response instead of the data in its envelope. Then any JSON is accepted. */
	returnsFullBody?: boolean;
	/** True for the request with which the credential fetches a token. */
	isTokenRequest?: boolean;
}

/** Timeouts of one request, in seconds. */
export interface RequestTimeouts {
	/** Time without any data from the server. */
	timeoutSeconds: number;
	/** Total time of a request that keeps receiving data. At most ten times `timeoutSeconds`. */
	totalTimeoutSeconds?: number;
}

/** Returns the total time of a request in seconds. */
export const getTotalTimeoutSeconds = ({ timeoutSeconds, totalTimeoutSeconds = Infinity }: RequestTimeouts): number =>
	Math.min(timeoutSeconds * 10, totalTimeoutSeconds);

/**
 * Parses a URL. Returns undefined if the text is not a URL.
 *
 * @param base - URL that the text is relative to. Ignored if empty.
 */
export function parseUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base || undefined);
	} catch {
		return undefined;
	}
}

/** Scheme and host at the start of a full URL. */
const URL_HOST = /^[a-z][a-z\d+.-]*:\/\/[^/]*/i;

/** Removes scheme and host from a full URL. A path stays unchanged. */
export const stripHost = (path: string): string => path.replace(URL_HOST, '');

/** Decodes a text once. Bytes that are not UTF-8 stay encoded. */
export function decodeOnce(text: string): string {
	return text.replace(/(?:%[\da-f]{2})+/gi, (bytes) => {
		try {
			return decodeURIComponent(bytes);
		} catch {
			return bytes;
		}
	});
}

/** Encoded character of ASCII. Only such characters can be part of another encoded character. */
const ENCODED_ASCII = /^%[0-7][\da-f]$/i;

/**
 * Decodes a path as often as it can be decoded, since each of several servers in a row may decode it once. Each decoded
 * character is appended to the text before it, where it may complete another one, so that the time is linear.
 */
export function decodePath(path: string): string {
	if (!path.includes('%')) return path;
	const decoded: string[] = [];
	for (const character of path) {
		decoded.push(character);
		for (let end = decoded.slice(-3).join(''); ENCODED_ASCII.test(end); end = decoded.slice(-3).join(''))
			decoded.splice(-3, 3, decodeURIComponent(end));
	}
	return decodeOnce(decoded.join(''));
}

/** Lists the segments of a path as some server may read them: decoded, and without parameters after a semicolon. */
export const listPathSegments = (path: string): string[] =>
	decodePath(path)
		.split(/[\\/]/)
		.map((segment) => segment.split(';', 1).join(''));

/** Path of the token endpoint. Only the credential may call it, since its response is a secret. */
export const SIGN_IN_PATH = '/authorization/connect/token';

/** Length of a path in a message. */
const MAX_QUOTED_PATH_CHARACTERS = 300;

/**
 * Resolves the URL of a request.
 *
 * @throws GoFiveError if the URL is not below the base URL, or is the token endpoint, in any spelling.
 */
export function resolveUrl(request: ApiRequest, baseUrl: string): string {
	const target = toPathWithQuery(request);
	const text = URL_HOST.test(target) ? target : baseUrl + target.replace(/^(?!\/)/, '/');
	const base = new URL(`${baseUrl}/`);
	const url = parseUrl(text);
	const segments = listPathSegments(url?.pathname ?? '').filter(Boolean);
	if (`/${segments.join('/')}`.toLowerCase().includes(SIGN_IN_PATH))
		rejectInput(
			"Requests to GoFive's token endpoint are not allowed",
			`Enter another path. The GoFive credential requests access tokens automatically. ${NOTHING_SENT}`,
		);
	const isBelow = url?.origin === base.origin && url.pathname.startsWith(base.pathname);
	if (url && isBelow && !url.username && !url.password) return url.href;
	rejectInput(
		`'${truncate(request.path, MAX_QUOTED_PATH_CHARACTERS)}' is not below the base URL`,
		`Enter a path, for example /v1/customerEvent/event-types, or a full URL that begins with the base URL in the GoFive credential. ${NOTHING_SENT}`,
	);
}

/** Joins the path with the encoded query. */
export function toPathWithQuery({ path, query = [] }: ApiRequest): string {
	const pairs = query
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
	return pairs.length ? `${path}?${pairs.join('&')}` : path;
}

/** Returns the effect of a request. */
export const getEffect = ({ method, effect }: ApiRequest): Effect => effect ?? (method === 'GET' ? 'read' : 'write');

/** Serializes the body. n8n drops an empty object but sends a string unchanged. */
export const toBodyText = ({ body, bodyText }: ApiRequest): string | undefined =>
	bodyText ?? (body && JSON.stringify(body));

/** Builds a key that is equal for identical requests. */
export function toRequestKey(request: ApiRequest): string {
	return `${request.method} ${toPathWithQuery(request)} ${toBodyText(request) ?? ''}`;
}
