import type { CalendarUnit } from '../../time/calendar';
import type { Entity, OptionList } from '../entity';
import type { Field } from '../field';
import type { Totals } from '../totals';
import { withHint } from './notice';
import { options, toOptions } from './options';

export const TOTALS_UNITS: OptionList<CalendarUnit> = toOptions({ Week: 'week', Month: 'month', Quarter: 'quarter' });

const COMPARISONS = [
	{ name: 'None', value: 'none', description: 'No comparison' },
	{
		name: 'Previous Period',
		value: 'previousPeriod',
		description:
			"The period before 'Date Range'. This Week, This Month and similar ranges then end today, and are compared with the same days of the previous period.",
	},
] as const;

/** What totals are compared with. */
export type CompareWith = (typeof COMPARISONS)[number]['value'];

/** Lists the options of Group By: the groups that the list declares, then the units of its date. */
function listGroups({ groups, date }: Totals, { columns }: Entity): OptionList<string> {
	const dateName = columns[date]?.displayName;
	return [
		{ name: 'None', value: 'none', description: 'One item for all records' },
		...Object.entries(groups).map(([value, { displayName: name, description }]) => ({ name, value, description })),
		...TOTALS_UNITS.map(({ name, value }) => ({ name, value, description: `Each ${value} of ${dateName}` })),
	];
}

/** Describes the sums in an item, for the end of a clause. Empty for a list without amounts. */
function describeSums({ sums }: Totals, { columns }: Entity): string {
	const names = sums.map((key) => columns[key]?.displayName);
	if (names.length === 0) return '';
	return `, with the ${names.length === 1 ? 'sum' : 'sums'} of ${names.join(' and ')}`;
}

/** Creates a field that affects only the output. */
const outputOnly = <T>(field: Field<T>): Field<T> => ({ ...field, bodyKey: null, isOutputOnly: true });

/** Creates Group By. */
function groupBy(totals: Totals, entity: Entity): Field<string> {
	const description = `One item per value of this field${describeSums(totals, entity)}`;
	const field = outputOnly(
		options('Group By', description, listGroups(totals, entity), { default: totals.defaultGroup }),
	);
	return totals.note === undefined ? field : withHint(field, totals.note);
}

/** Creates Compare With. A week, month or quarter is not compared. */
function compareWith(totals: Totals): Field<CompareWith> {
	return outputOnly(
		options('Compare With', 'What to compare the totals with', COMPARISONS, {
			default: 'none',
			displayOptions: { show: { groupBy: ['none', ...Object.keys(totals.groups)] } },
		}),
	);
}

/** Creates the fields of Get Totals that follow those of its list. */
export const totalsFields = (totals: Totals, entity: Entity) => ({
	groupBy: groupBy(totals, entity),
	compareWith: compareWith(totals),
});
