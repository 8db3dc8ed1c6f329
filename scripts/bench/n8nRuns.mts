import path from 'node:path';
import { freePort } from '../start/machine.mts';
import { PlainStop } from '../start/plain.mts';
import { startServer, type Server } from '../start/server.mts';
import type { Running } from '../start/bringUp.mts';
import type { Session } from '../start/session.mts';
import { VARIABLES, type Report } from './report.mts';
import { receiveReports, type Reports } from './reports.mts';
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

	private constructor(
		private readonly session: Session,
		private readonly running: Running,
		private readonly reports: Reports,
		private readonly hook: string,
	) {}

	/** @param scripts folder of the compiled scripts */
	static async open(session: Session, running: Running, scripts: string): Promise<N8nRuns> {
		return new N8nRuns(session, running, await receiveReports(session), path.join(scripts, 'inside.mjs'));
	}

	/**
	 * Executes a workflow once.
	 * @throws PlainStop when it does not succeed
	 */
	execute(workflow: BenchWorkflow, place: Place, switches: Switches): Promise<Report> {
		return place === 'new process' ? this.inOwnProcess(workflow, switches) : this.inServer(workflow);
	}

	/** Ends the server. */
	async end(): Promise<void> {
		await this.server?.stop();
	}

	/** In a new n8n process, which ends with it. */
	private async inOwnProcess({ id }: BenchWorkflow, { offline, profile }: Switches): Promise<Report> {
		const { n8n } = this.running;
		const flags = { [VARIABLES.once]: '1', [VARIABLES.offline]: offline ? '1' : '', [VARIABLES.profile]: profile ? '1' : '' };
		const env = { ...this.environment(), ...flags, N8N_RUNNERS_BROKER_PORT: String(await freePort()) };
		const report = this.reports.next(id, PATIENCE);
		const ended = this.session.run(n8n.node, [n8n.program, 'execute', `--id=${id}`], { env });
		const early = ended.then(() => {
			throw new PlainStop(`n8n did not execute "${id}".`, `What it printed is in ${this.session.log}`);
		});
		const told = await Promise.race([report, early]);
		early.catch(() => undefined);
		await ended;
		return told;
	}

	/** In the n8n server, as the button "Execute workflow" does; the first call starts the server. */
	private async inServer(workflow: BenchWorkflow): Promise<Report> {
		this.server ??= await this.startServer();
		const report = this.reports.next(workflow.id, PATIENCE);
		await this.server.rest.start(workflow.id, TRIGGER);
		return await report;
	}

	private environment(): NodeJS.ProcessEnv {
		return { ...this.running.env, EXTERNAL_HOOK_FILES: this.hook, [VARIABLES.url]: this.reports.url };
	}

	private startServer(): Promise<Server> {
		const { n8n, signIn } = this.running;
		return startServer(this.session, n8n, this.environment(), signIn);
	}
}
