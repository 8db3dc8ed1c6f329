import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import { extractData, unwrapValue } from '../../api/envelope';
import { formatKeys, text, toRecords, truncateValue, type Output } from '../../operation';
import { isObject } from '../../shared/json';

/** Creates Records Path: the path of the list in the response. Empty for GoFive's usual places. */
export const recordsPath = () =>
	text(
		'Records Path',
		'Path to the list of records in the response, as dot-separated keys. Leave empty to use data or data.value.',
		{ default: '', bodyKey: null, example: 'data.items' },
	);

/**
 * Returns the list at a path of the response. Empty if a part of the path is null.
 * @throws GoFiveError if the path leads to anything else.
 */
function getList(response: unknown, path: string): unknown {
	let value = response;
	let location = 'The response';
	for (const key of path.split('.')) {
		if (value === null || value === undefined) return [];
		if (!isObject(value) || !(key in value)) throw createNoListError(path, location, value);
		value = value[key];
		location = `'${truncateValue(key)}'`;
	}
	if (value !== null && !Array.isArray(value)) throw createNoListError(path, location, value);
	return value;
}

/** Describes a value in which no list was found. */
function describeContent(value: unknown): string {
	const keys = isObject(value) ? formatKeys(value) : '';
	if (keys) return `has only the keys ${keys}`;
	return Array.isArray(value) ? 'is a list itself' : 'has no keys';
}

function createNoListError(path: string, location: string, value: unknown): GoFiveError {
	return new GoFiveError({
		kind: 'unclear',
		message: `GoFive's response has no list at '${truncateValue(path)}'`,
		description: `${location} ${describeContent(value)}. Enter the path of the list in 'Records Path'. To see the whole response, select 'None' in 'Pagination' and 'Raw' in 'Output'.`,
	});
}

/** Returns the data of a response in which the records are. */
function findData(response: unknown, path: string, { mode }: Output): unknown {
	if (mode === 'raw') return response;
	return path === '' ? unwrapValue(extractData(response)) : getList(response, path);
}

/**
 * Finds the records in a response. A value that is not an object becomes a record with the key `value`.
 * @param isPage - Whether the response is a page of a list.
 * @throws GoFiveError if there is no list at the path.
 */
export function findRecords(response: unknown, path: string, output: Output, isPage: boolean): IDataObject[] {
	const data = findData(response, path, output) ?? [];
	if (Array.isArray(data)) return toRecords(data as unknown[]);
	if (isPage) throw createNoListError('data', 'The default location', data);
	return toRecords([data]);
}
