import { rejectInput } from '../../api/errors';
import { isBlank } from '../../shared/text';
import { createDateRange, createPresetRange, type DateRange } from '../../time/range';
import type { Field, Fields, GetParameter, ReadContext } from '../field';
import { date, DATE_FORMATS, readDate } from './date';
import { options, toOptions } from './options';
import { hintIfExpressionEmpty } from './readValue';

/** Date ranges in the order of a calendar. */
const PRESETS = toOptions({
	'Between Dates': 'custom',
	'All Dates': 'allDates',
	Today: 'today',
	Yesterday: 'yesterday',
	Tomorrow: 'tomorrow',
	'This Week': 'thisWeek',
	'Last Week': 'lastWeek',
	'Next Week': 'nextWeek',
	'Last 7 Days': 'last7Days',
	'Next 7 Days': 'next7Days',
	'Last 30 Days': 'last30Days',
	'Next 30 Days': 'next30Days',
	'This Month': 'thisMonth',
	'Last Month': 'lastMonth',
	'Next Month': 'nextMonth',
	'This Quarter': 'thisQuarter',
	'Last Quarter': 'lastQuarter',
	'This Year': 'thisYear',
	'Last Year': 'lastYear',
});

const DISPLAY_NAME = 'Date Range';
const ZONE_DESCRIPTION = 'in Thai time by default';
const PERIOD_DESCRIPTION = 'Weeks begin on Monday.';
/** Consequences of an expression without a value, by the range that is then used. */
const BLANK_CONSEQUENCES = {
	allDates: 'all dates were included',
	lastMonth: "'Last Month' was used",
};

const COST_DESCRIPTION =
	"Unless 'All Dates' is selected, the node reads the whole list first, so long lists take longer.";

interface DateRangeSettings {
	/** Records in plural, for hints. */
	pluralName: string;
	/** Name of the date in a sentence, if the records have several. */
	dateName?: string;
	/** Whether GoFive has no such filter, so that the node filters the records. */
	isFilteredByNode?: boolean;
	/** Range of an untouched form. Defaults to Last Month, and to All Dates for a list that GoFive cannot limit. */
	default?: keyof typeof BLANK_CONSEQUENCES;
	/** Sentences about the date, below the list of ranges. */
	hint?: string;
}

const getDefaultPreset = (settings: DateRangeSettings) =>
	settings.default ?? (settings.isFilteredByNode ? 'allDates' : 'lastMonth');

/** Creates the input Date Range. */
function createPresetInput(settings: DateRangeSettings) {
	const { pluralName, dateName, isFilteredByNode, hint } = settings;
	const days = `Only ${pluralName} ${dateName ? `whose ${dateName} is ` : ''}in this range`;
	const note = isFilteredByNode ? COST_DESCRIPTION : PERIOD_DESCRIPTION;
	return options(DISPLAY_NAME, `${days}, ${ZONE_DESCRIPTION}. ${note}`, PRESETS, {
		default: getDefaultPreset(settings),
		hint,
	});
}

const allDatesHint = (pluralName: string): string =>
	`'From' and 'To' are empty, so the ${pluralName} of all dates were included. To limit the dates, select a value in 'Date Range'. To get all ${pluralName} without this hint, select 'All Dates'.`;
/** n8n's date field may be empty because n8n could not read a text, for example 31/01/2025. It shows no message. */
const noStartHint = (pluralName: string): string => `'From' is empty, so all ${pluralName} up to 'To' were included.`;
const noEndHint = (pluralName: string): string =>
	`'To' is empty, so all ${pluralName} from 'From' on were included, even future ${pluralName}.`;

const displayOptions = { show: { dateRange: ['custom'] } };
const DAY_SETTINGS = { format: 'dateOnly' as const, example: '2025-01-31', displayOptions };

const fromInput = date('From', {
	...DAY_SETTINGS,
	description: 'First day of the range. Leave empty for no start date.',
});

const toInput = date('To', {
	...DAY_SETTINGS,
	description: 'Last day of the range, which is included. Leave empty for no end date.',
});

function hintIfRangeIsOpen(
	from: number | undefined,
	to: number | undefined,
	{ addHint }: ReadContext,
	pluralName: string,
): void {
	if (from === undefined && to === undefined) addHint('all dates', allDatesHint(pluralName));
	else if (from === undefined) addHint('no start date', noStartHint(pluralName));
	else if (to === undefined) addHint('no end date', noEndHint(pluralName));
}

/**
 * Reads From and To. A day without a time is included completely.
 * @throws GoFiveError if one is not a date, or if From is after To.
 */
function readCustomRange(getParameter: GetParameter, context: ReadContext, pluralName: string): DateRange {
	const from = readDate(getParameter('dateFrom'), 'From', context);
	const to = readDate(getParameter('dateTo'), 'To', context, true);
	if (from === undefined) hintIfExpressionEmpty(context, 'dateFrom', 'From', 'the range has no start date');
	if (to === undefined) hintIfExpressionEmpty(context, 'dateTo', 'To', 'the range has no end date');
	const isExpression = context.isExpression('dateFrom') || context.isExpression('dateTo');
	if (!isExpression) hintIfRangeIsOpen(from, to, context, pluralName);
	if (from !== undefined && to !== undefined && from > to) {
		const [fromText, toText] = [from, to].map((instantMs) => DATE_FORMATS.spaceSeparated(instantMs, context.timeZone));
		rejectInput(`'From' (${fromText}) is after 'To' (${toText})`, 'Swap the two dates, or leave one of them empty.');
	}
	return createDateRange(from, to, context.timeZone);
}

/** Creates Date Range with its inputs From and To. Dates are sent by the operation, not as a key of the body. */
export function dateRange(settings: DateRangeSettings): Field<DateRange> {
	const presetInput = createPresetInput(settings);
	return {
		displayName: DISPLAY_NAME,
		bodyKey: null,
		isDate: true,
		isOutputOnly: settings.isFilteredByNode,
		properties: (name) => [
			...presetInput.properties(name),
			...fromInput.properties('dateFrom'),
			...toInput.properties('dateTo'),
		],
		read(getParameter, name, context) {
			const preset = presetInput.read(getParameter, name, context);
			const consequence = BLANK_CONSEQUENCES[getDefaultPreset(settings)];
			if (isBlank(getParameter(name))) hintIfExpressionEmpty(context, name, DISPLAY_NAME, consequence);
			if (preset === 'allDates') return createDateRange(undefined, undefined, context.timeZone);
			if (preset !== 'custom') return createPresetRange(preset, context.now, context.timeZone);
			return readCustomRange(getParameter, context, settings.pluralName);
		},
	};
}

/** Whether GoFive limits a list to a date range, so that its request contains the dates. */
export const sendsDateRange = ({ dateRange: field }: Fields): boolean => field !== undefined && !field.isOutputOnly;
