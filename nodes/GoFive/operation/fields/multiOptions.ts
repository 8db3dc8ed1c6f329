import { invalidValueError } from '../invalidValue';
import type { Field, OptionList } from '../types';
import { multiValueField } from './multiValueField';
import { findOption } from './options';

/**
 * Creates a list to select several options from. An expression may return a list or comma-separated text, with the values
 * or the names of options. The value is empty if none is selected.
 */
export function multiOptions<const V extends string | number>(
	displayName: string,
	description: string,
	optionList: OptionList<V>,
): Field<V[]> {
	const parse = (input: unknown): V => {
		const option = findOption(optionList, input);
		if (option) return option.value;
		const accepted = optionList.map(({ value }) => value).join(', ');
		throw invalidValueError(input, displayName, `Use one or more of these values: ${accepted}.`);
	};
	const field = multiValueField(displayName, description, { default: [] as V[] }, parse);
	return {
		...field,
		properties: (name) =>
			field.properties(name).map((property) => ({ ...property, type: 'multiOptions', options: [...optionList] })),
	};
}
