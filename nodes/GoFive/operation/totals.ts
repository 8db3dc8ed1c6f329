// Types of Get Totals: how a list declares its groups and sums, and what a user selects.
// Imported by `resources/` through `index.ts`, and by the folders of `operation/`.
// Start with Totals. `fields/totals.ts` shows it in the form, and `records/totals.ts` computes it.
import type { CalendarUnit } from '../time/calendar';
import type { Comparison } from '../time/comparison';
import type { DateRange } from '../time/range';

/** Group that a user selects in Group By. */
export interface TotalsGroup {
	displayName: string;
	description?: string;
	/** Key of the column that identifies a group. */
	column: string;
	/** Keys of the columns that an item contains. Defaults to the column that identifies the group. */
	shownColumns?: string[];
	/** Whether the customers of the list describe the group, so that customers without records are counted as 0. */
	hasZeroRows?: true;
	/** Whether an item contains the number of customers with records. */
	countsCustomers?: true;
	/** Columns of the last record that an item contains, and what the record is, for example "event". */
	latest?: { columns: string[]; recordName: string };
}

/** How the records of a list are grouped and summed. */
export interface Totals {
	/** What the groups are, for the form, for example "salesperson, event type or month". */
	examples: string;
	/** Sentence about records that are counted and that a user may not expect, for the form. */
	note?: string;
	/** Key of the column with the date that the form limits. */
	date: string;
	/** Key of the column with the customer, for a group that counts customers. */
	customer?: string;
	groups: Record<string, TotalsGroup>;
	/** Key of the group that a new node selects. */
	defaultGroup: string;
	/** Keys of the columns with amounts. */
	sums: string[];
	/** Key of the column with the currency of the amounts. If a record has one, it is a part of the group. */
	currency?: string;
	/** Name of the parts of the list, if it is read in parts, for example "customer". */
	partName?: string;
}

/** Selected totals. */
export interface TotalsOutput {
	mode: 'totals';
	totals: Totals;
	/** Selected group, or the week, month or quarter of the date. Without both, all records are one group. */
	group?: TotalsGroup;
	unit?: CalendarUnit;
	/** Dates of the records, and the two periods of a comparison. */
	range?: DateRange;
	comparison?: Comparison;
}
