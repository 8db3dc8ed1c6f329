import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { PreparedInstance } from '../instance/startInstance.mts';
import { findFreePort } from '../instance/ports.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import { startN8nServer, failOnUnexpectedExit, type N8nServer } from '../instance/n8nProcess.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import { HOOK_VARIABLES, type ExecutionReport } from './benchReport.mts';
import { BENCH_TRIGGER_NAME, type BenchWorkflow } from './benchWorkflows.mts';

/** Time limit in ms for one execution. */
const REPORT_TIMEOUT_MS = 300_000;

/** Process in which a workflow is executed. A warm server has executed the same workflow before. */
export type ExecutionMode = 'new process' | 'server' | 'warm server';

/** Executes workflows in n8n and returns the reports of the hook. */
export class WorkflowExecutor {
	private server?: N8nServer;
	private readonly env: NodeJS.ProcessEnv;

	/** @param scriptsFolder - Folder of the compiled hook, and of its reports */
	constructor(
		private readonly script: ScriptContext,
		private readonly instance: PreparedInstance,
		private readonly scriptsFolder: string,
	) {
		this.env = {
			...instance.env,
			EXTERNAL_HOOK_FILES: path.join(scriptsFolder, 'executionHook.mjs'),
			[HOOK_VARIABLES.reports]: scriptsFolder,
		};
	}

	/**
	 * Executes a workflow once.
	 * @param isOffline - Whether requests are answered in the process. Only in a new process
	 * @throws UserFacingError if it does not succeed
	 */
	async execute(workflow: BenchWorkflow, mode: ExecutionMode, isOffline = false): Promise<ExecutionReport> {
		const reportFile = path.join(this.scriptsFolder, `${workflow.id}.json`);
		await rm(reportFile, { force: true });
		await (mode === 'new process'
			? this.executeInNewProcess(workflow, isOffline)
			: this.executeInServer(workflow, reportFile));
		const nextStep = `The output of n8n is in ${this.script.logFile}`;
		if (!existsSync(reportFile)) throw new UserFacingError(`n8n did not execute "${workflow.id}".`, nextStep);
		const report = JSON.parse(await readFile(reportFile, 'utf8')) as ExecutionReport;
		if (report.status === 'success') return report;
		throw new UserFacingError(`"${workflow.id}" did not succeed: ${report.errorMessage ?? report.status}`, nextStep);
	}

	/** Stops the server, if one was started. */
	async stopServer(): Promise<void> {
		await this.server?.stop();
	}

	/** Executes a workflow in an n8n process of its own. */
	private async executeInNewProcess({ id }: BenchWorkflow, isOffline: boolean): Promise<void> {
		const { n8n } = this.instance;
		const variables = { [HOOK_VARIABLES.once]: '1', [HOOK_VARIABLES.offline]: isOffline ? '1' : '' };
		const env = { ...this.env, ...variables, N8N_RUNNERS_BROKER_PORT: String(await findFreePort()) };
		await this.script.runCommand(n8n.nodePath, [n8n.cliPath, 'execute', `--id=${id}`], {
			env,
			timeoutMs: REPORT_TIMEOUT_MS,
		});
	}

	/** Executes a workflow in the server, as the button "Execute workflow" does. The first call starts the server. */
	private async executeInServer({ id }: BenchWorkflow, reportFile: string): Promise<void> {
		const { n8n, signIn } = this.instance;
		this.server ??= await startN8nServer(this.script, n8n, this.env, signIn);
		await this.server.rest.startWorkflow(id, BENCH_TRIGGER_NAME);
		await Promise.race([
			this.script.waitFor(() => existsSync(reportFile), REPORT_TIMEOUT_MS),
			failOnUnexpectedExit(this.script, this.server),
		]);
	}
}
