import type { IDataObject } from 'n8n-workflow';
import { dataOf, isObject } from '../../api/answer/envelope';
import { Failure } from '../../api/words/failure';
import { text, type Output } from '../../operation';

/** Where the list of records stands in an answer; empty for where GoFive usually puts it. */
export const recordsPath = () =>
	text(
		'Records Path',
		"Where the answer holds the list of records; Output 'Raw' shows the whole of it. Empty means the usual place, data or data.value.",
		{ default: '', wire: null, example: 'data.items' },
	);

/** @throws Failure when there is no list at the place */
function listAt(answer: unknown, path: string): unknown {
	let [found, place] = [answer, 'The answer'];
	for (const key of path.split('.')) {
		if (found === null || found === undefined) return [];
		const next = isObject(found) && key in found ? found[key] : fail(path, place, found);
		[found, place] = [next, `'${key}'`];
	}
	return found === null || Array.isArray(found) ? found : fail(path, place, found);
}

function fail(path: string, place: string, found: unknown): never {
	const columns = isObject(found) ? Object.keys(found).slice(0, 10).join(', ') : '';
	const what = columns ? `holds: ${columns}` : Array.isArray(found) ? 'is a list itself' : 'holds no columns';
	throw new Failure(
		{
			message: `GoFive's answer has no list at '${path}'`,
			description: `${place} ${what}. Correct 'Records Path', or leave it empty. Output 'Raw' shows the whole answer.`,
		},
		{ httpCode: '200' },
	);
}

const recordOf = (value: unknown): IDataObject => (isObject(value) ? value : { value }) as IDataObject;

/**
 * The records of an answer; a value that is no record stands under `value`.
 * @param isPart whether the answer is a part of a long list; @throws Failure when there is no list at the path
 */
export function recordsIn(answer: unknown, path: string, { mode }: Output, isPart: boolean): IDataObject[] {
	const found = mode === 'raw' ? answer : path === '' ? dataOf(answer) : listAt(answer, path);
	const list = found === null || found === undefined ? [] : Array.isArray(found) ? (found as unknown[]) : [found];
	if (isPart && list[0] === found && !Array.isArray(found)) return fail('data', 'The usual place', found);
	return list.map(recordOf).filter((record) => Object.keys(record).length > 0);
}
