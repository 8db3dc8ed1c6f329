import type { IConnections, INode, INodeParameters, IWorkflowBase, IWorkflowSettings } from 'n8n-workflow';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import type { ImportedCredential } from './exampleWorkflowFiles.mts';

/** Node of a generated workflow, in which it receives its ID and its position. */
export type WorkflowNode = Omit<INode, 'id' | 'position'>;

/** Workflow to save in n8n, which assigns the other values. */
export type WorkflowDefinition = Pick<IWorkflowBase, 'name' | 'active' | 'nodes' | 'connections' | 'settings'>;

/** Credential for the sandbox, in every n8n that a script starts. */
export const SANDBOX_CREDENTIAL_REF = { id: 'gofive-sandbox', name: 'GoFive sandbox' };

/** Creates a credential for the sandbox. The default id is fixed, so that the examples can refer to it. */
export function createSandboxCredential(baseUrl: string, ref = SANDBOX_CREDENTIAL_REF): ImportedCredential {
	const { clientId, clientSecret, subscriptionApiKey } = SANDBOX_CREDENTIAL_DATA;
	const data = { authentication: 'clientCredentials', clientId, clientSecret, subscriptionApiKey, baseUrl };
	return { ...ref, type: 'goFiveApi', data };
}

/** Builds a workflow in which each node is connected to the next one. */
export function buildLinearWorkflow(
	name: string,
	nodes: WorkflowNode[],
	settings: IWorkflowSettings = {},
): WorkflowDefinition {
	const connections: IConnections = {};
	for (const [index, { name: sourceName }] of nodes.entries()) {
		const nextNode = nodes[index + 1];
		if (nextNode) connections[sourceName] = { main: [[{ node: nextNode.name, type: 'main', index: 0 }]] };
	}
	return {
		name,
		active: false,
		nodes: nodes.map((node, index) => ({ ...node, id: `${name}-${index}`, position: [index * 220, 0] })),
		connections,
		settings: { executionOrder: 'v1', ...settings },
	};
}

/** Builds a manual trigger. */
export const buildManualTrigger = (name = 'Start'): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	parameters: {},
});

/** Builds a GoFive node with the credential for the sandbox. */
export const buildGoFiveNode = (parameters: INodeParameters, overrides: Partial<WorkflowNode> = {}): WorkflowNode => ({
	name: 'GoFive',
	type: 'n8n-nodes-gofive.goFive',
	typeVersion: 1,
	parameters,
	credentials: { goFiveApi: SANDBOX_CREDENTIAL_REF },
	...overrides,
});

/** Name of the trigger that `buildGoFiveTriggerNode` builds. */
export const GOFIVE_TRIGGER_NAME = 'GoFive Trigger';

/** Builds a GoFive Trigger that polls every minute. */
export const buildGoFiveTriggerNode = (parameters: INodeParameters): WorkflowNode =>
	buildGoFiveNode(
		{ pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters },
		{ name: GOFIVE_TRIGGER_NAME, type: 'n8n-nodes-gofive.goFiveTrigger' },
	);

/** Returns the parameters that read the events of a customer in January 2025. */
export const customerEventsParameters = (customerCode: string): INodeParameters => ({
	resource: 'customerEvent',
	operation: 'getByCustomerCode',
	customerCode,
	dateRange: 'custom',
	dateFrom: '2025-01-01',
	dateTo: '2025-01-31',
	options: {},
});

/** Builds a Split Out node. */
export const buildSplitOutNode = (name: string, fieldToSplitOut: string): WorkflowNode => ({
	name,
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut, options: {} },
});

/** Builds Edit Fields and Split Out nodes that create an item for each value. */
export const buildItemNodes = (key: string, values: unknown[]): WorkflowNode[] => [
	{
		name: 'Values',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ [key]: values }), options: {} },
	},
	buildSplitOutNode('Split into items', key),
];
