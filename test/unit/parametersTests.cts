import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { GoFiveApi } from '../../credentials/GoFiveApi.credentials';
import { GoFive } from '../../nodes/GoFive/GoFive.node';
import { GoFiveTrigger } from '../../nodes/GoFive/GoFiveTrigger.node';

// Saved workflows depend on these lines: n8n stores no defaults and drops values of hidden parameters.
// To accept a change, run: npx jest test/unit -t parameters --selectProjects unit -u

const toJson = (value: unknown) => JSON.stringify(value);

/** Describes a parameter in one line, followed by the parameters that it contains. */
function describeParameter(property: INodeProperties, parentPath = ''): string[] {
	const { name, type, required, options = [], typeOptions, displayOptions = {} } = property;
	const path = `${parentPath}${name}`;
	const isGroup = type === 'collection' || type === 'fixedCollection';
	const values = isGroup ? [] : options.map((option) => toJson((option as INodePropertyOptions).value));
	const parts = [
		`${path}: ${type} = ${toJson(property.default)}`,
		required && 'required',
		typeOptions?.multipleValues && 'many',
		typeOptions?.loadOptionsMethod && `one of ${typeOptions.loadOptionsMethod}()`,
		values.length > 0 && `one of ${values.join(' ')}`,
		...Object.entries(displayOptions).map(([kind, conditions]) =>
			[kind, ...Object.entries(conditions as object).map(([key, values]) => `${key}=${toJson(values)}`)].join(' '),
		),
	];
	const nestedOptions = isGroup ? options : [];
	return [
		parts.filter(Boolean).join(' | '),
		...nestedOptions.flatMap((option) =>
			'values' in option
				? option.values.flatMap((value) => describeParameter(value, `${path}.${option.name}.`))
				: describeParameter(option as INodeProperties, `${path}.`),
		),
	];
}

test.each<[string, INodeProperties[]]>([
	['GoFive', new GoFive().description.properties],
	['GoFive Trigger', new GoFiveTrigger().description.properties],
	['credential GoFive API', new GoFiveApi().properties],
])('parameters of %s', (_name, properties) => {
	expect(`\n${properties.flatMap((property) => describeParameter(property)).join('\n')}\n`).toMatchSnapshot();
});

test('no number has a limit of the editor, which drops keys silently, except Limit', () => {
	const limited: unknown[] = [];
	JSON.stringify(
		[new GoFive().description, new GoFiveTrigger().description],
		(_key, value: Partial<INodeProperties> | null) => {
			const limits = ['minValue', 'maxValue', 'numberPrecision'].filter((limit) => limit in (value?.typeOptions ?? {}));
			if (limits.length > 0 && value?.name !== 'limit') limited.push(value?.name);
			return value;
		},
	);
	expect(limited).toEqual([]);
});
