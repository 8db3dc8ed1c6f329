import './engineEnvironment.cts';
import { ExternalSecretsProxy } from 'n8n-core';
import { UnexpectedError, Workflow } from 'n8n-workflow';
import type { IExecuteFunctions, INode, INodeType, INodeTypes, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { TestCredentialsHelper } from './testCredentialsHelper.cts';

/** Node type in place of the nodes before the tested one: returns its input items. */
export const startNodeType: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: 'Hands on the items of the test',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
};

/** Builds a node of a workflow. */
export const buildNode = (name: string, type: string, properties: Partial<INode> = {}): INode => ({
	id: `id of ${name}`,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...properties,
});

/** Builds n8n's node type registry from node types by their full names. */
export function createNodeTypes(types: Record<string, INodeType>): INodeTypes {
	const get = (name: string): INodeType => types[name] as INodeType;
	return { getByName: get, getByNameAndVersion: get, getKnownTypes: () => ({}) };
}

/** Creates a workflow with one node. */
export const createSingleNodeWorkflow = (
	node: INode,
	nodeType: INodeType,
	properties: Partial<ConstructorParameters<typeof Workflow>[0]> = {},
): Workflow => {
	const nodeTypes = createNodeTypes({ [node.type]: nodeType });
	return new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes, ...properties });
};

/** Creates the replacement of a part of n8n's server that no tested node uses. */
export const rejectUnavailable = (feature: string) => async () => {
	throw new UnexpectedError(`${feature} is not part of this harness`);
};

/** Builds the data that n8n's server passes to every execution. The URLs only have to be valid. */
export function createAdditionalData(
	credentialsHelper: TestCredentialsHelper,
	extra: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	const baseUrl = 'http://127.0.0.1:9';
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		executionId: '1',
		restApiUrl: `${baseUrl}/rest`,
		instanceBaseUrl: `${baseUrl}/`,
		formBaseUrl: `${baseUrl}/form`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
		variables: {},
		externalSecretsProxy: new ExternalSecretsProxy(),
		logAiEvent: () => {},
		executeWorkflow: rejectUnavailable('A sub-workflow'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: rejectUnavailable('A task runner'),
		...extra,
	};
}
