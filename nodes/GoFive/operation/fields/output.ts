import type { INodeProperties } from 'n8n-workflow';
import { rejectInput } from '../../api/errors';
import { compareByName } from '../../shared/text';
import type { CalendarUnit } from '../../time/calendar';
import { addShowConditions } from './fieldRecord';
import { withHint } from './notice';
import { formatValue } from './readValue';
import type { Columns, Entity, OptionList } from '../entity';
import type { Field, GetParameter, Output, ReadContext } from '../field';
import type { Totals, TotalsOutput } from '../totals';
import { splitValues } from './list';
import { options, toOptions } from './options';

/** Condition under which inputs that have no effect on totals are hidden. */
export const HIDDEN_WITH_TOTALS = { hide: { output: ['totals'] } };

const UNITS: OptionList<CalendarUnit> = toOptions({ Week: 'week', Month: 'month', Quarter: 'quarter' });

const NO_COMPARISON = { name: 'None', value: 'none', description: 'No comparison' } as const;

/** List Compare With. */
const comparisonInput = options(
	'Compare With',
	'What to compare the totals with',
	[
		NO_COMPARISON,
		{
			name: 'Previous Period',
			value: 'previousPeriod',
			description:
				"The period before 'Date Range'. This Week, This Month and similar ranges then end today, and are compared with the same days of the previous period.",
		},
	] as const,
	{ default: 'none' },
);

/** Lists the options of Group By: the groups that the list declares, then the units of its date. */
function listGroups({ groups, date }: Totals, { columns }: Entity): OptionList<string> {
	const dateName = columns[date]?.displayName;
	return [
		{ name: 'None', value: 'none', description: 'One item for all records' },
		...Object.entries(groups).map(([value, { displayName: name, description }]) => ({ name, value, description })),
		...UNITS.map(({ name, value }) => ({ name, value, description: `Each ${value} of ${dateName}` })),
	];
}

/** Describes the sums in an item, for the end of a clause. Empty for a list without amounts. */
function describeSums({ sums }: Totals, { columns }: Entity): string {
	const names = sums.map((key) => columns[key]?.displayName);
	if (names.length === 0) return '';
	return `, with the ${names.length === 1 ? 'sum' : 'sums'} of ${names.join(' and ')}`;
}

function createGroupInput(totals: Totals, entity: Entity, groups: OptionList<string>) {
	const description = `One item per value of this field${describeSums(totals, entity)}`;
	const input = options('Group By', description, groups, { default: 'none' });
	return totals.note === undefined ? input : withHint(input, totals.note);
}

/** Describes the option Totals of Output. */
const describeTotals = ({ examples }: Totals, { pluralName }: Entity): string =>
	`Totals of all matching ${pluralName}, for example per ${examples}. In a comparison with the previous period, the biggest drop of the count is first.`;

/** Creates Group By and Compare With. A week, month or quarter is not compared. */
function createTotalsInputs(totals: Totals, entity: Entity) {
	const groups = listGroups(totals, entity);
	const groupInput = createGroupInput(totals, entity, groups);
	const findUnit = (value: string) => UNITS.find((unit) => unit.value === value)?.value;
	const comparedGroups = groups.map(({ value }) => value).filter((value) => !findUnit(value));
	return {
		properties: (outputName: string): INodeProperties[] => {
			const comparison = comparisonInput
				.properties('compareWith')
				.map((property) => addShowConditions(property, { groupBy: comparedGroups }));
			const properties = [...groupInput.properties('groupBy'), ...comparison];
			return properties.map((property) => addShowConditions(property, { [outputName]: ['totals'] }));
		},
		read(getParameter: GetParameter, context: ReadContext): TotalsOutput {
			const groupBy = groupInput.read(getParameter, 'groupBy', context);
			const compareWith = comparisonInput.read(getParameter, 'compareWith', context);
			const unit = findUnit(groupBy);
			const isCompared = unit === undefined && compareWith === 'previousPeriod';
			return { mode: 'totals', totals, group: totals.groups[groupBy], unit, isCompared };
		},
	};
}

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

function buildModes(entity: Entity | undefined, totals: Totals | undefined): OptionList<Output['mode']> {
	if (!entity) return ANY_RECORD_MODES;
	const totalsModes = totals
		? [{ name: 'Totals', value: 'totals' as const, description: describeTotals(totals, entity) }]
		: [];
	const entityModes = [...buildEntityModes(entity), ...totalsModes];
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
 * @param totals - How the records are grouped and summed, for a list that offers Totals.
 */
export function output(entity?: Entity, totals?: Totals): Field<Output> & { entity?: Entity; totals?: Totals } {
	const totalsInputs = entity && totals && createTotalsInputs(totals, entity);
	const description = `Which fields of each record to return${totals ? ', or the totals of all records' : ''}`;
	const modeInput = options('Output', description, buildModes(entity, totals), { default: 'simplified' });
	return {
		displayName: 'Output',
		bodyKey: null,
		entity,
		totals,
		isOutputOnly: true,
		properties: (name) => [
			...modeInput.properties(name),
			{
				displayName: 'Fields',
				name: 'fields',
				displayOptions: { show: { [name]: ['selected'] } },
				...buildFieldsProperty(entity),
			} as INodeProperties,
			...(totalsInputs?.properties(name) ?? []),
		],
		read(getParameter, name, context) {
			const mode = modeInput.read(getParameter, name, context);
			if (mode === 'totals') return totalsInputs?.read(getParameter, context) as Output;
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
