import './engineEnvironment.cts';
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { startNodeType } from './nodeTypes.cts';
import type { NodeUnderTest } from './nodeUnderTest.cts';
import { runNode } from './runNode.cts';

/**
 * Executes another node that uses the credential, as n8n's HTTP Request node does.
 * @param sendRequest - Sends a request; its response is the `response` of the only item
 */
export async function runRequestNode(
	sendRequest: (this: IExecuteFunctions) => Promise<unknown>,
	options: Omit<NodeUnderTest, 'node'>,
) {
	class RequestNode implements INodeType {
		description = {
			...startNodeType.description,
			defaults: { name: 'HTTP Request' },
			credentials: [{ name: 'goFiveApi', required: true }],
		};

		async execute(this: IExecuteFunctions) {
			return [[{ json: { response: (await sendRequest.call(this)) as IDataObject } }]];
		}
	}
	// The owner of the credential allows it, unless a test says otherwise.
	const credential = options.credential && { allowedHttpRequestDomains: 'all', ...options.credential };
	return await runNode({ ...options, credential, node: RequestNode });
}
