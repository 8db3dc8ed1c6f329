import type { INodeProperties } from 'n8n-workflow';
import { rejectInput } from '../../api/errors';
import { compareByName } from '../../shared/text';
import { formatValue } from './readValue';
import type { Columns, Entity, OptionList } from '../entity';
import type { Field, Output } from '../field';
import { splitValues } from './list';
import { options } from './options';

/** Builds the options of a list of columns, sorted by name. */
export const toColumnOptions = (columns: Columns): Array<{ name: string; value: string }> =>
	Object.entries(columns)
		.map(([value, { displayName }]) => ({ name: displayName, value }))
		.sort(compareByName);

const buildEntityModes = (entity: Entity) =>
	[
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'The most important fields, the same ones for every record',
		},
		{ name: 'Raw', value: 'raw', description: 'The record as GoFive returns it' },
		{ name: 'Selected Fields', value: 'selected', description: describeSelectedFields(entity) },
	] as const;

const ANY_RECORD_MODES = [
	{ name: 'Simplified', value: 'simplified', description: 'One item per record, as GoFive returns it' },
	{ name: 'Raw', value: 'raw', description: 'The whole response in one item' },
	{ name: 'Selected Fields', value: 'selected', description: 'Only the fields that you enter, for each record' },
] as const;

/** Describes Selected Fields. The key of the record is always in the item. */
function describeSelectedFields({ columns, keyColumns = [] }: Entity): string {
	const keyNames = keyColumns.map((key) => columns[key]?.displayName).join(', ');
	return keyNames === '' ? 'Only the fields that you select' : `The fields that you select, and always ${keyNames}`;
}

function buildModes(entity: Entity | undefined): OptionList<Output['mode']> {
	if (!entity) return ANY_RECORD_MODES;
	const entityModes = buildEntityModes(entity);
	if (!entity.lines) return entityModes;
	const description = `One item per ${entity.lines.rowName}, with the fields that identify the record`;
	return [{ name: 'One Item per Row', value: 'rows', description }, ...entityModes];
}

function buildFieldsProperty(entity: Entity | undefined): Partial<INodeProperties> {
	if (!entity) {
		return {
			type: 'string',
			default: '',
			placeholder: 'e.g. customerCode, customerName',
			description: 'Comma-separated names of the fields to return. Leave empty to return all fields.',
		};
	}
	return {
		type: 'multiOptions',
		options: toColumnOptions(entity.columns),
		default: [],
		description: 'Fields to return. Leave empty to return all fields.',
	};
}

/**
 * Creates Output and, for Selected Fields, the list of columns. An empty list means all columns.
 * @param entity - Entity of the records. Without it, their columns are not known.
 */
export function output(entity?: Entity): Field<Output> & { entity?: Entity } {
	const modeInput = options('Output', 'Which fields of each record to return', buildModes(entity), {
		default: 'simplified',
	});
	return {
		displayName: 'Output',
		bodyKey: null,
		entity,
		isOutputOnly: true,
		properties: (name) => [
			...modeInput.properties(name),
			{
				displayName: 'Fields',
				name: 'fields',
				displayOptions: { show: { [name]: ['selected'] } },
				...buildFieldsProperty(entity),
			} as INodeProperties,
		],
		read(getParameter, name, context) {
			const mode = modeInput.read(getParameter, name, context);
			return mode === 'selected' ? { mode, fields: readColumns(getParameter('fields'), entity) } : { mode };
		},
	};
}

/**
 * Reads the selected columns.
 * @throws GoFiveError that lists the columns of the entity.
 */
function readColumns(value: unknown, entity: Entity | undefined): string[] {
	const names = splitValues(value).map((name) => (typeof name === 'string' ? name.trim() : name));
	const accepted = entity && Object.keys(entity.columns);
	const invalidIndex = names.findIndex((name) =>
		accepted ? !accepted.includes(name as string) : typeof name !== 'string',
	);
	if (invalidIndex < 0) return names as string[];
	rejectInput(
		`'Fields' cannot contain ${formatValue(names[invalidIndex])}`,
		accepted ? `Use one or more of these values: ${accepted.join(', ')}.` : 'Enter comma-separated field names.',
	);
}
