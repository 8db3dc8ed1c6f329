import { decodePath } from '../api/request';
import { invalidValueError } from './invalidValue';
import type { Field } from './types';

/** Length of one part of a path. Codes and numbers of GoFive are much shorter. */
const MAX_PATH_PART_CHARACTERS = 500;

/**
 * Segment that a server may resolve as `.` or `..`, also with blanks or control characters, or before path parameters, a
 * query or a fragment, for example `..;x` and `..?x`.
 */
const DOT_SEGMENT = /^[\s\p{Cc}]*\.{1,2}\s*(?:[#;?\p{Cc}]|$)/u;

/** Encoded character in the form that only Microsoft's IIS decodes, for example `%u002e` for a dot. */
const IIS_ENCODING = /%u[\da-f]{4}/i;

const DOT_SEGMENT_DESCRIPTION = "Remove '.' and '..' between slashes, because they could lead to another path.";

/**
 * Checks that one part of a path cannot lead to another path, however often servers decode it.
 * @throws GoFiveError for a part that is too long or contains a dot segment.
 */
export function assertPathPart(part: string, displayName: string): void {
	if (part.length > MAX_PATH_PART_CHARACTERS)
		throw invalidValueError(part, displayName, `Enter at most ${MAX_PATH_PART_CHARACTERS} characters.`);
	// A server may also normalize characters, for example full-width dots to ASCII dots.
	const text = decodePath(decodePath(part).normalize('NFKC'));
	if (IIS_ENCODING.test(text) || text.split(/[\\/]/).some((segment) => DOT_SEGMENT.test(segment)))
		throw invalidValueError(part, displayName, DOT_SEGMENT_DESCRIPTION);
}

/**
 * Replaces each field in braces with the encoded value of the field.
 * @example `/v1/case/\{caseNo\}` becomes `/v1/case/V-0001`.
 * @throws GoFiveError for a value that could lead to another path. See `assertPathPart`.
 */
export function fillPath(path: string, fields: Record<string, Field>, values: Record<string, unknown>): string {
	return path.replace(/\{(\w+)\}/g, (_, name: string) => {
		const part = String(values[name]);
		assertPathPart(part, fields[name]?.displayName ?? name);
		return encodeURIComponent(part);
	});
}
