import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { GoFiveError, toNodeError } from '../../api/errors';
import { Client } from '../../api/client';
import { messages } from '../../api/messages';
import { CREDENTIAL_TYPE } from '../../api/transport';
import { readNodeOptions } from '../fields/nodeOptions';
import { toId } from '../fields/readValue';
import { emptyListError, MAX_LIST_RECORDS } from '../fields/listSource';
import { getRecordId } from '../records/records';
import type { ListSource } from '../field';
import { addLabels, getOperation, readEntries, readEntry } from './entries';
import { PAGE_SIZE } from './pagination';
import { readAll } from './readAll';

/** Longest wait in ms for GoFive's rate limit while a list loads. The user waits in front of an empty list. */
const LIST_RATE_LIMIT_WAIT_MS = 20_000;

/** Parses a token: the offset of the page, and the ID of the first record on the previous page, `100|staff01`. */
function parseToken(token = ''): { skip: number; previousId?: string } {
	const [, offset = '0', previousId] = /^(\d+)\|(.*)$/s.exec(token) ?? [];
	return { skip: Number(offset), previousId };
}

/** Reads a list from its first 1,000 records. */
async function readLabels(source: ListSource, client: Client): Promise<Map<string, string>> {
	const labels = new Map<string, string>();
	addLabels(labels, await readEntries(source, client, MAX_LIST_RECORDS));
	return labels;
}

/**
 * Reads the next page of a list that has entries. It ends after 1,000 records.
 *
 * @param token - Token of the page. See `parseToken`.
 * @returns Labels by value, and the token of the next page if there may be one.
 */
async function readLabelPage(
	source: ListSource,
	client: Client,
	keyword: string,
	token?: string,
): Promise<{ labels: Map<string, string>; paginationToken?: string }> {
	const { searchFilter = '' } = source;
	const operation = getOperation(source);
	const filters = keyword ? { [searchFilter]: keyword } : {};
	const labels = new Map<string, string>();
	let { skip, previousId } = parseToken(token);
	const maxSkip = skip + MAX_LIST_RECORDS;
	do {
		const { rows } = await readAll(operation, { filters }, client, { page: { take: PAGE_SIZE, skip } });
		const [firstRow] = rows;
		if (!firstRow) return { labels };
		const id = getRecordId(firstRow.record, operation.entity) ?? JSON.stringify(firstRow.record);
		// If a page begins with the same record as the previous one, GoFive ignores the offset.
		if (id === previousId) return { labels };
		addLabels(
			labels,
			rows.map((row) => readEntry(row, source)),
		);
		skip += rows.length;
		previousId = id;
	} while (operation.pages && skip < maxSkip && labels.size === 0);
	return { labels, paginationToken: operation.pages && `${skip}|${previousId}` };
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
	const node = context.getNode();
	// n8n requests the lists of a new node before it selects the credential, and not again while the request is in flight.
	if (!node.credentials?.[CREDENTIAL_TYPE])
		throw toNodeError(node, new GoFiveError(messages.credentialNotSelected), { isInList: !isLocator });
	const client = new Client(context, { ...readNodeOptions({}), maxRateLimitWaitMs: LIST_RATE_LIMIT_WAIT_MS });
	try {
		const isInPages = isLocator && source.searchFilter !== undefined;
		const { labels, paginationToken } = isInPages
			? await readLabelPage(source, client, keyword, token)
			: { labels: await readLabels(source, client), paginationToken: undefined };
		const entries = toEntries(labels, source);
		if (entries.length === 0 && !keyword && !token) throw emptyListError(source);
		if (isInPages) return { results: entries, paginationToken };
		const searchText = keyword?.toLowerCase() ?? '';
		return { results: entries.filter(({ name }) => name.toLowerCase().includes(searchText)) };
	} catch (error) {
		const alternative = isLocator ? "select 'By ID' and enter the value" : 'use an expression';
		const listError = client.toError(error);
		const description = `${listError.description} To continue without the list, ${alternative}.`;
		throw toNodeError(node, listError.with({ description }), { isInList: !isLocator });
	}
}
