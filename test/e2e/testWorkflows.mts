import type { INodeParameters } from 'n8n-workflow';
import {
	buildGoFiveNode,
	buildItemNodes,
	buildLinearWorkflow,
	buildManualTrigger,
	customerEventsParameters,
	type WorkflowDefinition,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';

/** Returns the parameters that create an event. */
export const getCreateEventParameters = (customerCode: string, eventName: string): INodeParameters => ({
	resource: 'customerEvent',
	operation: 'create',
	customerCode,
	eventName,
	eventType: 1,
	eventDate: '2025-01-20T10:00:00',
	additionalFields: {},
});

/**
 * Builds a workflow that reads the events of customers.
 * @param settings - Properties of the GoFive node
 */
export const buildReadWorkflow = (
	name: string,
	customerCodes: string[],
	settings: Partial<WorkflowNode> = {},
): WorkflowDefinition =>
	buildLinearWorkflow(name, [
		buildManualTrigger(),
		...buildItemNodes('customerCode', customerCodes),
		buildGoFiveNode(customerEventsParameters('={{ $json.customerCode }}'), settings),
	]);

/** Builds a workflow that creates events of a customer. */
export const buildCreateWorkflow = (name: string, customerCode: string, eventNames: string[]): WorkflowDefinition =>
	buildLinearWorkflow(name, [
		buildManualTrigger(),
		...buildItemNodes('eventName', eventNames),
		buildGoFiveNode(getCreateEventParameters(customerCode, '={{ $json.eventName }}')),
	]);

/**
 * Builds a webhook node.
 * @param responseMode - Whether n8n responds immediately or at the node Respond
 */
export const buildWebhookNode = (
	path: string,
	responseMode: 'onReceived' | 'responseNode' = 'onReceived',
): WorkflowNode => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	parameters: { httpMethod: 'POST', path, responseMode, options: {} },
	webhookId: path,
});

/** Builds poll times with an interval. n8n's shortest one is a minute, but a trigger may have several poll times. */
export const buildPollTimes = (intervalSeconds: number) => ({
	item: Array.from({ length: 60 / intervalSeconds }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${intervalSeconds * index} * * * * *`,
	})),
});

export const FREQUENT_POLL_TIMES = buildPollTimes(3);

/** Makes the triggers of an example poll frequently. */
export function pollFrequently({ type, parameters }: WorkflowNode): void {
	if (type === 'n8n-nodes-gofive.goFiveTrigger') parameters['pollTimes'] = FREQUENT_POLL_TIMES;
}
