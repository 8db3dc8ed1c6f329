import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import {
	GATEWAY_MESSAGES,
	gatewayResponse,
	jsonResponse,
	rateLimitedResponse,
	defaultResponse,
	type SandboxResponse,
} from './responses.mts';
import type { FaultResponse } from './sandboxTypes.mts';

/** Sends a complete response. Returns its HTTP status. */
export function sendResponse(reply: FastifyReply, { status, headers, body }: SandboxResponse): number {
	reply.code(status).headers(headers).send(body);
	return status;
}

const HTML_PAGE =
	'<!DOCTYPE html>\n<html><head><title>Gateway</title></head><body><h1>Service page</h1></body></html>\n';

function buildStatusResponse(fault: FaultResponse & { status: number }): SandboxResponse {
	const { status, body, headers = {} } = fault as FaultResponse & { kind?: 'status'; status: number };
	const defaultForStatus = defaultResponse(status);
	if (body === undefined) return { ...defaultForStatus, headers: { ...defaultForStatus.headers, ...headers } };
	if (typeof body === 'string' || Buffer.isBuffer(body)) {
		return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
	}
	return jsonResponse(status, body, headers);
}

/** Compresses a response with gzip. A fraction below 1 cuts off its end. */
function gzipResponse({ status, headers, body }: SandboxResponse, fraction = 1): SandboxResponse {
	const bytes = gzipSync(body);
	const sentBytes = bytes.subarray(0, Math.ceil(bytes.length * fraction));
	return { status, headers: { ...headers, 'content-encoding': 'gzip' }, body: sentBytes };
}

/** Builds the response of a fault. Returns undefined for kinds that break the connection or the response. */
function buildFaultResponse(fault: FaultResponse, normalResponse: SandboxResponse): SandboxResponse | undefined {
	switch (fault.kind) {
		case undefined:
		case 'status':
			return buildStatusResponse(fault);
		case 'rateLimited':
			return rateLimitedResponse(fault.seconds ?? 1, fault.retryAfter);
		case 'unauthorized':
			return gatewayResponse(401, GATEWAY_MESSAGES[fault.because]);
		case 'quota':
			return gatewayResponse(403, GATEWAY_MESSAGES.quota);
		case 'html':
			return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: HTML_PAGE };
		case 'redirect':
			return { status: 302, headers: { location: fault.to ?? 'http://elsewhere.invalid/' }, body: '' };
		case 'gzip':
			return gzipResponse(normalResponse);
		case 'cutGzip':
			return gzipResponse(normalResponse, 0.5);
		case 'numericCode':
			// The first match is the code of the envelope.
			return { ...normalResponse, body: String(normalResponse.body).replace(/"code":"(\d+)"/, '"code":$1') };
		default:
			return undefined;
	}
}

/** Kinds of faults that execute the request before the response. `acts` of a fault does the same for other kinds. */
const EXECUTING_KINDS = ['resetAfter', 'drip', 'cutBody', 'cutGzip', 'gzip', 'numericCode'];

/** Returns whether a fault executes the request before the response. */
const executesOperation = (fault: FaultResponse): boolean =>
	EXECUTING_KINDS.some((kind) => kind === fault.kind) || ('acts' in fault && fault.acts === true);

function sendDripping(
	rawResponse: ServerResponse,
	normalResponse: SandboxResponse,
	{ everyMs = 100, blanks = 1000 }: Extract<FaultResponse, { kind: 'drip' }>,
): number {
	rawResponse.writeHead(normalResponse.status, normalResponse.headers);
	rawResponse.flushHeaders();
	const bytes = Buffer.concat([Buffer.alloc(blanks, ' '), Buffer.from(normalResponse.body)]);
	let sentCount = 0;
	const timer = setInterval(() => {
		rawResponse.write(bytes.subarray(sentCount, ++sentCount));
		if (sentCount >= bytes.length) rawResponse.end();
	}, everyMs);
	rawResponse.on('close', () => clearInterval(timer));
	return normalResponse.status;
}

function sendTruncated(rawResponse: ServerResponse, normalResponse: SandboxResponse): number {
	const bytes = Buffer.from(normalResponse.body);
	rawResponse.writeHead(normalResponse.status, { ...normalResponse.headers, 'content-length': bytes.length });
	rawResponse.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => rawResponse.socket?.destroy());
	return normalResponse.status;
}

/**
 * Sends the response of a fault.
 * @param buildNormalResponse - Executes the request and returns the response without the fault
 * @returns the HTTP status, or undefined if none was sent
 */
export function sendFaultResponse(
	reply: FastifyReply,
	fault: FaultResponse,
	buildNormalResponse: () => SandboxResponse,
): number | undefined {
	const normalResponse = executesOperation(fault) ? buildNormalResponse() : defaultResponse(200);
	const completeResponse = buildFaultResponse(fault, normalResponse);
	if (completeResponse) return sendResponse(reply, completeResponse);
	reply.hijack();
	if (fault.kind === 'hang') return undefined;
	if (fault.kind === 'drip') return sendDripping(reply.raw, normalResponse, fault);
	if (fault.kind === 'cutBody') return sendTruncated(reply.raw, normalResponse);
	reply.raw.socket?.resetAndDestroy();
	return undefined;
}
