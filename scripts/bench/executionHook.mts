/**
 * Reports each execution to the bench from inside n8n, as one of its external hooks (EXTERNAL_HOOK_FILES).
 * Compiled file by file (see compileScripts.mts), so the only project import is benchReport.mts.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { HOOK_VARIABLES, type NodeReport, type ExecutionReport } from './benchReport.mts';

interface NodeRun {
	executionTime: number;
	data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> };
}

interface FinishedRun {
	status: string;
	data: { resultData: { runData: Record<string, NodeRun[]>; error?: { message: string } } };
}

let usageAtStart = process.cpuUsage();

function toNodeReport([firstRun]: NodeRun[]): NodeReport {
	const items = firstRun?.data?.main[0] ?? [];
	return {
		milliseconds: firstRun?.executionTime ?? 0,
		itemCount: items.length,
		failedItemCount: items.filter(({ json }) => 'error' in json).length,
	};
}

function writeReport({ status, data: { resultData } }: FinishedRun, { id }: { id: string }): void {
	const { user, system } = process.cpuUsage(usageAtStart);
	const peakBytes = process.resourceUsage().maxRSS * 1024;
	const nodes = Object.fromEntries(
		Object.entries(resultData.runData).map(([name, runs]) => [name, toNodeReport(runs)]),
	);
	const report: ExecutionReport = { status, nodes, peakBytes, processorMs: (user + system) / 1000 };
	if (resultData.error) report.errorMessage = resultData.error.message;
	// The bench waits for the file, so it must never exist half written.
	const file = `${process.env[HOOK_VARIABLES.reports]}/${id}.json`;
	writeFileSync(`${file}.part`, JSON.stringify(report));
	renameSync(`${file}.part`, file);
	if (process.env[HOOK_VARIABLES.once] === '1') process.exit(0);
}

/** Hooks by the name under which n8n calls them. */
export const workflow = {
	preExecute: [() => void (usageAtStart = process.cpuUsage())],
	postExecute: [writeReport],
};
