import './engineEnvironment.cts';
import { PollContext } from 'n8n-core';
import { UnexpectedError, Workflow } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, WorkflowActivateMode, WorkflowExecuteMode } from 'n8n-workflow';
import { captureLog } from './captureLog.cts';
import { createAdditionalData, createNodeTypes } from './nodeTypes.cts';
import { prepareNodeUnderTest } from './nodeUnderTest.cts';
import type { NodeUnderTest } from './nodeUnderTest.cts';

/** One poll. */
export interface PollOptions {
	/** `trigger` if left out; `manual` is a test run in the editor. */
	mode?: WorkflowExecuteMode;
	/** `activate` if left out (`init` after a server start, `update` after publishing a change). */
	activation?: WorkflowActivateMode;
	/** What n8n tells the node it has, in milliseconds. Releases that tell nothing ignore it. */
	pollBudgetMs?: number;
	/**
	 * What the durable poller of n8n 2.x hands out in place of the static data: a fresh object for every poll, which it
	 * stores afterwards. Releases without it ignore it.
	 */
	cursor?: IDataObject;
}

/** What the poll handed to n8n. */
export interface TriggerPollResult {
	/** The outputs that start an execution, or null for nothing new. */
	data: INodeExecutionData[][] | null;
	/** The json of the first output's items; empty for nothing new. */
	items: IDataObject[];
	/** What was thrown: n8n stores it as a failed execution, or refuses the activation. */
	error?: Error;
	/** What was reported through `__emitError` beside the data. */
	emittedErrors: Error[];
	logs: string;
}

/** What n8n had stored of the workflow. */
interface StoredWorkflowState {
	staticData?: IDataObject;
}

/** A workflow with a polling trigger as one n8n process holds it. */
export interface LoadedTrigger {
	poll(options?: PollOptions): Promise<TriggerPollResult>;
	/** A copy of the static data in memory: what n8n would store if it did so now. */
	staticData(): IDataObject;
}

/**
 * Loads the workflow into memory. Polls of one open trigger share its static data, also when they overlap;
 * to play a restart, open a new one with the static data that n8n had stored.
 */
export function loadTrigger(options: NodeUnderTest & StoredWorkflowState): LoadedTrigger {
	const { node, nodeType, typeName, helper } = prepareNodeUnderTest({ ...options, node: 'GoFiveTrigger' });
	const workflow = new Workflow({
		id: 'workflow-1',
		name: 'Test',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: createNodeTypes({ [typeName]: nodeType }),
		staticData: structuredClone(options.staticData ?? {}),
		settings: {},
	});
	return {
		staticData: () => JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject,
		async poll({ mode = 'trigger', activation = 'activate', pollBudgetMs, cursor } = {}) {
			if (!nodeType.poll) throw new UnexpectedError('The node does not poll');
			const logs = captureLog();
			const emittedErrors: Error[] = [];
			const context = new PollContext(
				workflow,
				node,
				createAdditionalData(helper),
				mode,
				activation,
				() => {
					throw new UnexpectedError('The node starts the workflow with what a poll returns');
				},
				(error) => void emittedErrors.push(error),
				undefined,
				undefined,
				cursor === undefined ? undefined : () => cursor,
				pollBudgetMs === undefined ? undefined : () => pollBudgetMs,
			);
			const result = { data: null, items: [], emittedErrors };
			try {
				const data = await nodeType.poll.call(context);
				const items = (data?.[0] ?? []).map((item) => item.json);
				return { ...result, data, items, logs: logs() };
			} catch (error) {
				return { ...result, error: error as Error, logs: logs() };
			}
		},
	};
}
