import { rejectInput } from '../../api/errors';
import { compareWithPreviousPeriod } from '../../time/comparison';
import { createDateRange, type DateRange } from '../../time/range';
import { buildStartFilter } from '../records/filters';
import type { OperationValues } from '../field';
import type { OperationBase, ReadOperation } from '../operation';

type ListOperation = OperationBase & Pick<ReadOperation, 'startFilter' | 'endFilter'>;

/** Values of a form that limit the dates of a list. */
interface DateValues {
	dateRange?: DateRange;
	filters?: Record<string, unknown>;
}

/** Advice for a comparison without a first or a last day. */
const DATE_RANGE_ADVICE = "Select another value in 'Date Range', enter both 'From' and 'To'";

/** Returns the dates to which the form limits a list: its field Date Range, or two of its filters. */
function readRange({ startFilter = '', endFilter = '' }: ListOperation, values: DateValues, zone: string): DateRange {
	const { dateRange, filters = {} } = values;
	if (dateRange) return dateRange;
	const [from, to] = [filters[startFilter], filters[endFilter]].map((date) =>
		typeof date === 'string' ? Date.parse(date) : undefined,
	);
	return createDateRange(from, to, zone);
}

/**
 * Adds the dates of the records to the values of a form with totals. For a comparison, the dates that are read begin with
 * the previous period, so that one read returns the records of both periods.
 *
 * @throws GoFiveError if a comparison lacks the first or the last day
 */
export function withTotalsPeriods(operation: ListOperation, values: OperationValues): OperationValues {
	const { output, options } = values;
	if (output?.mode !== 'totals') return values;
	const { dateRange, filters } = values as DateValues;
	const range = readRange(operation, { dateRange, filters }, options.timeZone);
	if (!output.isCompared) return { ...values, output: { ...output, range } };
	const comparison = compareWithPreviousPeriod(range, options.timeZone);
	if (!comparison) {
		const { dateInputs } = output.totals;
		const advice = dateInputs ? `Enter ${dateInputs}` : DATE_RANGE_ADVICE;
		rejectInput("'Compare With' requires a first and a last day", `${advice}, or set 'Compare With' to 'None'.`);
	}
	const dates: DateValues = dateRange
		? { dateRange: comparison.both }
		: { filters: { ...filters, ...buildStartFilter(operation, comparison.previous.from, options.timeZone) } };
	return { ...values, ...dates, output: { ...output, range, comparison } } as OperationValues;
}
