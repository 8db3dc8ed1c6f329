import {
	buildLinearWorkflow,
	buildGoFiveNode,
	type WorkflowNode,
	type WorkflowDefinition,
} from '../instance/workflowBuilder.mts';

export const RELIABILITY_WORKFLOW_ID = 'reliability';
export const GOFIVE_TRIGGER_NAME = 'GoFive Trigger';
/** Codes of customers of the sandbox that the workflow watches. */
export const WATCHED_CUSTOMER_CODES = ['C000055', 'C000154', 'L000308', 'ลูกค้า 1'];

/** Milliseconds from one event of an execution to the next, so that kills meet executions that run. */
const EVENT_INTERVAL_MS = 50;

/** A trigger that asks for the events of some customers every minute. */
export const buildGoFiveTriggerNode = (customerCodes: string[]): WorkflowNode =>
	buildGoFiveNode(
		{ pollTimes: { item: [{ mode: 'everyMinute' }] }, customerCodes: customerCodes.join('\n') },
		{ name: GOFIVE_TRIGGER_NAME, type: 'n8n-nodes-gofive.goFiveTrigger' },
	);

/** The trigger, a step that tells `witness` of each event, and an end. */
export const buildReliabilityWorkflow = (eventReceiverUrl: string): WorkflowDefinition => ({
	...buildLinearWorkflow('Reliability', [
		buildGoFiveTriggerNode(WATCHED_CUSTOMER_CODES),
		{
			name: 'Tell the witness',
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
