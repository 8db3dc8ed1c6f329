import type { INodeProperties } from 'n8n-workflow';
import type { CalendarUnit } from '../../time/calendar';
import type { Entity, OptionList } from '../entity';
import type { GetParameter, ReadContext } from '../field';
import type { Totals, TotalsOutput } from '../totals';
import { addShowConditions } from './fieldRecord';
import { withHint } from './notice';
import { options, toOptions } from './options';

/** Condition under which inputs that have no effect on totals are hidden. */
export const HIDDEN_WITH_TOTALS = { hide: { output: ['totals'] } };

const UNITS: OptionList<CalendarUnit> = toOptions({ Week: 'week', Month: 'month', Quarter: 'quarter' });

const NO_COMPARISON = { name: 'None', value: 'none', description: 'No comparison' } as const;

const PRESETS_NOTE =
	'This Week, This Month and similar ranges then end today, and are compared with the same days of the previous period.';

/** Creates the list Compare With. */
const createComparisonInput = ({ dateInputs }: Totals) =>
	options(
		'Compare With',
		'What to compare the totals with',
		[
			NO_COMPARISON,
			{
				name: 'Previous Period',
				value: 'previousPeriod',
				description: dateInputs ? `The period before ${dateInputs}` : `The period before 'Date Range'. ${PRESETS_NOTE}`,
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
export const describeTotals = ({ examples }: Totals, { pluralName }: Entity): string =>
	`Totals of all matching ${pluralName}, for example per ${examples}. In a comparison with the previous period, the biggest drop of the count is first.`;

/** Creates Group By and Compare With. A week, month or quarter is not compared. */
export function createTotalsInputs(totals: Totals, entity: Entity) {
	const groups = listGroups(totals, entity);
	const groupInput = createGroupInput(totals, entity, groups);
	const comparisonInput = createComparisonInput(totals);
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
