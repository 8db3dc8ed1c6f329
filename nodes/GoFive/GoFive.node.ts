import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { buildLoadOptions } from './operation/describe/loadOptions';
import { buildNodeProperties, buildSubtitle } from './operation/describe/nodeProperties';
import { resources } from './resources';
import { customerEventResource } from './resources/customerEvent';

/** What n8n itself adds to the lists of every node whose credential signs requests. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';
const INVALID_OPERATION_DESCRIPTION =
	"Choose a resource and an operation from the lists. Any other endpoint is reached with the resource 'Any Endpoint' and its operation 'Send Request'.";

/** The action node. Programmatic, because declarative routing can neither obey Retry-After nor link items nor tell a dead token from a wrong key. */
export class GoFive implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GoFive',
		name: 'goFive',
		icon: { light: 'file:gofive.svg', dark: 'file:gofive.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: buildSubtitle(resources),
		description: 'Work with customers, events, deals, quotations, orders, stock and all else in the GoFive CRM (Venio)',
		defaults: { name: 'GoFive' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'goFiveApi', required: true }],
		properties: buildNodeProperties(resources, customerEventResource.value),
	};

	methods = {
		loadOptions: buildLoadOptions(resources.flatMap(({ operations }) => operations.map(({ fields }) => fields))),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0, '');
		const name = this.getNodeParameter('operation', 0, '');
		const operation = resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === name);
		if (!operation) {
			const isCustomApiCall = [resource, name].includes(CUSTOM_API_CALL);
			const message = isCustomApiCall
				? "A custom API call is made with 'Any Endpoint'"
				: `GoFive has no operation '${String(name)}' of '${String(resource)}'`;
			throw new NodeOperationError(this.getNode(), message, { description: INVALID_OPERATION_DESCRIPTION });
		}
		// What sends is loaded when it is needed, so that n8n starts sooner.
		const { executeOperation } = await import('./operation/execute/executeOperation');
		return await executeOperation(this, operation);
	}
}
