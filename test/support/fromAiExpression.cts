import type { INodeProperties, NodePropertyTypes } from 'n8n-workflow';

/** Returns the key that n8n's editor derives from a parameter's display name. */
export const getFromAiKey = ({ displayName }: INodeProperties): string =>
	displayName.replaceAll(/[^a-zA-Z0-9-]/gu, '_').slice(0, 63);

/**
 * Builds the value that n8n's editor stores when the user leaves a parameter of a type to the model.
 * The editor leaves the description empty, so the model has only the key until the user adds one.
 */
export function buildFromAiValue(key: string, type: NodePropertyTypes = 'string', description = '') {
	// Types that `$fromAI` supports. The editor requests all others as text.
	const fromAiType = ['number', 'boolean', 'json'].includes(type) ? type : 'string';
	const value = `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\`, '${fromAiType}') }}`;
	return type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value;
}
