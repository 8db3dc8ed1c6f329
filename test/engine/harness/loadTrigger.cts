import './engineEnvironment.cts';
import { PollContext } from 'n8n-core';
import { UnexpectedError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, WorkflowActivateMode, WorkflowExecuteMode } from 'n8n-workflow';
import { captureLog } from './captureLog.cts';
import { createAdditionalData, createSingleNodeWorkflow } from './nodeTypes.cts';
import { prepareNodeUnderTest } from './nodeUnderTest.cts';
import type { NodeUnderTest } from './nodeUnderTest.cts';

/** Settings of one poll. */
export interface PollOptions {
	/** Defaults to `trigger`. `manual` is Fetch Test Event in the editor. */
	mode?: WorkflowExecuteMode;
	/** Defaults to `activate`. `init` is a server start, `update` the publication of a change. */
	activation?: WorkflowActivateMode;
	/** Time in ms that n8n grants the poll. */
	pollBudgetMs?: number;
	/** Static data that the durable poller provides: a new object for each poll, which it stores afterwards. */
	cursor?: IDataObject;
}

/** Result of a poll. */
export interface TriggerPollResult {
	/** Outputs that start an execution, or null if nothing is new. */
	data: INodeExecutionData[][] | null;
	/** JSON of the first output's items. */
	items: IDataObject[];
	/** Error that the poll threw. n8n stores it as a failed execution or rejects the activation. */
	error?: Error;
	/** Errors reported through `__emitError` in addition to the data. */
	emittedErrors: Error[];
	logs: string;
}

/** Workflow with a polling trigger in the memory of one n8n process. */
export interface LoadedTrigger {
	poll(options?: PollOptions): Promise<TriggerPollResult>;
	/** Returns a copy of the static data in memory. */
	staticData(): IDataObject;
}

/**
 * Loads a workflow into memory. Polls of one loaded trigger share its static data, also when they overlap.
 * For a restart, load another one with the stored static data.
 */
export function loadTrigger(options: NodeUnderTest & { staticData?: IDataObject }): LoadedTrigger {
	const { node, nodeType, helper } = prepareNodeUnderTest({ ...options, node: 'GoFiveTrigger' });
	const workflow = createSingleNodeWorkflow(node, nodeType, {
		id: 'workflow-1',
		name: 'Test',
		active: true,
		staticData: structuredClone(options.staticData ?? {}),
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
