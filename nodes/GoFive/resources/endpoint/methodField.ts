import { rejectInput } from '../../api/errors/goFiveError';
import type { Effect, HttpMethod } from '../../api/request/request';
import { isBlank, invalidValueError, readBoolean, type Field, type ReadContext } from '../../operation';

const HTTP_METHODS: HttpMethod[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

/** The editor offers no expression for these two, but a stored workflow may hold one, which n8n mostly hands out unresolved. */
function rejectExpression(value: unknown, context: ReadContext, name: string, displayName: string): void {
	if (!context.isExpression(name) && !(typeof value === 'string' && value.includes('{{'))) return;
	rejectInput(
		`'${displayName}' cannot be an expression`,
		'Choose it from the list, so that the data of an item cannot decide it.',
	);
}

function parseMethod(value: unknown): HttpMethod {
	const methodName = isBlank(value) ? 'GET' : value;
	const httpMethod = HTTP_METHODS.find((one) => one === methodName);
	if (!httpMethod) throw invalidValueError(methodName, 'Method', `Give one of ${HTTP_METHODS.join(', ')}.`);
	return httpMethod;
}

/** The HTTP method. */
export function method(): Field<HttpMethod> {
	return {
		bodyKey: null,
		properties: (name) => [
			{
				displayName: 'Method',
				name,
				type: 'options',
				noDataExpression: true,
				options: HTTP_METHODS.map((value) => ({ name: value, value })),
				default: 'GET',
				description: "The method that GoFive's page of the endpoint names",
			},
		],
		read(get, name, context) {
			const value = get(name);
			rejectExpression(value, context, name, 'Method');
			return parseMethod(value);
		},
	};
}

/** Whether the request may change something; a GET does not, unless the user says so. */
export function changesData(): Field<Effect> {
	const property = {
		displayName: 'Changes Data',
		type: 'boolean' as const,
		noDataExpression: true,
		description:
			'Whether the request may change something at GoFive. If so, items are sent one after the other, and none is sent again where GoFive may have carried it out. Turn it off for a search.',
	};
	const reads: HttpMethod[] = ['GET'];
	return {
		bodyKey: null,
		properties: (name) => [
			{ ...property, name, default: false, displayOptions: { show: { method: reads } } },
			{ ...property, name, default: true, displayOptions: { hide: { method: reads } } },
		],
		read(get, name, context) {
			const value = get(name);
			rejectExpression(value, context, name, 'Changes Data');
			const isWrite = isBlank(value) ? parseMethod(get('method')) !== 'GET' : readBoolean(value, 'Changes Data');
			return isWrite ? 'write' : 'read';
		},
	};
}
