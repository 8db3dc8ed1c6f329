import { rejectInput } from '../../api/errors';
import { decodeOnce, decodePath, stripHost, type Effect, type HttpMethod, type QueryValue } from '../../api/request';
import {
	assertPathPart,
	buildRowsProperty,
	emptyExpressionError,
	formatValue,
	getJsonParameterName,
	getRows,
	invalidValueError,
	isBlank,
	isJsonMode,
	readBoolean,
	readJson,
	readText,
	ROW_KEY,
	singleValueField,
	truncateValue,
	withJsonMode,
	type Field,
	type ReadContext,
} from '../../operation';

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

/** Maximum number of characters in a path. Few servers accept a longer URL. */
const MAX_PATH_CHARACTERS = 8000;

/** Part of a path to which an expression without a value leads, also with encodeURIComponent(). */
const EMPTY_PART = /\/(?:\s+|undefined|null|NaN)?(?:\/|$)/;

/**
 * Checks that a path has only one reading, also after decoding.
 * @throws GoFiveError for a path that is too long, or could lead to another endpoint.
 */
function assertPlainPath(path: string, isExpression: boolean): void {
	const title = `'Path' cannot be ${formatValue(path)}`;
	if (path.length > MAX_PATH_CHARACTERS) rejectInput(title, 'Enter at most 8,000 characters.');
	if (/[?#]/.test(path))
		rejectInput(title, "Remove '?' or '#' and everything after it. Enter query parameters in 'Query Parameters'.");
	if (/[{}]/.test(path))
		rejectInput(
			title,
			"Replace the braces and the name between them with a value, or switch the field to 'Expression'.",
		);
	if (/%(?![\da-f]{2})/i.test(path)) rejectInput(title, "Enter a literal '%' as %25.");
	for (const part of stripHost(path).split('/')) assertPathPart(decodeOnce(part), 'Path');
	const text = decodePath(stripHost(path));
	if (/[\\\p{Cc}]/u.test(path + text) || text.startsWith('//'))
		rejectInput(title, "Remove any '\\', a leading '//' and control characters, for example line breaks.");
	// An expression without a value could, for example, delete a list instead of one record.
	if (isExpression && EMPTY_PART.test(text))
		rejectInput(title, 'A part of the path is empty. Check the values in the expression.');
}

/** Creates the field for the endpoint: a path below the base URL, or a full URL below it. */
export function endpointPath(): Field<string> {
	return singleValueField(
		'Path',
		"Path after the base URL, without query parameters, as in GoFive's documentation. In an expression, put encodeURIComponent() around each value.",
		{ required: true, bodyKey: null, example: '/v1/customerEvent/event-types' },
		{ type: 'string' },
		(input, context, name) => {
			const path = readText(input, 'Path');
			assertPlainPath(path, context.isExpression(name));
			return path;
		},
	);
}

type QueryPair = readonly [string, QueryValue];

const QUERY_DISPLAY_NAME = 'Query Parameters';
const QUERY_JSON_FORMAT =
	'JSON object, for example {"customerCode": "C000055"}. To send a parameter several times, enter an array of values.';

function readQueryValue(value: unknown, displayName: string): string | boolean {
	return typeof value === 'boolean' ? value : readText(value, displayName, true);
}

function readQueryRow(row: unknown, index: number, rowsPath: string, { isExpression }: ReadContext): QueryPair[] {
	const { name, value } = (row ?? {}) as Record<string, unknown>;
	const location = `row ${index + 1} of ${QUERY_DISPLAY_NAME}`;
	if (isBlank(value) && isExpression(`${rowsPath}.${index}.value`)) throw emptyExpressionError(`Value in ${location}`);
	if (isBlank(name) && isBlank(value)) return [];
	return [[readText(name, `Name in ${location}`), readQueryValue(value, `Value in ${location}`)]];
}

function readQueryJson(input: unknown, isExpression: boolean): QueryPair[] {
	const object = readJson(input, QUERY_DISPLAY_NAME, `Enter a ${QUERY_JSON_FORMAT}`)?.value;
	// Without its query, a request may return or change more than intended.
	if (object === undefined && isExpression) throw emptyExpressionError(QUERY_DISPLAY_NAME);
	if (Array.isArray(object)) throw invalidValueError(input, QUERY_DISPLAY_NAME, `Enter a ${QUERY_JSON_FORMAT}`);
	return Object.entries(object ?? {}).flatMap(([key, values]) =>
		[values]
			.flat()
			.filter((value) => value !== null)
			.map((value): QueryPair => [key, readQueryValue(value, `${truncateValue(key)} in ${QUERY_DISPLAY_NAME}`)]),
	);
}

/** Creates the field for the query parameters. The value is a list of pairs, because a name may occur several times. */
export function query(): Field<QueryPair[]> {
	return {
		displayName: QUERY_DISPLAY_NAME,
		bodyKey: null,
		properties(name) {
			const rowInputs = [
				{ displayName: 'Name', name: 'name', type: 'string' as const, default: '' },
				{ displayName: 'Value', name: 'value', type: 'string' as const, default: '' },
			];
			return withJsonMode(buildRowsProperty('Parameter', rowInputs, { displayName: QUERY_DISPLAY_NAME, name }), {
				displayName: QUERY_DISPLAY_NAME,
				description: `Query parameters as a ${QUERY_JSON_FORMAT}`,
			});
		},
		read: (getParameter, name, context) =>
			isJsonMode(getParameter, name)
				? readQueryJson(getParameter(getJsonParameterName(name)), context.isExpression(getJsonParameterName(name)))
				: getRows(getParameter(name)).flatMap((row, index) => readQueryRow(row, index, `${name}.${ROW_KEY}`, context)),
	};
}
