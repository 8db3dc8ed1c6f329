import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { isObject } from '../../api/answer/envelope';
import { Failure, failureOf } from '../../api/words/failure';
import { effectOf, identityOf, type ApiRequest } from '../../api/request/request';
import { bodyOf } from '../fields/group';
import { DEFAULT_TIME_ZONE } from '../fields/options';
import { lost } from '../fields/read';
import { readValues } from '../fields/values';
import type { Field, Get, Operation, ReadContext, Values } from '../types';
import { carried, readSubject, subjectIn, type Subject } from './subject';

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

/** Whether a stored value, or a part of it, is an expression, of which only n8n can tell the value. */
function holdsExpression(stored: unknown): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	return typeof stored === 'object' && stored !== null && Object.values(stored).some(holdsExpression);
}

/** Hands out the parameters of an item. n8n takes its time for each, so those that are equal for all items are asked for once. */
function parametersOf(context: IExecuteFunctions): (item: number) => Get {
	const { parameters } = context.getNode();
	const shared = new Map<string, unknown>();
	return (item) => (name) => {
		if (shared.has(name)) return shared.get(name);
		const value: unknown = context.getNodeParameter(name, item, null);
		if (!holdsExpression(parameters[name])) shared.set(name, value);
		return value;
	};
}

/** What a person calls the keys that GoFive gets, in lower case; of two of one name the outer one. */
function labelsOf(fields: Record<string, Field>): Record<string, string> {
	const own = Object.entries(fields).filter(([, { wire }]) => wire !== null);
	const labels = own.map(([name, { wire, properties }]) => {
		// Lines begin with how to give them.
		const shown = properties(name).find((property) => property.name === name);
		return { [(wire ?? name).toLowerCase()]: shown?.displayName ?? name };
	});
	const inside = Object.values(fields).map((field) => labelsOf(field.inside ?? {}));
	return Object.assign({}, ...inside, ...labels) as Record<string, string>;
}

/** Reads the parameters of the input items. @param about what the fields need to know besides the options */
export function readTasks(
	context: IExecuteFunctions,
	operation: Operation,
	about: Omit<ReadContext, 'timeZone'>,
): Task[] {
	const labels = labelsOf(operation.fields);
	const parameters = parametersOf(context);
	return context.getInputData().map((_, item) => {
		const get = parameters(item);
		try {
			const values = readValues(operation.fields, get, about);
			assertNamed(operation, values, about);
			const request = { labels, ...requestOf(operation, values) };
			return { subject: subjectIn(operation, values), ask: { values, request } };
		} catch (thrown) {
			// Only here is the field read for itself: an expression takes most of the time of an item.
			const subject = readSubject(operation, get, { ...about, hint: () => undefined, timeZone: DEFAULT_TIME_ZONE });
			return { subject, ask: failureOf(thrown) };
		}
	});
}

/** @throws Failure for a key that an expression did not give: without it, GoFive would make a new record. */
function assertNamed(
	{ record, changes = record, fields }: Operation,
	values: Values,
	{ isExpression }: Pick<ReadContext, 'isExpression'>,
): void {
	if (changes === undefined || values[changes] !== undefined || !isExpression(changes)) return;
	throw lost(fields[changes]?.properties(changes)[0]?.displayName ?? changes);
}

/** The request that an operation describes for some values. @throws Failure when they do not fit together */
export function requestOf({ effect, fields, request }: Operation, values: Values): ApiRequest {
	return { effect, ...request(values, bodyOf(fields, values)) };
}

/** Whether it may change something at GoFive. */
export const isWrite = ({ ask }: Task): boolean => !(ask instanceof Failure) && effectOf(ask.request) === 'write';

/** Equal for items that get the same out of the same answer; undefined for one that asks nothing. */
export function questionOf({ ask }: Task): string | undefined {
	if (ask instanceof Failure || effectOf(ask.request) === 'write') return undefined;
	return `${identityOf(ask.request)} ${JSON.stringify(ask.values)}`;
}

/** The record in a body: GoFive takes some in a list of one, bare or under a key. */
function recordIn({ body = {}, whole }: ApiRequest): IDataObject {
	const values = Object.values(body);
	const list: unknown = Array.isArray(body) ? body : values.length === 1 ? values[0] : undefined;
	const [record, ...others] = Array.isArray(list) ? (list as unknown[]) : [];
	if (!whole && isObject(record) && others.length === 0) return record as IDataObject;
	return Array.isArray(body) ? { body } : body;
}

/** What was sent, which completes GoFive's answer to a write, and what names the record that was asked for. */
export function sentWith({ subject, ask }: Task): IDataObject {
	const isSent = !(ask instanceof Failure) && effectOf(ask.request) === 'write';
	const sent = Object.entries(isSent ? recordIn(ask.request) : {});
	// Some bodies have their keys in capitals, and the record is named once, as the parameter is.
	const others = sent.filter(([key]) => key === subject?.key || key.toLowerCase() !== subject?.key.toLowerCase());
	return { ...carried(subject), ...Object.fromEntries(others) };
}
