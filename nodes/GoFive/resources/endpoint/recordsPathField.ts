import type { IDataObject } from 'n8n-workflow';
import { extractData } from '../../api/response/envelope';
import { GoFiveError } from '../../api/errors/goFiveError';
import { text, type Output } from '../../operation';
import { isObject } from '../../shared/json';

/** Where the list of records stands in an answer; empty for where GoFive usually puts it. */
export const recordsPath = () =>
	text(
		'Records Path',
		"Where the answer holds the list of records; Output 'Raw' shows the whole of it. Empty means the usual place, data or data.value.",
		{ default: '', bodyKey: null, example: 'data.items' },
	);

/** @throws GoFiveError when there is no list at the place */
function findListAt(response: unknown, path: string): unknown {
	let [found, location] = [response, 'The answer'];
	for (const key of path.split('.')) {
		if (found === null || found === undefined) return [];
		const next = isObject(found) && key in found ? found[key] : throwNoList(path, location, found);
		[found, location] = [next, `'${key}'`];
	}
	return found === null || Array.isArray(found) ? found : throwNoList(path, location, found);
}

function throwNoList(path: string, location: string, found: unknown): never {
	const columns = isObject(found) ? Object.keys(found).slice(0, 10).join(', ') : '';
	const content = columns ? `holds: ${columns}` : Array.isArray(found) ? 'is a list itself' : 'holds no columns';
	throw new GoFiveError(
		{
			message: `GoFive's answer has no list at '${path}'`,
			description: `${location} ${content}. Correct 'Records Path', or leave it empty. Output 'Raw' shows the whole answer.`,
		},
		{ httpCode: '200' },
	);
}

const toRecord = (value: unknown): IDataObject => (isObject(value) ? value : { value }) as IDataObject;

/**
 * The records of an answer; a value that is no record stands under `value`.
 * @param isPage whether the answer is a part of a long list; @throws GoFiveError when there is no list at the path
 */
export function extractRecords(response: unknown, path: string, { mode }: Output, isPage: boolean): IDataObject[] {
	const found = mode === 'raw' ? response : path === '' ? extractData(response) : findListAt(response, path);
	const list = found === null || found === undefined ? [] : Array.isArray(found) ? (found as unknown[]) : [found];
	if (isPage && list[0] === found && !Array.isArray(found)) return throwNoList('data', 'The usual place', found);
	return list.map(toRecord).filter((record) => Object.keys(record).length > 0);
}
