import { listPathSegments } from '../../api/request';
import { invalidValueError } from './readValue';
import type { Field } from '../field';

/** Length of one part of a path. Codes and numbers of GoFive are much shorter. */
const MAX_PATH_PART_CHARACTERS = 500;

const DOT_SEGMENT_DESCRIPTION = "Remove '.' and '..' between slashes, because they could lead to another path.";

/**
 * Checks that one part of a path cannot lead to another path, however often servers decode it.
 * @throws GoFiveError for a part that is too long or contains a dot segment.
 */
export function assertPathPart(part: string, displayName: string): void {
	if (part.length > MAX_PATH_PART_CHARACTERS)
		throw invalidValueError(part, displayName, `Enter at most ${MAX_PATH_PART_CHARACTERS} characters.`);
	const segments = listPathSegments(part);
	if (segments.includes('.') || segments.includes('..'))
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
