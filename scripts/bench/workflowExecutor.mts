import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { PreparedInstance } from '../instance/startInstance.mts';
import { findFreePort } from '../instance/ports.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import { startN8nServer, failOnUnexpectedExit, readProcessorMs, type N8nServer } from '../instance/n8nProcess.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import type { WorkflowDefinition } from '../instance/workflowBuilder.mts';
import type { ExecutionSample } from './benchFixture.mts';
import { HOOK_VARIABLES, type ExecutionReport } from './benchReport.mts';
import { BENCH_TRIGGER_NAME, type BenchWorkflow } from './benchWorkflows.mts';

/** Time limit in ms for one execution. */
const REPORT_TIMEOUT_MS = 300_000;

/** Time limit in ms for the start of a poll. */
const POLL_TIMEOUT_MS = 150_000;
/** Time in ms without a request after which a poll has ended. */
const POLL_END_MS = 3_000;

/** Process in which a workflow is executed. A warm server has executed the same workflow before. */
export type ExecutionMode = 'new process' | 'server' | 'warm server';

/** Executes workflows in n8n and returns the reports of the hook. */
export class WorkflowExecutor {
	private server?: N8nServer;
	private readonly env: NodeJS.ProcessEnv;
	private readonly nextStep: string;

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
		this.nextStep = `The output of n8n is in ${script.logFile}`;
	}

	/**
	 * Executes a workflow once.
	 * @throws UserFacingError if it does not succeed
	 */
	async execute(workflow: BenchWorkflow, mode: ExecutionMode): Promise<ExecutionReport> {
		await rm(this.reportFile(workflow.id), { force: true });
		await (mode === 'new process' ? this.executeInNewProcess(workflow) : this.executeInServer(workflow));
		return this.readReport(workflow.id);
	}

	/**
	 * Publishes a workflow whose trigger polls every minute, and measures a poll that starts an execution.
	 * @param changeRecords - Changes the sandbox, so that the measured poll returns an item
	 * @throws UserFacingError if no poll starts in time, or if the execution does not succeed
	 */
	async executePoll(workflow: WorkflowDefinition, changeRecords: () => void): Promise<ExecutionSample> {
		const { requestLog } = this.instance.sandbox;
		const server = await this.startServer();
		const { rest } = server;
		const waitFor = async (probe: () => boolean, intervalMs?: number): Promise<void> => {
			const waiting = this.script.waitFor(probe, POLL_TIMEOUT_MS, intervalMs);
			if (!(await Promise.race([waiting, failOnUnexpectedExit(this.script, server)])))
				throw new UserFacingError(`n8n did not poll within ${POLL_TIMEOUT_MS / 1000} seconds.`, this.nextStep);
		};
		const id = await rest.save(workflow);
		await rest.publish(id);
		// The first poll records the existing data, and is not measured.
		await waitFor(() => {
			const endedAtMs = Math.max(...requestLog.map(({ answeredAt = Infinity }) => answeredAt));
			return requestLog.length > 0 && Date.now() - endedAtMs > POLL_END_MS;
		});
		changeRecords();
		requestLog.length = 0;
		await waitFor(() => requestLog.length > 0, 2);
		const startedAtMs = performance.now();
		const processorMsAtStart = readProcessorMs(server);
		await waitFor(() => existsSync(this.reportFile(id)), 2);
		const milliseconds = performance.now() - startedAtMs;
		const processorMs = readProcessorMs(server) - processorMsAtStart;
		await this.readReport(id);
		const { staticData } = await rest.requestData<{ staticData?: unknown }>('GET', `workflows/${id}`);
		await rest.unpublish(id);
		return { milliseconds, processorMs, stateLength: JSON.stringify(staticData ?? '').length };
	}

	/** Stops the server, if one was started. */
	async stopServer(): Promise<void> {
		await this.server?.stop();
	}

	/** Executes a workflow in an n8n process of its own. */
	private async executeInNewProcess({ id }: BenchWorkflow): Promise<void> {
		const { n8n } = this.instance;
		const brokerPort = String(await findFreePort());
		const env = { ...this.env, [HOOK_VARIABLES.once]: '1', N8N_RUNNERS_BROKER_PORT: brokerPort };
		const options = { env, timeoutMs: REPORT_TIMEOUT_MS };
		await this.script.runCommand(n8n.nodePath, [n8n.cliPath, 'execute', `--id=${id}`], options);
	}

	/** Executes a workflow in the server, as the button "Execute workflow" does. */
	private async executeInServer(workflow: BenchWorkflow): Promise<void> {
		const server = await this.startServer();
		await server.rest.startWorkflow(workflow.id, BENCH_TRIGGER_NAME);
		const report = this.script.waitFor(() => existsSync(this.reportFile(workflow.id)), REPORT_TIMEOUT_MS);
		await Promise.race([report, failOnUnexpectedExit(this.script, server)]);
	}

	/** Starts the server, unless it runs. */
	private async startServer(): Promise<N8nServer> {
		const { n8n, signIn } = this.instance;
		return (this.server ??= await startN8nServer(this.script, n8n, this.env, signIn));
	}

	private reportFile(id: string): string {
		return path.join(this.scriptsFolder, `${id}.json`);
	}

	private async readReport(id: string): Promise<ExecutionReport> {
		const reportFile = this.reportFile(id);
		if (!existsSync(reportFile)) throw new UserFacingError(`n8n did not execute "${id}".`, this.nextStep);
		const report = JSON.parse(await readFile(reportFile, 'utf8')) as ExecutionReport;
		if (report.status === 'success') return report;
		const reason = report.errorMessage ?? report.status;
		throw new UserFacingError(`"${id}" did not succeed: ${reason}`, this.nextStep);
	}
}
