import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors';
import { isBlank } from '../shared/text';
import type { DateRange } from '../time/range';
import { formatKeys, readRawValue } from './records';
import type { Column, Entity } from './types';

/** Builds the error about a list without the date. Otherwise, an empty result would look as if no record matched. */
function missingDateError(records: IDataObject[], { pluralName }: Entity, { displayName }: Column): GoFiveError {
	const keys = formatKeys(records[0] as IDataObject);
	return new GoFiveError({
		kind: 'unclear',
		message: `GoFive's list of ${pluralName} does not contain the ${displayName}`,
		description: `The ${pluralName} cannot be limited to a date range. Select 'All Dates' in 'Date Range'. The first record contains the keys ${keys}.`,
	});
}

/**
 * Creates the filter of a list by a date range. A record whose date is empty is omitted.
 * @param key - Key of the column with the date.
 * @returns Undefined if the range includes all dates.
 */
export function filterByDate(
	{ from, to, includes }: DateRange,
	entity: Entity,
	key: string,
): ((records: IDataObject[]) => IDataObject[]) | undefined {
	if (from === undefined && to === undefined) return undefined;
	const column = entity.columns[key] as Column;
	const readDate = (record: IDataObject) => readRawValue(record, key, column);
	return (records) => {
		const hasDates = records.some((record) => readDate(record) !== undefined);
		if (records.length > 0 && !hasDates) throw missingDateError(records, entity, column);
		return records.filter((record) => {
			const date = readDate(record);
			return !isBlank(date) && includes(date);
		});
	};
}
