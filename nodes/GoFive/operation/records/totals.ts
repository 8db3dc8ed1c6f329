// Totals of rows: grouped, counted and summed, and compared with the previous period.
// Imported by the runner of reads.
// Start with computeTotals() at the end. totalsGroups.ts counts the rows, and totalsItems.ts builds the items.
import type { IDataObject } from 'n8n-workflow';
import { capitalize, isBlank, toText } from '../../shared/text';
import { getStartOfNextUnit, getStartOfUnit, type CalendarUnit } from '../../time/calendar';
import type { DateRange } from '../../time/range';
import type { Row } from './columns';
import { assertColumn } from './filters';
import { TotalsGroups, type GroupTotals, type TotalsFormat } from './totalsGroups';
import { TotalsFormatter } from './totalsItems';

/** Items of totals, and hints about what they do not contain. */
interface TotalsResult {
	items: IDataObject[];
	hints: string[];
	/** Number of counted records. */
	records: number;
}

/** Maximum number of periods that are added without a record. A date of the year 9999 would add thousands of weeks. */
const MAX_ADDED_UNITS = 1000;

/**
 * Checks that the rows have the columns that groups and periods require.
 * @throws GoFiveError that names a column that no record has
 */
function assertColumns(rows: Row[], groups: TotalsGroups, { entity, output }: TotalsFormat): void {
	const { group, unit, comparison, totals } = output;
	const groupColumn = group?.column ?? (unit && totals.date);
	const assertReadable = (key: string, isRequiredOf: (row: Row) => boolean, limits: string): void => {
		if (rows.some((row) => !isBlank(groups.read(row, key)))) return;
		const records = rows.filter(isRequiredOf).map(({ record }) => record);
		assertColumn(records, entity, key, limits);
	};
	const isRecord = ({ record }: Row): boolean => groups.isRecord(record);
	if (groupColumn) {
		const isRequiredOf = group?.hasZeroRows ? () => true : isRecord;
		assertReadable(groupColumn, isRequiredOf, "grouped by this field. Select another value in 'Group By'.");
	}
	if (comparison) assertReadable(totals.date, isRecord, "compared. Set 'Compare With' to 'None'.");
}

/**
 * Lists the weeks, months or quarters of a closed range, or those between the first and the last record.
 * Empty if there are too many.
 */
function listUnits(unit: CalendarUnit, range: DateRange | undefined, startsOfRecords: number[]): number[] {
	const { from, to } = range ?? {};
	const isClosed = from !== undefined && to !== undefined;
	const startsOfRange = isClosed ? [from, to].map((side) => getStartOfUnit(Date.parse(`${side}Z`), unit)) : [];
	const sorted = [...startsOfRange, ...startsOfRecords].sort((a, b) => a - b);
	const end = sorted.at(-1) ?? -Infinity;
	const starts: number[] = [];
	let start = sorted[0] ?? 0;
	while (start <= end && starts.length <= MAX_ADDED_UNITS) {
		starts.push(start);
		start = getStartOfNextUnit(start, unit);
	}
	return starts.length > MAX_ADDED_UNITS ? [] : starts;
}

/** Adds the group of all records, or those of the weeks, months or quarters without records. */
function addEmptyGroups(groups: TotalsGroups, { group, unit, range }: TotalsFormat['output']): void {
	if (group) return;
	const currencies = new Set(groups.list().map(({ currency }) => currency));
	if (currencies.size === 0) currencies.add('');
	const startsOfRecords = groups.list().flatMap(({ unitStart }) => unitStart ?? []);
	const starts = unit ? listUnits(unit, range, startsOfRecords) : [undefined];
	for (const unitStart of starts) for (const currency of currencies) groups.getUnitGroup(unitStart, currency);
}

/** Compares two numbers. A missing one is last. */
function compareNumbers(a = Infinity, b = Infinity): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

/** Creates the function that compares two names in the order of the Thai dictionary. An empty one is last. */
function createNameComparison(): (a: unknown, b: unknown) => number {
	// Created here, because Intl.Collator would add milliseconds to every start of n8n.
	const collator = new Intl.Collator('th', { numeric: true });
	return (a, b) => {
		const [first, second] = [toText(a), toText(b)];
		if (first === '' || second === '') return Number(first === '') - Number(second === '');
		return collator.compare(first, second);
	};
}

/**
 * Sorts groups: dates first to last, with a comparison the largest decrease first, customers with their last record by the
 * longest time since then, and all others with the highest count first. Equal ones are sorted by name.
 */
function sortGroups(groups: TotalsGroups, formatter: TotalsFormatter, { unit, comparison }: TotalsFormat['output']) {
	const getOrder = ({ unitStart, last, current, previous }: GroupTotals): number | undefined => {
		if (unit) return unitStart;
		if (comparison) return current.count - previous.count;
		return groups.showsLatest ? (last?.instantMs ?? -Infinity) : -current.count;
	};
	const getName = (group: GroupTotals): unknown => Object.values(formatter.getGroupColumns(group))[0];
	const entries = groups.list().map((group) => ({ group, order: getOrder(group), name: getName(group) }));
	const compareNames = createNameComparison();
	entries.sort((a, b) => compareNumbers(a.order, b.order) || compareNames(a.name, b.name));
	return entries.map(({ group }) => group);
}

/** Builds the hints about records that the totals do not contain completely. */
function describeGaps(groups: TotalsGroups, { entity, output }: TotalsFormat): string[] {
	const { totals, group, comparison } = output;
	const subject = capitalize(entity.pluralName);
	const getName = (key: string) => `'${entity.columns[key]?.displayName}'`;
	const hints: string[] = [];
	if (groups.unassigned > 0)
		hints.push(
			`${subject} whose ${getName(totals.date)} is in neither of the two periods: ${groups.unassigned}. They are not counted.`,
		);
	if (group?.latest && !groups.showsLatest && !comparison)
		hints.push(
			`The last ${group.latest.recordName} may be outside the date range. To include it and the days since then, select 'All Dates' in 'Date Range'.`,
		);
	for (const [index, key] of totals.sums.entries()) {
		const empty = groups.emptySums[index] ?? 0;
		if (empty === 0) continue;
		const text = groups.hasAmounts(index)
			? `${subject} without a value for ${getName(key)}: ${empty} of ${groups.records}. They count as 0 in this sum.`
			: `GoFive returned no value for ${getName(key)}, so its sum is empty.`;
		hints.push(text);
	}
	return hints;
}

/**
 * Computes the totals of rows.
 * @throws GoFiveError if no record has the column of the group
 */
export function computeTotals(rows: Row[], format: TotalsFormat): TotalsResult {
	const groups = new TotalsGroups(format);
	assertColumns(rows, groups, format);
	for (const row of rows) groups.addRow(row);
	addEmptyGroups(groups, format.output);
	const formatter = new TotalsFormatter(format, groups);
	const items = sortGroups(groups, formatter, format.output).map((group) => formatter.toItem(group));
	return { items, hints: describeGaps(groups, format), records: groups.records };
}

/** Builds the item for an empty result: 0 for a group without a name. */
export function createEmptyTotals(format: TotalsFormat): IDataObject {
	const groups = new TotalsGroups(format);
	return new TotalsFormatter(format, groups).toItem(groups.getUnitGroup(undefined, ''));
}
