import { defineTotals } from '../../operation';
import { quotationTotals } from './entity';
import { getAll } from './getAll';

/** Counts and sums the quotations of Get Many. */
export const getTotals = defineTotals(getAll, quotationTotals);
