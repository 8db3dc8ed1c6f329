import type { ApiRequest } from '../../api/request';
import { buildBody } from '../fields/fieldRecord';
import { readNodeOptions, SILENT_CONTEXT } from '../fields/nodeOptions';
import { UNCONFIRMED_PATH_NOTE } from '../pathEvidence';
import { fillPath } from '../pathParts';
import type { Operation, OperationValues } from '../types';

/** Completes values with those of an untouched form, for a read that no form describes. */
export function completeValues({ fields }: Operation, values: Record<string, unknown>): OperationValues {
	const entries = Object.entries(fields).map(([name, field]) => [
		name,
		name in values ? values[name] : field.read(() => undefined, name, SILENT_CONTEXT),
	]);
	return { options: readNodeOptions({}), ...values, ...Object.fromEntries(entries) } as OperationValues;
}

/** Returns what the URL of a request identifies, for the message if GoFive does not know it. */
function getUrlTarget(
	{ idField = '' }: Operation,
	values: OperationValues,
	request: ApiRequest,
): ApiRequest['urlTarget'] {
	if (request.path === values[idField]) return 'enteredPath';
	const namesRecord = request.path.includes('{') || request.query?.some(([key]) => key === idField);
	return namesRecord ? 'record' : 'operation';
}

/**
 * Builds the request of an operation from the values of its parameters.
 * @throws GoFiveError if the values do not fit together
 */
export function buildRequest(operation: Operation, values: OperationValues): ApiRequest {
	const { effect, evidence, fields } = operation;
	const request = operation.request(values, buildBody(fields, values));
	const notFoundNote = evidence && UNCONFIRMED_PATH_NOTE;
	const urlTarget = getUrlTarget(operation, values, request);
	const route = urlTarget === 'enteredPath' ? undefined : request.path;
	return { effect, notFoundNote, urlTarget, route, ...request, path: fillPath(request.path, fields, values) };
}
