import type { IDataObject } from 'n8n-workflow';
import { isBlank, toText } from '../../shared/text';
import { toId } from '../fields/readValue';
import { extractList, extractRecord, toRecords } from '../recordList';
import type { Operation, OperationValues } from '../types';
import { getSentValues } from './sentValues';
import type { Task } from './tasks';

/**
 * Whether the request identifies an existing record, by its path or by a row of a list. GoFive may then return the ID of
 * something else. If the key is in the body itself, the write may create a record, and the returned ID is that record's
 * key.
 */
function identifiesExistingRecord({ fields }: Operation, keyParameter: string | undefined, task: Task): boolean {
	if (keyParameter === undefined || getSentValues(task, fields)[keyParameter] === undefined) return false;
	const bodyKey = fields[keyParameter]?.bodyKey ?? keyParameter;
	return !(bodyKey in (task.request.body ?? {}));
}

/** Builds a record if a write returns only an ID or a code and a single column is the record's key. */
function buildRecordFromKey(operation: Operation, data: unknown, task: Task): IDataObject[] {
	const { columns = {}, keyColumns = [] } = operation.entity ?? {};
	const [keyColumn = '', ...otherKeyColumns] = keyColumns;
	const column = columns[keyColumn];
	if (!operation.entity) return isBlank(data) ? [] : toRecords([data]);
	if (!column || otherKeyColumns.length > 0 || identifiesExistingRecord(operation, column.fromInput, task)) return [];
	// A code contains a digit and no whitespace. A status text such as "Success" contains no digit.
	const code = typeof data === 'string' && /\d/.test(data) && !/\s/.test(toText(data)) ? toText(data) : undefined;
	const value = column.type === 'integer' ? toId(data) : code;
	return value === undefined ? [] : [{ [keyColumn]: value }];
}

/** Returns the value in a list of one text or number, since a write may return an ID in either form. */
export const unwrapSingleValue = (data: unknown): unknown =>
	Array.isArray(data) && data.length === 1 && typeof data[0] !== 'object' ? (data[0] as unknown) : data;

/**
 * Extracts the records from GoFive's data. If a write returns only an ID or a code, the record contains only its key.
 * If the value cannot be used as the key, for example `true`, the list is empty.
 * @param task - Task of a write.
 * @throws GoFiveError if the data has an unknown format.
 */
export function extractRecords(
	operation: Operation,
	data: unknown,
	values: OperationValues,
	task?: Task,
): IDataObject[] {
	const { effect, entity, fields, idField, receive, includesRecord } = operation;
	if (receive) return receive(data, values);
	if (task && effect === 'write' && typeof data !== 'object') return buildRecordFromKey(operation, data, task);
	// A read of a single record identifies it and has no limit.
	const readsList = effect === 'read' && (fields.limit !== undefined || idField === undefined);
	const records = readsList ? extractList(data, entity) : extractRecord(data, entity);
	return includesRecord ? records.filter((record) => includesRecord(record, values)) : records;
}
