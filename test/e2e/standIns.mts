import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Fastify, { type FastifyInstance } from 'fastify';
import { compileScripts } from '../../scripts/start/compile.mts';
import { GoogleSheets, Refusal } from './googleSheets.mts';
import { Slack } from './slack.mts';

/** Slack and Google on this machine; they refuse what those services document as refused, and note it. */
export class StandIns {
	readonly google = new GoogleSheets();
	readonly slack = new Slack();
	/** What was refused or asked for against the documentation, in the order in which it came. */
	readonly complaints: string[] = [];
	private port = '';
	/** Holds what n8n loads before all else. */
	private folder = '';
	private readonly server: FastifyInstance = Fastify({ routerOptions: { maxParamLength: 1000 } });

	/** Starts both on one port of loopback; the header Host tells which is meant. */
	static async start(): Promise<StandIns> {
		const standIns = new StandIns();
		const { server, complaints, google, slack } = standIns;
		server.setErrorHandler(async (error, request, reply) => {
			complaints.push(`${request.host}${request.url}: ${error instanceof Error ? error.message : String(error)}`);
			return error instanceof Refusal ? reply.status(error.status).send(error.body) : reply.status(500).send({});
		});
		server.setNotFoundHandler(async (request, reply) => {
			complaints.push(`${request.method} ${request.host}${request.url}: ${request.host === 'outside' ? 'refused' : 'not played here'}`);
			return reply.status(404).send({});
		});
		server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(body.toString())));
		});
		google.register(server);
		slack.register(server, (complaint) => complaints.push(complaint));
		standIns.port = new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port;
		standIns.folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-gofive-stand-ins-'));
		await compileScripts([new URL('redirect.mts', import.meta.url)], standIns.folder);
		return standIns;
	}

	/** What n8n's environment has to say, so that it reaches them and nothing else. */
	get env(): NodeJS.ProcessEnv {
		return { NODE_OPTIONS: `--import=${pathToFileURL(path.join(this.folder, 'redirect.mjs')).href}`, STAND_INS_PORT: this.port };
	}

	/** Stops listening. */
	async close(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
		await this.server.close();
	}
}
