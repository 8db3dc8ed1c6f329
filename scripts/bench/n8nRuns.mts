import { fileURLToPath } from 'node:url';
import { freePort } from '../start/machine.mts';
import { PlainStop } from '../start/plain.mts';
import { signInTo, startServer } from '../start/server.mts';
import type { Running } from '../start/bringUp.mts';
import type { Session } from '../start/session.mts';
import { VARIABLES, type Report } from './report.mts';
import { receiveReports, type Reports } from './reports.mts';
import { TRIGGER, type BenchWorkflow } from './workflows.mts';

/** Milliseconds that one execution may take. */
const PATIENCE = 180_000;
const hook = fileURLToPath(new URL('inside.mts', import.meta.url));

/** How an n8n process of its own is to run. */
export interface Circumstances {
	/** Requests are answered at once, inside the process. */
	offline?: boolean;
	/** The report brings a CPU profile. */
	profile?: boolean;
}

/** Executes workflows in n8n and brings what its hook tells. */
export class N8nRuns {
	private server?: { url: string; cookie: string };

	private constructor(
		private readonly session: Session,
		private readonly running: Running,
		private readonly reports: Reports,
	) {}

	static async open(session: Session, running: Running): Promise<N8nRuns> {
		return new N8nRuns(session, running, await receiveReports(session));
	}

	/**
	 * Executes a workflow in a new n8n process, which ends with it.
	 * @throws PlainStop when it does not succeed
	 */
	async inOwnProcess({ id }: BenchWorkflow, { offline, profile }: Circumstances = {}): Promise<Report> {
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

	/**
	 * Executes a workflow in the n8n server, as the button "Execute workflow" does; the first call starts the server.
	 * @throws PlainStop when it does not succeed
	 */
	async inServer({ id }: BenchWorkflow): Promise<Report> {
		this.server ??= await this.startServer();
		const { url, cookie } = this.server;
		const report = this.reports.next(id, PATIENCE);
		const answer = await fetch(`${url}/rest/workflows/${id}/run`, {
			method: 'POST',
			headers: { cookie, 'content-type': 'application/json' },
			body: JSON.stringify({ triggerToStartFrom: { name: TRIGGER } }),
		});
		if (!answer.ok) throw new PlainStop(`n8n did not execute "${id}": ${answer.status}`, `See ${this.session.log}`);
		return await report;
	}

	private environment(): NodeJS.ProcessEnv {
		return { ...this.running.env, EXTERNAL_HOOK_FILES: hook, [VARIABLES.url]: this.reports.url };
	}

	private async startServer(): Promise<{ url: string; cookie: string }> {
		const { n8n, signIn } = this.running;
		const { url } = await startServer(this.session, n8n, this.environment(), signIn);
		return { url, cookie: await signInTo(this.session, url, signIn) };
	}
}
