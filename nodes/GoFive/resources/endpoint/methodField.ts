import { rejectInput } from '../../api/errors';
import type { Effect, HttpMethod } from '../../api/request';
import { invalidValueError, isBlank, readBoolean, type Field, type ReadContext } from '../../operation';

const METHOD_DISPLAY_NAME = 'Method';
const CHANGES_DATA_DISPLAY_NAME = 'Changes Data';
const HTTP_METHODS: HttpMethod[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];
const INVALID_METHOD_DESCRIPTION = `Use one of these values: ${HTTP_METHODS.join(', ')}.`;

/**
 * Rejects an expression. The editor offers none for Method and Changes Data, but a saved workflow may contain one.
 * n8n resolves it in some cases only.
 * @throws GoFiveError for an expression.
 */
function rejectExpression(value: unknown, context: ReadContext, name: string, displayName: string): void {
	if (!context.isExpression(name) && !(typeof value === 'string' && value.includes('{{'))) return;
	rejectInput(
		`'${displayName}' cannot be an expression`,
		'Select a value in the form. Expressions are not allowed here, because the data of an item could then change the request.',
	);
}

function parseMethod(value: unknown): HttpMethod {
	const methodName = isBlank(value) ? 'GET' : value;
	const httpMethod = HTTP_METHODS.find((candidate) => candidate === methodName);
	if (!httpMethod) throw invalidValueError(methodName, METHOD_DISPLAY_NAME, INVALID_METHOD_DESCRIPTION);
	return httpMethod;
}

/** Creates the list of HTTP methods. */
export function method(): Field<HttpMethod> {
	return {
		displayName: METHOD_DISPLAY_NAME,
		bodyKey: null,
		properties: (name) => [
			{
				displayName: METHOD_DISPLAY_NAME,
				name,
				type: 'options',
				noDataExpression: true,
				options: HTTP_METHODS.map((value) => ({ name: value, value })),
				default: 'GET',
				description: "HTTP method of the endpoint, as in GoFive's documentation",
			},
		],
		read(getParameter, name, context) {
			const value = getParameter(name);
			rejectExpression(value, context, name, METHOD_DISPLAY_NAME);
			return parseMethod(value);
		},
	};
}

/** Creates Changes Data, the effect of the request. By default, GET reads and all other methods write. */
export function changesData(): Field<Effect> {
	const property = {
		displayName: CHANGES_DATA_DISPLAY_NAME,
		type: 'boolean' as const,
		noDataExpression: true,
		description: 'Whether the request creates, updates or deletes data in GoFive. If you are not sure, turn it on.',
	};
	const readMethods: HttpMethod[] = ['GET'];
	return {
		displayName: CHANGES_DATA_DISPLAY_NAME,
		bodyKey: null,
		properties: (name) => [
			{ ...property, name, default: false, displayOptions: { show: { method: readMethods } } },
			{ ...property, name, default: true, displayOptions: { hide: { method: readMethods } } },
		],
		read(getParameter, name, context) {
			const value = getParameter(name);
			rejectExpression(value, context, name, CHANGES_DATA_DISPLAY_NAME);
			const isWrite = isBlank(value)
				? parseMethod(getParameter('method')) !== 'GET'
				: readBoolean(value, CHANGES_DATA_DISPLAY_NAME);
			return isWrite ? 'write' : 'read';
		},
	};
}
