/**
 * From the data of a response to records. Nothing else decides where in the data the records are.
 * Imported by `operation/` and the trigger, and through `index.ts` by Any Endpoint.
 * Start with `readRecords` for a read, and `toSingleRecord` and `getOnlyValue` for a write.
 */
import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import { findRecordLists, LIST_WRAPPER_KEYS, unwrapValue } from '../../api/envelope';
import { messages, UNKNOWN_RESPONSE_ADVICE } from '../../api/messages';
import { isObject, type JsonObject } from '../../shared/json';
import { isBlank, joinNames, toText, truncate } from '../../shared/text';
import { toId } from '../fields/readValue';
import type { Column, Entity } from '../entity';
import type { OperationValues } from '../field';
import type { ReadOperation } from '../operation';

/** Number of known columns that make an object without a key a record. A wrapper of a list may have one of them. */
const MIN_RECORD_COLUMNS = 2;

/** Texts that identify nothing: an empty one, and the defaults of .NET for an ID. */
const EMPTY_IDS = ['', '0', '00000000-0000-0000-0000-000000000000'];

/** Length of the listed keys of an object in a message. */
const MAX_LISTED_CHARACTERS = 300;

/** Returns the value at a path with dots between its keys. Undefined if a part of the path is missing. */
export function getValueAtPath(record: JsonObject, path: string): unknown {
	return path.split('.').reduce<unknown>((parent, key) => (isObject(parent) ? parent[key] : undefined), record);
}

/** Returns GoFive's own value of a column. */
export function readRawValue(record: IDataObject, key: string, { paths }: Column): unknown {
	// Most columns have no paths, and splitting a path for each of 100,000 records takes noticeable time.
	// A user may enter any name as a column of Any Endpoint, also that of an inherited property.
	if (!paths) return Object.hasOwn(record, key) ? record[key] : undefined;
	const values = paths.map((path) => getValueAtPath(record, path));
	return values.find((value) => !isBlank(value)) ?? values.find((value) => value !== undefined);
}

/** Returns the column with a key. A key without a column is one that a user enters, or the key of a list entry. */
const findColumn = (key: string, entity: Pick<Entity, 'columns' | 'internalColumns'> | undefined): Column =>
	entity?.columns[key] ?? entity?.internalColumns?.[key] ?? { displayName: key };

/** Returns the name of the column with a key. */
export const getDisplayName = (key: string, entity: Entity): string => findColumn(key, entity).displayName;

/** Returns GoFive's own value of the column with a key. */
export const readColumn = (record: IDataObject, key: string, entity: Entity | undefined): unknown =>
	readRawValue(record, key, findColumn(key, entity));

/** Returns the text of an ID. Empty for a value that identifies nothing, for example a number that JSON has rounded. */
export function toIdText(value: unknown): string {
	if (typeof value === 'number') return toText(toId(value));
	const text = toText(value);
	return EMPTY_IDS.includes(text) ? '' : text;
}

/** Returns the keys of the columns of which the first filled one identifies a record. */
export const getIdColumns = (entity: Entity | undefined): string[] => entity?.idColumns ?? entity?.keyColumns ?? [];

/** Finds the first of the columns that contains an ID. */
function findId(record: IDataObject, columns: string[], entity: Entity | undefined) {
	for (const column of columns) {
		const id = toIdText(readColumn(record, column, entity));
		if (id !== '') return { column, id };
	}
	return undefined;
}

/** Returns the ID of a record: the text of the first ID column that is filled. Undefined for a record without one. */
export const getRecordId = (record: IDataObject, entity: Entity | undefined): string | undefined =>
	findId(record, getIdColumns(entity), entity)?.id;

/**
 * Returns a text that differs for all records of a response. An ID of another column than that of the other records follows
 * a blank and the name of its column, because the number of a record may be the ID of another one. No ID begins with a blank.
 * @param idColumn - Column that identifies the other records. Defaults to the first ID column.
 */
export function getRecordKey(
	record: IDataObject,
	entity: Entity | undefined,
	idColumn = getIdColumns(entity)[0] ?? '',
): string | undefined {
	const otherColumns = getIdColumns(entity).filter((column) => column !== idColumn);
	const found = findId(record, [idColumn, ...otherColumns], entity);
	return found && found.column !== idColumn ? ` ${found.column} ${found.id}` : found?.id;
}

/** Whether GoFive's record has a column, also if its value is null. */
function hasColumn(record: JsonObject, key: string, { columns }: Entity): boolean {
	const { countPaths, paths = countPaths } = columns[key] as Column;
	return paths ? paths.some((path) => getValueAtPath(record, path) !== undefined) : Object.hasOwn(record, key);
}

/** Returns the keys of the columns that no record has. Looked up names and computed values are in no record. */
export const listMissingColumns = (records: IDataObject[], entity: Entity): string[] =>
	Object.entries(entity.columns)
		.filter(([, { lookup, compute }]) => !lookup && !compute)
		.filter(([key]) => !records.some((record) => hasColumn(record, key, entity)))
		.map(([key]) => key);

/** Returns the keys of records that no column reads. A value in place of a record is in the key `value`. */
export function listOtherKeys(records: IDataObject[], entity: Entity | undefined): string[] {
	const { columns = {}, internalColumns = {}, lines } = entity ?? {};
	const columnPaths = Object.entries({ ...columns, ...internalColumns }).flatMap(
		([key, { countPaths, paths = countPaths }]) => paths ?? [key],
	);
	const knownKeys = ['value', ...columnPaths, ...(lines?.paths ?? [])].map((path) => path.split('.')[0]);
	const keys = new Set(records.flatMap((record) => Object.keys(record)));
	return [...keys].filter((key) => !knownKeys.includes(key));
}

const hasKey = (record: JsonObject, entity: Entity): boolean =>
	(entity.keyColumns ?? []).some((key) => hasColumn(record, key, entity));

const hasAnyColumn = (record: JsonObject, entity: Entity, keys = Object.keys(entity.columns)): boolean =>
	keys.some((key) => hasColumn(record, key, entity));

const countColumns = (record: JsonObject, entity: Entity): number =>
	Object.keys(entity.columns).filter((key) => hasColumn(record, key, entity)).length;

/** Lists the keys of an object for a message. */
export const formatKeys = (record: object): string => truncate(joinNames(Object.keys(record)), MAX_LISTED_CHARACTERS);

/** Converts a list to records without empty ones. A value that is not an object becomes the column `value`. */
export function toRecords(list: unknown[]): IDataObject[] {
	const records = list.map((value) => (isObject(value) ? value : { value }) as IDataObject);
	return records.filter((record) => Object.keys(record).length > 0);
}

/**
 * Opens the `{value}` of older pages. With known columns also next to any other key, unless the object has a column: then
 * it is the record itself. The keys of a page are no sign of a record, although expenses have a column `total`.
 */
function openValue(data: unknown, entity: Entity | undefined): unknown {
	const content = unwrapValue(data);
	if (content !== data || !entity || !isObject(data)) return content;
	if (typeof data.value !== 'object' || data.value === null) return data;
	const columnKeys = Object.keys(entity.columns).filter((key) => !LIST_WRAPPER_KEYS.includes(key));
	return hasAnyColumn(data, entity, columnKeys) ? data : data.value;
}

/** Whether an object has no keys, or lists of which all are empty. */
function hasOnlyEmptyLists(data: JsonObject): boolean {
	const values = Object.values(data);
	const lists = values.filter(Array.isArray);
	return values.length === 0 || (lists.length > 0 && lists.every(({ length }) => length === 0));
}

/** Whether an object without the key of its records has exactly one list, which is empty and no column of a record. */
function wrapsEmptyList(data: JsonObject, entity: Entity): boolean {
	if (!entity.keyColumns) return false;
	const [list, ...otherLists] = Object.keys(data).filter((key) => Array.isArray(data[key]));
	if (list === undefined || otherLists.length > 0 || (data[list] as unknown[]).length > 0) return false;
	return listOtherKeys([data as IDataObject], entity).includes(list);
}

/** Whether an object without the key of its entity is a record: it has two known columns, and wraps no empty list. */
const isRecordWithoutKey = (data: JsonObject, entity: Entity): boolean =>
	countColumns(data, entity) >= MIN_RECORD_COLUMNS && !wrapsEmptyList(data, entity);

/** Whether an object is a group of records: it has their list, and no ID. */
const isGroup = (data: IDataObject, entity: Entity): boolean =>
	entity.groups !== undefined &&
	readColumn(data, entity.groups.listColumn, entity) !== undefined &&
	getRecordId(data, entity) === undefined;

/** Returns the records of a group, with the columns that they take over. An empty group has none. */
function openGroup(group: IDataObject, entity: Entity): IDataObject[] {
	const { listColumn = '', sharedColumns = [] } = entity.groups ?? {};
	const list = [readColumn(group, listColumn, entity) ?? []].flat();
	return toRecords(list).map((record) => {
		const missing = sharedColumns.filter((key) => isBlank(readColumn(record, key, entity)));
		const shared = missing.map((key) => [key, readColumn(group, key, entity)]);
		return { ...record, ...(Object.fromEntries(shared) as IDataObject) };
	});
}

/** Converts a list to records. Groups are replaced by their records. */
function toUngroupedRecords(list: unknown[], entity: Entity | undefined): IDataObject[] {
	const records = toRecords(list);
	if (!entity?.groups) return records;
	return records.flatMap((record) => (isGroup(record, entity) ? openGroup(record, entity) : [record]));
}

/** Finds the list in an object. See `toRecordList`. */
function findList(data: JsonObject, entity?: Entity): unknown[] | undefined {
	const lists = findRecordLists(data);
	const onlyList = lists.length === 1 ? lists[0] : undefined;
	if (entity && (hasKey(data, entity) || isGroup(data as IDataObject, entity))) return [data];
	if (entity && onlyList?.some((record) => hasKey(record, entity))) return onlyList;
	if (entity && isRecordWithoutKey(data, entity)) return [data];
	if (onlyList) return onlyList;
	if (hasOnlyEmptyLists(data)) return [];
	return entity ? undefined : [data];
}

/** Builds the error about a response without a list. Its description contains the keys of the object. */
function createListNotFoundError(data: unknown, pluralName: string): GoFiveError {
	const content = isObject(data) ? ` Fields in the response: ${formatKeys(data)}.` : '';
	const description = `The list of ${pluralName} was not found.${content} ${UNKNOWN_RESPONSE_ADVICE} To read the list, use Any Endpoint with 'Records Path'.`;
	return new GoFiveError({ ...messages.unexpectedFormat, description });
}

/**
 * Extracts a list of records from GoFive's data. The first rule that applies to an object decides:
 *
 * 1. With the key of the entity it is a record, and with the list of a group it is a group.
 * 2. If it has exactly one list of objects, and one of these has the key, it wraps that list.
 * 3. With two known columns it is a record, unless its records have a key and its only list is empty and no column.
 * 4. If it has exactly one list of objects, it wraps that list.
 * 5. If it has only empty lists, there are no records.
 *
 * Without an entity, any other object is a record, and a list may contain values of any type.
 * @throws GoFiveError if there is no list. Its description contains the keys of the object.
 */
export function toRecordList(data: unknown, entity?: Entity): IDataObject[] {
	const content = openValue(data, entity) ?? [];
	const list = isObject(content) ? findList(content, entity) : content;
	if (Array.isArray(list) && (!entity || list.every(isObject))) return toUngroupedRecords(list, entity);
	throw createListNotFoundError(content, entity?.pluralName ?? 'records');
}

/**
 * Extracts the record of a read by ID, or the records of a write.
 * @throws GoFiveError if the columns are known and the data contains anything but objects
 */
export function toSingleRecord(data: unknown, entity?: Entity): IDataObject[] {
	const list = [openValue(data, entity) ?? []].flat() as unknown[];
	if (entity && !list.every(isObject)) throw new GoFiveError(messages.unexpectedFormat);
	return toUngroupedRecords(list, entity);
}

/**
 * Extracts the records from the data of a read.
 * @throws GoFiveError if the data has an unknown format
 */
export function readRecords(
	{ entity, isList, receive }: Pick<ReadOperation, 'entity' | 'receive'> & { isList?: boolean },
	data: unknown,
	values: OperationValues,
): IDataObject[] {
	if (receive) return receive(data, values);
	return isList ? toRecordList(data, entity) : toSingleRecord(data, entity);
}

/** Returns the only text, number or flag in the data of a write, alone or in a list. Null without data. */
export function getOnlyValue(data: unknown, entity?: Entity): unknown {
	const [value = null, ...others] = [openValue(data, entity) ?? []].flat() as unknown[];
	return others.length === 0 && !isObject(value) ? value : undefined;
}

/**
 * Reads the key of a record that GoFive returned in place of the record. A code contains a digit and no blank. A status
 * text such as "Success" contains no digit.
 */
function toKey(value: unknown, type: Column['type']): string | number | undefined {
	if (type === 'integer') return toId(value);
	const text = toIdText(value);
	return /\d/.test(text) && !/\s/.test(text) ? text : undefined;
}

/**
 * Builds the record of a write if GoFive returned no object. It is empty unless GoFive returned the record's key, which
 * was not sent.
 * @param sent - Values with which the record is completed.
 */
export function toKeyRecord(value: unknown, entity: Entity, sent: IDataObject): IDataObject {
	const [keyColumn = ''] = entity.keyColumns ?? [];
	const column = entity.columns[keyColumn];
	if (!column || hasColumn(sent, keyColumn, entity)) return {};
	const key = toKey(value, column.type);
	return key === undefined ? {} : { [column.paths?.[0] ?? keyColumn]: key };
}

/** Describes a record without any known column. Undefined if all records have one, or no keys at all. */
export function describeUnknownRecord(records: IDataObject[], entity: Entity): string | undefined {
	const unknownRecord = records.find((record) => Object.keys(record).length > 0 && !hasAnyColumn(record, entity));
	if (!unknownRecord) return undefined;
	return `GoFive returned at least one of the ${entity.pluralName} in an unknown format, so its fields are empty. The record contains the fields ${formatKeys(unknownRecord)}.`;
}
