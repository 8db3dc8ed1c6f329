import path from 'node:path';
import { parse } from 'flatted';
import { parseParts } from '../../nodes/GoFive/trigger/triggerState.ts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import type { PreparedInstance } from '../../scripts/instance/startInstance.mts';
import { GOFIVE_TRIGGER_NAME } from '../../scripts/instance/workflowBuilder.mts';

/** Result of a trigger's polls in n8n's database. */
export interface StoredPolls {
	/** IDs of the events that the trigger remembers in the default engine. */
	seenIds: number[];
	/** Whether the durable poller stores the state of the trigger. */
	isDurable: boolean;
	/** IDs of the events with which each execution started. */
	executions: Array<{ id: number; eventIds: number[] }>;
}

/** Rows of n8n's database. */
interface DatabaseRows {
	workflows: Array<{ staticData: string | null }>;
	cursors: object[];
	executions: Array<{ id: number; data: string }>;
}

/** Items of an execution. */
interface NodeData {
	data?: { main: Array<Array<{ json: { eventId: number } }> | null> };
}

/** Prints the rows of a workflow as JSON. Runs on n8n's own Node.js, which includes SQLite. */
const READ_ROWS_SCRIPT = `
	const { DatabaseSync } = require('node:sqlite');
	const [file, workflowId] = process.argv.slice(1);
	const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
	const read = (sql) => database.prepare(sql).all(workflowId);
	console.log(JSON.stringify({
		workflows: read('SELECT staticData FROM workflow_entity WHERE id = ?'),
		cursors: read('SELECT cursor FROM poller_state WHERE workflowId = ?'),
		executions: read('SELECT id, data FROM execution_entity JOIN execution_data ON executionId = id WHERE workflowId = ?'),
	}));
`;

/** Returns the path of n8n's SQLite database. */
export const getDatabaseFile = ({ env }: PreparedInstance): string =>
	path.join(env['N8N_USER_FOLDER'] ?? '', '.n8n', 'database.sqlite');

/**
 * Reads the polls of a workflow whose only node is the trigger, whether n8n runs or not.
 * @throws SyntaxError if n8n's database cannot be read
 */
export async function readStoredPolls(
	script: ScriptContext,
	instance: PreparedInstance,
	workflowId: string,
): Promise<StoredPolls> {
	const args = ['-e', READ_ROWS_SCRIPT, getDatabaseFile(instance), workflowId];
	const { stdout } = await script.runCommand(instance.n8n.nodePath, args);
	const { workflows, cursors, executions } = JSON.parse(stdout) as DatabaseRows;
	const stateByNode = JSON.parse(workflows[0]?.staticData ?? '{}') as Record<string, { goFive?: unknown } | undefined>;
	const parts = parseParts(stateByNode[`node:${GOFIVE_TRIGGER_NAME}`]?.goFive);
	return {
		seenIds: [...parts.values()].flatMap(({ seen }) => [...(seen?.keys() ?? [])]).map(Number),
		isDurable: cursors.length > 0,
		executions: executions.map(({ id, data }) => ({ id, eventIds: readEventIds(data) })),
	};
}

/** Reads the trigger's items, which n8n stores as pending input at first, and as the trigger's output after the run. */
function readEventIds(executionData: string): number[] {
	const stored = parse(executionData) as {
		executionData?: { nodeExecutionStack: NodeData[] };
		resultData?: { runData: Record<string, NodeData[]> };
	};
	const outputs = stored.resultData?.runData[GOFIVE_TRIGGER_NAME] ?? stored.executionData?.nodeExecutionStack ?? [];
	return outputs.flatMap(({ data }) => data?.main[0] ?? []).map(({ json }) => json.eventId);
}
