import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors';
import { isBlank } from '../shared/text';
import type { DateRange } from '../time/range';
import { formatKeys, readRawValue } from './records';
import type { Column, Entity } from './types';

/** Builds the error about a list whose records have no such date. Without it, all records would be omitted. */
function missingDateError(records: IDataObject[], { pluralName }: Entity, { displayName }: Column): GoFiveError {
	const keys = formatKeys(records[0] as IDataObject);
	return new GoFiveError({
		message: `GoFive's list of ${pluralName} does not contain the ${displayName}`,
		description: `The ${pluralName} cannot be limited to a date range. Select 'All Dates' in 'Date Range'. The first record contains the fields ${keys}.`,
	});
}

/**
 * Creates the filter of a list by a date range. Records without the date are omitted.
 * @param key - Key of the column with the date.
 * @returns Undefined if the range includes all dates.
 */
export function filterByDate({ from, to, includes }: DateRange, entity: Entity, key: string) {
	if (from === undefined && to === undefined) return undefined;
	const column = entity.columns[key] as Column;
	return (records: IDataObject[]): IDataObject[] => {
		const hasDate = (record: IDataObject) => readRawValue(record, key, column) !== undefined;
		if (records.length > 0 && !records.some(hasDate)) throw missingDateError(records, entity, column);
		return records.filter((record) => {
			const value = readRawValue(record, key, column);
			return !isBlank(value) && includes(value);
		});
	};
}
