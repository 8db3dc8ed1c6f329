import type { IDataObject } from 'n8n-workflow';
import { plain, recordsOf } from '../../api/answer/envelope';
import { Failure } from '../../api/words/failure';
import { asId } from '../fields/read';
import type { Operation, Values } from '../types';
import { isWrite, sentWith, type Task } from './task';

/** A bare ID or code, in answer to a write: the record's, where one column is its key and the path did not name it. */
function named({ entity }: Operation, data: unknown, task: Task): IDataObject[] {
	const [key, ...others] = entity?.key ?? [];
	if (key === undefined || others.length > 0) return [];
	const { body = {} } = task.ask instanceof Failure ? {} : task.ask.request;
	const sent = sentWith(task)[key];
	if (sent !== undefined && !(key in body)) return [];
	// Words, such as "Success", are no code.
	const code = typeof data === 'string' && /^\S*\d\S*$/.test(plain(data)) ? plain(data) : undefined;
	const value = entity?.columns[key]?.type === 'integer' ? asId(data) : code;
	return value === undefined ? [] : [{ [key]: value }];
}

/** The records in GoFive's answer; where a write is answered with no more than `true`, an ID or a code, what that says. */
export function received(operation: Operation, data: unknown, values: Values, task: Task): IDataObject[] {
	const { receive } = operation;
	if (receive) return receive(data, values);
	return isWrite(task) && typeof data !== 'object' ? named(operation, data, task) : recordsOf(data);
}
