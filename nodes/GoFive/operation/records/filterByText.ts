import type { IDataObject } from 'n8n-workflow';
import { toText } from '../../shared/text';
import type { Entity } from '../entity';
import { assertColumn } from './filterByDate';
import { readColumn } from './records';

/** Filter of the records of a list. */
type RecordFilter = (records: IDataObject[]) => IDataObject[];

/** Joins filters to one. Undefined if there is none. */
export function joinFilters(...filters: Array<RecordFilter | undefined>): RecordFilter | undefined {
	const used = filters.filter((filter) => filter !== undefined);
	if (used.length === 0) return undefined;
	return (records) => used.reduce((kept, filter) => filter(kept), records);
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
