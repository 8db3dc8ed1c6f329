import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Running } from '../start/bringUp.mts';
import { freePort } from '../start/machine.mts';
import { PlainStop } from '../start/plain.mts';
import { startServer, unexpectedEnd, type Server } from '../start/server.mts';
import type { Session } from '../start/session.mts';
import { VARIABLES, type Report } from './report.mts';
import { TRIGGER, type BenchWorkflow } from './workflows.mts';

/** Milliseconds that one execution may take. */
const PATIENCE = 300_000;

/** Where a workflow is executed; a warm server has executed the same one before. */
export type Place = 'new process' | 'server' | 'warm server';

/** How an n8n process of its own is to run. */
export interface Switches {
	/** Requests are answered at once, inside the process. */
	offline?: boolean;
	/** The report brings a CPU profile. */
	profile?: boolean;
}

/** Executes workflows in n8n and brings what its hook tells. */
export class N8nRuns {
	private server?: Server;
	private readonly env: NodeJS.ProcessEnv;

	/** @param scripts folder of the compiled scripts */
	constructor(
		private readonly session: Session,
		private readonly running: Running,
		private readonly scripts: string,
	) {
		this.env = { ...running.env, EXTERNAL_HOOK_FILES: path.join(scripts, 'inside.mjs'), [VARIABLES.reports]: scripts };
	}

	/**
	 * Executes a workflow once.
	 * @throws PlainStop when it does not succeed
	 */
	async execute(workflow: BenchWorkflow, place: Place, switches: Switches): Promise<Report> {
		const file = path.join(this.scripts, `${workflow.id}.json`);
		await rm(file, { force: true });
		await (place === 'new process' ? this.inOwnProcess(workflow, switches) : this.inServer(workflow, file));
		const next = `What n8n printed is in ${this.session.log}`;
		if (!existsSync(file)) throw new PlainStop(`n8n did not execute "${workflow.id}".`, next);
		const report = JSON.parse(await readFile(file, 'utf8')) as Report;
		if (report.status === 'success') return report;
		throw new PlainStop(`"${workflow.id}" did not succeed: ${report.stoppedBy ?? report.status}`, next);
	}

	/** Ends the server. */
	async end(): Promise<void> {
		await this.server?.stop();
	}

	/** In a new n8n process, which ends with it. */
	private async inOwnProcess({ id }: BenchWorkflow, { offline, profile }: Switches): Promise<void> {
		const { n8n } = this.running;
		const flags = { [VARIABLES.once]: '1', [VARIABLES.offline]: offline ? '1' : '', [VARIABLES.profile]: profile ? '1' : '' };
		const env = { ...this.env, ...flags, N8N_RUNNERS_BROKER_PORT: String(await freePort()) };
		await this.session.run(n8n.node, [n8n.program, 'execute', `--id=${id}`], { env, patience: PATIENCE });
	}

	/** In the n8n server, until its report is there, as the button "Execute workflow" does; the first call starts the server. */
	private async inServer({ id }: BenchWorkflow, file: string): Promise<void> {
		const { n8n, signIn } = this.running;
		this.server ??= await startServer(this.session, n8n, this.env, signIn);
		await this.server.rest.start(id, TRIGGER);
		await Promise.race([this.session.until(() => existsSync(file), PATIENCE), unexpectedEnd(this.session, this.server)]);
	}
}
