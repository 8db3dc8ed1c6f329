import './environment.cts';
import { ExternalSecretsProxy } from 'n8n-core';
import { UnexpectedError } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { TestCredentialsHelper } from './credentials.cts';

/** A node type that stands in for the user's data before the node: hands on what it is given. */
export const startType: INodeType = {
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
export function nodeTypesOf(types: Record<string, INodeType>): INodeTypes {
	const get = (name: string): INodeType => types[name] as INodeType;
	return { getByName: get, getByNameAndVersion: get, getKnownTypes: () => ({}) };
}

const unavailable = (what: string) => async () => {
	throw new UnexpectedError(`${what} is not part of this harness`);
};

/** What n8n's server hands to every execution; the URLs only have to be valid. */
export function additionalDataWith(
	credentialsHelper: TestCredentialsHelper,
	extra: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	const base = 'http://127.0.0.1:9';
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		executionId: '1',
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: `${base}/`,
		formBaseUrl: `${base}/form`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
		variables: {},
		externalSecretsProxy: new ExternalSecretsProxy(),
		logAiEvent: () => {},
		executeWorkflow: unavailable('A sub-workflow'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: unavailable('A task runner'),
		...extra,
	};
}
