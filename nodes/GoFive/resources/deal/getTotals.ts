import { defineTotals } from '../../operation';
import { dealTotals } from './entity';
import { getAll } from './getAll';

/** Counts and sums the deals of Get Many. */
export const getTotals = defineTotals(getAll, dealTotals);
