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
} from 'n8n-workflow';
import type { TestCredentialsHelper } from './testCredentialsHelper.cts';
import { captureLog } from './captureLog.cts';
import { buildNode, createAdditionalData, createNodeTypes, startNodeType } from './nodeTypes.cts';
import { prepareNodeUnderTest } from './nodeUnderTest.cts';
import type { NodeUnderTest } from './nodeUnderTest.cts';

/** Input items and settings of one execution, as a user sets them in n8n. */
export interface RunOptions {
	/** JSON of each input item. Defaults to one empty item. */
	items?: IDataObject[];
	onError?: OnError;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	/** Cancels the execution when it resolves: on an event instead of after a time, because machines differ. */
	cancelWhen?: Promise<unknown>;
}

/** Result of an execution. */
export interface RunResult {
	/** Items of each output. Empty if the node did not finish. */
	outputs: INodeExecutionData[][];
	/** JSON of the first output's items. */
	items: IDataObject[];
	/** Error of the node or of the execution. */
	error?: ExecutionError;
	hints: NodeExecutionHint[];
	status: IRun['status'];
	/** Run data, serialized as n8n stores it. */
	runDataText: string;
	/** Everything that n8n logged during the execution, on all levels. */
	logs: string;
}

/** Workflow that starts with the first of its nodes. */
interface WorkflowPlan {
	nodes: [INode, INode];
	types: Record<string, INodeType>;
	connections: IConnections;
	/** Input items of the first node. */
	input: INodeExecutionData[];
	cancelWhen?: Promise<unknown>;
}

/** Executes a workflow in n8n-core, as a production execution. */
export async function executeWorkflow(
	helper: TestCredentialsHelper,
	{ nodes, types, connections, input, cancelWhen }: WorkflowPlan,
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
	const hooks = new ExecutionLifecycleHooks('trigger', '1', storedWorkflow);
	const execution = new WorkflowExecute(createAdditionalData(helper, { hooks }), 'trigger', runExecutionData);
	const runPromise = execution.processRunExecutionData(workflow);
	void cancelWhen?.then(() => runPromise.cancel());
	return await runPromise;
}

/**
 * Executes the node after a start node. An error of the node becomes `error` of the result.
 * @throws WorkflowOperationError when n8n does not start the execution because a required parameter is empty
 */
export async function runNode(options: NodeUnderTest & RunOptions): Promise<RunResult> {
	const logs = captureLog();
	const { node, nodeType, typeName, helper } = prepareNodeUnderTest(options);
	const { onError, executeOnce, alwaysOutputData, cancelWhen } = options;
	Object.assign(node, { onError, executeOnce, alwaysOutputData });
	const startNode = buildNode('Start', 'n8n-nodes-base.manualTrigger');
	const { data, status } = await executeWorkflow(helper, {
		nodes: [startNode, node],
		types: { [startNode.type]: startNodeType, [typeName]: nodeType },
		connections: { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		input: (options.items ?? [{}]).map((json) => ({ json: structuredClone(json) })),
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
		get runDataText() {
			return stringify(data);
		},
		logs: logs(),
	};
}
