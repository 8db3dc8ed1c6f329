import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { GoFiveError, toGoFiveError, toNodeError } from '../../api/errors';
import type { ApiRequest } from '../../api/request';
import { Client } from '../../api/client';
import { toText, truncate } from '../../shared/text';
import { readNodeOptions } from '../fields/nodeOptions';
import { toId } from '../fields/readValue';
import { MAX_LIST_RECORDS } from '../listSource';
import { toRecordList } from '../records';
import type { ListSource, NameSource, OperationValues, Pages } from '../types';
import { getRecordKey } from './columns';
import { buildPageRequest, getPages, PAGE_SIZE } from './pagination';
import { buildRequest } from './readTasks';

/** Maximum length of a label. Each record that contains the value repeats the label. */
const MAX_LABEL_LENGTH = 300;
/** Longest wait in ms for GoFive's rate limit while a list loads. The user waits in front of an empty list. */
const LIST_RATE_LIMIT_WAIT_MS = 20_000;

/** Adds the labels of records by value. A record without a value is skipped. */
export function addLabels(labels: Map<string, string>, records: IDataObject[], toEntry: NameSource['toEntry']): void {
	for (const record of records) {
		const entry = toEntry(record);
		const value = toText(entry.value);
		const name = toText(entry.name);
		const code = toText(entry.code);
		const label = name && code ? `${name} (${code})` : name || code;
		if (value) labels.set(value, truncate(label, MAX_LABEL_LENGTH));
	}
}

/** Parses a token: the offset of the page, and the key of the first record on the previous page, `100|["staff01"]`. */
function parseToken(token: string): { skip: number; previousKey?: string } {
	const [, offset = '0', previousKey] = /^(\d+)\|(.*)$/s.exec(token) ?? [];
	return { skip: Number(offset), previousKey };
}

const toPageKeys = ({ takeKey, skipKey = '' }: Pages, skip: number) => ({ [takeKey]: PAGE_SIZE, [skipKey]: skip });

/**
 * Fetches a list from its first 1,000 records, or one page of it that has entries.
 * @param send - Sends a request and returns GoFive's data.
 * @param token - Token of the page. See `parseToken`.
 * @returns Labels by value, and the token of the next page if there may be one.
 */
async function fetchLabels(
	{ operation, searchFilter = '', toEntry }: NameSource & Pick<ListSource, 'searchFilter'>,
	send: (request: ApiRequest) => Promise<unknown>,
	{ isWholeList = true, keyword = '', token = '' } = {},
): Promise<{ labels: Map<string, string>; paginationToken?: string }> {
	const { entity } = operation;
	const filters = keyword ? { [searchFilter]: keyword } : {};
	const values = { filters } as Partial<OperationValues> as OperationValues;
	const request = buildRequest(operation, values);
	const pages = getPages(operation, values);
	const labels = new Map<string, string>();
	let { skip, previousKey } = parseToken(token);
	const maxSkip = skip + MAX_LIST_RECORDS;
	do {
		const pageRequest = pages ? buildPageRequest(request, toPageKeys(pages, skip)) : request;
		const records = toRecordList(await send(pageRequest), entity);
		const [firstRecord] = records;
		if (!firstRecord) return { labels };
		const key = getRecordKey(firstRecord, entity) ?? JSON.stringify(firstRecord);
		// If a page begins with the same record as the previous one, GoFive ignores the offset.
		if (key === previousKey) return { labels };
		addLabels(labels, records, toEntry);
		skip += records.length;
		previousKey = key;
	} while (pages && skip < maxSkip && (isWholeList || labels.size === 0));
	return { labels, paginationToken: pages && `${skip}|${previousKey}` };
}

/** Converts labels by value to the entries of n8n's list. */
function toEntries(labels: Map<string, string>, { hasNumericValues }: ListSource): INodePropertyOptions[] {
	const entries: INodePropertyOptions[] = [];
	for (const [text, label] of labels) {
		const value = hasNumericValues ? toId(text) : text;
		if (value !== undefined) entries.push({ name: label || text, value });
	}
	return entries;
}

function createEmptyListError({ operation, pluralName }: ListSource): GoFiveError {
	const description = `Check whether Venio contains any ${operation.entity?.pluralName ?? pluralName}.`;
	return new GoFiveError({ message: `GoFive returned no ${pluralName}`, description });
}

/**
 * Loads a list for n8n's editor.
 * @param keyword - Text to search for in a resource locator. Undefined for other lists, which are loaded as a whole.
 * @throws NodeApiError or NodeOperationError if the list cannot be loaded or is empty.
 */
export async function loadList(
	context: ILoadOptionsFunctions,
	source: ListSource,
	keyword?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	const isLocator = keyword !== undefined;
	const isWholeList = !isLocator || !source.searchFilter;
	const client = new Client(context, { ...readNodeOptions({}), maxRateLimitWaitMs: LIST_RATE_LIMIT_WAIT_MS });
	try {
		const send = async (request: ApiRequest) => await client.send(request);
		const { labels, paginationToken } = await fetchLabels(source, send, { isWholeList, keyword, token });
		const entries = toEntries(labels, source);
		if (entries.length === 0 && !keyword && !token) throw createEmptyListError(source);
		if (!isWholeList) return { results: entries, paginationToken };
		const searchText = keyword?.toLowerCase() ?? '';
		return { results: entries.filter(({ name }) => name.toLowerCase().includes(searchText)) };
	} catch (error) {
		const alternative = isLocator ? "select 'By ID' and enter the value" : 'use an expression';
		const cause = toGoFiveError(error);
		const description = `${cause.description} To continue without the list, ${alternative}.`;
		const redactedError = client.redactor.redact(cause.withText({ description }));
		if (isLocator) throw toNodeError(context.getNode(), redactedError);
		// In other lists, n8n's editor shows only the message, and a NodeApiError as "[object Object]". Without its origin,
		// the error becomes a NodeOperationError.
		throw toNodeError(context.getNode(), new GoFiveError(redactedError), undefined, true);
	}
}
