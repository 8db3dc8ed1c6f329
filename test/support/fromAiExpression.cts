import type { INodeProperties } from 'n8n-workflow';

/** Types that `$fromAI` supports. */
type FromAiType = 'string' | 'number' | 'boolean' | 'json';

/** Returns the key that n8n's editor derives from a parameter's display name. */
export const getFromAiKey = ({ displayName }: INodeProperties): string =>
	displayName.replaceAll(/[^a-zA-Z0-9-]/gu, '_').slice(0, 63);

/** Returns the type that n8n's editor requests from the model for a parameter. */
export const getFromAiType = ({ type }: INodeProperties): FromAiType =>
	type === 'boolean' || type === 'number' || type === 'json' ? type : 'string';

/**
 * Builds the expression that n8n's editor stores when the user leaves a parameter to the model.
 * The editor leaves the description empty, so the model has only the key until the user adds one.
 */
export const buildFromAiExpression = (key: string, type: FromAiType = 'string', description = ''): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\`, '${type}') }}`;

/** Builds the locator that n8n's editor stores when the user leaves it to the model. */
export const buildFromAiLocator = (key: string, description?: string) => ({
	__rl: true,
	mode: 'id',
	value: buildFromAiExpression(key, 'string', description),
});
