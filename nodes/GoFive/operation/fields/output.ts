import type { INodeProperties } from 'n8n-workflow';
import { Failure } from '../../api/words/failure';
import { byName, isBlank, notAccepted, shown } from '../text';
import type { Entity, Field, Output } from '../types';
import { memberOf } from './choice';
import { partsOf } from './several';

const OF_ENTITY = [
	'The same columns for every record, dates in ISO 8601',
	'As GoFive sends it',
	'Some of the simplified columns',
];
const OF_ANYTHING = [
	'One item for each record, as GoFive sends it',
	'The whole answer in one item',
	'Some of the columns of each record',
];

function modesOf(entity: Entity | undefined): Array<{ name: string; value: Output['mode']; description: string }> {
	const [simplified = '', raw = '', selected = ''] = entity ? OF_ENTITY : OF_ANYTHING;
	const lines =
		entity?.lines && `One item for each of the ${entity.lines.plural}, with the columns of its record beside it`;
	return [
		...(lines ? [{ name: 'Lines', value: 'lines' as const, description: lines }] : []),
		{ name: 'Simplified', value: 'simplified', description: simplified },
		{ name: 'Raw', value: 'raw', description: raw },
		{ name: 'Selected Fields', value: 'selected', description: selected },
	];
}

function columnsProperty(entity: Entity | undefined): Partial<INodeProperties> {
	if (!entity) {
		return {
			type: 'string',
			default: '',
			placeholder: 'e.g. customerCode, customerName',
			description: 'The columns to return, with commas between them; empty means all',
		};
	}
	const options = Object.entries(entity.columns)
		.map(([value, { name }]) => ({ name, value }))
		.sort(byName);
	return { type: 'multiOptions', options, default: [], description: 'The columns to return; none chosen means all' };
}

/** Output and, for selected fields, which; no field chosen means all. @param entity what the records are, where that is known */
export function output(entity?: Entity): Field<Output> & { entity?: Entity } {
	const modes = modesOf(entity);
	return {
		wire: null,
		entity,
		isShape: true,
		properties: (name) => [
			{
				displayName: 'Output',
				name,
				type: 'options',
				options: modes,
				default: 'simplified',
				description: 'How much of each record to return, and in which form',
			},
			{
				displayName: 'Fields',
				name: 'fields',
				displayOptions: { show: { [name]: ['selected'] } },
				...columnsProperty(entity),
			} as INodeProperties,
		],
		read(get, name) {
			const given = get(name);
			const mode = isBlank(given) ? 'simplified' : given;
			const chosen = memberOf(modes, mode);
			if (!chosen) {
				const known = modes.map(({ value }) => value);
				throw notAccepted(mode, 'Output', `Give ${known.slice(0, -1).join(', ')} or ${known.at(-1)}.`);
			}
			return chosen.value === 'selected'
				? { mode: 'selected', fields: columnsFrom(get('fields'), entity) }
				: { mode: chosen.value };
		},
	};
}

/** @throws Failure that names the columns there are */
function columnsFrom(given: unknown, entity: Entity | undefined): string[] {
	const names = partsOf(given).map((name) => (typeof name === 'string' ? name.trim() : name));
	const known = entity && Object.keys(entity.columns);
	const wrong = names.findIndex((name) => (known ? !known.includes(name as string) : typeof name !== 'string'));
	if (wrong < 0) return names as string[];
	throw new Failure({
		message: `'Fields' cannot hold ${shown(names[wrong])}`,
		description: known ? `The fields are: ${known.join(', ')}.` : 'Give the names of columns.',
	});
}
