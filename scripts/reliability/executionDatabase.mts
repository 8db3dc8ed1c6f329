import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parse } from 'flatted';
import { getSeenEvents, parseTriggerState } from '../../nodes/GoFive/trigger/triggerState.ts';
import type { PreparedInstance } from '../instance/startInstance.mts';
import { WATCHED_CUSTOMER_CODES, GOFIVE_TRIGGER_NAME, RELIABILITY_WORKFLOW_ID } from './reliabilityWorkflow.mts';

/** An execution in n8n's database. */
export interface RecordedExecution {
	id: number;
	status: string;
	/** IDs of the events that the trigger started it with. */
	eventIds: number[];
	/** Message of an execution that only reports a poll that did not succeed. */
	pollError?: string;
}

/** What n8n's database holds at one moment. */
export interface DatabaseSnapshot {
	/** IDs of the events that the stored state counts as seen; undefined before every customer has a baseline. */
	seenEventIds: Set<number> | undefined;
	/** Whether the state is in the table of the durable poller. */
	isDurable: boolean;
	executions: RecordedExecution[];
	/** Polls that n8n's scheduler counts as done; it runs them only in durable mode. */
	scheduledPolls: number;
}

/** The rows of each of the queries, as they came from n8n's database. */
export interface DatabaseRows {
	staticData: Array<{ text: string | null }>;
	cursors: Array<{ text: string | null }>;
	executions: Array<{ id: number; status: string; data: string | null }>;
	scheduled: Array<{ status: string; count: number }>;
}

interface TriggerItem {
	json: { eventId?: number };
}
interface StoredRunData {
	resultData?: {
		error?: { message?: string };
		runData?: Record<string, Array<{ data?: { main?: Array<TriggerItem[] | null> } }>>;
	};
	executionData?: {
		nodeExecutionStack?: Array<{ node: { name: string }; data: { main?: Array<TriggerItem[] | null> } }>;
	};
}

/** The file of n8n's database. */
export const databasePath = ({ env }: PreparedInstance): string =>
	path.join(env['N8N_USER_FOLDER'] ?? '', '.n8n', 'database.sqlite');

/**
 * Reads n8n's database, whether n8n runs or not.
 * @throws ExecaError when it cannot be read
 */
export async function readSnapshot(instance: PreparedInstance): Promise<DatabaseSnapshot> {
	const readerScript = fileURLToPath(new URL('databaseReader.mts', import.meta.url));
	const { stdout } = await execa(
		instance.n8n.nodePath,
		[readerScript, databasePath(instance), RELIABILITY_WORKFLOW_ID],
		{ maxBuffer: 1e9 },
	);
	return toSnapshot(JSON.parse(stdout) as DatabaseRows);
}

/** What the rows of the queries say. */
export function toSnapshot({ staticData, cursors, executions, scheduled }: DatabaseRows): DatabaseSnapshot {
	const [cursor] = cursors;
	const staticDataByNode = JSON.parse(staticData[0]?.text ?? '{}') as Record<string, { goFive?: unknown }>;
	const triggerData = cursor
		? (JSON.parse(cursor.text ?? '{}') as { goFive?: unknown })
		: staticDataByNode[`node:${GOFIVE_TRIGGER_NAME}`];
	return {
		seenEventIds: readSeenEventIds(triggerData?.goFive),
		isDurable: cursor !== undefined,
		executions: executions.map(({ id, status, data }) => ({ id, status, ...readEmittedEvents(data) })),
		scheduledPolls: scheduled.reduce((sum, { status, count }) => sum + (status === 'succeeded' ? count : 0), 0),
	};
}

/** By the trigger's own reading of what it stored. */
function readSeenEventIds(triggerState: unknown): Set<number> | undefined {
	const { customers } = parseTriggerState(triggerState);
	const seenByCustomer = WATCHED_CUSTOMER_CODES.map((code) => getSeenEvents(customers[code]));
	if (seenByCustomer.some((marks) => marks === undefined)) return undefined;
	return new Set(seenByCustomer.flatMap((marks) => [...(marks?.keys() ?? [])].map(Number)));
}

/** n8n stores what the trigger gave as input when it makes the execution, and as the trigger's output when it has run. */
function readEmittedEvents(data: string | null): Pick<RecordedExecution, 'eventIds' | 'pollError'> {
	if (data === null) return { eventIds: [] };
	const { executionData, resultData } = parse(data) as StoredRunData;
	const pendingInputs = executionData?.nodeExecutionStack
		?.filter(({ node }) => node.name === GOFIVE_TRIGGER_NAME)
		.map((entry) => entry.data);
	const finishedOutputs = resultData?.runData?.[GOFIVE_TRIGGER_NAME]?.map((run) => run.data);
	const eventIdLists = [finishedOutputs, pendingInputs].map((lists) => collectEventIds(lists ?? []));
	const eventIds = eventIdLists.find((list) => list.length > 0) ?? [];
	const pollError = eventIds.length === 0 ? resultData?.error?.message : undefined;
	return pollError === undefined ? { eventIds } : { eventIds, pollError };
}

function collectEventIds(lists: Array<{ main?: Array<TriggerItem[] | null> } | undefined>): number[] {
	const items = lists.flatMap((list) => list?.main ?? []).flatMap((output) => output ?? []);
	return items.map(({ json }) => json.eventId).filter((id) => id !== undefined);
}
