import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Fastify, { type FastifyRequest } from 'fastify';
import { compileScripts } from '../../scripts/instance/compileScripts.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { createTempFolder } from '../../scripts/instance/userFolder.mts';
import {
	getWrittenRanges,
	SERVICE_RESPONSES,
	SERVICE_RULES,
	SHEET_VALUES_ADDRESS,
	type ServiceBody,
	type ServiceRequest,
	type SheetRange,
} from './services.mts';

/** Local server for all requests of n8n to other machines. It records them, and responds with `SERVICE_RESPONSES`. */
export class ServiceRecorder {
	private responses = { ...SERVICE_RESPONSES };
	private requests: ServiceRequest[] = [];
	private readonly problems: string[] = [];

	/** @param env - Environment variables with which n8n reaches only this server */
	private constructor(readonly env: NodeJS.ProcessEnv) {}

	/** Starts the server on a loopback port until the script ends. */
	static async start(script: ScriptContext): Promise<ServiceRecorder> {
		const server = Fastify({ forceCloseConnections: true });
		server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
		server.all('/*', async (request, reply) => recorder.respond(request) ?? (await reply.code(404).send({})));
		const { port } = new URL(await server.listen({ port: 0, host: '127.0.0.1' }));
		script.addCleanup(async () => await server.close());
		const preloadFolder = await createTempFolder(script);
		await compileScripts([new URL('redirect.mts', import.meta.url)], preloadFolder);
		const recorder = new ServiceRecorder({
			NODE_OPTIONS: `--import=${pathToFileURL(path.join(preloadFolder, 'redirect.mjs')).href}`,
			SERVICES_PORT: port,
		});
		return recorder;
	}

	/** Removes the recorded requests and the rows of the sheets. */
	reset(): void {
		this.requests = [];
		this.responses = { ...SERVICE_RESPONSES };
	}

	/** Sets the rows of a sheet that n8n reads. */
	setRows(sheetName: string, rows: unknown[][]): void {
		this.responses[`GET ${SHEET_VALUES_ADDRESS}/'${sheetName}'`] = { values: rows };
	}

	/** Takes the bodies of the requests to an address since the last call, the oldest first. */
	take(address: string): ServiceBody[] {
		const taken = this.requests.filter((request) => request.address === address);
		this.requests = this.requests.filter((request) => request.address !== address);
		return taken.map(({ body }) => body);
	}

	/** Takes the ranges that n8n wrote to sheets since the last call, the oldest first. */
	takeWrittenRanges(): SheetRange[] {
		const ranges = this.requests.flatMap(getWrittenRanges);
		this.requests = this.requests.filter((request) => getWrittenRanges(request).length === 0);
		return ranges;
	}

	/** Asserts that all requests since the last call have a response, and that no rule of the services is broken. */
	assertNoProblems(): void {
		assert.deepEqual(this.problems.splice(0), []);
	}

	/** Records a request and returns its response. */
	private respond({ method, host, url, query, headers, body }: FastifyRequest): object | undefined {
		const address = `${host}${decodeURIComponent(url.split('?', 1)[0] ?? '')}`;
		const request = {
			method,
			host,
			address,
			query: query as ServiceRequest['query'],
			authorization: headers.authorization,
			body: (body ?? {}) as ServiceBody,
		};
		this.requests.push(request);
		const name = `${method} ${address}`;
		const response = this.responses[name] ?? this.responses[name.replace(/[^/]*$/u, '*')];
		const problems = SERVICE_RULES.filter(([ruleHost, , holds]) => ruleHost === host && !holds(request)).map(
			([, problem]) => problem,
		);
		if (!response) problems.push('There is no response for this address');
		for (const problem of problems) this.problems.push(`${problem}: ${JSON.stringify(request)}`);
		return response;
	}
}
