import type { IDataObject } from 'n8n-workflow';
import { getEffect, type ApiRequest } from '../../api/request';
import { isObject } from '../../shared/json';
import type { Field } from '../types';
import { toIdData } from './recordReference';
import type { Task } from './tasks';

/**
 * Finds the record in a request body. GoFive takes some records in a list of one, bare or under a key.
 * Undefined for a read, which sends none.
 */
function getSentRecord(request: ApiRequest): IDataObject | undefined {
	if (getEffect(request) === 'read') return undefined;
	const { body = {}, returnsFullBody } = request;
	const values = Object.values(body);
	const list: unknown = Array.isArray(body) ? body : values.length === 1 ? values[0] : undefined;
	const [record, ...others] = Array.isArray(list) ? (list as unknown[]) : [];
	if (!returnsFullBody && isObject(record) && others.length === 0) return record as IDataObject;
	return Array.isArray(body) ? { body } : body;
}

/**
 * Builds the record of a write whose response holds no record: the ID of the record and the sent values. A key that
 * differs from the ID parameter only in case is the same value, so it is omitted.
 */
export function toWrittenRecord({ reference, request }: Task): IDataObject {
	const idParameter = reference?.idParameter;
	const otherEntries = Object.entries(getSentRecord(request) ?? {}).filter(
		([key]) => key === idParameter || key.toLowerCase() !== idParameter?.toLowerCase(),
	);
	return { ...toIdData(reference), ...Object.fromEntries(otherEntries) };
}

/** Looks up the sent values of fields, also of those in a collection that is sent next to the others. */
function collectSentValues(
	fields: Record<string, Field>,
	values: Record<string, unknown>,
	sentRecord: IDataObject,
): IDataObject {
	const sentValues: IDataObject = {};
	for (const [name, value] of Object.entries(values)) {
		const { bodyKey, nestedFields = {}, mergesIntoParent } = fields[name] ?? { bodyKey: null };
		const sentValue = bodyKey === null ? undefined : sentRecord[bodyKey ?? name];
		if (mergesIntoParent && isObject(value))
			Object.assign(sentValues, collectSentValues(nestedFields, value, sentRecord));
		else if (sentValue !== undefined) sentValues[name] = sentValue;
	}
	return sentValues;
}

/**
 * Reads the values that columns with `fromInput` fall back to, by parameter name.
 * A read has only the ID of its record, because a filter does not say what a record contains.
 */
export function getSentValues({ reference, request, values }: Task, fields: Record<string, Field>): IDataObject {
	const sentRecord = getSentRecord(request);
	return { ...toIdData(reference), ...(sentRecord && collectSentValues(fields, values, sentRecord)) };
}
