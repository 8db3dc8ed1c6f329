import type { IDataObject } from 'n8n-workflow';
import { Failure } from './failure';
import { messages } from './messages';

/** A request to GoFive, described and not yet sent. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Path below the base URL; parts that come from a user go through `pathPart`. */
	path: string;
	/** A key without value is left out. */
	query?: Record<string, string | number | undefined>;
	/** JSON; a key without value is left out, and an empty object is not sent. */
	body?: IDataObject;
}

/** How long one request may take, in seconds. */
export interface Limits {
	/** How long it may be silent. */
	timeout: number;
	/** After how long it is given up although it trickles, if sooner than ten times `timeout`. */
	longest?: number;
}

/** After how many seconds a request that trickles is given up. */
export function longestOf({ timeout, longest = Infinity }: Limits): number {
	return Math.min(timeout * 10, longest);
}

/**
 * One part of a path, so that no character in it can lead elsewhere.
 * @throws Failure for `.` and `..`, which a URL resolves however they are written
 */
export function pathPart(value: string | number): string {
	if (/^\.{1,2}$/.test(String(value))) throw new Failure(messages.notInPath(String(value)));
	return encodeURIComponent(value);
}

/** Path and query as they go over the wire; every character of a value travels whole. */
export function targetOf({ path, query = {} }: ApiRequest): string {
	const pairs = Object.entries(query)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
	return pairs.length ? `${path}?${pairs.join('&')}` : path;
}

/** Whether GoFive may change something because of it. */
export function isWrite({ method }: ApiRequest): boolean {
	return method !== 'GET';
}
