import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { INodeProperties } from 'n8n-workflow';
import { buildGoFiveNode, type WorkflowNode } from '../../scripts/instance/workflowBuilder.mts';
import type { OfferedTool, ToolCall } from './scriptedModel.mts';

// Node cannot import a CommonJS file that requires TypeScript.
const { getFromAiKey, buildFromAiValue } = createRequire(import.meta.url)(
	'../support/fromAiExpression.cts',
) as typeof import('../support/fromAiExpression.cts');
export { buildFromAiValue };
const operationParameters = createRequire(import.meta.url)(
	'../support/operationParameters.cts',
) as typeof import('../support/operationParameters.cts');
const { getOperationProperties, isLiteralOnly } = operationParameters;
const { getLocatorValue } = createRequire(import.meta.url)(
	'../../nodes/GoFive/operation/fields/resourceLocator.ts',
) as typeof import('../../nodes/GoFive/operation/fields/resourceLocator.ts');
export const { allOperations, findOperation, getExampleParameters, buildOperationRequest } = operationParameters;

/** GoFive node as a tool. */
export interface AgentTool {
	node: WorkflowNode;
	/** Tool call with an example value for each parameter that is left to the model. */
	call: ToolCall;
	/** Parameters with these values. */
	parameters: Record<string, unknown>;
	/** Whether the model receives a description of each parameter in addition to its key. */
	hasDescriptions: boolean;
}

/** Parameters and arguments that differ from the example values. */
interface ToolOverrides {
	parameters?: Record<string, unknown>;
	args?: Record<string, unknown>;
	/** Whether the user copies each parameter's description for the model. */
	hasDescriptions?: boolean;
	/** Name of the node. Defaults to the editor's name. */
	nodeName?: string;
}

const isDisplayed = ({ displayOptions }: INodeProperties, parameters: Record<string, unknown>): boolean =>
	Object.entries(displayOptions?.show ?? {}).every(([name, values]) => values?.includes(parameters[name] as string));

/**
 * Builds a tool from an operation. Required parameters, dates and limit are left to the model,
 * where n8n's editor allows it.
 */
export function buildAgentTool(
	name: string,
	{ parameters: manualParameters = {}, args = {}, hasDescriptions = false, nodeName }: ToolOverrides = {},
): AgentTool {
	const { operation, resource } = findOperation(name);
	const exampleParameters = getExampleParameters(operation);
	const range = 'dateFrom' in exampleParameters ? { dateFrom: '2025-01-01', dateTo: '2025-01-31' } : {};
	const limit = exampleParameters['returnAll'] === false ? { limit: 3 } : {};
	const parameters: Record<string, unknown> = { ...exampleParameters, ...range, ...limit, ...manualParameters };
	const modelProperties = getOperationProperties(operation).filter((property) => {
		const isOffered = !isLiteralOnly(property) && property.type !== 'options' && !(property.name in manualParameters);
		const isUsed = property.required === true || parameters[property.name] !== property.default;
		return (
			isOffered &&
			isUsed &&
			isDisplayed(property, parameters) &&
			typeof getLocatorValue(parameters[property.name]) !== 'object'
		);
	});
	const fromAiEntries = modelProperties.map((property) => [
		property.name,
		buildFromAiValue(getFromAiKey(property), property.type, hasDescriptions ? property.description : ''),
	]);
	// n8n's editor names a tool after its action.
	const node = buildGoFiveNode(
		{
			resource,
			operation: operation.value,
			...parameters,
			...(Object.fromEntries(fromAiEntries) as object),
			options: {},
		},
		{ name: nodeName ?? `${operation.action} in GoFive`, type: 'n8n-nodes-gofive.goFiveTool' },
	);
	const modelArgs = Object.fromEntries(
		modelProperties.map((property) => [getFromAiKey(property), getLocatorValue(parameters[property.name])]),
	);
	return {
		node,
		parameters,
		hasDescriptions,
		call: { name: node.name.replaceAll(/[^a-zA-Z0-9_-]+/gu, '_').slice(0, 64), args: { ...modelArgs, ...args } },
	};
}

/** JSON schema type by `$fromAI` type. n8n's schema has no type for JSON. */
const JSON_SCHEMA_TYPES: Record<string, string | undefined> = {
	string: 'string',
	number: 'number',
	boolean: 'boolean',
	json: undefined,
};

/**
 * Asserts that a model is offered the tools, and that each requires exactly the arguments that its node leaves to it.
 * A description exists only where the user has added one, because n8n's editor leaves it empty.
 */
export function assertOfferedTools(offeredTools: OfferedTool[], tools: AgentTool[]): void {
	assert.deepEqual(offeredTools.map(({ name }) => name).sort(), tools.map(({ call }) => call.name).sort());
	for (const { node, call, hasDescriptions } of tools) {
		const { properties = {}, required = [] } = offeredTools.find(({ name }) => name === call.name)?.parameters ?? {};
		const fromAiEntries = [...JSON.stringify(node.parameters).matchAll(/\$fromAI\('([\w-]+)', `.*?`, '(\w+)'\)/gu)];
		const expected = fromAiEntries.map(([, key = '', type = '']) => [key, JSON_SCHEMA_TYPES[type]]);
		assert.deepEqual(
			Object.fromEntries(Object.entries(properties).map(([key, { type }]) => [key, type])),
			Object.fromEntries(expected),
			call.name,
		);
		assert.deepEqual([...required].sort(), Object.keys(properties).sort(), call.name);
		assert.deepEqual(Object.keys(properties).sort(), Object.keys(call.args).sort(), call.name);
		for (const [key, { description = '' }] of Object.entries(properties))
			assert.equal(description !== '', hasDescriptions, `${call.name}: ${key} is described by "${description}"`);
	}
}
