import {
	buildLinearWorkflow,
	buildGoFiveNode,
	type WorkflowNode,
	type WorkflowDefinition,
} from '../instance/workflowBuilder.mts';

/** Id of the workflow. */
export const RELIABILITY_WORKFLOW_ID = 'reliability';
export const GOFIVE_TRIGGER_NAME = 'GoFive Trigger';
/** Codes of the sandbox's customers whose events start the workflow. */
export const WATCHED_CUSTOMER_CODES = ['C000055', 'C000154', 'L000308', 'ลูกค้า 1'];

/** Time in ms between two events of an execution, so that some kills interrupt executions. */
const EVENT_INTERVAL_MS = 50;

/** Builds a trigger that polls the events of customers every minute. */
export const buildGoFiveTriggerNode = (customerCodes: string[]): WorkflowNode =>
	buildGoFiveNode(
		{ pollTimes: { item: [{ mode: 'everyMinute' }] }, customerCodes: customerCodes.join('\n') },
		{ name: GOFIVE_TRIGGER_NAME, type: 'n8n-nodes-gofive.goFiveTrigger' },
	);

/** Builds the workflow: the trigger, a request to the event receiver for each event, and a last node. */
export const buildReliabilityWorkflow = (eventReceiverUrl: string): WorkflowDefinition => ({
	...buildLinearWorkflow('Reliability', [
		buildGoFiveTriggerNode(WATCHED_CUSTOMER_CODES),
		{
			name: 'Report event',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: eventReceiverUrl,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify({ eventId: $json.eventId, executionId: Number($execution.id) }) }}',
				options: { batching: { batch: { batchSize: 1, batchInterval: EVENT_INTERVAL_MS } } },
			},
		},
		{ name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]),
	id: RELIABILITY_WORKFLOW_ID,
});
