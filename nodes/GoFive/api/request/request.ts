import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, rejectInput } from '../errors/goFiveError';

/** The HTTP methods of GoFive's API. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a request may do at GoFive: a `read` only asks, a `write` may change something. */
export type Effect = 'read' | 'write';

/** One value of a query; one without a value is left out. */
export type QueryValue = string | number | boolean | undefined;

/** A request to GoFive, described and not yet sent. */
export interface ApiRequest {
	method: HttpMethod;
	/** Path below the base URL, or a full URL below it; parts that come from a user go through `pathPart`. */
	path: string;
	/** In pairs, so that a key may stand twice. */
	query?: ReadonlyArray<readonly [key: string, value: QueryValue]>;
	/** JSON, on any method; a key without value is left out. An empty object or list is sent like any other. */
	body?: IDataObject | unknown[];
	/** The same as text, where it is to travel just as the user wrote it. */
	bodyText?: string;
	/** Unless set it follows from the method: a GET reads, all else writes. */
	effect?: Effect;
	/** What a person calls the keys of the body, in lower case: GoFive's complaints name its own keys. */
	labels?: Record<string, string>;
	/** Whether the answer has a row for each part of the body that says what became of it, whatever it says as a whole. */
	hasRowResults?: boolean;
	/** Whether the whole answer is handed out instead of the data in GoFive's envelope; then JSON without one will do too. */
	fullResponse?: boolean;
}

/** How long one request may take, in seconds. */
export interface RequestTimeouts {
	/** How long it may be silent. */
	timeout: number;
	/** After how long it is given up although it trickles, if sooner than ten times `timeout`. */
	totalTimeout?: number;
}

/** After how many seconds a request that trickles is given up. */
export const getTotalTimeoutSeconds = ({ timeout, totalTimeout = Infinity }: RequestTimeouts): number =>
	Math.min(timeout * 10, totalTimeout);

/**
 * One part of a path, so that no character in it can lead elsewhere.
 * @throws GoFiveError for `.` and `..`, which a URL resolves however they are written
 */
export function encodePathPart(value: string | number): string {
	if (/^\.{1,2}$/.test(String(value)))
		throw new GoFiveError({
			message: `'${value}' cannot be part of an address`,
			description: 'Give the code or ID as GoFive shows it.',
		});
	return encodeURIComponent(value);
}

/** A text as a URL; undefined when it is none. @param base what it is relative to; empty for nothing */
export function parseUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base || undefined);
	} catch {
		return undefined;
	}
}

/** With what a full URL begins, up to its path. */
const URL_HOST = /^[a-z][a-z\d+.-]*:\/\/[^/]*/i;

/** What of a path or a full URL comes after the host. */
export const stripHost = (path: string): string => path.replace(URL_HOST, '');

/** A path as the last of several servers may read it: decoded until nothing changes, whatever cannot be decoded aside. */
export function decodePath(path: string): string {
	let [previous, text] = ['', path];
	while (text !== previous) {
		previous = text;
		text = text.replace(/(?:%[\da-f]{2})+/gi, (bytes) => {
			try {
				return decodeURIComponent(bytes);
			} catch {
				return bytes;
			}
		});
	}
	return text;
}

/** Where the credential fetches a token. No request of a node goes there, since the answer is a secret. */
export const SIGN_IN_PATH = '/authorization/connect/token';

/**
 * The URL that a request goes to.
 * @throws GoFiveError when it is not below the base URL, however it is written
 */
export function resolveUrl(request: ApiRequest, baseUrl: string): string {
	const target = toPathWithQuery(request);
	const text = URL_HOST.test(target) ? target : baseUrl + target.replace(/^(?!\/)/, '/');
	const base = new URL(`${baseUrl}/`);
	const url = parseUrl(text);
	const path = decodePath(url?.pathname ?? '');
	if (path.replace(/\/+/g, '/').toLowerCase().includes(SIGN_IN_PATH)) {
		rejectInput(
			"A request cannot go to GoFive's sign-in",
			"Its answer is an access token, which the credential 'GoFive API' fetches automatically.",
		);
	}
	const isBelow = url?.origin === base.origin && path.startsWith(decodePath(base.pathname));
	if (url && isBelow && !url.username && !url.password) return url.href;
	rejectInput(
		`'${request.path}' is not below the base URL`,
		"Give a path such as /v1/customerEvent/event-types, or a full URL that begins with 'Base URL' in the credential 'GoFive API'.",
	);
}

/** Path and query as they go over the wire; every character of a key or value travels whole. */
export function toPathWithQuery({ path, query = [] }: ApiRequest): string {
	const pairs = query
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
	return pairs.length ? `${path}?${pairs.join('&')}` : path;
}

/** What a request may do at GoFive. */
export const getEffect = ({ method, effect }: ApiRequest): Effect => effect ?? (method === 'GET' ? 'read' : 'write');

/** The body as it travels. n8n would drop an empty object, and a text it leaves alone. */
export const toBodyText = ({ body, bodyText }: ApiRequest): string | undefined =>
	bodyText ?? (body && JSON.stringify(body));

/** Equal for requests that are the same on the wire. */
export function toRequestKey(request: ApiRequest): string {
	return `${request.method} ${toPathWithQuery(request)} ${toBodyText(request) ?? ''}`;
}
