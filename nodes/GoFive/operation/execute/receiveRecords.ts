import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors/goFiveError';
import { toRecords } from '../../api/response/envelope';
import { toText } from '../../shared/text';
import { toId } from '../fields/readValue';
import type { Operation, OperationValues } from '../types';
import { getSentInputs } from './sentValues';
import { isWrite, type Task } from './tasks';

/**
 * Whether the request identifies an existing record in its path or in a row of a list. A write whose body holds the key
 * may create a record, so only there a returned ID is the key.
 */
function isKeyOutsideBody({ fields }: Operation, keyInput: string | undefined, task: Task): boolean {
	if (keyInput === undefined || task.call instanceof GoFiveError) return false;
	if (getSentInputs(task, fields)[keyInput] === undefined) return false;
	const bodyKey = fields[keyInput]?.bodyKey ?? keyInput;
	return !(bodyKey in (task.call.request.body ?? {}));
}

/** Builds a record from a response to a write that is only an ID or a code, if a single column is the record's key. */
function recordFromKey(operation: Operation, data: unknown, task: Task): IDataObject[] {
	const { columns = {}, keyColumns = [] } = operation.entity ?? {};
	const [key = '', ...otherKeys] = keyColumns;
	const column = columns[key];
	if (!column || otherKeys.length > 0 || isKeyOutsideBody(operation, column.fromInput, task)) return [];
	// A code has a digit and no blank, unlike "Success".
	const code = typeof data === 'string' && /^\S*\d\S*$/.test(toText(data)) ? toText(data) : undefined;
	const value = column.type === 'integer' ? toId(data) : code;
	return value === undefined ? [] : [{ [key]: value }];
}

/**
 * Reads the records in GoFive's data. If a write returns only `true`, an ID or a code, the record holds at most the key.
 * @throws GoFiveError if the data has another form
 */
export function receiveRecords(
	operation: Operation,
	data: unknown,
	values: OperationValues,
	task: Task,
): IDataObject[] {
	const { receive } = operation;
	if (receive) return receive(data, values);
	return isWrite(task) && typeof data !== 'object' ? recordFromKey(operation, data, task) : toRecords(data);
}
