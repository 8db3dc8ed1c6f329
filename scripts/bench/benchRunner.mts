import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ReceivedRequest, SandboxBehaviour } from '../../sandbox/sandboxTypes.mts';
import { addCustomers, buildCodes } from '../../sandbox/addCustomers.mts';
import { compileScripts } from '../instance/compileScripts.mts';
import type { ImportedCredential } from '../instance/exampleWorkflowFiles.mts';
import { failOnUnexpectedExit, startN8nServer, type N8nServer } from '../instance/n8nProcess.mts';
import { findFreePort } from '../instance/ports.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import type { PreparedInstance } from '../instance/startInstance.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import { importIntoDatabase } from '../instance/userFolder.mts';
import type { WorkflowDefinition } from '../instance/workflowBuilder.mts';
import type { Figure } from './benchResult.mts';
import type { ExecutionReport } from './executionHook.mts';
import type { LoaderTask } from './loadPackage.mts';

/** Scripts of the bench that run on n8n's own Node. */
const HOOK_SCRIPTS = [new URL('executionHook.mts', import.meta.url), new URL('loadPackage.mts', import.meta.url)];
/** Number of events of each customer. */
export const EVENTS_PER_CUSTOMER = 3;
/** Time in ms that the sandbox takes for each request. */
const SERVER_DELAY_MS = 50;
/** Time limit in ms for one execution. */
const REPORT_TIMEOUT_MS = 300_000;
/** Time limit in ms for the start of a poll. */
const POLL_TIMEOUT_MS = 150_000;
/** Time in ms without a request after which a poll has ended. */
const POLL_END_MS = 3_000;

/** Process in which a workflow is executed. A warm server has executed the same workflow before. */
export type ExecutionMode = 'new process' | 'server' | 'warm server';

/** Measurements of one execution. */
export interface Sample {
	milliseconds: number;
	/** Requests that the sandbox received. */
	requests: ReceivedRequest[];
}

/** Measurements of one poll. */
export interface PollSample extends Sample {
	/** Processor time of the n8n process, in ms. */
	processorMs: number;
}

/** Workflow of the bench, with the ID under which it is imported. */
export type BenchWorkflow = WorkflowDefinition & { id: string };

/** One of the two ways to do a job that a case compares. */
export interface BenchVariant<S extends Sample> {
	title: string;
	/** Workflow to import into n8n before the first measurement. */
	workflow?: BenchWorkflow;
	execute(mode: ExecutionMode): Promise<S>;
}

/** Two variants of one job, with the figures that are computed from their samples. */
export interface BenchCase<S extends Sample = Sample> {
	title: string;
	variants: [first: BenchVariant<S>, second: BenchVariant<S>];
	mode: ExecutionMode;
	/** Number of executions of each variant. Odd, because figures are medians. */
	times: number;
	behaviour?: Partial<SandboxBehaviour>;
	/** Prepares the records of the sandbox before the first execution. They stay, and no other case reads them. */
	prepareRecords?(): void;
	getFigures(first: S[], second: S[]): Figure[];
}

/** Runs the cases in one prepared n8n. */
export class BenchRunner {
	/** Codes of the customers of all cases. */
	readonly codes = buildCodes(1000);
	private server?: N8nServer;
	/** Folder of the compiled scripts, and of the reports of the hook. */
	private readonly folder: string;
	private readonly env: NodeJS.ProcessEnv;
	private readonly nextStep: string;

	constructor(
		private readonly script: ScriptContext,
		readonly instance: PreparedInstance,
	) {
		this.folder = path.join(instance.env['N8N_USER_FOLDER'] ?? '', 'bench');
		this.env = { ...instance.env, EXTERNAL_HOOK_FILES: path.join(this.folder, 'executionHook.mjs') };
		this.nextStep = `The output of n8n is in ${script.logFile}`;
	}

	/** Prepares the sandbox and n8n for the cases. */
	async prepare(cases: BenchCase[], credential: ImportedCredential): Promise<void> {
		addCustomers(this.instance.sandbox.records, this.codes, EVENTS_PER_CUSTOMER);
		await compileScripts(HOOK_SCRIPTS, this.folder);
		const workflows = cases.flatMap(({ variants }) => variants.flatMap(({ workflow }) => workflow ?? []));
		await importIntoDatabase(this.script, this.instance.n8n, this.instance.env, [credential], workflows);
	}

	/**
	 * Executes the variants of a case in alternating order, so that a machine whose speed changes favours none.
	 * @throws UserFacingError if one does not succeed
	 */
	async measure<S extends Sample>(
		{ variants, mode, times, behaviour, prepareRecords }: BenchCase<S>,
		onProgress: (line: string) => void,
	): Promise<[first: S[], second: S[]]> {
		const { sandbox } = this.instance;
		prepareRecords?.();
		const samples: [S[], S[]] = [[], []];
		const execute = async (variant: BenchVariant<S>, progress: string): Promise<S> => {
			onProgress(`${variant.title}, ${progress}`);
			sandbox.setBehaviour({ delayMs: SERVER_DELAY_MS, rateLimit: null, ...behaviour });
			sandbox.requestLog.length = 0;
			return await variant.execute(mode);
		};
		if (mode === 'warm server') {
			for (const variant of variants) await execute(variant, 'warming up');
		}
		for (let round = 1; round <= times; round++) {
			const order = round % 2 === 1 ? ([0, 1] as const) : ([1, 0] as const);
			for (const index of order) samples[index].push(await execute(variants[index], `${round} of ${times}`));
		}
		return samples;
	}

	/**
	 * Executes a workflow once.
	 * @throws UserFacingError if it does not succeed
	 */
	async execute({ id, nodes }: BenchWorkflow, mode: ExecutionMode): Promise<ExecutionReport> {
		await rm(this.reportFile(id), { force: true });
		if (mode === 'new process') {
			const { n8n } = this.instance;
			const env = { ...this.env, N8N_RUNNERS_BROKER_PORT: String(await findFreePort()) };
			const options = { env, timeoutMs: REPORT_TIMEOUT_MS };
			await this.script.runCommand(n8n.nodePath, [n8n.cliPath, 'execute', `--id=${id}`], options);
		} else {
			const server = await this.startServer();
			await server.rest.startWorkflow(id, nodes[0]?.name ?? '');
			const report = this.script.waitFor(() => existsSync(this.reportFile(id)), REPORT_TIMEOUT_MS);
			await Promise.race([report, failOnUnexpectedExit(this.script, server)]);
		}
		return this.readReport(id);
	}

	/**
	 * Publishes a workflow whose trigger polls every minute, and measures a poll that starts an execution.
	 * @param changeRecords - Changes the sandbox, so that the measured poll returns an item
	 * @throws UserFacingError if no poll starts in time, or if the execution does not succeed
	 */
	async poll(workflow: WorkflowDefinition, changeRecords: () => void): Promise<PollSample> {
		const { requestLog } = this.instance.sandbox;
		const server = await this.startServer();
		const { rest } = server;
		const id = await rest.save(workflow);
		await rest.publish(id);
		// The first poll stores the existing records, and is not measured.
		await this.waitForPoll(server, () => {
			const latestEndMs = Date.now() - POLL_END_MS;
			const hasEnded = requestLog.every(({ answeredAt }) => answeredAt !== undefined && answeredAt < latestEndMs);
			return requestLog.length > 0 && hasEnded;
		});
		changeRecords();
		requestLog.length = 0;
		await this.waitForPoll(server, () => requestLog.length > 0);
		const startedAtMs = performance.now();
		const processorMsAtStart = readProcessorMs(server);
		await this.waitForPoll(server, () => existsSync(this.reportFile(id)));
		const milliseconds = performance.now() - startedAtMs;
		const processorMs = readProcessorMs(server) - processorMsAtStart;
		await this.readReport(id);
		await rest.unpublish(id);
		return { milliseconds, processorMs, requests: [...requestLog] };
	}

	/**
	 * Loads a package with n8n's own loader, in a process of its own.
	 * @throws UserFacingError if it cannot be loaded
	 */
	async loadPackage(task: Omit<LoaderTask, 'program'>): Promise<Sample> {
		const { n8n, env } = this.instance;
		const args = [path.join(this.folder, 'loadPackage.mjs'), JSON.stringify({ ...task, program: n8n.cliPath })];
		// n8n also sets NODE_PATH, so that community packages find n8n-workflow.
		const envWithModules = { ...env, NODE_PATH: path.resolve(n8n.cliPath, '../../..') };
		const { ok, output } = await this.script.runCommand(n8n.nodePath, args, { env: envWithModules });
		const milliseconds = Number(/^Loaded in ([\d.]+) ms$/mu.exec(output)?.[1]);
		if (ok && milliseconds > 0) return { milliseconds, requests: [] };
		throw new UserFacingError("n8n's loader could not be measured.", this.nextStep);
	}

	/** Stops the server, if one was started. */
	async stopServer(): Promise<void> {
		await this.server?.stop();
	}

	/** Starts the server, unless it runs. */
	private async startServer(): Promise<N8nServer> {
		const { n8n, signIn } = this.instance;
		return (this.server ??= await startN8nServer(this.script, n8n, this.env, signIn));
	}

	private async waitForPoll(server: N8nServer, condition: () => boolean): Promise<void> {
		const waiting = this.script.waitFor(condition, POLL_TIMEOUT_MS, 2);
		if (await Promise.race([waiting, failOnUnexpectedExit(this.script, server)])) return;
		throw new UserFacingError(`n8n did not poll within ${POLL_TIMEOUT_MS / 1000} seconds.`, this.nextStep);
	}

	private reportFile(id: string): string {
		return path.join(this.folder, `${id}.json`);
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

/** Reads the processor time of n8n in ms, without its child processes. Only on Linux, which counts in 10 ms. */
function readProcessorMs({ pid }: N8nServer): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) * 10;
}
