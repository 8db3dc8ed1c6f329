/**
 * Reports each execution to the bench from inside n8n, as one of its external hooks (EXTERNAL_HOOK_FILES).
 * Compiled for n8n's own Node (see compileScripts.mts). The reports are written next to the compiled file.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { IRun, ITaskData, IWorkflowBase } from 'n8n-workflow';

/** Result of one node in an execution. */
export interface NodeReport {
	/** Time in ms, n8n's own `executionTime` of the run data. */
	milliseconds: number;
	/** Number of items of the first output. */
	itemCount: number;
	/** Number of items with an `error`, which On Error "Continue" adds. */
	failedItemCount: number;
}

/** Report about one execution. */
export interface ExecutionReport {
	status: string;
	/** Message of the node that stopped the execution. */
	errorMessage?: string;
	nodes: Record<string, NodeReport>;
	/** Highest resident set of the n8n process so far, in bytes. */
	peakBytes: number;
	/** Processor time of the n8n process so far, in ms. */
	processorMs: number;
}

function toNodeReport([firstRun]: ITaskData[]): NodeReport {
	const items = firstRun?.data?.main?.[0] ?? [];
	return {
		milliseconds: firstRun?.executionTime ?? 0,
		itemCount: items.length,
		failedItemCount: items.filter(({ json }) => 'error' in json).length,
	};
}

function writeReport({ status, data: { resultData } }: IRun, { id }: IWorkflowBase): void {
	const { runData, error } = resultData;
	const nodes = Object.fromEntries(Object.entries(runData).map(([name, runs]) => [name, toNodeReport(runs)]));
	const peakBytes = process.resourceUsage().maxRSS * 1024;
	const { user, system } = process.cpuUsage();
	const processorMs = (user + system) / 1000;
	const report: ExecutionReport = { status, errorMessage: error?.message, nodes, peakBytes, processorMs };
	// The bench waits for the file, so it must never exist half written.
	const file = fileURLToPath(new URL(`${id}.json`, import.meta.url));
	writeFileSync(`${file}.part`, JSON.stringify(report));
	renameSync(`${file}.part`, file);
	// The command "n8n execute" would print all data.
	if (process.argv.includes('execute')) process.exit(0);
}

/** Hooks by the name under which n8n calls them. */
export const workflow = { postExecute: [writeReport] };
