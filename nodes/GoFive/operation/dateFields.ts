import type { INodeProperties } from 'n8n-workflow';
import { Failure, NOTHING_SENT } from '../api/words/failure';
import { dateRange, endOfDay, presetRange, type DateRange, type Preset } from '../time/dateRange';
import { momentOf, type Moment } from '../time/moment';
import { wallAt, wallText } from '../time/zone';
import { hintIfLost } from './fields';
import { isBlank, notAccepted } from './text';
import type { Field, ReadContext } from './types';

const FORMS = `Pick a day, or give a date such as 2025-01-31 (years from 1900 on, or of the Buddhist Era), a time such as 2025-01-31T10:00:00 (time of your GoFive account), 2025-01-31T03:00:00Z or 2025-01-31T10:00:00+07:00, or a value such as {{ $now.minus(7, "days") }}. ${NOTHING_SENT}`;

/** The order of a calendar, not of the alphabet. */
const RANGES_BY_TIME: Array<{ name: string; value: Preset | 'custom' }> = [
	{ name: 'Between Dates', value: 'custom' },
	{ name: 'Today', value: 'today' },
	{ name: 'Yesterday', value: 'yesterday' },
	{ name: 'This Week', value: 'thisWeek' },
	{ name: 'Last Week', value: 'lastWeek' },
	{ name: 'Last 7 Days', value: 'last7Days' },
	{ name: 'Last 30 Days', value: 'last30Days' },
	{ name: 'This Month', value: 'thisMonth' },
	{ name: 'Last Month', value: 'lastMonth' },
	{ name: 'This Year', value: 'thisYear' },
];

function readMoment(value: unknown, displayName: string, context: ReadContext, isEnd = false): Moment | undefined {
	if (isBlank(value)) return undefined;
	const moment = momentOf(value, context.timeZone);
	if (!moment) throw notAccepted(value, displayName, FORMS);
	const { buddhistYear, edge, instant } = moment;
	if (buddhistYear) {
		const text = `'${displayName}': the year ${buddhistYear.given} is in the Buddhist Era; ${buddhistYear.sent} was sent to GoFive.`;
		context.hint(`${displayName} Buddhist Era`, text);
	}
	if (edge) {
		const wall = wallText(wallAt(instant, context.timeZone)).replace('T', ' ');
		const [what, digits] = edge.of === 'start' ? ['midnight', '00:00:00'] : ['the end of a day', '23:59:59'];
		if (!wall.endsWith(digits)) {
			const text = `'${displayName}' is ${what} in ${edge.zone}, which is ${wall} in ${context.timeZone}, the time zone of GoFive. For a whole day in GoFive's time zone, pick the day or give it as 2025-01-31.`;
			context.hint(`${displayName} day elsewhere`, text);
		} else if (isEnd && edge.of === 'start') {
			const text = `'${displayName}' is the first moment of ${wall.slice(0, 10)} in ${context.timeZone}, so the rest of that day is left out. To include the day, pick it or use an expression that ends in .endOf("day").`;
			context.hint(`${displayName} midnight`, text);
		}
	}
	return moment;
}

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
		properties: [
			{
				displayName: 'Date Range',
				name: 'dateRange',
				type: 'options',
				options: RANGES_BY_TIME,
				default: 'custom',
				description:
					'Which days to look at, in the time zone of your GoFive account (see the options); weeks begin on Monday',
			},
			day(
				'From',
				'dateFrom',
				'First day, such as 2025-01-31, in the time zone of GoFive; empty for no beginning. Use an expression to add a time, such as 2025-01-31T10:00:00.',
			),
			day(
				'To',
				'dateTo',
				'Last day, such as 2025-01-31, included whole, in the time zone of GoFive; empty for no end. Use an expression to add a time, such as 2025-01-31T18:00:00.',
			),
		],
		read(get, context) {
			const given = get('dateRange');
			const chosen = isBlank(given) ? 'custom' : given;
			if (!RANGES_BY_TIME.some(({ value }) => value === chosen)) {
				const known = RANGES_BY_TIME.map(({ value }) => value).join(', ');
				throw notAccepted(chosen, 'Date Range', `Give one of: ${known}.`);
			}
			if (isBlank(given)) hintIfLost(context, 'dateRange', 'Date Range', 'From and To were taken');
			if (chosen !== 'custom') return presetRange(chosen as Preset, context.now, context.timeZone);

			const from = readMoment(get('dateFrom'), 'From', context);
			const to = readMoment(get('dateTo'), 'To', context, true);
			if (!from) hintIfLost(context, 'dateFrom', 'From', 'the range has no beginning');
			if (!to) hintIfLost(context, 'dateTo', 'To', 'the range has no end');
			const last = to && (to.wholeDay ? endOfDay(to.instant, context.timeZone) : to.instant);
			if (from && last !== undefined && from.instant > last) {
				const text = (instant: number) => wallText(wallAt(instant, context.timeZone)).replace('T', ' ');
				throw new Failure({
					message: `'From' (${text(from.instant)}) is after 'To' (${text(last)})`,
					description: `Swap the two dates, or leave one of them empty. ${NOTHING_SENT}`,
				});
			}
			return dateRange(from?.instant, last, context.timeZone);
		},
	};
}

/** One date and time, required; the value is GoFive's wall time, YYYY-MM-DDTHH:mm:ss. */
export function dateField(displayName: string, name: string): Field<string> {
	return {
		properties: [
			{
				displayName,
				name,
				type: 'dateTime',
				required: true,
				default: '',
				description:
					'Date and time in the time zone of your GoFive account (Asia/Bangkok unless you change it in the options), such as 2025-01-31T10:00:00',
			},
		],
		read(get, context) {
			const given = get(name);
			const moment = readMoment(given, displayName, context);
			if (!moment) throw notAccepted(given, displayName, FORMS);
			return wallText(wallAt(moment.instant, context.timeZone));
		},
	};
}
