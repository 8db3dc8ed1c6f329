import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { INodeProperties } from 'n8n-workflow';
import { goFive, type NodeInput } from '../../scripts/start/workflows.mts';
import type { OfferedTool, ToolCall } from './scriptedModel.mts';

// Node cannot import a CommonJS file that requires TypeScript.
const { keyOf, typeOf, fromAI } = createRequire(import.meta.url)('../ai.cts') as typeof import('../ai.cts');
export { fromAI };
export const { operations, operationNamed, parametersOf, propertiesOf, requestOf, isFixed } = createRequire(import.meta.url)('../operations.cts') as typeof import('../operations.cts');

/** The node as a tool. */
export interface Tool {
	node: NodeInput;
	/** A call that gives a usual value for each parameter that is left to the model. */
	call: ToolCall;
	/** The parameters with these values in place. */
	parameters: Record<string, unknown>;
	/** Whether the model has a description of each parameter, not its key alone. */
	described: boolean;
}

/** What is set by hand in place of the usual, and what the model gives for it. */
interface ByHand {
	parameters?: Record<string, unknown>;
	args?: Record<string, unknown>;
	/** Whether the person copies each parameter's description for the model. */
	described?: boolean;
	/** What the person calls the node. */
	called?: string;
}

const isShown = ({ displayOptions }: INodeProperties, parameters: Record<string, unknown>): boolean =>
	Object.entries(displayOptions?.show ?? {}).every(([name, values]) => values?.includes(parameters[name] as string));

/** An operation as a tool: all that is required is left to the model, as far as the editor has its button there, and the dates and the limit. */
export function toolOf(name: string, { parameters: byHand = {}, args = {}, described = false, called }: ByHand = {}): Tool {
	const { operation, resource } = operationNamed(name);
	const usual = parametersOf(operation);
	const range = 'dateFrom' in usual ? { dateFrom: '2025-01-01', dateTo: '2025-01-31' } : {};
	const limit = usual['returnAll'] === false ? { limit: 3 } : {};
	const parameters: Record<string, unknown> = { ...usual, ...range, ...limit, ...byHand };
	const asked = propertiesOf(operation).filter((property) => {
		const isOffered = !isFixed(property) && property.type !== 'options' && !(property.name in byHand);
		const isUsed = property.required === true || parameters[property.name] !== property.default;
		return isOffered && isUsed && isShown(property, parameters) && typeof parameters[property.name] !== 'object';
	});
	const asks = asked.map((property) => [property.name, fromAI(keyOf(property), typeOf(property), described ? property.description : '')]);
	// The name that the editor gives to a tool.
	const node = goFive(
		{ resource, operation: operation.value, ...parameters, ...(Object.fromEntries(asks) as object), options: {} },
		{ name: called ?? `${operation.action} in GoFive`, type: 'n8n-nodes-gofive.goFiveTool' },
	);
	const given = Object.fromEntries(asked.map((property) => [keyOf(property), parameters[property.name]]));
	return { node, parameters, described, call: { name: node.name.replaceAll(/[^a-zA-Z0-9_-]+/gu, '_').slice(0, 64), args: { ...given, ...args } } };
}

/** What each type is in the schema of a tool; JSON is an object or a list, of which n8n's schema says nothing. */
const IN_SCHEMA: Record<string, string | undefined> = { string: 'string', number: 'number', boolean: 'boolean', json: undefined };

/**
 * Whether a model is offered some tools, and each asks for what its node leaves to the model, all of it required and of the type
 * of the parameter. Without a description by the person (n8n's editor leaves it empty), the model has the key alone to go by.
 */
export function checkOffered(offered: OfferedTool[], tools: Tool[]): void {
	assert.deepEqual(offered.map(({ name }) => name).sort(), tools.map(({ call }) => call.name).sort());
	for (const { node, call, described } of tools) {
		const { properties = {}, required = [] } = offered.find(({ name }) => name === call.name)?.parameters ?? {};
		const asks = [...JSON.stringify(node.parameters).matchAll(/\$fromAI\('([\w-]+)', `.*?`, '(\w+)'\)/gu)];
		const expected = asks.map(([, key = '', type = '']) => [key, IN_SCHEMA[type]]);
		assert.deepEqual(Object.fromEntries(Object.entries(properties).map(([key, { type }]) => [key, type])), Object.fromEntries(expected), call.name);
		assert.deepEqual([...required].sort(), Object.keys(properties).sort(), call.name);
		assert.deepEqual(Object.keys(properties).sort(), Object.keys(call.args).sort(), call.name);
		for (const [key, { description = '' }] of Object.entries(properties)) assert.equal(description !== '', described, `${call.name}: ${key} is described by "${description}"`);
	}
}
