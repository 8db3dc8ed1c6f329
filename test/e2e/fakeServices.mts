import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Fastify, { type FastifyInstance } from 'fastify';
import { compileScripts } from '../../scripts/instance/compileScripts.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { createTempFolder } from '../../scripts/instance/userFolder.mts';
import { FakeGoogleSheets, GoogleApiError } from './fakeGoogleSheets.mts';
import { FakeLine } from './fakeLine.mts';
import { FakeSlack } from './fakeSlack.mts';
import { FakeTelegram } from './fakeTelegram.mts';

/** Local Slack, LINE, Telegram and Google. They reject what these services document as invalid, and record it. */
export class FakeServices {
	readonly google = new FakeGoogleSheets();
	readonly slack = new FakeSlack();
	readonly line = new FakeLine();
	readonly telegram = new FakeTelegram();
	/** Rejected and undocumented requests, in order. */
	readonly violations: string[] = [];
	private port = '';
	/** Folder of the script that n8n preloads. */
	private preloadFolder = '';
	private readonly server: FastifyInstance = Fastify({ routerOptions: { maxParamLength: 1000 } });

	/** Starts all services on one loopback port until the script ends. The header Host selects the service. */
	static async start(script: ScriptContext): Promise<FakeServices> {
		const fakeServices = new FakeServices();
		const { server, violations, google, slack, line, telegram } = fakeServices;
		server.setErrorHandler(async (error, request, reply) => {
			violations.push(`${request.host}${request.url}: ${error instanceof Error ? error.message : String(error)}`);
			return error instanceof GoogleApiError ? reply.status(error.status).send(error.body) : reply.status(500).send({});
		});
		server.setNotFoundHandler(async (request, reply) => {
			violations.push(
				`${request.method} ${request.host}${request.url}: ${request.host === 'outside' ? 'refused' : 'not played here'}`,
			);
			return reply.status(404).send({});
		});
		server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(body.toString())));
		});
		google.registerRoutes(server);
		slack.registerRoutes(server, (violation) => violations.push(violation));
		line.registerRoutes(server, (violation) => violations.push(violation));
		telegram.registerRoutes(server, (violation) => violations.push(violation));
		fakeServices.port = new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port;
		script.addCleanup(async () => await server.close());
		fakeServices.preloadFolder = await createTempFolder(script);
		await compileScripts([new URL('redirect.mts', import.meta.url)], fakeServices.preloadFolder);
		return fakeServices;
	}

	/** URL of the services that a credential can select. */
	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Environment variables with which n8n reaches only these services. */
	get env(): NodeJS.ProcessEnv {
		return {
			NODE_OPTIONS: `--import=${pathToFileURL(path.join(this.preloadFolder, 'redirect.mjs')).href}`,
			STAND_INS_PORT: this.port,
		};
	}
}
