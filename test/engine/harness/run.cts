import './environment.cts';
import { stringify } from 'flatted';
import { ExecutionLifecycleHooks, WorkflowExecute, WorkflowHasIssuesError } from 'n8n-core';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type {
	ExecutionError,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	IRun,
	IRunExecutionData,
	NodeExecutionHint,
	OnError,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { captureLog } from './log.cts';
import { additionalDataWith, nodeTypesOf, startType } from './nodeTypes.cts';
import { prepare } from './subject.cts';
import type { Subject } from './subject.cts';

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
	workflowStaticData?: IDataObject;
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
	/** The credential as it is stored after the run. */
	stored: ICredentialDataDecryptedObject;
	workflowStaticData: IDataObject;
	/** Everything that n8n logged meanwhile, all levels. */
	logs: string;
}

/** Executes a node of the given class between a start node and nothing, in the engine that jest chose. */
export async function runNodeClass(options: Subject & RunOptions): Promise<RunResult> {
	const logs = captureLog();
	const { node, nodeType, typeName, helper, stored } = prepare(options);
	Object.assign(node, {
		...(options.onError && { onError: options.onError }),
		...(options.executeOnce && { executeOnce: true }),
		...(options.alwaysOutputData && { alwaysOutputData: true }),
	});
	const start: INode = {
		id: 'node-0',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflow = new Workflow({
		id: 'workflow-1',
		name: 'Test',
		nodes: [start, node],
		connections: { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		active: false,
		nodeTypes: nodeTypesOf({ [start.type]: startType, [typeName]: nodeType }),
		staticData: structuredClone(options.workflowStaticData ?? {}),
		settings: { executionOrder: 'v1' },
	});
	const mode = options.mode ?? 'trigger';
	const input = (options.items ?? [{}]).map((json) => ({ json: structuredClone(json) }));
	const runData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [input] }, source: null }],
		},
	});
	const hooks = new ExecutionLifecycleHooks(mode, '1', {
		id: 'workflow-1',
		name: 'Test',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: [start, node],
		connections: {},
	});
	const execution = new WorkflowExecute(additionalDataWith(helper, { hooks }), mode, runData);
	const { data, status } = await execute(execution, workflow, options.cancelWhen).catch(
		(error: unknown) => refused(error, runData),
	);
	const task = data.resultData.runData[node.name]?.at(-1);
	const outputs = (task?.data?.main ?? []).map((output) => output ?? []);
	return {
		outputs,
		items: (outputs[0] ?? []).map((item) => item.json),
		error: task?.error ?? (data.resultData.error),
		hints: task?.hints ?? [],
		status,
		runDataText: stringify(data),
		stored: stored(),
		workflowStaticData: JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject,
		logs: logs(),
	};
}

/** n8n does not begin an execution whose parameters it finds incomplete; the person sees only this message. */
function refused(error: unknown, data: IRunExecutionData): Pick<IRun, 'data' | 'status'> {
	if (!(error instanceof WorkflowHasIssuesError)) throw error;
	data.resultData.error = error;
	return { data, status: 'error' };
}

async function execute(
	execution: WorkflowExecute,
	workflow: Workflow,
	cancelWhen: Promise<unknown> | undefined,
): Promise<IRun> {
	const running = execution.processRunExecutionData(workflow);
	void cancelWhen?.then(() => running.cancel());
	return await running;
}
