import type { FieldVariants } from '../../test/support/formFields.cts';

/** Input of a form, or a group of inputs such as a collection or the rows of a list. */
interface InputNode {
	name: string;
	isRequired: boolean;
	inputs: InputNode[];
}

/** Returns the input of a group with a name, which is added if it is missing. */
function getOrAddInput(group: InputNode, name: string): InputNode {
	const existing = group.inputs.find((input) => input.name === name);
	if (existing) return existing;
	const added: InputNode = { name, isRequired: false, inputs: [] };
	group.inputs.push(added);
	return added;
}

/** Arranges the inputs of a form in groups. An input is required if the form, its row or its group requires it. */
function buildInputTree(formInputs: FieldVariants[]): InputNode[] {
	const root: InputNode = { name: '', isRequired: false, inputs: [] };
	for (const { displayPath, property, withoutValue } of formInputs) {
		const input = displayPath.reduce(getOrAddInput, root);
		input.isRequired = property.required === true || withoutValue === undefined;
	}
	return root.inputs;
}

/** Formats the inputs of groups. A group with the inputs of an earlier one refers to it. */
class InputFormatter {
	private readonly groupNames = new Map<string, string>();

	formatInputs = (inputs: InputNode[]): string => inputs.map((input) => this.formatInput(input)).join(', ');

	private formatInput({ name, isRequired, inputs }: InputNode): string {
		if (inputs.length === 0) return isRequired ? `${name} (required)` : name;
		const key = JSON.stringify(inputs);
		const equalGroup = this.groupNames.get(key);
		if (equalGroup !== undefined) return `${name} (as ${equalGroup === name ? 'above' : `in ${equalGroup}`})`;
		this.groupNames.set(key, name);
		return `${name} (${this.formatInputs(inputs)})`;
	}
}

/** Describes the inputs of an operation as a list: the required ones, the optional ones, then each group. */
export function describeInputs(formInputs: FieldVariants[]): string {
	const tree = buildInputTree(formInputs);
	const fields = tree.filter(({ inputs }) => inputs.length === 0);
	const groups = tree.filter(({ inputs }) => inputs.length > 0);
	const formatNames = (isRequired: boolean): string =>
		fields
			.filter((field) => field.isRequired === isRequired)
			.map(({ name }) => name)
			.join(', ');
	const formatter = new InputFormatter();
	const lists: Array<[title: string, names: string]> = [
		['Required', formatNames(true)],
		['Optional', formatNames(false)],
		...groups.map(({ name, inputs }): [string, string] => [name, formatter.formatInputs(inputs)]),
	];
	const lines = lists.filter(([, names]) => names !== '').map(([title, names]) => `* **${title}:** ${names}`);
	return lines.join('\n');
}
