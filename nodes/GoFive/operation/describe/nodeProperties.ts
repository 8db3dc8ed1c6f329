import type { INodeProperties } from 'n8n-workflow';
import { toProperties } from '../fields/collection';
import { buildOptionsProperty } from '../fields/nodeOptions';
import type { Field, Operation, NodeOptionName, Resource } from '../types';
import { compareByName } from '../../shared/text';

const hasDate = (field: Field): boolean =>
	field.isDate === true || Object.values(field.nestedFields ?? {}).some(hasDate);

/** The options of an operation: those of its kind, and its own. */
function getOptionNames({ effect, fields, entity, options = [] }: Operation): NodeOptionName[] {
	const isRead = effect === 'read';
	const hasDates =
		Object.values(fields).some(hasDate) || Object.values(entity?.columns ?? {}).some(({ type }) => type === 'date');
	// Where no item can ask for anything else than the others, one request is sent.
	const hasRequestInputs = Object.values(fields).some(({ isOutputOnly }) => !isOutputOnly);
	return [
		...(isRead ? (['ifNothingFound'] as const) : []),
		...(isRead && hasRequestInputs ? (['maxParallelRequests'] as const) : []),
		...(hasDates ? (['timeZone'] as const) : []),
		...options,
		'timeout',
	];
}

function buildOperationProperties(resource: Resource, operation: Operation): INodeProperties[] {
	const show = { resource: [resource.value], operation: [operation.value] };
	const properties = [...toProperties(operation.fields), buildOptionsProperty(getOptionNames(operation))];
	// n8n's own updateDisplayOptions does the same, in ten times the time, at every start of n8n.
	return properties.map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { ...property.displayOptions?.show, ...show } },
	}));
}

function buildOperationSelector({ value, operations, defaultOperation }: Resource): INodeProperties {
	const options = operations
		.map(({ name, value: operation, action, description }) => ({ name, value: operation, action, description }))
		.sort(compareByName);
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
export function buildNodeProperties(resources: Resource[], defaultResource: string): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
			default: defaultResource,
		},
		...resources.map(buildOperationSelector),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) => buildOperationProperties(resource, operation)),
		),
	];
}

const toObjectLiteral = (pairs: Array<[string, string]>): string =>
	pairs.map(([value, name]) => `${JSON.stringify(value)}: ${JSON.stringify(name)}`).join(', ');

/** The line below a node on the canvas, as an expression of n8n: "Customer Event: Get by Customer Code". */
export function buildSubtitle(resources: Resource[]): string {
	const names = new Map(resources.flatMap(({ operations }) => operations.map(({ value, name }) => [value, name])));
	const lookupExpression = (parameter: string, pairs: Array<[string, string]>) =>
		`({ ${toObjectLiteral(pairs)} })[$parameter["${parameter}"]]`;
	const resource = lookupExpression(
		'resource',
		resources.map(({ value, name }) => [value, name]),
	);
	return `={{ ${resource} + ": " + ${lookupExpression('operation', [...names])} }}`;
}
