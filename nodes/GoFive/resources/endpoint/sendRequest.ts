import { json, output } from '../../operation/fields';
import { operation } from '../../operation/types';
import { endpointPath } from './path';
import { query } from './query';
import { recordsIn, recordsPath } from './records';
import { changesData, method } from './method';

/** Any endpoint of GoFive that answers with JSON. */
export const sendRequest = operation({
	name: 'Send Request',
	value: 'sendRequest',
	action: 'Send request to any endpoint',
	description: 'Call an endpoint that has no operation here; it must answer with JSON; no file uploads or downloads',
	fields: {
		method: method(),
		path: endpointPath(),
		query: query(),
		body: json('Body', 'body', 'JSON to send, an object or a list; empty sends none'),
		effect: changesData(),
		recordsPath: recordsPath(),
		output: output(),
	},
	options: ['ifNothingFound', 'maxParallelRequests', 'timeout'],
	record: 'path',
	request: ({ method, path, query, body, effect }) => ({
		method,
		path,
		query,
		body: body?.value,
		text: body?.text,
		effect,
		whole: true,
	}),
	receive: (answer, { recordsPath, output }) => recordsIn(answer, recordsPath, output),
});
