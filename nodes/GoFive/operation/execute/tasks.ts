import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { GoFiveError, toGoFiveError } from '../../api/errors/goFiveError';
import { getEffect, requestKey, type ApiRequest } from '../../api/request/request';
import { buildBody } from '../fields/collection';
import { DEFAULT_TIME_ZONE } from '../fields/nodeOptions';
import { emptyExpressionError } from '../fields/readValue';
import { readOperationValues } from '../fields/operationValues';
import type { Field, GetParameter, Operation, ReadContext, OperationValues } from '../types';
import { readSubject, getSubject, type Subject } from './subject';

/** What an input item asks for: a request, or why there is none. */
export interface Task {
	/** The record it is about. */
	subject?: Subject;
	call: { values: OperationValues; request: ApiRequest } | GoFiveError;
}

/** @returns whether a parameter, or a part of a list, is stored as an expression; a lone "=" is a field left empty */
export function createExpressionCheck({ parameters: getParameterOf }: INode): ReadContext['isExpression'] {
	return (name) => {
		const path = name.split('.');
		const storedValue = path.reduce<unknown>(
			(parent, key) => (parent as IDataObject | undefined)?.[key],
			getParameterOf,
		);
		return [storedValue].flat().some((stored) => typeof stored === 'string' && /^=\s*\S/.test(stored));
	};
}

/** Whether a stored value, or a part of it, is an expression, of which only n8n can tell the value. */
function containsExpression(stored: unknown): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	return typeof stored === 'object' && stored !== null && Object.values(stored).some(containsExpression);
}

/** Hands out the parameters of an item. n8n takes its time for each, so those that are equal for all items are asked for once. */
function createParameterReader(context: IExecuteFunctions): (item: number) => GetParameter {
	const { parameters: getParameterOf } = context.getNode();
	const cache = new Map<string, unknown>();
	return (item) => (name) => {
		if (cache.has(name)) return cache.get(name);
		const value: unknown = context.getNodeParameter(name, item, null);
		if (!containsExpression(getParameterOf[name])) cache.set(name, value);
		return value;
	};
}

/** What a person calls the keys that GoFive gets, in lower case; of two of one name the outer one. */
function collectLabels(fields: Record<string, Field>): Record<string, string> {
	const bodyFields = Object.entries(fields).filter(([, { bodyKey }]) => bodyKey !== null);
	const labels = bodyFields.map(([name, { bodyKey, properties }]) => {
		// Lines begin with how to give them.
		const labelProperty = properties(name).find((property) => property.name === name);
		return { [(bodyKey ?? name).toLowerCase()]: labelProperty?.displayName ?? name };
	});
	const nestedLabels = Object.values(fields).map((field) => collectLabels(field.nestedFields ?? {}));
	return Object.assign({}, ...nestedLabels, ...labels) as Record<string, string>;
}

/** Reads the parameters of the input items. @param readContext what the fields need to know besides the options */
export function readTasks(
	context: IExecuteFunctions,
	operation: Operation,
	readContext: Omit<ReadContext, 'timeZone'>,
): Task[] {
	const labels = collectLabels(operation.fields);
	const getParameterOf = createParameterReader(context);
	return context.getInputData().map((_, item) => {
		const get = getParameterOf(item);
		try {
			const values = readOperationValues(operation.fields, get, readContext);
			assertRecordNamed(operation, values, readContext);
			const request = { labels, ...buildRequest(operation, values) };
			return { subject: getSubject(operation, values), call: { values, request } };
		} catch (error) {
			// Only here is the field read for itself: an expression takes most of the time of an item.
			const subject = readSubject(operation, get, {
				...readContext,
				addHint: () => undefined,
				timeZone: DEFAULT_TIME_ZONE,
			});
			return { subject, call: toGoFiveError(error) };
		}
	});
}

/** @throws GoFiveError for a key that an expression did not give: without it, GoFive would make a new record. */
function assertRecordNamed(
	{ idField, updateKeyField = idField, fields }: Operation,
	values: OperationValues,
	{ isExpression }: Pick<ReadContext, 'isExpression'>,
): void {
	if (updateKeyField === undefined || values[updateKeyField] !== undefined || !isExpression(updateKeyField)) return;
	throw emptyExpressionError(fields[updateKeyField]?.properties(updateKeyField)[0]?.displayName ?? updateKeyField);
}

/** The request that an operation describes for some values. @throws GoFiveError when they do not fit together */
export function buildRequest({ effect, fields, request }: Operation, values: OperationValues): ApiRequest {
	return { effect, ...request(values, buildBody(fields, values)) };
}

/** Whether it may change something at GoFive. */
export const isWrite = ({ call }: Task): boolean =>
	!(call instanceof GoFiveError) && getEffect(call.request) === 'write';

/** Equal for items that get the same out of the same answer; undefined for one that asks nothing. */
export function taskKey({ call }: Task): string | undefined {
	if (call instanceof GoFiveError || getEffect(call.request) === 'write') return undefined;
	return `${requestKey(call.request)} ${JSON.stringify(call.values)}`;
}
