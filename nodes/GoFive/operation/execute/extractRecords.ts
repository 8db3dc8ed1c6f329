import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors/goFiveError';
import { toRecords } from '../../api/response/envelope';
import { toText } from '../../shared/text';
import { toId } from '../fields/readValue';
import type { Operation, OperationValues } from '../types';
import { getSentValues } from './sentValues';
import { isWrite, type Task } from './tasks';

/**
 * Whether the request identifies an existing record in its path or in a row of a list. A write whose body holds the key
 * may create a record, so only there a returned ID is the key.
 */
function identifiesExistingRecord({ fields }: Operation, keyParameter: string | undefined, task: Task): boolean {
	if (keyParameter === undefined || task.callOrError instanceof GoFiveError) return false;
	if (getSentValues(task, fields)[keyParameter] === undefined) return false;
	const bodyKey = fields[keyParameter]?.bodyKey ?? keyParameter;
	return !(bodyKey in (task.callOrError.request.body ?? {}));
}

/** Builds a record from a response to a write that is only an ID or a code, if a single column is the record's key. */
function buildRecordFromKey(operation: Operation, data: unknown, task: Task): IDataObject[] {
	const { columns = {}, keyColumns = [] } = operation.entity ?? {};
	const [keyColumn = '', ...otherKeyColumns] = keyColumns;
	const column = columns[keyColumn];
	if (!column || otherKeyColumns.length > 0 || identifiesExistingRecord(operation, column.fromInput, task)) return [];
	// A code has a digit and no blank, unlike "Success".
	const code = typeof data === 'string' && /^\S*\d\S*$/.test(toText(data)) ? toText(data) : undefined;
	const value = column.type === 'integer' ? toId(data) : code;
	return value === undefined ? [] : [{ [keyColumn]: value }];
}

/**
 * Reads the records in GoFive's data. If a write returns only `true`, an ID or a code, the record holds at most the key.
 * @throws GoFiveError if the data has another form
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
