import { rejectInput } from '../../api/errors';
import type { Effect } from '../../api/request';
import { defineEndpoint, json, limit, output, readJson, type Output, type Pages } from '../../operation';
import { changesData, endpointPath, method, query } from './requestFields';
import { findRecords, pagination, PAGINATION_VISIBILITY, recordsPath } from './responseFields';

interface PagedValues {
	query: ReadonlyArray<readonly [string, unknown]>;
	body: { value: object; text: string } | undefined;
	changesData: Effect;
	output: Output;
}

/**
 * Checks that the keys of pages can be added to a request, and that its response can be split into records.
 * @throws GoFiveError for values that do not fit together with Pagination
 */
function assertPageable(pagination: Pages, { query, body, changesData, output }: PagedValues): void {
	if (changesData === 'write')
		rejectInput(
			"'Pagination' is only for requests that read data",
			"Turn off 'Changes Data', or select 'None' in 'Pagination'.",
		);
	if (Array.isArray(body?.value))
		rejectInput(
			"'Body' cannot be an array with 'Pagination'",
			"Enter a JSON object in 'Body', or select 'None' in 'Pagination'.",
		);
	// The keys of the pages are added to the parsed body, in which digits of long numbers may be lost.
	if (body) readJson(body.text, 'Body', '');
	if (output.mode === 'raw')
		rejectInput(
			"'Output' cannot be 'Raw' with 'Pagination'",
			"Select 'Simplified' in 'Output', or select 'None' in 'Pagination'.",
		);
	// GoFive's keys differ in case only.
	const pageKeys = Object.values(pagination).map((key: string) => key.toLowerCase());
	const sentKeys = [...query.map(([key]) => key), ...Object.keys(body?.value ?? {})];
	const duplicate = sentKeys.find((key) => pageKeys.includes(key.toLowerCase()));
	if (duplicate !== undefined)
		rejectInput(
			`'${duplicate}' is set by 'Pagination'`,
			`Remove '${duplicate}' from 'Query Parameters' and 'Body', or select 'None' in 'Pagination'.`,
		);
}

/** Sends a request to any endpoint that returns JSON. The field Changes Data decides its effect. */
export const sendRequest = defineEndpoint({
	name: 'Send Request',
	value: 'sendRequest',
	action: 'Send request to any endpoint',
	description: 'Call any GoFive endpoint that returns JSON. File uploads and downloads are not supported.',
	fields: {
		method: method(),
		path: endpointPath(),
		query: query(),
		body: json('Body', 'JSON object or array to send. Leave empty to send no body.', {
			keepsText: true,
			hint: 'Optional',
		}),
		changesData: changesData(),
		recordsPath: recordsPath(),
		pagination: pagination(),
		limit: limit({ visibility: PAGINATION_VISIBILITY }),
		output: output(),
	},
	idField: 'path',
	validate({ pagination, ...values }) {
		if (pagination) assertPageable(pagination, values);
	},
	request: ({ method, path, query, body, changesData }) => ({
		method,
		path,
		query,
		body: body?.value,
		bodyText: body?.text,
		effect: changesData,
		returnsFullBody: true,
	}),
	getPages: ({ pagination }) => pagination,
	receive: (response, { recordsPath, output, pagination }) =>
		findRecords(response, recordsPath, output, pagination !== undefined),
});
