import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from 'openapi-backend';
import { AZURE_TEXTS, azure, json, notDescribed, rateLimited, refusal, type Reply } from './answers.mts';
import type { Contract } from './contract.mts';
import { exampleOf } from './examples.mts';
import { OPERATIONS } from './operations.mts';
import { SANDBOX_SIGN_IN } from './signIn.mts';
import type { State } from './state.mts';
import type { Answer, ReceivedRequest } from './types.mts';
import { acts, misbehave, send } from './wire.mts';

type Headers = Record<string, string | string[]>;
type Words = Record<string, string | undefined>;

/** The body as the contract sees it: undefined when empty, text when it cannot be parsed. */
function parseBody(bytes: Buffer, contentType: string | undefined): unknown {
	if (bytes.length === 0) return undefined;
	const text = bytes.toString('utf8');
	if (contentType?.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' ? value : text;
	} catch {
		return text;
	}
}

function customerCodeOf(params: Words, query: Words, body: unknown): string | undefined {
	const named = params.customerCode ?? query.customerCode;
	if (named !== undefined) return named;
	const code = (body as { customerCode?: unknown } | null | undefined)?.customerCode;
	return typeof code === 'string' ? code : undefined;
}

/** Answers the contract's operations, with the behaviour and the faults that `state` holds. */
export class Api {
	constructor(
		private readonly contract: Contract,
		private readonly state: State,
	) {}

	/** Adds a route per operation, and the answer for every other path. */
	register(server: FastifyInstance): void {
		// fastify drops the body of a GET unless told so, and GoFive's date range travels in one.
		server.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
		server.removeAllContentTypeParsers();
		server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
		server.decorateRequest('received', null);
		for (const operation of this.contract.operations) {
			server.route({
				method: operation.method.toUpperCase(),
				url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
				onRequest: async (request, reply) => void this.record(request, reply, operation),
				handler: (request, reply) => this.handle(request, reply, operation),
			});
		}
		server.setErrorHandler<FastifyError>((error, _request, reply) => send(reply, azure(error.statusCode ?? 500, error.message)));
		server.setNotFoundHandler((request, reply) => this.handle(request, reply));
	}

	private record(request: FastifyRequest, reply: FastifyReply, operation?: Operation): ReceivedRequest {
		const [path = '', query = ''] = request.raw.url?.split(/\?(.*)/s, 2) ?? [];
		this.state.enter(reply.raw);
		const received: ReceivedRequest = {
			at: performance.timeOrigin + performance.now(),
			method: request.method,
			path,
			query,
			headers: request.headers,
			body: '',
			bodyBytes: Buffer.alloc(0),
			inFlight: this.state.inFlight,
		};
		if (operation?.operationId !== undefined) received.operationId = operation.operationId;
		request.received = received;
		reply.raw.once('close', () => {
			received.answeredAt = performance.timeOrigin + performance.now();
		});
		this.state.requests.push(received);
		return received;
	}

	private async handle(request: FastifyRequest, reply: FastifyReply, operation?: Operation): Promise<FastifyReply> {
		const received = request.received ?? this.record(request, reply);
		const { behaviour } = this.state;
		if (Buffer.isBuffer(request.body)) {
			received.bodyBytes = request.body;
			received.body = request.body.toString('utf8');
		}
		const kept = behaviour.dropGetBody && received.method === 'GET' ? Buffer.alloc(0) : received.bodyBytes;
		const body = parseBody(kept, request.headers['content-type']);
		const refused = this.state.refusedFor(received.operationId);
		const fault = refused === 0 ? this.fault(request, received, body) : undefined;
		const delay = behaviour.delayMs + (fault?.kind === 'late' ? fault.ms : 0);
		await this.state.atWork(async () => {
			if (delay > 0) await sleep(delay);
			await this.state.released(received.operationId);
		});
		if (refused > 0) {
			this.finish(reply, received, rateLimited(refused, behaviour.rateLimit?.retryAfter));
		} else if (fault) {
			received.fault = fault.kind ?? 'status';
			const truth = acts(fault) ? this.truth(request, received.path, body, operation) : json(200, null);
			const status = misbehave(reply, fault, truth);
			if (status !== undefined) received.status = status;
		} else {
			this.finish(reply, received, this.truth(request, received.path, body, operation));
		}
		return reply;
	}

	private finish(reply: FastifyReply, received: ReceivedRequest, answer: Reply): void {
		received.status = answer.status;
		send(reply, answer);
	}

	private fault(request: FastifyRequest, received: ReceivedRequest, body: unknown): Answer | undefined {
		const { operationId, method, path } = received;
		const customerCode = customerCodeOf(request.params as Words, request.query as Words, body);
		return this.state.faults.take({ operationId, method, path, customerCode });
	}

	/** In the gateway's order: is there such a call, the key, the token; then GoFive: the contract, the data. */
	private truth(request: FastifyRequest, path: string, body: unknown, operation?: Operation): Reply {
		const { behaviour, tokens, store } = this.state;
		if (!operation) return azure(404, notDescribed(request.method, path));
		const headers = request.headers as Headers;
		const key = headers['ocp-apim-subscription-key'];
		if (key === undefined) return azure(401, AZURE_TEXTS.missingKey);
		if (key !== SANDBOX_SIGN_IN.subscriptionApiKey) return azure(401, AZURE_TEXTS.invalidKey);
		const needsToken = operation.security?.some((scheme) => 'accessToken' in scheme) === true;
		if (needsToken && !tokens.accepts(request.headers.authorization, behaviour)) return azure(401, AZURE_TEXTS.token);
		const query = request.query as Record<string, string | string[]>;
		const judged = { method: request.method, path, headers, query, body };
		const violations = this.contract.requestViolations(judged, operation);
		if (violations.length > 0) {
			// The token call speaks OAuth, not GoFive's envelope.
			return needsToken ? refusal(violations) : json(400, { error: 'invalid_request', error_description: violations.join('; ') });
		}
		const call = { query: query as Words, params: request.params as Words, body, store, tokens, behaviour };
		const act = OPERATIONS[operation.operationId ?? ''];
		return act?.(call) ?? exampleOf(operation, call) ?? azure(501, `The contract shows no answer of ${operation.operationId}`);
	}
}

declare module 'fastify' {
	interface FastifyRequest {
		/** What was logged on arrival; null before. */
		received: ReceivedRequest | null;
	}
}

