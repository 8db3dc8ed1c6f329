import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { AZURE_TEXTS, azure, json, rateLimited, usual, type Reply } from './answers.mts';
import type { Answer } from './types.mts';

/** Sends a whole answer. */
export function send(reply: FastifyReply, { status, headers, body }: Reply): void {
	reply.code(status).headers(headers).send(body);
}

const PAGE = '<!DOCTYPE html>\n<html><head><title>Gateway</title></head><body><h1>Service page</h1></body></html>\n';

function plain(answer: Answer & { status: number }): Reply {
	const { status, body, headers = {} } = answer as Answer & { kind?: 'status'; status: number };
	const base = usual(status);
	if (body === undefined) return { ...base, headers: { ...base.headers, ...headers } };
	if (typeof body === 'string' || Buffer.isBuffer(body)) {
		return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
	}
	return json(status, body, headers);
}

/** As gzip; a part of it, from its beginning. */
function zipped({ status, headers, body }: Reply, part = 1): Reply {
	const bytes = gzipSync(body);
	const kept = bytes.subarray(0, Math.ceil(bytes.length * part));
	return { status, headers: { ...headers, 'content-encoding': 'gzip' }, body: kept };
}

/** What a fault answers as a whole message; undefined for the kinds that break the connection, or the answer on it. */
function wholeAnswer(answer: Answer, truth: Reply): Reply | undefined {
	switch (answer.kind) {
		case undefined:
		case 'status':
			return plain(answer);
		case 'rateLimited':
			return rateLimited(answer.seconds ?? 1, answer.retryAfter);
		case 'unauthorized':
			return azure(401, AZURE_TEXTS[answer.because]);
		case 'quota':
			return azure(403, AZURE_TEXTS.quota);
		case 'html':
			return { status: answer.status ?? 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: PAGE };
		case 'text':
			return { status: answer.status ?? 200, headers: { 'content-type': 'text/plain' }, body: 'Service text' };
		case 'empty':
			return { status: answer.status ?? 200, headers: { 'content-type': 'application/json' }, body: '' };
		case 'redirect':
			return { status: answer.status ?? 302, headers: { location: answer.to ?? 'http://elsewhere.invalid/' }, body: '' };
		case 'late':
			return truth;
		case 'gzip':
			return zipped(truth);
		case 'cutGzip':
			return zipped(truth, 0.5);
		case 'numericCode':
			// Only the envelope's code stands behind this key, and first in the text.
			return { ...truth, body: String(truth.body).replace(/"code":"(\d+)"/, '"code":$1') };
		default:
			return undefined;
	}
}

const ACTING: Array<Answer['kind']> = ['resetAfter', 'drip', 'cutBody', 'cutGzip', 'gzip', 'numericCode', 'late'];

/** Tells whether a fault carries the request out before it answers. */
export const acts = (answer: Answer): boolean =>
	ACTING.includes(answer.kind) || ('acts' in answer && answer.acts === true);

function drip(raw: ServerResponse, truth: Reply, everyMs: number, blanks: number): void {
	raw.writeHead(truth.status, truth.headers);
	raw.flushHeaders();
	const bytes = Buffer.concat([Buffer.alloc(blanks, ' '), Buffer.from(truth.body)]);
	let sent = 0;
	const timer = setInterval(() => {
		raw.write(bytes.subarray(sent, ++sent));
		if (sent >= bytes.length) raw.end();
	}, everyMs);
	raw.on('close', () => clearInterval(timer));
}

function cut(raw: ServerResponse, truth: Reply): void {
	const bytes = Buffer.from(truth.body);
	raw.writeHead(truth.status, { ...truth.headers, 'content-length': bytes.length });
	raw.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => raw.socket?.destroy());
}

/**
 * Gives a fault's answer on the wire.
 * @param truth the true answer, for the kinds that act
 * @returns the HTTP status sent, undefined when none was
 */
export function misbehave(reply: FastifyReply, answer: Answer, truth: Reply): number | undefined {
	const whole = wholeAnswer(answer, truth);
	if (whole) {
		send(reply, whole);
		return whole.status;
	}
	reply.hijack();
	if (answer.kind === 'hang') return undefined;
	if (answer.kind === 'drip') {
		drip(reply.raw, truth, answer.everyMs ?? 100, answer.blanks ?? 1000);
		return truth.status;
	}
	if (answer.kind === 'cutBody') {
		cut(reply.raw, truth);
		return truth.status;
	}
	reply.raw.socket?.resetAndDestroy();
	return undefined;
}
