import type { IDataObject } from 'n8n-workflow';
import { roundAmount } from '../../shared/numbers';
import { capitalize } from '../../shared/text';
import { countDaysSince, formatUnit } from '../../time/calendar';
import { formatPeriod } from '../../time/periodTitle';
import { getLatestNames, listGroupColumns } from './columns';
import type { GroupTotals, PeriodTotals, TotalsFormat, TotalsGroups } from './totalsGroups';

/** Number of characters of the longest bar, which fits into a column of an email on a phone. */
const BAR_LENGTH = 12;
const BLOCK = '█';

/** Turns groups into items. */
export class TotalsFormatter {
	private readonly titles: IDataObject;
	/** Largest value of the bars by currency. */
	private readonly maxima = new Map<string, number>();

	constructor(
		private readonly format: TotalsFormat,
		private readonly groups: TotalsGroups,
	) {
		const { output, gaps } = format;
		const { comparison, range = {} } = output;
		this.titles = {
			period: formatPeriod(comparison?.current ?? range) + gaps,
			...(comparison && { previousPeriod: formatPeriod(comparison.previous) }),
		};
		for (const group of groups.list()) {
			const maximum = this.maxima.get(group.currency) ?? 0;
			this.maxima.set(group.currency, Math.max(maximum, this.getBarValue(group)));
		}
	}

	/** Returns the item of a group. Its columns are in the order of a report. */
	toItem(group: GroupTotals): IDataObject {
		const { inputFields, output } = this.format;
		const { current, previous } = group;
		const item = { ...inputFields, ...this.getGroupColumns(group) };
		this.addNumber(item, 'count', current.count, previous.count);
		if (output.group?.countsCustomers) item.customerCount = current.customers.size;
		for (const [index, key] of output.totals.sums.entries())
			this.addNumber(item, key, this.getSum(current, index), this.getSum(previous, index));
		return { ...item, ...this.getLatest(group), bar: this.buildBar(group), ...this.titles };
	}

	/** Returns the columns by which a group is recognized. An unknown name is the ID. */
	getGroupColumns({ firstRow, unitStart, currency }: GroupTotals): IDataObject {
		const { output, entity } = this.format;
		const { group, unit, totals } = output;
		const columns: IDataObject = {};
		if (unit) columns[unit] = unitStart === undefined ? null : formatUnit(unitStart, unit);
		const readText = (key: string) => ((firstRow && this.groups.read(firstRow, key)) ?? null) as string | null;
		for (const key of listGroupColumns(output, entity)) columns[key] = readText(key);
		const [nameColumn = ''] = group?.shownColumns ?? [];
		if (group && nameColumn && !group.shownColumns?.includes(group.column))
			columns[nameColumn] ??= readText(group.column);
		if (totals.currency && this.groups.hasCurrency) columns[totals.currency] = currency || null;
		return columns;
	}

	/** Adds a number and, with a comparison, the one of the previous period, and the change. */
	private addNumber(item: IDataObject, key: string, current: number | null, previous: number | null): void {
		const isCompared = this.format.output.comparison !== undefined;
		if (isCompared) item[`previous${capitalize(key)}`] = previous;
		item[key] = current;
		if (!isCompared) return;
		const suffix = key === 'count' ? '' : capitalize(key);
		const isKnown = current !== null && previous !== null;
		const change = isKnown ? roundAmount(current - previous) : null;
		item[`change${suffix}`] = change;
		item[`changePercent${suffix}`] = change === null ? null : getPercent(change, previous ?? 0);
	}

	/** Returns a sum, and null if no record has the amount. */
	private getSum({ sums }: PeriodTotals, index: number): number | null {
		return this.groups.hasAmounts(index) ? roundAmount(sums[index] ?? 0) : null;
	}

	private getLatest({ last, next }: GroupTotals): IDataObject {
		const { now, timeZone, output } = this.format;
		const { latest } = output.group ?? {};
		if (!latest || !this.groups.showsLatest) return {};
		const names = getLatestNames(latest);
		const columns: IDataObject = {};
		for (const [key, name] of Object.entries(names.columns))
			columns[name] = ((last && this.groups.read(last.row, key)) ?? null) as string | null;
		columns[names.days] = last ? countDaysSince(last.instantMs, now, timeZone) : null;
		columns[names.next] = ((next && this.groups.read(next.row, output.totals.date)) ?? null) as string | null;
		return columns;
	}

	/** Returns the value that the bar of a group shows: the first sum, or the count if there is no sum. */
	private getBarValue({ current }: GroupTotals): number {
		const index = this.format.output.totals.sums.findIndex((_, position) => this.groups.hasAmounts(position));
		return index < 0 ? current.count : (current.sums[index] ?? 0);
	}

	private buildBar(group: GroupTotals): string {
		const value = this.getBarValue(group);
		if (value <= 0) return '';
		const maximum = this.maxima.get(group.currency) ?? value;
		return BLOCK.repeat(Math.max(1, Math.round((BAR_LENGTH * value) / maximum)));
	}
}

/** Returns a change in percent, with one decimal. Null if there was nothing before. */
const getPercent = (change: number, previous: number): number | null =>
	previous === 0 ? null : roundAmount((100 * change) / Math.abs(previous), 1);
