import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../shared/json';
import type { GetParameter } from '../types';
import { options, toOptions } from './options';

/**
 * Name of the fixedCollection option that holds the rows. Must not change, because saved workflows contain it.
 */
export const ROW_KEY = 'line';

/** Name of the parameter that selects how the rows of a field are entered. */
export const getInputModeParameterName = (name: string): string => `${name}Input`;

/** Name of the parameter that holds the rows of a field as JSON. */
export const getJsonParameterName = (name: string): string => `${name}Json`;

/** Whether the user enters the rows of a field as JSON. */
export const isJsonMode = (getParameter: GetParameter, name: string): boolean =>
	getParameter(getInputModeParameterName(name)) === 'json';

/** Builds n8n's fixedCollection of rows. */
export function buildRowsProperty(
	rowDisplayName: string,
	values: INodeProperties[],
	{ displayName, name, ...property }: Pick<INodeProperties, 'displayName' | 'name'> & Partial<INodeProperties>,
): INodeProperties {
	return {
		// n8n's lint rules require the names first.
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${rowDisplayName}`,
		default: {},
		options: [{ displayName: rowDisplayName, name: ROW_KEY, values }],
		...property,
	};
}

/**
 * Adds a selector to a fixedCollection, with which users enter rows in fields or as JSON.
 * @returns The selector, the fixedCollection and the JSON field.
 */
export function withJsonMode(
	rowsProperty: INodeProperties,
	jsonProperty: Pick<INodeProperties, 'displayName' | 'description'>,
): INodeProperties[] {
	const { name, displayName } = rowsProperty;
	const selectorName = getInputModeParameterName(name);
	const showIn = (mode: string) => ({ show: { [selectorName]: [mode] } });
	const selector = options(
		`Specify ${displayName}`,
		`How to specify the ${displayName.toLowerCase()}`,
		toOptions({ 'Using Fields Below': 'fields', 'Using JSON': 'json' }),
		{ default: 'fields' },
	);
	return [
		...selector.properties(selectorName).map((property) => ({ ...property, noDataExpression: true })),
		{ ...rowsProperty, displayOptions: showIn('fields') },
		{ ...jsonProperty, name: getJsonParameterName(name), type: 'json', default: '', displayOptions: showIn('json') },
	];
}

/**
 * Returns the rows in the value of a fixedCollection. Returns an empty list for any other value.
 * `flat` also accepts a row that is not in a list, which a workflow created outside the editor may contain.
 */
export function getRows(value: unknown): unknown[] {
	return isObject(value) ? ([value[ROW_KEY] ?? []].flat() as unknown[]) : [];
}
