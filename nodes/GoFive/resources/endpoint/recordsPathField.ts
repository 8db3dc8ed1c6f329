import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors/goFiveError';
import { extractData } from '../../api/response/envelope';
import { formatKeys, text, toRecords, truncateValue, unwrapValue, type Output } from '../../operation';
import { isObject } from '../../shared/json';

/** Creates Records Path: the path of the list in the response. Empty for GoFive's usual places. */
export const recordsPath = () =>
	text(
		'Records Path',
		"Path to the list of records in the response, with dots between the keys. Leave empty to use data or data.value. To see where the list is, select 'None' in 'Pagination' and 'Raw' in 'Output', which returns the whole response.",
		{ default: '', bodyKey: null, example: 'data.items' },
	);

/**
 * Returns the list at a path of the response. Empty if a part of the path is null.
 * @throws GoFiveError if the path leads to anything else.
 */
function getList(response: unknown, path: string): unknown {
	let [value, location] = [response, 'The response'];
	for (const key of path.split('.')) {
		if (value === null || value === undefined) return [];
		const child = isObject(value) && key in value ? value[key] : throwNoList(path, location, value);
		[value, location] = [child, `'${truncateValue(key)}'`];
	}
	return value === null || Array.isArray(value) ? value : throwNoList(path, location, value);
}

function throwNoList(path: string, location: string, value: unknown): never {
	const columns = isObject(value) ? formatKeys(value) : '';
	const content = columns ? `has only the keys ${columns}` : Array.isArray(value) ? 'is a list itself' : 'has no keys';
	throw new GoFiveError(
		{
			message: `GoFive's response has no list at '${truncateValue(path)}'`,
			description: `${location} ${content}. Enter the path of the list in 'Records Path'. To see the whole response, select 'None' in 'Pagination' and 'Raw' in 'Output'.`,
		},
		{ httpCode: '200' },
	);
}

/**
 * Finds the records in a response. A value that is not an object becomes a record with the key `value`.
 * @param isPage - Whether the response is a page of a list.
 * @throws GoFiveError if there is no list at the path.
 */
export function findRecords(response: unknown, path: string, { mode }: Output, isPage: boolean): IDataObject[] {
	const data = mode === 'raw' ? response : path === '' ? unwrapValue(extractData(response)) : getList(response, path);
	const list = data === null || data === undefined ? [] : Array.isArray(data) ? (data as unknown[]) : [data];
	if (isPage && list[0] === data && !Array.isArray(data)) return throwNoList('data', 'The default location', data);
	return toRecords(list);
}
