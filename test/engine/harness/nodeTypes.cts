import './engineEnvironment.cts';
import { ExternalSecretsProxy } from 'n8n-core';
import { UnexpectedError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeType, INodeTypes, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { TestCredentialsHelper } from './testCredentialsHelper.cts';

/** A node type that stands in for the user's data before the node: hands on what it is given. */
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

/** What Workflow asks for node types, over a plain object of full type names. */
export function createNodeTypes(types: Record<string, INodeType>): INodeTypes {
	const get = (name: string): INodeType => types[name] as INodeType;
	return { getByName: get, getByNameAndVersion: get, getKnownTypes: () => ({}) };
}

const rejectUnavailable = (what: string) => async () => {
	throw new UnexpectedError(`${what} is not part of this harness`);
};

/** What n8n's server hands to every execution; the URLs only have to be valid. */
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
