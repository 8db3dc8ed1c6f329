import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../shared/json';
import { describeListExtent } from './listSource';
import type { Field, ListSource } from '../field';
import { singleValueField, type FieldSettings, type RequiredOrOptional } from './singleValueField';

/** Returns the value inside n8n's resource locator. Other values, for example texts of older workflows, stay unchanged. */
export const getLocatorValue = (value: unknown): unknown =>
	isObject(value) && 'mode' in value && 'value' in value ? value.value : value;

/**
 * Creates n8n's resource locator: one value, chosen from a list or entered. It must not be required in a collection, and
 * not be in a row: n8n rejects the first and fills the second with an empty locator.
 */
export function resourceLocator<T, const A extends FieldSettings<T>>(
	displayName: string,
	description: string,
	source: ListSource<T>,
	settings?: A,
): Field<RequiredOrOptional<A, T>> {
	const { example, ...fieldSettings }: FieldSettings<T> = settings ?? {};
	const typeOptions = { searchListMethod: source.method, searchable: true };
	const property: Pick<INodeProperties, 'type'> & Partial<INodeProperties> = {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions },
			// If a user drags a column onto a locator, n8n selects the mode with this name. It always shows it as By ID.
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: example && `e.g. ${example}` },
		],
	};
	const extent = source.searchFilter ? undefined : describeListExtent(source, "in the mode 'By ID'");
	const text = extent ? `${description}. ${extent}` : description;
	const parse = (input: unknown) => source.read(input, displayName);
	const field = singleValueField(displayName, text, fieldSettings as A, property, parse);
	return {
		...field,
		list: source,
		read: (getParameter, name, context) => field.read((key) => getLocatorValue(getParameter(key)), name, context),
	};
}
