import './environment.cts';
import { NodeOperationError } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

/** Fetches a token from `<baseUrl>/token` and signs with it: the flow that the harness has to play truly. */
export class ExampleApi implements ICredentialType {
	name = 'exampleApi';
	displayName = 'Example API';
	properties: INodeProperties[] = [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	async preAuthentication(this: IHttpRequestHelper, { baseUrl }: ICredentialDataDecryptedObject) {
		const { token } = (await this.helpers.httpRequest({
			method: 'POST',
			url: `${baseUrl as string}/token`,
		})) as { token: string };
		return { sessionToken: token };
	}

	authenticate = async (
		{ sessionToken }: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...options,
		headers: { ...options.headers, Authorization: `Bearer ${sessionToken as string}` },
	});

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/echo',
			ignoreHttpStatusErrors: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'message', value: 'Refused', message: 'The token was not accepted' },
			},
			{
				type: 'responseSuccessBody',
				properties: { key: 'seen', value: undefined, message: 'That is not the API' },
			},
		],
	};
}

/** The same key in a header by n8n's generic description, without a hook. */
export class GenericExampleApi implements ICredentialType {
	name = 'exampleApi';
	displayName = 'Example API';
	properties: INodeProperties[] = [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
	];
	authenticate = {
		type: 'generic' as const,
		properties: { headers: { Authorization: '=Bearer {{ $credentials.key }}' } },
	};
}

/** A text field without conditions. */
export const text = (name: string, value = ''): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: value,
});

/** Sends one request per item; an item whose path is "fail" fails alone when the user lets it go on. */
export class Example implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Example',
		name: 'example',
		group: ['transform'],
		version: 1,
		description: 'Sends what it is told',
		defaults: { name: 'Example' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'exampleApi', required: true }],
		properties: [text('url'), text('method'), text('path', 'echo'), text('given')],
	};

	methods = {
		loadOptions: {
			async paths(this: ILoadOptionsFunctions) {
				const url = `${this.getCurrentNodeParameter('url') as string}/echo`;
				const answer = (await this.helpers.httpRequestWithAuthentication.call(this, 'exampleApi', {
					url,
				})) as { seen: number };
				return [{ name: 'Seen', value: answer.seen }];
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const out: INodeExecutionData[] = [];
		for (let i = 0; i < this.getInputData().length; i++) {
			const path = this.getNodeParameter('path', i) as string;
			const pairedItem = { item: i };
			if (path === 'fail') {
				const error = new NodeOperationError(this.getNode(), 'Not that one', { itemIndex: i });
				if (!this.continueOnFail()) throw error;
				out.push({ json: { error: error.message }, error, pairedItem });
				continue;
			}
			const method = this.getNodeParameter('method', i) as 'GET' | '';
			const json = (await this.helpers.httpRequestWithAuthentication.call(this, 'exampleApi', {
				url: `${this.getNodeParameter('url', i) as string}/${path}`,
				body: { from: 'ลูกค้า 1' },
				...(method && { method }),
			})) as INodeExecutionData['json'];
			const given = this.getNodeParameter('given', i) as unknown;
			out.push({ json: { ...json, given: String(given), kind: typeof given }, pairedItem });
		}
		this.addExecutionHints({ message: 'All sent', location: 'outputPane' });
		return [out];
	}
}

/** Counts its polls in the static data and reports every second one. */
export class ExampleTrigger implements INodeType {
	description: INodeTypeDescription = {
		...new Example().description,
		displayName: 'Example Trigger',
		name: 'exampleTrigger',
		group: ['trigger'],
		defaults: { name: 'Example Trigger' },
		inputs: [],
		polling: true,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const state = this.getWorkflowStaticData('node') as { polls?: number };
		state.polls = (state.polls ?? 0) + 1;
		this.__emitError(new Error(`poll ${state.polls}`));
		const json = { polls: state.polls, mode: this.getMode(), activation: this.getActivationMode() };
		return state.polls % 2 === 0 ? [[{ json }]] : null;
	}
}
