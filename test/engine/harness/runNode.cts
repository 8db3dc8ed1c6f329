import './engineEnvironment.cts';
import { stringify } from 'flatted';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type {
	ExecutionError,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	NodeExecutionHint,
	OnError,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { TestCredentialsHelper } from './testCredentialsHelper.cts';
import { captureLog } from './captureLog.cts';
import { createAdditionalData, createNodeTypes, startNodeType } from './nodeTypes.cts';
import { prepareNodeUnderTest } from './nodeUnderTest.cts';
import type { NodeUnderTest } from './nodeUnderTest.cts';

/** How the node is executed; all of it is what a user sets in n8n. */
export interface RunOptions {
	/** The json of each input item; one empty item if left out. */
	items?: IDataObject[];
	onError?: OnError;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	/** `trigger` (a production run) if left out. */
	mode?: WorkflowExecuteMode;
	/** Cancels the execution once it resolves: by what has happened, since nobody knows how long that takes. */
	cancelWhen?: Promise<unknown>;
}

/** What came of it. */
export interface RunResult {
	/** The items of each output, as n8n keeps them; empty when the node did not get to the end. */
	outputs: INodeExecutionData[][];
	/** The json of the first output's items. */
	items: IDataObject[];
	/** What ended the node or the whole execution. */
	error?: ExecutionError;
	hints: NodeExecutionHint[];
	status: IRun['status'];
	/** The run data in the text form in which n8n stores it. */
	runDataText: string;
	/** Everything that n8n logged meanwhile, all levels. */
	logs: string;
}

/** A workflow that begins with the first of its nodes. */
interface WorkflowPlan {
	nodes: [INode, INode];
	types: Record<string, INodeType>;
	connections: IConnections;
	/** What the first node is given. */
	input: INodeExecutionData[];
	mode?: WorkflowExecuteMode;
	cancelWhen?: Promise<unknown>;
}

/** Executes a workflow in the engine that jest chose. */
export async function executeWorkflow(
	helper: TestCredentialsHelper,
	{ nodes, types, connections, input, mode = 'trigger', cancelWhen }: WorkflowPlan,
): Promise<IRun> {
	const workflowData = { id: 'workflow-1', name: 'Test', nodes, connections, active: false };
	const workflow = new Workflow({
		...workflowData,
		nodeTypes: createNodeTypes(types),
		settings: { executionOrder: 'v1' },
	});
	const runExecutionData = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: nodes[0], data: { main: [input] }, source: null }] },
	});
	const now = new Date();
	const storedWorkflow = { ...workflowData, isArchived: false, activeVersionId: null, createdAt: now, updatedAt: now };
	const hooks = new ExecutionLifecycleHooks(mode, '1', storedWorkflow);
	const execution = new WorkflowExecute(createAdditionalData(helper, { hooks }), mode, runExecutionData);
	const runPromise = execution.processRunExecutionData(workflow);
	void cancelWhen?.then(() => runPromise.cancel());
	return await runPromise;
}

/** Executes the node between a start node and nothing. What the node throws is its `error`. @throws where n8n itself does not begin, since a required parameter is empty */
export async function runNode(options: NodeUnderTest & RunOptions): Promise<RunResult> {
	const logs = captureLog();
	const { node, nodeType, typeName, helper } = prepareNodeUnderTest(options);
	const { onError, executeOnce, alwaysOutputData, mode, cancelWhen } = options;
	Object.assign(node, { onError, executeOnce, alwaysOutputData });
	const startNode: INode = {
		id: 'node-0',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const { data, status } = await executeWorkflow(helper, {
		nodes: [startNode, node],
		types: { [startNode.type]: startNodeType, [typeName]: nodeType },
		connections: { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		input: (options.items ?? [{}]).map((json) => ({ json: structuredClone(json) })),
		mode,
		cancelWhen,
	});
	const taskData = data.resultData.runData[node.name]?.at(-1);
	const outputs = (taskData?.data?.main ?? []).map((output) => output ?? []);
	return {
		outputs,
		items: (outputs[0] ?? []).map((item) => item.json),
		error: taskData?.error ?? data.resultData.error,
		hints: taskData?.hints ?? [],
		status,
		runDataText: stringify(data),
		logs: logs(),
	};
}
