import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parse } from 'flatted';
import { parseParts } from '../../nodes/GoFive/trigger/triggerState.ts';
import type { PreparedInstance } from '../instance/startInstance.mts';
import { GOFIVE_TRIGGER_NAME } from '../instance/workflowBuilder.mts';
import { RELIABILITY_WORKFLOW_ID } from './reliabilityWorkflow.mts';
import type { RecordId, WatchedSource } from './watchedSources.mts';

/** Execution in n8n's database. */
export interface RecordedExecution {
	id: number;
	status: string;
	/** IDs of the records that the trigger returned. */
	recordIds: RecordId[];
	/** Message of an execution that only reports a failed poll. */
	pollError?: string;
}

/** Digests of the records in the state of the trigger, by ID. */
export type StoredRecords = ReadonlyMap<RecordId, string>;

/** Contents of n8n's database at one time. */
export interface DatabaseSnapshot {
	/** Records that the stored state contains. Undefined until every part has a baseline. */
	storedRecords: StoredRecords | undefined;
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
	json: Record<string, RecordId | undefined>;
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
export async function readSnapshot(instance: PreparedInstance, source: WatchedSource): Promise<DatabaseSnapshot> {
	const readerScript = fileURLToPath(new URL('databaseReader.mts', import.meta.url));
	const args = [readerScript, databasePath(instance), RELIABILITY_WORKFLOW_ID];
	const { stdout } = await execa(instance.n8n.nodePath, args, { maxBuffer: 1e9 });
	return toSnapshot(JSON.parse(stdout) as DatabaseRows, source);
}

/** Parses the rows of n8n's database. */
export function toSnapshot(
	{ staticData, cursors, executions, scheduled }: DatabaseRows,
	source: WatchedSource,
): DatabaseSnapshot {
	const [cursor] = cursors;
	const staticDataByNode = JSON.parse(staticData[0]?.text ?? '{}') as Record<string, { goFive?: unknown }>;
	const triggerData = cursor
		? (JSON.parse(cursor.text ?? '{}') as { goFive?: unknown })
		: staticDataByNode[`node:${GOFIVE_TRIGGER_NAME}`];
	return {
		storedRecords: readStoredRecords(triggerData?.goFive, source),
		isDurable: cursor !== undefined,
		executions: executions.map(({ id, status, data }) => ({ id, status, ...readEmittedRecords(data, source) })),
		scheduledPolls: scheduled.reduce((sum, { status, count }) => sum + (status === 'succeeded' ? count : 0), 0),
	};
}

/** Reads the records of a state with the trigger's own parser. */
function readStoredRecords(triggerState: unknown, source: WatchedSource): StoredRecords | undefined {
	const parts = [...parseParts(triggerState).values()];
	if (parts.length < source.parts.length || parts.some(({ seen }) => seen === undefined)) return undefined;
	const entries = parts.flatMap(({ seen }) => [...(seen ?? [])]);
	return new Map(entries.map(([storedId, { digest }]) => [source.parseId(storedId), digest]));
}

/** Reads the trigger's items, which n8n stores as pending input at first and as the trigger's output after the run. */
function readEmittedRecords(
	data: string | null,
	{ idKey }: WatchedSource,
): Pick<RecordedExecution, 'recordIds' | 'pollError'> {
	if (data === null) return { recordIds: [] };
	const { executionData, resultData } = parse(data) as StoredRunData;
	const pendingInputs = executionData?.nodeExecutionStack
		?.filter(({ node }) => node.name === GOFIVE_TRIGGER_NAME)
		.map((entry) => entry.data);
	const finishedOutputs = resultData?.runData?.[GOFIVE_TRIGGER_NAME]?.map((run) => run.data);
	const itemLists = [finishedOutputs, pendingInputs].map((lists) =>
		(lists ?? []).flatMap((list) => list?.main ?? []).flatMap((output) => output ?? []),
	);
	const items = itemLists.find((list) => list.length > 0) ?? [];
	const recordIds = items.map(({ json }) => json[idKey]).filter((id) => id !== undefined);
	const pollError = recordIds.length === 0 ? resultData?.error?.message : undefined;
	return pollError === undefined ? { recordIds } : { recordIds, pollError };
}
