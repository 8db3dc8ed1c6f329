import { defineTotals } from '../../operation';
import { expenseTotals } from './entity';
import { getAll } from './getAll';

/** Counts and sums the expenses of Get Many. */
export const getTotals = defineTotals(getAll, expenseTotals);
