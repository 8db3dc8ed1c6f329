import type { FieldVariants } from '../../test/support/formFields.cts';

/** Input of a form, or a group of inputs such as a collection or the rows of a list. */
interface InputNode {
	name: string;
	isRequired: boolean;
	/** Whether the group requires at least one of its inputs, whichever it is. */
	requiresAnyInput: boolean;
	inputs: InputNode[];
}

/** Returns the input of a group with a name, which is added if it is missing. */
function getOrAddInput(group: InputNode, name: string): InputNode {
	const existing = group.inputs.find((input) => input.name === name);
	if (existing) return existing;
	const added: InputNode = { name, isRequired: false, requiresAnyInput: false, inputs: [] };
	group.inputs.push(added);
	return added;
}

/** Finds the groups of which every input seems to be required, because an empty group is rejected. */
function markGroups(group: InputNode, requiredInputs: Set<InputNode>): void {
	const inputs = group.inputs.filter((input) => input.inputs.length === 0);
	group.requiresAnyInput = inputs.length > 1 && inputs.every((input) => input.isRequired && !requiredInputs.has(input));
	for (const input of group.inputs) {
		if (group.requiresAnyInput) input.isRequired = false;
		markGroups(input, requiredInputs);
	}
}

const getGroupPath = ({ path }: FieldVariants): string => path.slice(0, -1).join('.');

/** Whether only some inputs of its group require an input, for example the discount that a discount type requires. */
function isPartOfRule(formInput: FieldVariants, formInputs: FieldVariants[]): boolean {
	const path = formInput.path.join('.');
	const siblings = formInputs.filter(
		(sibling) => sibling !== formInput && getGroupPath(sibling) === getGroupPath(formInput),
	);
	return formInput.extraPaths.length > 0 && siblings.some(({ extraPaths }) => !extraPaths.includes(path));
}

/** Arranges the inputs of a form in groups. An input is required if the form, its row or its group requires it. */
function buildInputTree(formInputs: FieldVariants[]): InputNode[] {
	const root: InputNode = { name: '', isRequired: false, requiresAnyInput: false, inputs: [] };
	const requiredInputs = new Set<InputNode>();
	for (const formInput of formInputs) {
		const { displayPath, property, withoutValue } = formInput;
		const input = displayPath.reduce(getOrAddInput, root);
		input.isRequired =
			property.required === true || (withoutValue === undefined && !isPartOfRule(formInput, formInputs));
		if (property.required) requiredInputs.add(input);
	}
	for (const group of root.inputs) markGroups(group, requiredInputs);
	return root.inputs;
}

/** Formats the inputs of groups. A group with the inputs of an earlier one refers to it. */
class InputFormatter {
	private readonly groupNames = new Map<string, string>();

	formatInputs = (inputs: InputNode[]): string => inputs.map((input) => this.formatInput(input)).join(', ');

	private formatInput({ name, isRequired, requiresAnyInput, inputs }: InputNode): string {
		if (inputs.length === 0) return isRequired ? `${name} (required)` : name;
		const key = JSON.stringify({ requiresAnyInput, inputs });
		const equalGroup = this.groupNames.get(key);
		if (equalGroup !== undefined) return `${name} (as ${equalGroup === name ? 'above' : `in ${equalGroup}`})`;
		this.groupNames.set(key, name);
		return `${name} (${requiresAnyInput ? 'at least one of ' : ''}${this.formatInputs(inputs)})`;
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
