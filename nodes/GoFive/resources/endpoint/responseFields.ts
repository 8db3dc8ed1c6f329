import type { IDataObject } from 'n8n-workflow';
import { extractData, unwrapValue } from '../../api/envelope';
import { GoFiveError } from '../../api/errors';
import {
	findOption,
	formatKeys,
	options,
	text,
	toRecords,
	truncateValue,
	type Field,
	type GetParameter,
	type Output,
	type Pages,
} from '../../operation';
import { isObject } from '../../shared/json';

/** Pagination keys that appear on GoFive's pages. */
const PAGE_KEYS: Record<string, Pages> = {
	takeSkip: { takeKey: 'take', skipKey: 'skip' },
	pageLengthSkip: { takeKey: 'pageLength', skipKey: 'skip' },
	take: { takeKey: 'take' },
};

const PAGINATION_OPTIONS = [
	{ name: 'None', value: 'none', description: 'One request per item' },
	{ name: 'Take and Skip', value: 'takeSkip', description: 'The endpoint supports take and skip' },
	{ name: 'Page Length and Skip', value: 'pageLengthSkip', description: 'The endpoint supports pageLength and skip' },
	{ name: 'Take Only', value: 'take', description: 'The endpoint supports take but cannot skip records' },
] as const;

const paginationInput = options('Pagination', 'How the endpoint splits a long list into pages', PAGINATION_OPTIONS, {
	default: 'none',
});

/** Condition for Return All and Limit: they are shown if pagination is selected. */
export const PAGINATION_VISIBILITY = {
	displayOptions: { show: { pagination: Object.keys(PAGE_KEYS) } },
	isVisible: (getParameter: GetParameter) =>
		(findOption(PAGINATION_OPTIONS, getParameter('pagination'))?.value ?? '') in PAGE_KEYS,
};

/** Creates Pagination: how the endpoint paginates its list. The value is undefined without pagination. */
export function pagination(): Field<Pages | undefined> {
	return {
		displayName: paginationInput.displayName,
		bodyKey: null,
		properties: paginationInput.properties,
		read: (getParameter, name, context) => PAGE_KEYS[paginationInput.read(getParameter, name, context)],
	};
}

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
