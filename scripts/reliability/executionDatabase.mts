import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parse } from 'flatted';
import { getSeenEvents, parseTriggerState } from '../../nodes/GoFive/trigger/triggerState.ts';
import type { PreparedInstance } from '../instance/startInstance.mts';
import { WATCHED_CUSTOMER_CODES, GOFIVE_TRIGGER_NAME, RELIABILITY_WORKFLOW_ID } from './reliabilityWorkflow.mts';

/** Execution in n8n's database. */
export interface RecordedExecution {
	id: number;
	status: string;
	/** Ids of the events that the trigger returned. */
	eventIds: number[];
	/** Message of an execution that only reports a failed poll. */
	pollError?: string;
}

/** Contents of n8n's database at one time. */
export interface DatabaseSnapshot {
	/** Ids of the events that the stored state contains. Undefined until every customer has a baseline. */
	seenEventIds: Set<number> | undefined;
	/** Whether the state is in the table of the durable poller. */
	isDurable: boolean;
	executions: RecordedExecution[];
	/** Number of polls that n8n's scheduler completed, which are only those of the durable poller. */
	scheduledPolls: number;
}

/** Rows of n8n's database by query. */
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

/** Returns the path of n8n's database. */
export const databasePath = ({ env }: PreparedInstance): string =>
	path.join(env['N8N_USER_FOLDER'] ?? '', '.n8n', 'database.sqlite');

/**
 * Reads n8n's database, whether n8n runs or not.
 * @throws ExecaError if it cannot be read
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

/** Parses the rows of n8n's database. */
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

/** Reads the event ids of a state with the trigger's own parser. */
function readSeenEventIds(triggerState: unknown): Set<number> | undefined {
	const { customers } = parseTriggerState(triggerState);
	const seenByCustomer = WATCHED_CUSTOMER_CODES.map((code) => getSeenEvents(customers[code]));
	if (seenByCustomer.some((seenEvents) => seenEvents === undefined)) return undefined;
	return new Set(seenByCustomer.flatMap((seenEvents) => [...(seenEvents?.keys() ?? [])].map(Number)));
}

/** Reads the trigger's items, which n8n stores as pending input at first and as the trigger's output after the run. */
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
