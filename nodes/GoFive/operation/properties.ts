import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { optionsProperty } from './options';
import type { Operation, Resource } from './types';

function operationProperties(resource: Resource, { value, fields, options }: Operation): INodeProperties[] {
	const show = { resource: [resource.value], operation: [value] };
	const own = Object.values(fields).flatMap(({ properties }) => properties);
	return updateDisplayOptions({ show }, [...own, optionsProperty(options)]);
}

function operationSelector({ value, operations, defaultOperation }: Resource): INodeProperties {
	const options = operations
		.map(({ name, value: operation, action, description }) => ({ name, value: operation, action, description }))
		.sort((a, b) => a.name.localeCompare(b.name));
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options,
		default: defaultOperation,
	};
}

/**
 * All properties of a node: the selectors of resource and operation, then what each operation takes.
 * @param defaultResource the resource of a new node, by its value
 */
export function nodeProperties(resources: Resource[], defaultResource: string): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
			default: defaultResource,
		},
		...resources.map(operationSelector),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) => operationProperties(resource, operation)),
		),
	];
}
