import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Operation } from 'openapi-backend';
import {
	GATEWAY_MESSAGES,
	gatewayResponse,
	jsonResponse,
	formatNotDescribed,
	contractViolationResponse,
	type SandboxResponse,
} from './responses.mts';
import type { ContractValidator } from './contractValidator.mts';
import { buildExampleResponse } from './exampleResponses.mts';
import { handleRecords } from './recordOperations.mts';
import { SANDBOX_CREDENTIAL_DATA } from './sandboxCredential.mts';
import type { SandboxState } from './sandboxState.mts';
import type { FaultResponse, ReceivedRequest } from './sandboxTypes.mts';
import { sendFaultResponse, sendResponse } from './faultResponses.mts';

type HeaderValues = Record<string, string | string[]>;
type StringParams = Record<string, string | undefined>;

/** Parses a body. Returns undefined if it is empty, and its text if it cannot be parsed. */
function parseBody(bytes: Buffer, contentType: string | undefined): unknown {
	if (bytes.length === 0) return undefined;
	const text = bytes.toString('utf8');
	if (contentType?.startsWith('application/x-www-form-urlencoded'))
		return Object.fromEntries(new URLSearchParams(text));
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' ? value : text;
	} catch {
		return text;
	}
}

function readCustomerCode(params: StringParams, query: StringParams, body: unknown): string | undefined {
	const urlCustomerCode = params.customerCode ?? query.customerCode;
	if (urlCustomerCode !== undefined) return urlCustomerCode;
	const code = (body as { customerCode?: unknown } | null | undefined)?.customerCode;
	return typeof code === 'string' ? code : undefined;
}

/** Implements the operations of the contract, with the behaviour and the faults of the sandbox's state. */
export class FakeApi {
	constructor(
		private readonly contract: ContractValidator,
		private readonly state: SandboxState,
	) {}

	/** Registers a route per operation, and a response for all other paths. */
	registerRoutes(server: FastifyInstance): void {
		// By default, fastify drops the body of a GET. GoFive's date range is in one.
		server.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
		server.removeAllContentTypeParsers();
		server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
		server.decorateRequest('received', null);
		for (const operation of this.contract.operations) {
			server.route({
				method: operation.method.toUpperCase(),
				url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
				onRequest: async (request, reply) => void this.logRequest(request, reply, operation),
				handler: (request, reply) => this.handleRequest(request, reply, operation),
			});
		}
		server.setErrorHandler<FastifyError>((error, _request, reply) =>
			sendResponse(reply, gatewayResponse(error.statusCode ?? 500, error.message)),
		);
		server.setNotFoundHandler((request, reply) => this.handleRequest(request, reply));
	}

	private logRequest(request: FastifyRequest, reply: FastifyReply, operation?: Operation): ReceivedRequest {
		const [path = '', query = ''] = request.raw.url?.split(/\?(.*)/s, 2) ?? [];
		this.state.trackInFlight(reply.raw);
		const receivedRequest: ReceivedRequest = {
			at: performance.timeOrigin + performance.now(),
			method: request.method,
			path,
			query,
			headers: request.headers,
			body: '',
			bodyBytes: Buffer.alloc(0),
			inFlight: this.state.inFlight,
		};
		if (operation?.operationId !== undefined) receivedRequest.operationId = operation.operationId;
		request.received = receivedRequest;
		reply.raw.once('close', () => {
			receivedRequest.answeredAt = performance.timeOrigin + performance.now();
		});
		this.state.requestLog.push(receivedRequest);
		return receivedRequest;
	}

	private async handleRequest(
		request: FastifyRequest,
		reply: FastifyReply,
		operation?: Operation,
	): Promise<FastifyReply> {
		const receivedRequest = request.received ?? this.logRequest(request, reply);
		const { behaviour } = this.state;
		if (Buffer.isBuffer(request.body)) {
			receivedRequest.bodyBytes = request.body;
			receivedRequest.body = request.body.toString('utf8');
		}
		const deliveredBytes =
			behaviour.dropGetBody && receivedRequest.method === 'GET' ? Buffer.alloc(0) : receivedRequest.bodyBytes;
		const body = parseBody(deliveredBytes, request.headers['content-type']);
		const waitSeconds = this.state.countAgainstRateLimit(receivedRequest.operationId);
		const fault: FaultResponse | undefined =
			waitSeconds > 0 ? { kind: 'rateLimited', seconds: waitSeconds } : this.takeFault(request, receivedRequest, body);
		if (behaviour.delayMs > 0) await sleep(behaviour.delayMs);
		await this.state.waitForRelease(receivedRequest.operationId);
		const buildNormalResponse = () => this.buildResponse(request, receivedRequest.path, body, operation);
		if (fault) receivedRequest.fault = fault.kind ?? 'status';
		const status = fault
			? sendFaultResponse(reply, fault, buildNormalResponse)
			: sendResponse(reply, buildNormalResponse());
		if (status !== undefined) receivedRequest.status = status;
		return reply;
	}

	private takeFault(request: FastifyRequest, { operationId, path }: ReceivedRequest, body: unknown) {
		const customerCode = readCustomerCode(request.params as StringParams, request.query as StringParams, body);
		return this.state.faults.take({ operationId, path, customerCode });
	}

	/** Checks path, key and token as the gateway does, then contract and data as GoFive does. */
	private buildResponse(request: FastifyRequest, path: string, body: unknown, operation?: Operation): SandboxResponse {
		const { behaviour, tokens, records } = this.state;
		if (!operation) return gatewayResponse(404, formatNotDescribed(request.method, path));
		const headers = request.headers as HeaderValues;
		const subscriptionKey = headers['ocp-apim-subscription-key'];
		if (subscriptionKey === undefined) return gatewayResponse(401, GATEWAY_MESSAGES.missingKey);
		if (subscriptionKey !== SANDBOX_CREDENTIAL_DATA.subscriptionApiKey)
			return gatewayResponse(401, GATEWAY_MESSAGES.invalidKey);
		const needsToken = operation.security?.some((scheme) => 'accessToken' in scheme) === true;
		if (needsToken && !tokens.acceptsAuthorization(request.headers.authorization, behaviour))
			return gatewayResponse(401, GATEWAY_MESSAGES.token);
		const query = request.query as HeaderValues;
		const requestToValidate = { method: request.method, path, headers, query, body };
		const violations = this.contract.validateRequest(requestToValidate, operation);
		if (violations.length > 0) {
			// The token endpoint returns OAuth errors, not GoFive's envelope.
			return needsToken
				? contractViolationResponse(violations)
				: jsonResponse(400, { error: 'invalid_request', error_description: violations.join('; ') });
		}
		if (operation.operationId === 'createToken') return tokens.respond(body, behaviour);
		const params = request.params as StringParams;
		const operationContext = { query: query as StringParams, params, body, records, behaviour };
		return (
			handleRecords(operation, operationContext) ??
			buildExampleResponse(operation, operationContext) ??
			gatewayResponse(501, `The contract has no example response of ${operation.operationId}`)
		);
	}
}

declare module 'fastify' {
	interface FastifyRequest {
		/** Entry of the request log. Null before it is written. */
		received: ReceivedRequest | null;
	}
}
