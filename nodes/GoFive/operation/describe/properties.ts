import type { INodeProperties } from 'n8n-workflow';
import { propertiesInside } from '../fields/group';
import { optionsProperty } from '../fields/options';
import { byName } from '../text';
import type { Field, Operation, OptionName, Resource } from '../types';

const hasDate = (field: Field): boolean => field.isDate === true || Object.values(field.inside ?? {}).some(hasDate);

/** The options of an operation: those of its kind, and its own. */
function optionsOf({ effect, fields, entity, options = [] }: Operation): OptionName[] {
	const isRead = effect === 'read';
	const hasDates =
		Object.values(fields).some(hasDate) || Object.values(entity?.columns ?? {}).some(({ type }) => type === 'date');
	// Where no item can ask for anything else than the others, one request is sent.
	const differs = Object.values(fields).some(({ isShape }) => !isShape);
	return [
		...(isRead ? (['ifNothingFound'] as const) : []),
		...(isRead && differs ? (['maxParallelRequests'] as const) : []),
		...(hasDates ? (['timeZone'] as const) : []),
		...options,
		'timeout',
	];
}

function operationProperties(resource: Resource, operation: Operation): INodeProperties[] {
	const show = { resource: [resource.value], operation: [operation.value] };
	const properties = [...propertiesInside(operation.fields), optionsProperty(optionsOf(operation))];
	// n8n's own updateDisplayOptions does the same, in ten times the time, at every start of n8n.
	return properties.map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { ...property.displayOptions?.show, ...show } },
	}));
}

function operationSelector({ value, operations, defaultOperation }: Resource): INodeProperties {
	const options = operations
		.map(({ name, value: operation, action, description }) => ({ name, value: operation, action, description }))
		.sort(byName);
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

const texts = (pairs: Array<[string, string]>): string =>
	pairs.map(([value, name]) => `${JSON.stringify(value)}: ${JSON.stringify(name)}`).join(', ');

/** The line below a node on the canvas, as an expression of n8n: "Customer Event: Get by Customer Code". */
export function subtitleOf(resources: Resource[]): string {
	const names = new Map(resources.flatMap(({ operations }) => operations.map(({ value, name }) => [value, name])));
	const shown = (parameter: string, pairs: Array<[string, string]>) =>
		`({ ${texts(pairs)} })[$parameter["${parameter}"]]`;
	const resource = shown(
		'resource',
		resources.map(({ value, name }) => [value, name]),
	);
	return `={{ ${resource} + ": " + ${shown('operation', [...names])} }}`;
}
