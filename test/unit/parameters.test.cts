import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { GoFiveApi } from '../../credentials/GoFiveApi.credentials';
import { GoFive } from '../../nodes/GoFive/GoFive.node';
import { GoFiveTrigger } from '../../nodes/GoFive/GoFiveTrigger.node';

// Saved workflows live by these lines: n8n stores no defaults, and drops the values of hidden parameters.
// A change is accepted with: npx jest unit/parameters --selectProjects unit -u

const json = (value: unknown) => JSON.stringify(value);

/** A parameter as one line, and below it those that it holds. */
function linesOf(property: INodeProperties, above = ''): string[] {
	const { name, type, required, options = [], typeOptions, displayOptions = {} } = property;
	const path = `${above}${name}`;
	const isGroup = type === 'collection' || type === 'fixedCollection';
	const values = isGroup ? [] : options.map((option) => json((option as INodePropertyOptions).value));
	const parts = [
		`${path}: ${type} = ${json(property.default)}`,
		required && 'required',
		typeOptions?.multipleValues && 'many',
		typeOptions?.loadOptionsMethod && `one of ${typeOptions.loadOptionsMethod}()`,
		values.length > 0 && `one of ${values.join(' ')}`,
		...Object.entries(displayOptions).map(([kind, conditions]) =>
			[kind, ...Object.entries(conditions as object).map(([key, values]) => `${key}=${json(values)}`)].join(' '),
		),
	];
	const held = isGroup ? options : [];
	return [
		parts.filter(Boolean).join(' | '),
		...held.flatMap((option) =>
			'values' in option
				? option.values.flatMap((value) => linesOf(value, `${path}.${option.name}.`))
				: linesOf(option as INodeProperties, `${path}.`),
		),
	];
}

test.each<[string, INodeProperties[]]>([
	['GoFive', new GoFive().description.properties],
	['GoFive Trigger', new GoFiveTrigger().description.properties],
	['credential GoFive API', new GoFiveApi().properties],
])('parameters of %s', (_name, properties) => {
	expect(`\n${properties.flatMap((property) => linesOf(property)).join('\n')}\n`).toMatchSnapshot();
});
