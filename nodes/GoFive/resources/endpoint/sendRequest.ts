import { failUnsent } from '../../api/words/failure';
import { json, limit, operation, output } from '../../operation';
import { changesData, method } from './method';
import { paging, PAGED } from './paging';
import { endpointPath } from './path';
import { query } from './query';
import { recordsIn, recordsPath } from './records';

/** Any endpoint of GoFive that answers with JSON. */
export const sendRequest = operation({
	name: 'Send Request',
	value: 'sendRequest',
	action: 'Send request to any endpoint',
	description: 'Call an endpoint that has no operation here; it must answer with JSON; no file uploads or downloads',
	effect: 'read',
	fields: {
		method: method(),
		path: endpointPath(),
		query: query(),
		body: json('Body', 'JSON to send, an object or a list; empty sends none', { asWritten: true }),
		changesData: changesData(),
		recordsPath: recordsPath(),
		paging: paging(),
		limit: limit({ only: PAGED }),
		output: output(),
	},
	record: 'path',
	request({ method, path, query, body, changesData, paging, output }) {
		if (paging) {
			const keys = Object.values(paging) as string[];
			const given = [...query.map(([key]) => key), ...Object.keys(body?.value ?? {})].find((key) => keys.includes(key));
			if (changesData === 'write')
				failUnsent("'Paging' is for requests that only ask", "Turn off 'Changes Data', or choose 'None' in 'Paging'.");
			if (Array.isArray(body?.value))
				failUnsent(
					"'Paging' cannot be added to a body that is a list",
					"Give an object in 'Body', or choose 'None' in 'Paging'.",
				);
			if (output.mode === 'raw')
				failUnsent(
					"'Output' cannot be 'Raw' with 'Paging'",
					"Choose 'Simplified', which gives one item for each record as GoFive sends it.",
				);
			if (given !== undefined)
				failUnsent(
					`'${given}' is set by 'Paging'`,
					`Leave '${given}' out of the query and the body, or choose 'None' in 'Paging'.`,
				);
		}
		return { method, path, query, body: body?.value, text: body?.text, effect: changesData, whole: true };
	},
	receive: (answer, { recordsPath, output, paging }) => recordsIn(answer, recordsPath, output, paging !== undefined),
});
