import { failUnsent } from '../../api/words/failure';
import { afterHost, decoded } from '../../api/request/request';
import { one, readText, shown, type Field } from '../../operation';

/** A part that a server may take for one of these, also with blanks or parameters (`..;x`) behind it. */
const DOTS = /^\s*\.{1,2}\s*(?:;.*)?$/;

/** @throws Failure for a path that may lead elsewhere than it seems to, however that is written */
function assertPlain(path: string): void {
	const shownPath = `'Path' cannot be ${shown(path)}`;
	if (/[?#]/.test(path))
		failUnsent(shownPath, "Leave out '?' or '#' and what follows: a query goes into 'Query Parameters'.");
	if (/%(?![\da-f]{2})/i.test(path)) failUnsent(shownPath, "Write a literal '%' as %25.");
	const text = decoded(afterHost(path));
	if (/[\\\p{Cc}]/u.test(path + text) || text.startsWith('//') || text.split('/').some((part) => DOTS.test(part)))
		failUnsent(shownPath, "Give a plain path below the base URL, without '\\', '//' at its start, '.' and '..'.");
}

/** Where to send a request: a path below the base URL, or a full URL below it. */
export function endpointPath(): Field<string> {
	return one(
		'Path',
		'What follows the base URL, without the query. In an expression, put encodeURIComponent() around a value.',
		{ required: true, wire: null, example: '/v1/customerEvent/event-types' },
		{ type: 'string' },
		(given) => {
			const path = readText(given, 'Path');
			assertPlain(path);
			return path;
		},
	);
}
