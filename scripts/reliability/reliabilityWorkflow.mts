import { buildLinearWorkflow, buildGoFiveTriggerNode, type WorkflowDefinition } from '../instance/workflowBuilder.mts';
import type { WatchedSource } from './watchedSources.mts';

/** Id of the workflow. */
export const RELIABILITY_WORKFLOW_ID = 'reliability';
/** Time in ms between two records of an execution, so that some kills interrupt executions. */
const EVENT_INTERVAL_MS = 50;

/** Builds the workflow: the trigger, a request to the record receiver for each record, and a last node. */
export const buildReliabilityWorkflow = (
	recordReceiverUrl: string,
	{ parameters, idKey }: WatchedSource,
): WorkflowDefinition => ({
	...buildLinearWorkflow('Reliability', [
		buildGoFiveTriggerNode(parameters),
		{
			name: 'Report record',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: recordReceiverUrl,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ JSON.stringify({ recordId: $json.${idKey}, executionId: Number($execution.id) }) }}`,
				options: { batching: { batch: { batchSize: 1, batchInterval: EVENT_INTERVAL_MS } } },
			},
		},
		{ name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]),
	id: RELIABILITY_WORKFLOW_ID,
});
