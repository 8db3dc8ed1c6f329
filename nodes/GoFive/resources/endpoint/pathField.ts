import { rejectInput } from '../../api/errors/goFiveError';
import { decodePath, stripHost } from '../../api/request/request';
import { formatValue, readText, singleValueField, type Field } from '../../operation';

/** Path segment that a server may resolve as `.` or `..`, also with blanks or path parameters, for example `..;x`. */
const DOT_SEGMENT = /^\s*\.{1,2}\s*(?:;.*)?$/;

/**
 * Checks that a path has only one reading, also after decoding.
 * @throws GoFiveError for a path that could lead to another endpoint.
 */
function assertPlainPath(path: string): void {
	const title = `'Path' cannot be ${formatValue(path)}`;
	if (/[?#]/.test(path))
		rejectInput(title, "Remove '?' or '#' and everything after it. Enter the query in 'Query Parameters'.");
	if (/%(?![\da-f]{2})/i.test(path)) rejectInput(title, "Enter a literal '%' as %25.");
	const text = decodePath(stripHost(path));
	if (
		/[\\\p{Cc}]/u.test(path + text) ||
		text.startsWith('//') ||
		text.split('/').some((part) => DOT_SEGMENT.test(part))
	)
		rejectInput(title, "Enter a plain path below the base URL, without '\\', a leading '//', '.' or '..'.");
}

/** Creates the field for the endpoint: a path below the base URL, or a full URL below it. */
export function endpointPath(): Field<string> {
	return singleValueField(
		'Path',
		'Path after the base URL, without the query. In an expression, wrap each value in encodeURIComponent().',
		{ required: true, bodyKey: null, example: '/v1/customerEvent/event-types' },
		{ type: 'string' },
		(input) => {
			const path = readText(input, 'Path');
			assertPlainPath(path);
			return path;
		},
	);
}
