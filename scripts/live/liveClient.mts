import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { text as readText } from 'node:stream/consumers';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { Client, type ClientOptions } from '../../nodes/GoFive/api/client.ts';
import type { GoFiveError } from '../../nodes/GoFive/api/errors.ts';
import type { ApiRequest } from '../../nodes/GoFive/api/request.ts';
import { sealToken, sign, type CredentialData, type RequestOptions } from '../../nodes/GoFive/api/signing.ts';
import { fetchToken } from '../../nodes/GoFive/api/tokenRequest.ts';
import type { NodeContext } from '../../nodes/GoFive/api/transport.ts';
import { readRecords } from '../../nodes/GoFive/operation/records/records.ts';
import type { Operation } from '../../nodes/GoFive/operation/kinds/index.ts';
import type { OperationValues } from '../../nodes/GoFive/operation/field.ts';
import { SECOND_MS } from '../../nodes/GoFive/shared/units.ts';

/** Settings of a live check. */
export interface LiveOptions {
	/** Data of the credential GoFive API. */
	credential: CredentialData;
	/** Environment variables of the check, of which some contain the codes of records. */
	variables: Record<string, string | undefined>;
	/** Whether a test event is created, updated and deleted. */
	allowsWrites: boolean;
}

/** Reason why a question cannot be decided, in plain words. */
export class NotDecidable extends Error {}

/** @throws NotDecidable if the condition is not met */
export function assertDecidable(condition: unknown, reason: string): asserts condition {
	if (!condition) throw new NotDecidable(reason);
}

const TIMEOUT_SECONDS = 30;
const CLIENT_OPTIONS: ClientOptions = {
	maxParallelRequests: 1,
	timeoutSeconds: TIMEOUT_SECONDS,
	totalTimeoutSeconds: TIMEOUT_SECONDS,
	maxRateLimitWaitMs: 120 * SECOND_MS,
};

/** Sends an HTTP request in place of n8n's helper. Node's fetch allows no body in a GET request. */
async function sendHttpRequest({ url, method = 'GET', headers, body }: IHttpRequestOptions) {
	const text = typeof body === 'string' ? body : '';
	const request = (url.startsWith('https:') ? https : http).request(url, {
		method,
		headers: { ...headers, ...(text && { 'Content-Length': Buffer.byteLength(text) }) },
		agent: false,
		// The client stops waiting before.
		signal: AbortSignal.timeout((TIMEOUT_SECONDS + 1) * SECOND_MS),
	});
	request.end(text);
	const [response] = (await once(request, 'response')) as [IncomingMessage];
	return { statusCode: response.statusCode, headers: response.headers, body: await readText(response) };
}

/** Sends the requests of a live check with the client of the node, but without n8n. */
export class LiveClient {
	/** What the report shows for the current question: the last response, or what the question sets. */
	observed = '';
	private readonly client: Client;

	constructor(readonly options: LiveOptions) {
		this.client = new Client(this.createNodeContext(), CLIENT_OPTIONS);
	}

	/**
	 * Sends a request.
	 * @throws GoFiveError if it is not successful
	 */
	async send(request: ApiRequest): Promise<unknown> {
		return await this.client.send(request);
	}

	/**
	 * Sends a write.
	 * @returns whether GoFive accepted its content
	 * @throws NotDecidable if the response shows neither, or if writes are not allowed
	 */
	async tryWrite(request: ApiRequest): Promise<boolean> {
		assertDecidable(this.options.allowsWrites, 'Add --allow-writes.');
		return (await this.trySend(request)) !== undefined;
	}

	/**
	 * Sends a read.
	 * @returns the records of the operation, or undefined if GoFive rejects the content of the request
	 * @throws NotDecidable if the response shows neither
	 */
	async tryRead(operation: Operation, request: ApiRequest): Promise<IDataObject[] | undefined> {
		const response = await this.trySend(request);
		return response && readRecords(operation, response.data, {} as OperationValues);
	}

	/**
	 * Sends a read.
	 * @returns the records of the operation
	 * @throws NotDecidable if the response is not a success
	 */
	async read(operation: Operation, request: ApiRequest): Promise<IDataObject[]> {
		const records = await this.tryRead(operation, request);
		assertDecidable(records, `GoFive rejected a request (${this.observed}).`);
		return records;
	}

	/** Most failures do not show that GoFive rejects the content of the request, for example HTTP 403. */
	private async trySend(request: ApiRequest): Promise<{ data: unknown } | undefined> {
		try {
			return { data: await this.send(request) };
		} catch (error) {
			const { fault, kind, httpCode = kind } = error as GoFiveError;
			if (fault === 'record') return undefined;
			throw new NotDecidable(`A request failed (${/^\d/.test(httpCode) ? 'HTTP ' : ''}${httpCode}).`);
		}
	}

	/** Creates what the client of the node uses of n8n: the credential, the log, and the helper that signs requests. */
	private createNodeContext(): NodeContext {
		const credential: CredentialData = { ...this.options.credential };
		const httpRequestWithAuthentication = async (_credentialType: string, options: RequestOptions) => {
			let signed = sign(options, credential);
			if (!signed) {
				credential.sessionToken = sealToken(await fetchToken(sendHttpRequest, credential), credential);
				signed = sign(options, credential);
			}
			return await sendHttpRequest(signed as IHttpRequestOptions);
		};
		// The node's log contains no value of a response.
		const debug = (_message: string, { status, form }: { status: number | string; form?: string }): void => {
			this.observed = [typeof status === 'number' ? `HTTP ${status}` : status, form].filter(Boolean).join(', ');
		};
		return {
			getCredentials: async () => credential,
			helpers: { httpRequestWithAuthentication },
			logger: { debug, error: () => undefined },
		} as unknown as NodeContext;
	}
}
