/**
 * Reports each execution to the bench from inside n8n, as one of its external hooks (EXTERNAL_HOOK_FILES).
 * Compiled file by file (see compileScripts.mts), so the only project import is benchReport.mts.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Readable } from 'node:stream';
import { HOOK_VARIABLES, type NodeReport, type ExecutionReport } from './benchReport.mts';

interface NodeRun {
	executionTime: number;
	data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> };
}

interface FinishedRun {
	status: string;
	data: { resultData: { runData: Record<string, NodeRun[]>; error?: { message: string } } };
}

const OFFLINE_BODY = '{"status":{"code":"1000","description":"Success"},"data":[],"access_token":"offline"}';

/** Replaces the network below n8n's request helper, which is axios. */
function replaceNetwork(): void {
	// n8n 2 has the request helper in a package of its own. In n8n 1, the path resolves to the axios of n8n-core.
	const helperPath = path.resolve(process.argv[1] ?? '', '../../../@n8n/backend-network/index.js');
	const axios = createRequire(helperPath)('axios') as { defaults: { adapter: unknown } };
	const headers = { 'content-type': 'application/json' };
	axios.defaults.adapter = async (config: { responseType?: string }) => {
		// The HTTP Request node reads its response as a stream.
		const data = config.responseType === 'stream' ? Readable.from([Buffer.from(OFFLINE_BODY)]) : OFFLINE_BODY;
		return { data, status: 200, statusText: 'OK', headers, config, request: {} };
	};
}

if (process.env[HOOK_VARIABLES.offline] === '1') replaceNetwork();

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
