import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors/goFiveError';
import { toRecords } from '../../api/response/envelope';
import { toText } from '../../shared/text';
import { toId } from '../fields/readValue';
import type { Operation, OperationValues } from '../types';
import { getSentValues } from './sentValues';
import { isWrite, type Task } from './tasks';

/**
 * Whether the request identifies an existing record, by its path or by a row of a list. GoFive may then return the ID of
 * something else. If the key is in the body itself, the write may create a record, and the returned ID is that record's
 * key.
 */
function identifiesExistingRecord({ fields }: Operation, keyParameter: string | undefined, task: Task): boolean {
	if (keyParameter === undefined || task.callOrError instanceof GoFiveError) return false;
	if (getSentValues(task, fields)[keyParameter] === undefined) return false;
	const bodyKey = fields[keyParameter]?.bodyKey ?? keyParameter;
	return !(bodyKey in (task.callOrError.request.body ?? {}));
}

/** Builds a record if a write returns only an ID or a code and a single column is the record's key. */
function buildRecordFromKey(operation: Operation, data: unknown, task: Task): IDataObject[] {
	const { columns = {}, keyColumns = [] } = operation.entity ?? {};
	const [keyColumn = '', ...otherKeyColumns] = keyColumns;
	const column = columns[keyColumn];
	if (!column || otherKeyColumns.length > 0 || identifiesExistingRecord(operation, column.fromInput, task)) return [];
	// A code contains a digit and no whitespace. A status text such as "Success" contains no digit.
	const code = typeof data === 'string' && /^\S*\d\S*$/.test(toText(data)) ? toText(data) : undefined;
	const value = column.type === 'integer' ? toId(data) : code;
	return value === undefined ? [] : [{ [keyColumn]: value }];
}

/**
 * Returns the records in GoFive's data. If a write returns only an ID or a code, the record contains only its key.
 * If the value cannot be used as the key, for example `true`, the list is empty.
 * @throws GoFiveError if the data is neither an object, a list nor null.
 */
export function extractRecords(
	operation: Operation,
	data: unknown,
	values: OperationValues,
	task: Task,
): IDataObject[] {
	const { receive } = operation;
	if (receive) return receive(data, values);
	return isWrite(task) && typeof data !== 'object' ? buildRecordFromKey(operation, data, task) : toRecords(data);
}
