import { rejectInput } from '../../api/errors';
import { compareWithPreviousPeriod } from '../../time/comparison';
import type { DateRange } from '../../time/range';
import type { OperationValues } from '../field';

/**
 * Adds the dates of the records to the values of a form with totals. For a comparison, the dates that are read begin with
 * the previous period, so that one read returns the records of both periods.
 *
 * @throws GoFiveError if a comparison lacks the first or the last day
 */
export function withTotalsPeriods(values: OperationValues): OperationValues {
	const { output, options } = values;
	if (output?.mode !== 'totals') return values;
	// Each list with totals has the field.
	const range = values.dateRange as DateRange;
	if (!output.isCompared) return { ...values, output: { ...output, range } };
	const comparison = compareWithPreviousPeriod(range, options.timeZone);
	if (!comparison) {
		rejectInput(
			"'Compare With' requires a first and a last day",
			"Select another value in 'Date Range', enter both 'From' and 'To', or set 'Compare With' to 'None'.",
		);
	}
	return { ...values, dateRange: comparison.both, output: { ...output, range, comparison } };
}
