import type { IDataObject } from 'n8n-workflow';
import { toNumber } from '../../shared/numbers';
import { isBlank, toText } from '../../shared/text';
import { getStartOfUnit, parseCalendarDate } from '../../time/calendar';
import { toWallTime } from '../../time/zone';
import type { Entity } from '../entity';
import type { TotalsOutput } from '../totals';
import { createColumnReader, showsLatest, type ColumnContext, type Row } from './columns';
import { getRecordId, readColumn } from './records';

/** What totals need in addition to the rows. */
export interface TotalsFormat extends ColumnContext {
	entity: Entity;
	output: TotalsOutput;
	/** What the totals do not contain, for the end of their title. Empty if they are complete. */
	gaps: string;
}

/** Counts and sums of a period. */
export interface PeriodTotals {
	count: number;
	/** Sums in the order of the declaration. */
	sums: number[];
	customers: Set<string>;
}

/** A row and its date. */
interface DatedRow {
	row: Row;
	instantMs: number;
}

/** Counts and sums of a group. */
export interface GroupTotals {
	/** Row with the columns of the group. Undefined for a group of all records, and of a week, month or quarter. */
	firstRow?: Row;
	/** First day of the week, month or quarter. Undefined for records without a readable date. */
	unitStart?: number;
	currency: string;
	current: PeriodTotals;
	previous: PeriodTotals;
	/** Last record up to now, and the next one. */
	last?: DatedRow;
	next?: DatedRow;
}

/** What distinguishes a group from the others. */
type GroupIdentity = Pick<GroupTotals, 'firstRow' | 'unitStart' | 'currency'>;

/** Groups of rows. */
export class TotalsGroups {
	/** Number of counted records. */
	records = 0;
	/** Number of records that belong to neither of the two periods. */
	unassigned = 0;
	/** Number of counted records without an amount, in the order of the sums. */
	readonly emptySums: number[];
	readonly showsLatest: boolean;
	/** Returns the value of a column. */
	readonly read: (row: Row, key: string) => unknown;
	/** Whether a record has a currency. */
	hasCurrency = false;
	private readonly groups = new Map<string, GroupTotals>();
	private readonly needsDates: boolean;
	/** Whether the rows contain customers without records. */
	private readonly hasEmptyRows: boolean;

	constructor(private readonly format: TotalsFormat) {
		const { output, entity, now } = format;
		this.read = createColumnReader(entity, format);
		this.showsLatest = showsLatest(output, now);
		this.needsDates = this.showsLatest || output.unit !== undefined || output.comparison !== undefined;
		this.hasEmptyRows = Object.values(output.totals.groups).some(({ hasZeroRows }) => hasZeroRows);
		this.emptySums = output.totals.sums.map(() => 0);
	}

	list(): GroupTotals[] {
		return [...this.groups.values()];
	}

	/** Whether a record has the amount of a sum. Without records, all sums are 0. */
	hasAmounts(index: number): boolean {
		return this.records === 0 || (this.emptySums[index] ?? 0) < this.records;
	}

	/** Returns the group of a week, month or quarter, or that of all records. */
	getUnitGroup(unitStart: number | undefined, currency: string): GroupTotals {
		return this.getGroup(String(unitStart), { unitStart, currency });
	}

	/** Adds a row: a record, or a customer without records. */
	addRow(row: Row): void {
		if (!this.isRecord(row.record)) return this.addEmptyRow(row);
		const instantMs = this.needsDates ? this.parseDate(row) : undefined;
		const period = this.findPeriod(instantMs);
		if (!period) {
			if (!this.isBetweenPeriods(instantMs)) this.unassigned += 1;
			return this.addEmptyRow(row);
		}
		const group = this.findGroup(row, instantMs);
		this.count(row, group[period]);
		if (this.showsLatest && instantMs !== undefined) this.addDate(group, { row, instantMs });
	}

	/** Whether a row is a record. A customer without records is a row with neither an ID nor a date. */
	isRecord(record: IDataObject): boolean {
		if (!this.hasEmptyRows) return true;
		const { entity, output } = this.format;
		return !isBlank(readColumn(record, output.totals.date, entity)) || getRecordId(record, entity) !== undefined;
	}

	/** Adds the group of a row that counts as 0. */
	private addEmptyRow(row: Row): void {
		if (this.format.output.group?.hasZeroRows) this.findGroup(row, undefined);
	}

	private createPeriodTotals(): PeriodTotals {
		return { count: 0, sums: this.format.output.totals.sums.map(() => 0), customers: new Set() };
	}

	private parseDate({ record }: Row): number | undefined {
		const { entity, output, timeZone } = this.format;
		return parseCalendarDate(readColumn(record, output.totals.date, entity), timeZone);
	}

	/** Returns the period of a record. Undefined in a comparison for a record that is in neither period. */
	private findPeriod(instantMs: number | undefined): 'current' | 'previous' | undefined {
		const { comparison } = this.format.output;
		if (!comparison) return 'current';
		if (instantMs === undefined) return undefined;
		if (comparison.current.contains(instantMs)) return 'current';
		return comparison.previous.contains(instantMs) ? 'previous' : undefined;
	}

	private isBetweenPeriods(instantMs: number | undefined): boolean {
		const { comparison } = this.format.output;
		return comparison !== undefined && instantMs !== undefined && comparison.between.contains(instantMs);
	}

	private findGroup(row: Row, instantMs: number | undefined): GroupTotals {
		const { output, timeZone } = this.format;
		const { group, unit } = output;
		const currency = this.readCurrency(row);
		this.hasCurrency ||= currency !== '';
		if (group) return this.getGroup(toText(this.read(row, group.column)), { firstRow: row, currency });
		const isDated = unit !== undefined && instantMs !== undefined;
		return this.getUnitGroup(isDated ? getStartOfUnit(toWallTime(instantMs, timeZone), unit) : undefined, currency);
	}

	/** Returns the group with an identity, which is added if it is missing. */
	private getGroup(key: string, identity: GroupIdentity): GroupTotals {
		const fullKey = `${identity.currency} ${key}`;
		const existing = this.groups.get(fullKey);
		if (existing) return existing;
		const group = { ...identity, current: this.createPeriodTotals(), previous: this.createPeriodTotals() };
		this.groups.set(fullKey, group);
		return group;
	}

	private readCurrency({ record }: Row): string {
		const { output, entity } = this.format;
		const { currency } = output.totals;
		return currency === undefined ? '' : toText(readColumn(record, currency, entity));
	}

	private count(row: Row, period: PeriodTotals): void {
		const { totals, group } = this.format.output;
		this.records += 1;
		period.count += 1;
		if (group?.countsCustomers && totals.customer) period.customers.add(toText(this.read(row, totals.customer)));
		for (const [index, key] of totals.sums.entries()) {
			const amount = toNumber(this.read(row, key));
			if (amount === undefined) this.emptySums[index] = (this.emptySums[index] ?? 0) + 1;
			else period.sums[index] = (period.sums[index] ?? 0) + amount;
		}
	}

	private addDate(group: GroupTotals, dated: DatedRow): void {
		const isPast = dated.instantMs <= this.format.now;
		if (isPast && (!group.last || this.isLater(dated, group.last))) group.last = dated;
		if (!isPast && (!group.next || this.isLater(group.next, dated))) group.next = dated;
	}

	/** Whether a row is later. Of two rows at the same time, the row with the higher ID is later. */
	private isLater(a: DatedRow, b: DatedRow): boolean {
		if (a.instantMs !== b.instantMs) return a.instantMs > b.instantMs;
		const [idA = 0, idB = 0] = [a, b].map(({ row }) => toNumber(getRecordId(row.record, this.format.entity)));
		return idA > idB;
	}
}
