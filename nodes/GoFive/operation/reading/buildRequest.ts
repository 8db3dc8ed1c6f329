import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../api/request';
import { buildBody } from '../fields/fieldRecord';
import { readNodeOptions, SILENT_CONTEXT } from '../fields/nodeOptions';
import { UNCONFIRMED_PATH_NOTE } from '../pathEvidence';
import { fillPath } from '../fields/pathParts';
import type { Field, Fields, OperationValues } from '../field';
import type { OperationBase, RequestOperation } from '../operation';

/** Completes values with those of an untouched form, for a read that no form describes. */
export function completeValues({ fields }: OperationBase, values: Record<string, unknown>): OperationValues {
	const entries = Object.entries(fields).map(([name, field]) => [
		name,
		name in values ? values[name] : field.read(() => undefined, name, SILENT_CONTEXT),
	]);
	const options = values.options ?? readNodeOptions({});
	return { ...values, options, ...Object.fromEntries(entries) } as OperationValues;
}

/** Collects the labels of body keys, by key in lower case. If two fields share a key, the outer field counts. */
function collectLabels(fields: Record<string, Field>): Record<string, string> {
	const labels: Record<string, string> = {};
	for (const { nestedFields = {} } of Object.values(fields)) Object.assign(labels, collectLabels(nestedFields));
	for (const [name, { bodyKey, displayName }] of Object.entries(fields))
		if (bodyKey !== null) labels[(bodyKey ?? name).toLowerCase()] = displayName;
	return labels;
}

/** Labels by the fields of an operation, because a run builds thousands of requests of one operation. */
const labelsByFields = new WeakMap<Fields, Record<string, string>>();

/** Returns the labels of the keys of a body, by key in lower case. */
export function getLabels(fields: Fields): Record<string, string> {
	const labels = labelsByFields.get(fields) ?? collectLabels(fields);
	labelsByFields.set(fields, labels);
	return labels;
}

/** Returns what the URL of a request identifies, for the message if GoFive does not know it. */
function getUrlTarget(
	{ idField = '' }: OperationBase,
	values: OperationValues,
	request: ApiRequest,
): ApiRequest['urlTarget'] {
	if (request.path === values[idField]) return 'enteredPath';
	const namesRecord = request.path.includes('{') || request.query?.some(([key]) => key === idField);
	return namesRecord ? 'record' : 'operation';
}

/**
 * Builds the request of an operation from the values of its parameters, and the body that the form describes.
 * @param updateBody - Body of an update, which also contains the values of its record. Defaults to the body of the form.
 * @throws GoFiveError if the values do not fit together
 */
export function buildRequest(
	operation: RequestOperation,
	values: OperationValues,
	updateBody?: IDataObject,
): { request: ApiRequest; formBody: IDataObject } {
	const { effect, evidence, fields } = operation;
	operation.validate?.(values);
	const formBody = updateBody ?? buildBody(fields, values);
	const request = operation.request(values, formBody);
	const labels = getLabels(fields);
	const path = fillPath(request.path, fields, values);
	const notFoundNote = evidence && UNCONFIRMED_PATH_NOTE;
	const urlTarget = getUrlTarget(operation, values, request);
	const route = urlTarget === 'enteredPath' ? undefined : request.path;
	return { request: { labels, effect, notFoundNote, urlTarget, route, ...request, path }, formBody };
}

/** @throws GoFiveError if the values of an input item do not fit together, or cannot be sent */
export function assertValid(operation: OperationBase, values: OperationValues): void {
	if ('request' in operation) buildRequest(operation as RequestOperation, values);
	else operation.validate?.(values);
}
