import { rejectInput } from '../../api/errors/goFiveError';
import { isBlank } from '../../shared/text';
import { createDateRange, createPresetRange, type DateRange, type DateRangePreset } from '../../time/range';
import type { Field, GetParameter, OptionList, ReadContext } from '../types';
import { date, DATE_FORMATS, readDate } from './date';
import { readOption } from './options';
import { hintIfExpressionEmpty } from './readValue';

/** Options of Date Range, in the order of a calendar. */
const DATE_RANGES_BY_TIME: OptionList<DateRangePreset | 'custom' | 'allDates'> = [
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
	"'From' and 'To' are empty, so the events of all dates were requested. To limit them, select a value in 'Date Range'. To get all events without this hint, select 'All Dates'.";

const displayOptions = { show: { dateRange: ['custom'] } };
const DAY_SETTINGS = { format: 'dateOnly' as const, example: '2025-01-31', displayOptions };

const fromInput = date('From', {
	...DAY_SETTINGS,
	description:
		'First day of the range, for example 2025-01-31. Leave empty for no start date. An expression may include a time, for example 2025-01-31T10:00:00.',
});

const toInput = date('To', {
	...DAY_SETTINGS,
	description:
		'Last day of the range, for example 2025-01-31. The whole day is included. Leave empty for no end date. An expression may include a time, for example 2025-01-31T18:00:00.',
});

/**
 * Reads From and To. A day without a time is included completely.
 * @throws GoFiveError if one is not a date, or if From is after To.
 */
function readCustomRange(getParameter: GetParameter, context: ReadContext): DateRange {
	const from = readDate(getParameter('dateFrom'), 'From', context);
	const to = readDate(getParameter('dateTo'), 'To', context, true);
	if (from === undefined) hintIfExpressionEmpty(context, 'dateFrom', 'From', 'the range has no start date');
	if (to === undefined) hintIfExpressionEmpty(context, 'dateTo', 'To', 'the range has no end date');
	const isExpression = context.isExpression('dateFrom') || context.isExpression('dateTo');
	if (from === undefined && to === undefined && !isExpression) context.addHint('all dates', ALL_DATES_HINT);
	if (from !== undefined && to !== undefined && from > to) {
		const [fromText, toText] = [from, to].map((instantMs) => DATE_FORMATS.spaceSeparated(instantMs, context.timeZone));
		rejectInput(`'From' (${fromText}) is after 'To' (${toText})`, 'Swap the two dates, or leave one of them empty.');
	}
	return createDateRange(from, to, context.timeZone);
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
				options: [...DATE_RANGES_BY_TIME],
				default: 'custom',
				description:
					'Days to include, in the time zone of your GoFive account (Thailand by default). Weeks begin on Monday.',
			},
			...fromInput.properties('dateFrom'),
			...toInput.properties('dateTo'),
		],
		read(getParameter, name, context) {
			const input = getParameter(name);
			const preset = isBlank(input) ? 'custom' : readOption(DATE_RANGES_BY_TIME, input, DATE_RANGE_DISPLAY_NAME);
			if (isBlank(input)) hintIfExpressionEmpty(context, name, DATE_RANGE_DISPLAY_NAME, "'From' and 'To' were used");
			if (preset === 'allDates') return createDateRange(undefined, undefined, context.timeZone);
			if (preset !== 'custom') return createPresetRange(preset, context.now, context.timeZone);
			return readCustomRange(getParameter, context);
		},
	};
}
