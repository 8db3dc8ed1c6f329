import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { GoFiveError, toGoFiveError } from '../../api/errors/goFiveError';
import { getEffect, toRequestKey, type ApiRequest } from '../../api/request/request';
import { buildBody } from '../fields/fieldSet';
import { DEFAULT_TIME_ZONE } from '../fields/nodeOptions';
import { emptyExpressionError } from '../fields/readValue';
import { readOperationValues } from '../fields/operationValues';
import type { Field, GetParameter, Operation, ReadContext, OperationValues } from '../types';
import { toIdValues, readSubject, getSubject, type Subject } from './subject';
import { isObject } from '../../shared/json';

/** What an input item asks for: a request, or why there is none. */
export interface Task {
	/** The record it is about. */
	subject?: Subject;
	input: { values: OperationValues; request: ApiRequest } | GoFiveError;
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
	const labels = bodyFields.map(([name, { bodyKey, displayName }]) => ({
		[(bodyKey ?? name).toLowerCase()]: displayName,
	}));
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
			return { subject: getSubject(operation, values), input: { values, request } };
		} catch (error) {
			// Only here is the field read for itself: an expression takes most of the time of an item.
			const subject = readSubject(operation, get, {
				...readContext,
				addHint: () => undefined,
				timeZone: DEFAULT_TIME_ZONE,
			});
			return { subject, input: toGoFiveError(error) };
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
	throw emptyExpressionError(fields[updateKeyField]?.displayName ?? updateKeyField);
}

/** The request that an operation describes for some values. @throws GoFiveError when they do not fit together */
export function buildRequest({ effect, fields, request }: Operation, values: OperationValues): ApiRequest {
	return { effect, ...request(values, buildBody(fields, values)) };
}

/** Whether it may change something at GoFive. */
export const isWrite = ({ input }: Task): boolean =>
	!(input instanceof GoFiveError) && getEffect(input.request) === 'write';

/** Equal for items that get the same out of the same answer; undefined for one that asks nothing. */
export function taskKey({ input }: Task): string | undefined {
	if (input instanceof GoFiveError || getEffect(input.request) === 'write') return undefined;
	return `${toRequestKey(input.request)} ${JSON.stringify(input.values)}`;
}

/** The record in a body: GoFive takes some in a list of one, bare or under a key. */
function getSentRecord({ body = {}, fullResponse }: ApiRequest): IDataObject {
	const values = Object.values(body);
	const list: unknown = Array.isArray(body) ? body : values.length === 1 ? values[0] : undefined;
	const [record, ...others] = Array.isArray(list) ? (list as unknown[]) : [];
	if (!fullResponse && isObject(record) && others.length === 0) return record as IDataObject;
	return Array.isArray(body) ? { body } : body;
}

/** What was sent, which completes GoFive's answer to a write, and what names the record that was asked for. */
export function getFallbackValues({ subject, input }: Task): IDataObject {
	const isWritten = !(input instanceof GoFiveError) && getEffect(input.request) === 'write';
	const sentEntries = Object.entries(isWritten ? getSentRecord(input.request) : {});
	// Some bodies have their keys in capitals, and the record is named once, as the parameter is.
	const others = sentEntries.filter(
		([key]) => key === subject?.key || key.toLowerCase() !== subject?.key.toLowerCase(),
	);
	return { ...toIdValues(subject), ...Object.fromEntries(others) };
}
