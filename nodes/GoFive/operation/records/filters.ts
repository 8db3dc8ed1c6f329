import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import { isBlank, joinNames, toText } from '../../shared/text';
import type { DateRange } from '../../time/range';
import { formatKeys, readColumn } from './records';
import type { Entity } from '../entity';
import type { RecordFilter } from '../operation';

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
		message: `GoFive returned ${pluralName} without '${columns[key]?.displayName}'`,
		description: `The ${pluralName} cannot be ${limits} The first record contains the fields ${formatKeys(firstRecord)}.`,
	});
}

/**
 * Creates the filter of a list by a date range. A record whose date is empty is omitted.
 * @param key - Key of the column with the date.
 * @returns Undefined if the range includes all dates.
 */
export function filterByDate({ from, to, includes }: DateRange, entity: Entity, key: string): RecordFilter | undefined {
	if (from === undefined && to === undefined) return undefined;
	return (records) => {
		assertColumn(records, entity, key, "limited to a date range. Select 'All Dates' in 'Date Range'.");
		return records.filter((record) => {
			const date = readColumn(record, key, entity);
			return !isBlank(date) && includes(date);
		});
	};
}

/** Joins filters to one. Undefined if there is none. */
export function joinFilters(...filters: Array<RecordFilter | undefined>): RecordFilter | undefined {
	const used = filters.filter((filter) => filter !== undefined);
	if (used.length === 0) return undefined;
	return (records, addFilterHint) => used.reduce((kept, filter) => filter(kept, addFilterHint), records);
}

/**
 * Creates the filter of a list by the texts or codes in a column. Case does not matter.
 * @param filterName - Display name of the filter, for the message if no record has the column.
 */
export function filterByText(
	accepted: Array<string | number> | null | undefined,
	entity: Entity,
	key: string,
	filterName: string,
): RecordFilter | undefined {
	if (!accepted || accepted.length === 0) return undefined;
	const texts = new Set(accepted.map((value) => toText(value).toLowerCase()));
	return (records) => {
		assertColumn(records, entity, key, `limited by '${filterName}'. Remove this filter.`);
		return records.filter((record) => texts.has(toText(readColumn(record, key, entity)).toLowerCase()));
	};
}

/**
 * Creates the filter of a list by names that the user enters. Case does not matter. A name that no record has may be
 * misspelled, so it adds a hint.
 * @param filterName - Display name of the filter, for the hint, and for the message if no record has the column.
 */
export function filterByName(
	names: string[] | null | undefined,
	entity: Entity,
	key: string,
	filterName: string,
): RecordFilter | undefined {
	const filter = filterByText(names, entity, key, filterName);
	if (!names || !filter) return undefined;
	return (records, addFilterHint) => {
		const kept = filter(records);
		const texts = records.map((record) => toText(readColumn(record, key, entity))).filter((text) => text !== '');
		const textsByLowerCase = new Map(texts.map((text) => [text.toLowerCase(), text]));
		const unknown = names.filter((name) => !textsByLowerCase.has(name.toLowerCase()));
		if (unknown.length > 0 && texts.length > 0) {
			const { pluralName, columns } = entity;
			const found = `None of the ${pluralName} that GoFive returned has ${joinNames(unknown)} in '${columns[key]?.displayName}'.`;
			addFilterHint?.(
				`${found} The values there are ${joinNames([...textsByLowerCase.values()])}. Check '${filterName}' in 'Filters'.`,
			);
		}
		return kept;
	};
}
