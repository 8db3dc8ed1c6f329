import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../api/errors';
import { messages } from '../api/messages';
import { findRecordLists, PAGE_KEYS } from '../api/envelope';
import { isObject, type JsonObject } from '../shared/json';
import { joinNames, truncate } from '../shared/text';
import type { Column, Entity } from './types';

/** Number of known columns that make an object without a key a record. A wrapper of a list may have one of them. */
const MIN_RECORD_COLUMNS = 2;

/** Length of the listed keys of an object in a message. */
const MAX_LISTED_CHARACTERS = 300;

/** Entity of records whose columns are not known. */
const UNKNOWN_ENTITY: Entity = { pluralName: 'records', columns: {} };

/** Returns the value at a path with dots between its keys. Undefined if a part of the path is missing. */
export function getValueAtPath(record: JsonObject, path: string): unknown {
	return path.split('.').reduce<unknown>((parent, key) => (isObject(parent) ? parent[key] : undefined), record);
}

/** Whether GoFive's record has a column, also if its value is null. */
function hasColumn(record: JsonObject, key: string, { columns }: Entity): boolean {
	const { countPaths, paths = countPaths } = columns[key] as Column;
	return paths ? paths.some((path) => getValueAtPath(record, path) !== undefined) : Object.hasOwn(record, key);
}

const hasKey = (record: JsonObject, entity: Entity): boolean =>
	(entity.keyColumns ?? []).some((key) => hasColumn(record, key, entity));

/** Lists the keys of an object for a message. */
export const formatKeys = (record: object): string => truncate(joinNames(Object.keys(record)), MAX_LISTED_CHARACTERS);

/** Converts a list to records without empty ones. A value that is not an object becomes the column `value`. */
export function toRecords(list: unknown[]): IDataObject[] {
	const records = list.map((value) => (isObject(value) ? value : { value }) as IDataObject);
	return records.filter((record) => Object.keys(record).length > 0);
}

/**
 * Unwraps `{value}`, whatever is next to it. An object with a column of the entity is the record itself. The `total` of a
 * page is no sign of a record, although expenses have a column of this name.
 */
function unwrapValue(data: unknown, entity: Entity): unknown {
	if (entity === UNKNOWN_ENTITY || !isObject(data) || typeof data.value !== 'object') return data;
	const columnKeys = Object.keys(entity.columns).filter((key) => !PAGE_KEYS.includes(key));
	return columnKeys.some((key) => hasColumn(data, key, entity)) ? data : (data.value ?? data);
}

/** Finds the list in an object. See `extractList`. */
function findList(data: JsonObject, entity: Entity): unknown[] | undefined {
	const recordLists = findRecordLists(data);
	const onlyList = recordLists.length === 1 ? recordLists[0] : undefined;
	const knownColumns = Object.keys(entity.columns).filter((key) => hasColumn(data, key, entity));
	if (hasKey(data, entity)) return [data];
	if (onlyList?.some((record) => hasKey(record, entity))) return onlyList;
	if (knownColumns.length >= MIN_RECORD_COLUMNS) return [data];
	if (onlyList) return onlyList;
	const values = Object.values(data);
	const lists = values.filter(Array.isArray);
	if (values.length === 0 || (lists.length > 0 && lists.every(({ length }) => length === 0))) return [];
	return entity === UNKNOWN_ENTITY ? [data] : undefined;
}

/**
 * Extracts a list of records from GoFive's data. The first rule that applies to an object decides:
 *
 * 1. With the key of the entity it is a record.
 * 2. If it has exactly one list of objects, and one of these has the key, it wraps that list.
 * 3. With two known columns it is a record.
 * 4. If it has exactly one list of objects, it wraps that list.
 * 5. If it has only empty lists, there are no records.
 *
 * Without an entity, any other object is a record, and a list may contain values of any type.
 * @throws GoFiveError if there is no list. Its description contains the keys of the object.
 */
export function extractList(data: unknown, entity = UNKNOWN_ENTITY): IDataObject[] {
	const payload = unwrapValue(data, entity) ?? [];
	const list = isObject(payload) ? findList(payload, entity) : payload;
	if (Array.isArray(list) && (entity === UNKNOWN_ENTITY || list.every(isObject))) return toRecords(list);
	const content = isObject(payload) ? ` Keys in the response: ${formatKeys(payload)}.` : '';
	const description = `The list of ${entity.pluralName} was not found.${content} Open an issue in the repository of this package and include this message. To read the list, use Any Endpoint with 'Records Path'.`;
	throw new GoFiveError({ ...messages.unexpectedFormat, description }, { httpCode: '200' });
}

/** Describes a record without any known column. Undefined if all records have one. */
export function describeUnknownRecord(records: IDataObject[], entity: Entity): string | undefined {
	const columnKeys = Object.keys(entity.columns);
	const unknownRecord = records.find((record) => !columnKeys.some((key) => hasColumn(record, key, entity)));
	if (!unknownRecord) return undefined;
	return `GoFive returned at least one of the ${entity.pluralName} in an unknown format, so its columns are empty. The record contains the keys ${formatKeys(unknownRecord)}.`;
}

/** Extracts the record of a write or of a read by ID. */
export function extractRecord(data: unknown, entity = UNKNOWN_ENTITY): IDataObject[] {
	const list = [unwrapValue(data, entity) ?? []].flat();
	if (entity !== UNKNOWN_ENTITY && !list.every(isObject))
		throw new GoFiveError(messages.unexpectedFormat, { httpCode: '200' });
	return toRecords(list);
}
