import { rejectInput } from '../../api/errors';
import { decodeOnce, decodePath, stripHost } from '../../api/request';
import { assertPathPart, formatValue, readText, singleValueField, type Field } from '../../operation';

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
