import { roundAmount, toNumber } from '../../shared/numbers';
import { countDaysSince, parseCalendarDate } from '../../time/calendar';
import type { Column, Columns, Entity } from '../entity';
import { selectedOnly } from './defineColumns';

/**
 * Adds columns that only Selected Fields offers, for the lists and Get of an entity. Operations that write and the trigger
 * use the entity without them.
 */
export const addSelectedColumns = (entity: Entity, columns: Columns): Entity => ({
	...entity,
	columns: { ...entity.columns, ...selectedOnly(columns) },
});

/**
 * Creates the column of the calendar days since a date: 0 is today, and a later date is negative. Null without a date.
 * @param key - Key of the column with the date.
 * @param dateName - Display name of this column.
 */
export const daysSince = (key: string, dateName: string): Column => ({
	displayName: `Days Since ${dateName}`,
	type: 'integer',
	compute(read, { now, timeZone }) {
		const instantMs = parseCalendarDate(read(key), timeZone);
		return instantMs === undefined ? null : countDaysSince(instantMs, now, timeZone);
	},
});

/** Creates the column of an amount multiplied by a percentage. Null if one of the two is missing. */
export const percentageOf = (amountKey: string, percentKey: string, displayName: string): Column => ({
	displayName,
	type: 'number',
	compute(read) {
		const [amount, percent] = [toNumber(read(amountKey)), toNumber(read(percentKey))];
		return amount === undefined || percent === undefined ? null : roundAmount((amount * percent) / 100);
	},
});
