import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parse } from 'flatted';
import { parseParts } from '../../nodes/GoFive/trigger/triggerState.ts';
import { failOnUnexpectedExit, type N8nProcess } from '../instance/n8nProcess.mts';
import type { ScriptContext } from '../instance/scriptContext.mts';
import type { PreparedInstance } from '../instance/startInstance.mts';
import { GOFIVE_TRIGGER_NAME } from '../instance/workflowBuilder.mts';
import { UserFacingError } from '../instance/userFacingError.mts';
import { WATCHED_CUSTOMER_CODES } from './reliabilityWorkflow.mts';

/** Time limit in ms until the trigger has stored the existing events. n8n polls every minute. */
const BASELINE_TIMEOUT_MS = 180_000;

/** Execution in n8n's database. */
export interface StoredExecution {
	id: number;
	status: string;
	/** IDs of the events that the trigger returned. */
	eventIds: number[];
}

/** Contents of n8n's database at one time. */
export interface DatabaseSnapshot {
	/** IDs of the events that the trigger remembers. Undefined until it has read all customers. */
	storedIds: number[] | undefined;
	/** Whether the durable poller stores the state of the trigger. */
	isDurable: boolean;
	executions: StoredExecution[];
}

/** Reads a snapshot of n8n's database. */
export type SnapshotReader = () => Promise<DatabaseSnapshot>;

/** Rows of n8n's database by query. */
export interface DatabaseRows {
	staticData: Array<{ text: string | null }>;
	cursors: Array<{ text: string | null }>;
	executions: Array<{ id: number; status: string; data: string | null }>;
}

interface NodeOutput {
	main?: Array<Array<{ json: { eventId?: number } }> | null>;
}
interface StoredRunData {
	resultData?: { runData?: Record<string, Array<{ data?: NodeOutput }>> };
	executionData?: { nodeExecutionStack?: Array<{ node: { name: string }; data: NodeOutput }> };
}

/** Builds the queries about a workflow in n8n's database, for SQLite and PostgreSQL. */
const buildQueries = (workflowId: string): Record<keyof DatabaseRows, string> => ({
	staticData: `SELECT CAST("staticData" AS TEXT) AS text FROM workflow_entity WHERE id = '${workflowId}'`,
	cursors: `SELECT CAST("cursor" AS TEXT) AS text FROM poller_state WHERE "workflowId" = '${workflowId}'`,
	executions: `SELECT e.id, e.status, d.data FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id
		WHERE e."workflowId" = '${workflowId}' ORDER BY e.id`,
});

/** Returns the path of n8n's database. */
export const databasePath = ({ env }: PreparedInstance): string =>
	path.join(env['N8N_USER_FOLDER'] ?? '', '.n8n', 'database.sqlite');

/**
 * Reads a workflow in n8n's database, whether n8n runs or not.
 * @throws ExecaError if it cannot be read
 */
export async function readSnapshot(instance: PreparedInstance, workflowId: string): Promise<DatabaseSnapshot> {
	const readerScript = fileURLToPath(new URL('readSqlite.mts', import.meta.url));
	const args = [readerScript, databasePath(instance), JSON.stringify(buildQueries(workflowId))];
	const { stdout } = await execa(instance.n8n.nodePath, args, { maxBuffer: 1e9 });
	return toSnapshot(JSON.parse(stdout) as DatabaseRows);
}

/** Parses the rows of n8n's database. */
function toSnapshot({ staticData, cursors, executions }: DatabaseRows): DatabaseSnapshot {
	const [cursor] = cursors;
	const staticDataByNode = JSON.parse(staticData[0]?.text ?? '{}') as Record<string, { goFive?: unknown }>;
	const triggerData = cursor
		? (JSON.parse(cursor.text ?? '{}') as { goFive?: unknown })
		: staticDataByNode[`node:${GOFIVE_TRIGGER_NAME}`];
	return {
		storedIds: readStoredIds(triggerData?.goFive),
		isDurable: cursor !== undefined,
		executions: executions.map(({ id, status, data }) => ({ id, status, eventIds: readEventIds(data) })),
	};
}

/** Reads the IDs in a state with the trigger's own parser. */
function readStoredIds(triggerState: unknown): number[] | undefined {
	const parts = [...parseParts(triggerState).values()];
	if (parts.length < WATCHED_CUSTOMER_CODES.length || parts.some(({ seen }) => seen === undefined)) return undefined;
	return parts.flatMap(({ seen }) => [...(seen?.keys() ?? [])]).map(Number);
}

/** Reads the trigger's items, which n8n stores as pending input at first and as the trigger's output after the run. */
function readEventIds(data: string | null): number[] {
	if (data === null) return [];
	const { executionData, resultData } = parse(data) as StoredRunData;
	const outputs = (resultData?.runData?.[GOFIVE_TRIGGER_NAME] ?? []).map((run) => run.data);
	const pendingInputs = (executionData?.nodeExecutionStack ?? [])
		.filter(({ node }) => node.name === GOFIVE_TRIGGER_NAME)
		.map((entry) => entry.data);
	const outputIds = collectIds(outputs);
	return outputIds.length > 0 ? outputIds : collectIds(pendingInputs);
}

const collectIds = (outputs: Array<NodeOutput | undefined>): number[] =>
	outputs
		.flatMap((output) => output?.main ?? [])
		.flatMap((items) => items ?? [])
		.map(({ json }) => json.eventId)
		.filter((id) => id !== undefined);

/**
 * Waits until the trigger has stored the events that exist at publication. No event may be created before.
 * @throws UserFacingError if it takes too long, or if n8n uses the wrong poller
 */
export async function waitForBaseline(
	script: ScriptContext,
	readCurrentSnapshot: SnapshotReader,
	n8nProcess: N8nProcess,
	isDurable: boolean,
): Promise<void> {
	const readBaseline = async () => {
		const snapshot = await readCurrentSnapshot();
		return snapshot.storedIds ? snapshot : undefined;
	};
	const snapshot = await Promise.race([
		script.waitFor(readBaseline, BASELINE_TIMEOUT_MS, 1_000),
		failOnUnexpectedExit(script, n8nProcess),
	]);
	const nextStep = `See ${script.logFile}`;
	if (!snapshot) throw new UserFacingError('The trigger did not store the existing events in three minutes.', nextStep);
	if (snapshot.isDurable === isDurable) return;
	throw new UserFacingError(`n8n runs ${isDurable ? 'without' : 'with'} its durable poller.`, nextStep);
}
