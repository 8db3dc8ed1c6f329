import { rejectInput } from '../../api/errors/goFiveError';
import { stripHost, decodePath } from '../../api/request/request';
import { singleValueField, readText, formatValue, type Field } from '../../operation';

/** A part that a server may take for one of these, also with blanks or parameters (`..;x`) behind it. */
const DOT_SEGMENT = /^\s*\.{1,2}\s*(?:;.*)?$/;

/** @throws GoFiveError for a path that may lead elsewhere than it seems to, however that is written */
function assertPlainPath(path: string): void {
	const title = `'Path' cannot be ${formatValue(path)}`;
	if (/[?#]/.test(path))
		rejectInput(title, "Leave out '?' or '#' and what follows: a query goes into 'Query Parameters'.");
	if (/%(?![\da-f]{2})/i.test(path)) rejectInput(title, "Write a literal '%' as %25.");
	const text = decodePath(stripHost(path));
	if (
		/[\\\p{Cc}]/u.test(path + text) ||
		text.startsWith('//') ||
		text.split('/').some((part) => DOT_SEGMENT.test(part))
	)
		rejectInput(title, "Give a plain path below the base URL, without '\\', '//' at its start, '.' and '..'.");
}

/** Where to send a request: a path below the base URL, or a full URL below it. */
export function endpointPath(): Field<string> {
	return singleValueField(
		'Path',
		'What follows the base URL, without the query. In an expression, put encodeURIComponent() around a value.',
		{ required: true, bodyKey: null, example: '/v1/customerEvent/event-types' },
		{ type: 'string' },
		(given) => {
			const path = readText(given, 'Path');
			assertPlainPath(path);
			return path;
		},
	);
}
