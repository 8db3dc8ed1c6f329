/**
 * n8n's description of the node, derived from the operations: properties and subtitle. listMethods.ts builds the lists.
 * Imported by the node files only.
 * Start with `buildNodeProperties`.
 */
import type { INodeProperties } from 'n8n-workflow';
import { compareByName } from '../../shared/text';
import { addShowConditions, toProperties } from '../fields/fieldRecord';
import { buildOptionsProperty } from '../fields/nodeOptions';
import { notice } from '../fields/notice';
import { buildOperationNotice } from '../pathEvidence';
import type { Operation, Resource } from '../kinds';
import type { Fields } from '../field';

/** Returns the notices of an operation. They are the first properties of its form. */
function getNotices({ evidence, notices, effect }: Operation): Fields {
	return { ...(evidence && { evidenceNotice: notice(buildOperationNotice(effect)) }), ...notices };
}

function buildOperationProperties(resource: Resource, operation: Operation): INodeProperties[] {
	const show = { resource: [resource.value], operation: [operation.value] };
	const formFields = { ...getNotices(operation), ...operation.fields };
	const properties = [...toProperties(formFields), buildOptionsProperty(operation.options)];
	return properties.map((property) => addShowConditions(property, show));
}

function buildOperationSelector({ value, operations, defaultOperation }: Resource): INodeProperties {
	const options = operations
		.map(({ name, value: operation, action, description, isHiddenFromTools }) => ({
			name,
			value: operation,
			action,
			description,
			...(isHiddenFromTools && { displayOptions: { hide: { '@tool': [true] } } }),
		}))
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
 * Builds the node's properties: the lists of resources and operations, then the fields of each operation.
 * @param defaultResource - Value of the resource that a new node shows.
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

/** Builds the expression for the name of a parameter's value. */
function buildNameExpression(parameter: string, choices: Array<{ name: string; value: string }>): string {
	const names = new Map(choices.map(({ value, name }) => [value, name]));
	const pairs = [...names].map(([value, name]) => `${JSON.stringify(value)}: ${JSON.stringify(name)}`);
	return `({ ${pairs.join(', ')} })[$parameter["${parameter}"]]`;
}

/**
 * Builds the expression for the line below the node, for example "Get by Customer Code: Customer Event". Operations of
 * several resources share a value, and then have the same name.
 */
export function buildSubtitle(resources: Resource[]): string {
	const operations = resources.flatMap((resource) => resource.operations);
	return `={{ ${buildNameExpression('operation', operations)} + ": " + ${buildNameExpression('resource', resources)} }}`;
}
