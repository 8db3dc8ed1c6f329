/**
 * Runs inside n8n, as one of its external hooks (EXTERNAL_HOOK_FILES), and tells the bench about each execution.
 * It is compiled file by file (compileScripts.mts), so it imports nothing of this project but benchReport.mts.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { HOOK_VARIABLES, type NodeReport, type CpuProfile, type ExecutionReport } from './benchReport.mts';

interface NodeRun {
	startTime: number;
	executionTime: number;
	data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> };
}

interface FinishedRun {
	status: string;
	data: { resultData: { runData: Record<string, NodeRun[]>; error?: { message: string } } };
}

interface Axios {
	defaults: { adapter: unknown };
}

const isVariableOn = (variable: string): boolean => process.env[variable] === '1';

const EMPTY_RESPONSE_BODY = JSON.stringify({
	status: { code: '1000', description: 'Success' },
	data: [],
	access_token: 'offline',
});

/** n8n 2 has its request helper in a package of its own, n8n 1 in the core. */
function resolveRequestHelper(requireFromCore: NodeJS.Require): NodeJS.Require {
	try {
		return createRequire(requireFromCore.resolve('@n8n/backend-network'));
	} catch {
		return requireFromCore;
	}
}

/** Takes the place of the network below n8n's request helper. */
function stubNetwork(): void {
	const requireFromN8n = createRequire(process.argv[1] ?? '');
	const requireFromCore = createRequire(requireFromN8n.resolve('n8n-core'));
	const axios = resolveRequestHelper(requireFromCore)('axios') as Axios;
	axios.defaults.adapter = async (config: { responseType?: string }) => {
		// The HTTP Request node takes its answers as streams.
		const data =
			config.responseType === 'stream' ? Readable.from([Buffer.from(EMPTY_RESPONSE_BODY)]) : EMPTY_RESPONSE_BODY;
		return {
			data,
			status: 200,
			statusText: 'OK',
			headers: { 'content-type': 'application/json' },
			config,
			request: {},
		};
	};
}

if (isVariableOn(HOOK_VARIABLES.offline)) stubNetwork();

let activeProfile: { session: Session; startedAt: number } | undefined;

async function startCpuProfile(): Promise<void> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: 500 });
	const startedAt = Date.now();
	await session.post('Profiler.start');
	activeProfile = { session, startedAt };
}

function toNodeReport([firstRun]: NodeRun[]): NodeReport {
	const items = firstRun?.data?.main[0] ?? [];
	const report: NodeReport = {
		milliseconds: firstRun?.executionTime ?? 0,
		startedAt: firstRun?.startTime ?? 0,
		itemCount: items.length,
		failedItemCount: items.filter(({ json }) => 'error' in json).length,
	};
	return items[0] ? { ...report, firstItem: items[0].json } : report;
}

async function writeReport({ status, data: { resultData } }: FinishedRun, workflow: { id: string }): Promise<void> {
	const peakBytes = process.resourceUsage().maxRSS * 1024;
	const nodes = Object.fromEntries(
		Object.entries(resultData.runData).map(([name, runs]) => [name, toNodeReport(runs)]),
	);
	const report: ExecutionReport = { status, nodes, peakBytes };
	if (resultData.error) report.errorMessage = resultData.error.message;
	if (activeProfile) {
		const { profile } = await activeProfile.session.post('Profiler.stop');
		report.profile = { ...(profile as CpuProfile), startedAt: activeProfile.startedAt };
	}
	// It is there as a whole or not at all.
	const file = `${process.env[HOOK_VARIABLES.reports]}/${workflow.id}.json`;
	writeFileSync(`${file}.part`, JSON.stringify(report));
	renameSync(`${file}.part`, file);
	if (isVariableOn(HOOK_VARIABLES.once)) process.exit(0);
}

/** n8n calls these by their names. */
export const workflow = {
	preExecute: isVariableOn(HOOK_VARIABLES.profile) ? [startCpuProfile] : [],
	postExecute: [writeReport],
};
