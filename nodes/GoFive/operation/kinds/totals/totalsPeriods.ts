import { rejectInput } from '../../../api/errors';
import { compareWithPreviousPeriod, type Comparison } from '../../../time/comparison';
import type { DateRange } from '../../../time/range';
import { TOTALS_UNITS } from '../../fields/totals';
import type { OperationValues } from '../../field';
import type { Totals, TotalsOutput } from '../../totals';

/**
 * Returns the two periods of a comparison.
 * @throws GoFiveError if the range lacks the first or the last day
 */
function comparePeriods(range: DateRange, timeZone: string): Comparison {
	const comparison = compareWithPreviousPeriod(range, timeZone);
	if (comparison) return comparison;
	rejectInput(
		"'Compare With' requires a first and a last day",
		"Select another value in 'Date Range', enter both 'From' and 'To', or set 'Compare With' to 'None'.",
	);
}

/**
 * Returns what the form of Get Totals selects.
 * @throws GoFiveError if a comparison lacks the first or the last day
 */
export function toTotalsOutput(totals: Totals, values: OperationValues): TotalsOutput {
	const { groupBy, compareWith, dateRange, options } = values;
	const range = dateRange as DateRange;
	const unit = TOTALS_UNITS.find(({ value }) => value === groupBy)?.value;
	const isCompared = unit === undefined && compareWith === 'previousPeriod';
	const comparison = isCompared ? comparePeriods(range, options.timeZone) : undefined;
	return { mode: 'totals', totals, group: totals.groups[groupBy as string], unit, range, comparison };
}
