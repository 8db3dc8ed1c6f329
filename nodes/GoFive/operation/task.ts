import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { Failure, failureOf } from '../api/words/failure';
import { effectOf, identityOf, type ApiRequest } from '../api/request/request';
import { DEFAULT_TIME_ZONE } from './options';
import { carried, readSubject, subjectIn, type Subject } from './subject';
import type { Operation, ReadContext, Values } from './types';
import { readValues } from './values';

/** What an input item asks for: a request, or why there is none. */
export interface Task {
	/** The record it is about. */
	subject?: Subject;
	ask: { values: Values; request: ApiRequest } | Failure;
}

/** @returns whether a parameter, or a part of a list, is stored as an expression; a lone "=" is a field left empty */
export function expressionsIn({ parameters }: INode): ReadContext['isExpression'] {
	return (name) => {
		const path = name.split('.');
		const found = path.reduce<unknown>((part, key) => (part as IDataObject | undefined)?.[key], parameters);
		return [found].flat().some((stored) => typeof stored === 'string' && /^=\s*\S/.test(stored));
	};
}

/** Reads the parameters of one input item. */
export function readTask(
	context: IExecuteFunctions,
	operation: Operation,
	item: number,
	about: Omit<ReadContext, 'timeZone'>,
): Task {
	const get = (name: string): unknown => context.getNodeParameter(name, item, null);
	try {
		const values = readValues(operation.fields, get, about);
		return { subject: subjectIn(operation, values), ask: { values, request: operation.request(values) } };
	} catch (thrown) {
		// Only here is the field read for itself: an expression takes most of the time of an item.
		const subject = readSubject(operation, get, { ...about, hint: () => undefined, timeZone: DEFAULT_TIME_ZONE });
		return { subject, ask: failureOf(thrown) };
	}
}

/** Whether it may change something at GoFive. */
export function isWrite({ ask }: Task): boolean {
	return !(ask instanceof Failure) && effectOf(ask.request) === 'write';
}

/** Equal for items that get the same out of the same answer; undefined for one that asks nothing. */
export function questionOf({ ask }: Task): string | undefined {
	if (ask instanceof Failure || effectOf(ask.request) === 'write') return undefined;
	return `${identityOf(ask.request)} ${JSON.stringify(ask.values)}`;
}

/** What was sent, in place of a record that GoFive's answer to a write does not hold. */
export function sentRecord({ subject, ask }: Task): IDataObject {
	const { body = {} } = ask instanceof Failure ? {} : ask.request;
	const sent = Object.entries(Array.isArray(body) ? { body } : body).filter(([, value]) => value !== undefined);
	return { ...carried(subject), ...Object.fromEntries(sent) };
}
