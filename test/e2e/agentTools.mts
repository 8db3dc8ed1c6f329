import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { INodeProperties } from 'n8n-workflow';
import { buildGoFiveNode, type WorkflowNode } from '../../scripts/instance/workflowBuilder.mts';
import type { OfferedTool, ToolCall } from './scriptedModel.mts';

// Node cannot import a CommonJS file that requires TypeScript.
const { getFromAiKey, getFromAiType, buildFromAiExpression } = createRequire(import.meta.url)(
	'../support/fromAiExpression.cts',
) as typeof import('../support/fromAiExpression.cts');
export { buildFromAiExpression };
const operationParameters = createRequire(import.meta.url)(
	'../support/operationParameters.cts',
) as typeof import('../support/operationParameters.cts');
const { getOperationProperties, isLiteralOnly } = operationParameters;
export const { allOperations, findOperation, getExampleParameters, buildOperationRequest } = operationParameters;

/** The node as a tool. */
export interface AgentTool {
	node: WorkflowNode;
	/** A call that gives a usual value for each parameter that is left to the model. */
	call: ToolCall;
	/** The parameters with these values in place. */
	parameters: Record<string, unknown>;
	/** Whether the model has a description of each parameter, not its key alone. */
	hasDescriptions: boolean;
}

/** What is set by hand in place of the usual, and what the model gives for it. */
interface ToolOverrides {
	parameters?: Record<string, unknown>;
	args?: Record<string, unknown>;
	/** Whether the person copies each parameter's description for the model. */
	hasDescriptions?: boolean;
	/** What the person calls the node. */
	nodeName?: string;
}

const isDisplayed = ({ displayOptions }: INodeProperties, parameters: Record<string, unknown>): boolean =>
	Object.entries(displayOptions?.show ?? {}).every(([name, values]) => values?.includes(parameters[name] as string));

/** An operation as a tool: all that is required is left to the model, as far as the editor has its button there, and the dates and the limit. */
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
		return isOffered && isUsed && isDisplayed(property, parameters) && typeof parameters[property.name] !== 'object';
	});
	const fromAiEntries = modelProperties.map((property) => [
		property.name,
		buildFromAiExpression(getFromAiKey(property), getFromAiType(property), hasDescriptions ? property.description : ''),
	]);
	// The name that the editor gives to a tool.
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
		modelProperties.map((property) => [getFromAiKey(property), parameters[property.name]]),
	);
	return {
		node,
		parameters,
		hasDescriptions,
		call: { name: node.name.replaceAll(/[^a-zA-Z0-9_-]+/gu, '_').slice(0, 64), args: { ...modelArgs, ...args } },
	};
}

/** What each type is in the schema of a tool; JSON is an object or a list, of which n8n's schema says nothing. */
const JSON_SCHEMA_TYPES: Record<string, string | undefined> = {
	string: 'string',
	number: 'number',
	boolean: 'boolean',
	json: undefined,
};

/**
 * Whether a model is offered some tools, and each asks for what its node leaves to the model, all of it required and of the type
 * of the parameter. Without a description by the person (n8n's editor leaves it empty), the model has the key alone to go by.
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
