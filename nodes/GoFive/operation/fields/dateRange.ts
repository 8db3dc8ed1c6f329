import type { INodeProperties } from 'n8n-workflow';
import { failUnsent } from '../../api/words/failure';
import { dateRange, endOfDay, presetRange, type DateRange, type Preset } from '../../time/dateRange';
import { wallAt, wallText } from '../../time/zone';
import { isBlank, notAccepted } from '../text';
import type { Field } from '../types';
import { memberOf } from './choice';
import { readMoment } from './dates';
import { hintIfLost } from './read';

/** The order of a calendar, not of the alphabet. */
const RANGES_BY_TIME: Array<{ name: string; value: Preset | 'custom' | 'allDates' }> = [
	{ name: 'Between Dates', value: 'custom' },
	{ name: 'All Dates', value: 'allDates' },
	{ name: 'Today', value: 'today' },
	{ name: 'Yesterday', value: 'yesterday' },
	{ name: 'Tomorrow', value: 'tomorrow' },
	{ name: 'This Week', value: 'thisWeek' },
	{ name: 'Last Week', value: 'lastWeek' },
	{ name: 'Next Week', value: 'nextWeek' },
	{ name: 'Last 7 Days', value: 'last7Days' },
	{ name: 'Next 7 Days', value: 'next7Days' },
	{ name: 'Last 30 Days', value: 'last30Days' },
	{ name: 'Next 30 Days', value: 'next30Days' },
	{ name: 'This Month', value: 'thisMonth' },
	{ name: 'Last Month', value: 'lastMonth' },
	{ name: 'Next Month', value: 'nextMonth' },
	{ name: 'This Year', value: 'thisYear' },
];

const ALL_DATES =
	"'From' and 'To' are empty, so all events ever were asked for. To see only some days, choose them in 'Date Range'; to see all without this hint, choose 'All Dates'.";

function day(displayName: 'From' | 'To', name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		placeholder: 'e.g. 2025-01-31',
		description,
		displayOptions: { show: { dateRange: ['custom'] } },
	};
}

/** A named range of days, or From and To. */
export function dateRangeField(): Field<DateRange> {
	return {
		wire: null,
		isDate: true,
		properties: (name) => [
			{
				displayName: 'Date Range',
				name,
				type: 'options',
				options: RANGES_BY_TIME,
				default: 'custom',
				description:
					'Which days to look at, in the time zone of your GoFive account (see the options); weeks begin on Monday',
			},
			day(
				'From',
				'dateFrom',
				'First day, such as 2025-01-31, in the time zone of GoFive (Asia/Bangkok unless you change it in the options); empty for no beginning. An expression may add a time, such as 2025-01-31T10:00:00.',
			),
			day(
				'To',
				'dateTo',
				'Last day, such as 2025-01-31, included whole, in the time zone of GoFive (Asia/Bangkok unless you change it in the options); empty for no end. An expression may add a time, such as 2025-01-31T18:00:00.',
			),
		],
		read(get, name, context) {
			const given = get(name);
			const chosen = isBlank(given) ? 'custom' : memberOf(RANGES_BY_TIME, given)?.value;
			if (!chosen) {
				const known = RANGES_BY_TIME.map(({ value }) => value).join(', ');
				throw notAccepted(given, 'Date Range', `Give one of: ${known}.`);
			}
			if (isBlank(given)) hintIfLost(context, name, 'Date Range', 'From and To were taken');
			if (chosen === 'allDates') return dateRange(undefined, undefined, context.timeZone);
			if (chosen !== 'custom') return presetRange(chosen, context.now, context.timeZone);

			const from = readMoment(get('dateFrom'), 'From', context);
			const to = readMoment(get('dateTo'), 'To', context, true);
			if (!from) hintIfLost(context, 'dateFrom', 'From', 'the range has no beginning');
			if (!to) hintIfLost(context, 'dateTo', 'To', 'the range has no end');
			const isLost = context.isExpression('dateFrom') || context.isExpression('dateTo');
			if (!from && !to && !isLost) context.hint('all dates', ALL_DATES);
			const last = to && (to.wholeDay ? endOfDay(to.instant, context.timeZone) : to.instant);
			if (from && last !== undefined && from.instant > last) {
				const text = (instant: number) => wallText(wallAt(instant, context.timeZone)).replace('T', ' ');
				failUnsent(
					`'From' (${text(from.instant)}) is after 'To' (${text(last)})`,
					'Swap the two dates, or leave one of them empty.',
				);
			}
			return dateRange(from?.instant, last, context.timeZone);
		},
	};
}
