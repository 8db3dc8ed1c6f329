import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors';
import { isBlank } from '../shared/text';
import type { DateRange } from '../time/range';
import { formatKeys, readColumn } from './records';
import type { Entity } from './types';

/**
 * Checks that a filter can read its column. Otherwise, an empty or a complete list would look as if the filter was applied.
 *
 * @param limits - End of the sentence about what is not possible, and how to continue.
 * @throws GoFiveError if there are records, and none has the column
 */
export function assertColumn(records: IDataObject[], entity: Entity, key: string, limits: string): void {
	const [firstRecord] = records;
	if (!firstRecord || records.some((record) => readColumn(record, key, entity) !== undefined)) return;
	const { pluralName, columns } = entity;
	throw new GoFiveError({
		kind: 'unclear',
		message: `GoFive's list of ${pluralName} does not contain the ${columns[key]?.displayName}`,
		description: `The ${pluralName} cannot be ${limits} The first record contains the keys ${formatKeys(firstRecord)}.`,
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
	return (records) => {
		assertColumn(records, entity, key, "limited to a date range. Select 'All Dates' in 'Date Range'.");
		return records.filter((record) => {
			const date = readColumn(record, key, entity);
			return !isBlank(date) && includes(date);
		});
	};
}
