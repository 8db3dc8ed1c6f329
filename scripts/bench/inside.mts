/**
 * Runs inside n8n, as one of its external hooks (EXTERNAL_HOOK_FILES), and tells the bench about each execution.
 * It is compiled file by file (compile.mts), so it imports nothing of this project but report.mts.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { VARIABLES, type NodeReport, type Profile, type Report } from './report.mts';

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

const isOn = (variable: string): boolean => process.env[variable] === '1';

const EMPTY = JSON.stringify({ status: { code: '1000', description: 'Success' }, data: [], access_token: 'offline' });

/** n8n 2 has its request helper in a package of its own, n8n 1 in the core. */
function requestHelperOf(fromCore: NodeJS.Require): NodeJS.Require {
	try {
		return createRequire(fromCore.resolve('@n8n/backend-network'));
	} catch {
		return fromCore;
	}
}

/** Takes the place of the network below n8n's request helper. */
function goOffline(): void {
	const fromN8n = createRequire(process.argv[1] ?? '');
	const fromCore = createRequire(fromN8n.resolve('n8n-core'));
	const axios = requestHelperOf(fromCore)('axios') as Axios;
	axios.defaults.adapter = async (config: { responseType?: string }) => {
		// The HTTP Request node takes its answers as streams.
		const data = config.responseType === 'stream' ? Readable.from([Buffer.from(EMPTY)]) : EMPTY;
		return { data, status: 200, statusText: 'OK', headers: { 'content-type': 'application/json' }, config, request: {} };
	};
}

if (isOn(VARIABLES.offline)) goOffline();

let profiling: { session: Session; startedAt: number } | undefined;

async function startProfile(): Promise<void> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: 500 });
	const startedAt = Date.now();
	await session.post('Profiler.start');
	profiling = { session, startedAt };
}

function describe([first]: NodeRun[]): NodeReport {
	const items = first?.data?.main[0] ?? [];
	const report: NodeReport = {
		milliseconds: first?.executionTime ?? 0,
		startedAt: first?.startTime ?? 0,
		items: items.length,
		failed: items.filter(({ json }) => 'error' in json).length,
	};
	return items[0] ? { ...report, firstItem: items[0].json } : report;
}

async function tell({ status, data: { resultData } }: FinishedRun, workflow: { id: string }): Promise<void> {
	const peakBytes = process.resourceUsage().maxRSS * 1024;
	const nodes = Object.fromEntries(Object.entries(resultData.runData).map(([name, runs]) => [name, describe(runs)]));
	const report: Report = { status, nodes, peakBytes };
	if (resultData.error) report.stoppedBy = resultData.error.message;
	if (profiling) {
		const { profile } = await profiling.session.post('Profiler.stop');
		report.profile = { ...(profile as Profile), startedAt: profiling.startedAt };
	}
	// It is there as a whole or not at all.
	const file = `${process.env[VARIABLES.reports]}/${workflow.id}.json`;
	writeFileSync(`${file}.part`, JSON.stringify(report));
	renameSync(`${file}.part`, file);
	if (isOn(VARIABLES.once)) process.exit(0);
}

/** n8n calls these by their names. */
export const workflow = { preExecute: isOn(VARIABLES.profile) ? [startProfile] : [], postExecute: [tell] };
