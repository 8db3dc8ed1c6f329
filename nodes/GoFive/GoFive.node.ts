import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { GoFiveError, toNodeError } from './api/errors';
import { nodeBuilderHint } from './builderHints';
import { buildListMethods } from './operation/describe/listMethods';
import { buildNodeProperties, buildSubtitle } from './operation/describe/nodeProperties';
import { resources } from './resources';
import { customerEventResource } from './resources/customerEvent';

/**
 * Value of the entry Custom API Call. n8n adds it to the lists of resources and operations of every node whose credential
 * the HTTP Request node can use. It leads to that node and cannot be executed here, so `execute` points to Any Endpoint.
 */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';
const INVALID_OPERATION_DESCRIPTION =
	"Select a resource and an operation from the lists. To call any other endpoint, use the resource 'Any Endpoint' with the operation 'Send Request'.";

/**
 * Action node. It is programmatic, because declarative routing cannot obey Retry-After, pair items, or distinguish an
 * expired token from a wrong subscription key.
 */
export class GoFive implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GoFive Venio CRM',
		name: 'goFive',
		icon: { light: 'file:gofive.svg', dark: 'file:gofive.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: buildSubtitle(resources),
		description:
			'Work with customers, customer events, deals, quotations, sales orders, products and other data in Venio, the CRM of GoFive',
		defaults: { name: 'GoFive Venio CRM' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'goFiveApi', required: true }],
		...nodeBuilderHint,
		properties: buildNodeProperties(resources, customerEventResource.value),
	};

	methods = buildListMethods(resources.flatMap(({ operations }) => operations.map(({ fields }) => fields)));

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resourceValue = this.getNodeParameter('resource', 0, '');
		const operationValue = this.getNodeParameter('operation', 0, '');
		const resource = resources.find(({ value }) => value === resourceValue);
		const operation = resource?.operations.find(({ value }) => value === operationValue);
		if (!operation) {
			const isCustomApiCall = [resourceValue, operationValue].includes(CUSTOM_API_CALL);
			const message = isCustomApiCall
				? "The GoFive node does not support 'Custom API Call'"
				: `The GoFive node has no operation '${String(operationValue)}' for the resource '${String(resourceValue)}'`;
			const error = new GoFiveError({ message, description: INVALID_OPERATION_DESCRIPTION });
			throw toNodeError(this.getNode(), error);
		}
		// The code that sends requests is loaded on first use, so that n8n starts faster.
		const { executeOperation } = await import('./operation/run/executeOperation');
		return await executeOperation(this, operation);
	}
}
