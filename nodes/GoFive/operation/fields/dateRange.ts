import type { INodeProperties } from 'n8n-workflow';
import { rejectInput } from '../../api/errors/goFiveError';
import { isBlank } from '../../shared/text';
import {
	createDateRange,
	getEndOfDay,
	createPresetRange,
	type DateRange,
	type DateRangePreset,
} from '../../time/range';
import { formatWallTime, toWallTime } from '../../time/zone';
import { invalidValueError } from '../invalidValue';
import type { Field, GetParameter, ReadContext } from '../types';
import { readDate } from './date';
import { findOption } from './options';
import { hintIfExpressionEmpty } from './readValue';

/** Options of Date Range, in the order of a calendar. */
const DATE_RANGES_BY_TIME: Array<{ name: string; value: DateRangePreset | 'custom' | 'allDates' }> = [
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

const DATE_RANGE_DISPLAY_NAME = 'Date Range';

const ALL_DATES_HINT =
	"'From' and 'To' are empty, so the events of all dates were requested. To limit them, select a 'Date Range'. To get all events without this hint, select 'All Dates'.";

function dayProperty(displayName: 'From' | 'To', name: string, description: string): INodeProperties {
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

/**
 * Reads From and To. A day without a time is included completely.
 * @throws GoFiveError if one is not a date, or if From is after To.
 */
function readCustomRange(getParameter: GetParameter, context: ReadContext): DateRange {
	const from = readDate(getParameter('dateFrom'), 'From', context);
	const to = readDate(getParameter('dateTo'), 'To', context, true);
	if (!from) hintIfExpressionEmpty(context, 'dateFrom', 'From', 'the range has no start date');
	if (!to) hintIfExpressionEmpty(context, 'dateTo', 'To', 'the range has no end date');
	const isExpression = context.isExpression('dateFrom') || context.isExpression('dateTo');
	if (!from && !to && !isExpression) context.addHint('all dates', ALL_DATES_HINT);
	const end = to && (to.isWholeDay ? getEndOfDay(to.instantMs, context.timeZone) : to.instantMs);
	if (from && end !== undefined && from.instantMs > end) {
		const formatInstant = (instantMs: number) =>
			formatWallTime(toWallTime(instantMs, context.timeZone)).replace('T', ' ');
		rejectInput(
			`'From' (${formatInstant(from.instantMs)}) is after 'To' (${formatInstant(end)})`,
			'Swap the two dates, or leave one of them empty.',
		);
	}
	return createDateRange(from?.instantMs, end, context.timeZone);
}

/** Creates Date Range with its inputs From and To. Dates are sent by the operation, not as a key of the body. */
export function dateRange(): Field<DateRange> {
	return {
		displayName: DATE_RANGE_DISPLAY_NAME,
		bodyKey: null,
		isDate: true,
		properties: (name) => [
			{
				displayName: DATE_RANGE_DISPLAY_NAME,
				name,
				type: 'options',
				options: DATE_RANGES_BY_TIME,
				default: 'custom',
				description: 'Days to include, in the time zone of your GoFive account. Weeks begin on Monday.',
			},
			dayProperty(
				'From',
				'dateFrom',
				'First day of the range, for example 2025-01-31. Leave it empty for no start date. An expression may include a time, for example 2025-01-31T10:00:00. The time zone defaults to Asia/Bangkok and can be changed in the options.',
			),
			dayProperty(
				'To',
				'dateTo',
				'Last day of the range, for example 2025-01-31. The whole day is included. Leave it empty for no end date. An expression may include a time, for example 2025-01-31T18:00:00. The time zone defaults to Asia/Bangkok and can be changed in the options.',
			),
		],
		read(getParameter, name, context) {
			const input = getParameter(name);
			const preset = isBlank(input) ? 'custom' : findOption(DATE_RANGES_BY_TIME, input)?.value;
			if (!preset) {
				const accepted = DATE_RANGES_BY_TIME.map(({ value }) => value).join(', ');
				throw invalidValueError(input, DATE_RANGE_DISPLAY_NAME, `Use one of: ${accepted}.`);
			}
			if (isBlank(input)) hintIfExpressionEmpty(context, name, DATE_RANGE_DISPLAY_NAME, "'From' and 'To' were used");
			if (preset === 'allDates') return createDateRange(undefined, undefined, context.timeZone);
			if (preset !== 'custom') return createPresetRange(preset, context.now, context.timeZone);
			return readCustomRange(getParameter, context);
		},
	};
}
