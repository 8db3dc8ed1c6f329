import type { IDataObject } from 'n8n-workflow';
import { toRecords } from '../../api/response/envelope';
import { GoFiveError } from '../../api/errors/goFiveError';
import { toId } from '../fields/readValue';
import type { Operation, OperationValues } from '../types';
import { isWrite, getFallbackValues, type Task } from './tasks';
import { toText } from '../../shared/text';

/** A bare ID or code, in answer to a write: the record's, where one column is its key and the path did not name it. */
function recordFromKey({ entity }: Operation, data: unknown, task: Task): IDataObject[] {
	const [key, ...others] = entity?.keyColumns ?? [];
	if (key === undefined || others.length > 0) return [];
	const { body = {} } = task.input instanceof GoFiveError ? {} : task.input.request;
	const sentKey = getFallbackValues(task)[key];
	if (sentKey !== undefined && !(key in body)) return [];
	// Words, such as "Success", are no code.
	const code = typeof data === 'string' && /^\S*\d\S*$/.test(toText(data)) ? toText(data) : undefined;
	const value = entity?.columns[key]?.type === 'integer' ? toId(data) : code;
	return value === undefined ? [] : [{ [key]: value }];
}

/** The records in GoFive's answer; where a write is answered with no more than `true`, an ID or a code, what that says. */
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
