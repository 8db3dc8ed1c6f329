import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parse } from 'flatted';
import { seenOf, stateIn } from '../../nodes/GoFive/trigger/state.ts';
import type { Running } from '../start/bringUp.mts';
import { CODES, TRIGGER, WORKFLOW } from './workflow.mts';

/** An execution in n8n's database. */
export interface Execution {
	id: number;
	status: string;
	/** IDs of the events that the trigger started it with. */
	eventIds: number[];
	/** Message of an execution that only reports a poll that did not succeed. */
	report?: string;
}

/** What n8n's database holds at one moment. */
export interface Snapshot {
	/** IDs of the events that the stored state counts as seen; undefined before every customer has a baseline. */
	stored: Set<number> | undefined;
	/** Whether the state is in the table of the durable poller. */
	durable: boolean;
	executions: Execution[];
	/** Polls that n8n's scheduler counts as done; it runs them only in durable mode. */
	scheduledPolls: number;
}

/** The rows of each of the queries, as they came from n8n's database. */
export interface Rows {
	staticData: Array<{ text: string | null }>;
	cursors: Array<{ text: string | null }>;
	executions: Array<{ id: number; status: string; data: string | null }>;
	scheduled: Array<{ status: string; count: number }>;
}

interface Item {
	json: { eventId?: number };
}
interface RunData {
	resultData?: {
		error?: { message?: string };
		runData?: Record<string, Array<{ data?: { main?: Array<Item[] | null> } }>>;
	};
	executionData?: { nodeExecutionStack?: Array<{ node: { name: string }; data: { main?: Array<Item[] | null> } }> };
}

/** The file of n8n's database. */
export const databaseOf = ({ env }: Running): string =>
	path.join(env['N8N_USER_FOLDER'] ?? '', '.n8n', 'database.sqlite');

/**
 * Reads n8n's database, whether n8n runs or not.
 * @throws ExecaError when it cannot be read
 */
export async function readDatabase(running: Running): Promise<Snapshot> {
	const reader = fileURLToPath(new URL('reader.mts', import.meta.url));
	const { stdout } = await execa(running.n8n.node, [reader, databaseOf(running), WORKFLOW], { maxBuffer: 1e9 });
	return snapshotOf(JSON.parse(stdout) as Rows);
}

/** What the rows of the queries say. */
export function snapshotOf({ staticData, cursors, executions, scheduled }: Rows): Snapshot {
	const [cursor] = cursors;
	const whole = JSON.parse(staticData[0]?.text ?? '{}') as Record<string, { goFive?: unknown }>;
	const own = cursor ? (JSON.parse(cursor.text ?? '{}') as { goFive?: unknown }) : whole[`node:${TRIGGER}`];
	return {
		stored: storedIds(own?.goFive),
		durable: cursor !== undefined,
		executions: executions.map(({ id, status, data }) => ({ id, status, ...told(data) })),
		scheduledPolls: scheduled.reduce((sum, { status, count }) => sum + (status === 'succeeded' ? count : 0), 0),
	};
}

/** By the trigger's own reading of what it stored. */
function storedIds(stored: unknown): Set<number> | undefined {
	const { customers } = stateIn(stored);
	const seen = CODES.map((code) => seenOf(customers[code]));
	if (seen.some((marks) => marks === undefined)) return undefined;
	return new Set(seen.flatMap((marks) => [...(marks?.keys() ?? [])].map(Number)));
}

/** n8n stores what the trigger gave as input when it makes the execution, and as the trigger's output when it has run. */
function told(data: string | null): Pick<Execution, 'eventIds' | 'report'> {
	if (data === null) return { eventIds: [] };
	const { executionData, resultData } = parse(data) as RunData;
	const waiting = executionData?.nodeExecutionStack
		?.filter(({ node }) => node.name === TRIGGER)
		.map((entry) => entry.data);
	const done = resultData?.runData?.[TRIGGER]?.map((run) => run.data);
	const ids = [done, waiting].map((lists) => idsOf(lists ?? []));
	const eventIds = ids.find((list) => list.length > 0) ?? [];
	const report = eventIds.length === 0 ? resultData?.error?.message : undefined;
	return report === undefined ? { eventIds } : { eventIds, report };
}

function idsOf(lists: Array<{ main?: Array<Item[] | null> } | undefined>): number[] {
	const items = lists.flatMap((list) => list?.main ?? []).flatMap((output) => output ?? []);
	return items.map(({ json }) => json.eventId).filter((id) => id !== undefined);
}
