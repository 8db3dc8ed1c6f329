import { createRequire } from 'node:module';
import type { INodeProperties } from 'n8n-workflow';
import { goFive, type NodeInput } from '../../scripts/start/workflows.mts';
import type { ToolCall } from './scriptedModel.mts';

// Node cannot import a CommonJS file that requires TypeScript.
export const { operations, operationNamed, parametersOf, propertiesOf, requestOf, isFixed } = createRequire(import.meta.url)('../operations.cts') as typeof import('../operations.cts');

/** The node as a tool. */
export interface Tool {
	node: NodeInput;
	/** A call that gives a usual value for each parameter that is left to the model. */
	call: ToolCall;
	/** The parameters with these values in place. */
	parameters: Record<string, unknown>;
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

/** What n8n's editor writes when its button leaves a parameter to the model. The description is the person's to add. */
export const fromAI = (key: string, type = 'string', description = ''): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\`, '${type}') }}`;

/** The key that the editor makes of a parameter's name. */
const keyOf = ({ displayName }: INodeProperties): string => displayName.replaceAll(/[^a-zA-Z0-9-]/gu, '_').slice(0, 63);
const typeOf = ({ type }: INodeProperties): string => (['boolean', 'number', 'json'].includes(type) ? type : 'string');

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
	return { node, parameters, call: { name: node.name.replaceAll(/[^a-zA-Z0-9_-]+/gu, '_').slice(0, 64), args: { ...given, ...args } } };
}
