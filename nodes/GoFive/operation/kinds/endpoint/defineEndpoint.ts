// Any Endpoint: an operation whose form decides what is sent, whether it changes data, and where the records are.
// Imported by `operation/index.ts`.
// Start with runEndpoint.ts for a run.
import type { IDataObject } from 'n8n-workflow';
import type { Fields, OperationValues } from '../../field';
import type { RequestOperation, Pages } from '../../operation';
import { getReadOptions } from '../read/defineRead';
import { completeDefinition, type Definition } from '../../completeDefinition';

interface EndpointSettings<F extends Fields = Fields> {
	/** Returns the pagination that the form describes. */
	getPages(values: OperationValues<F>): Pages | undefined;
	/**
	 * Extracts the records from the whole response.
	 * @throws GoFiveError if the response has another form than the user entered.
	 */
	receive(response: unknown, values: OperationValues<F>): IDataObject[];
}

/** Operation that sends any request. `effect` is that of an untouched form. */
export interface EndpointOperation extends RequestOperation, EndpointSettings {
	kind: 'endpoint';
}

/** Defines an operation that sends any request. */
export const defineEndpoint = <F extends Fields>(
	definition: Definition<F> & EndpointSettings<F>,
): EndpointOperation => {
	const { fields, getPages, receive } = definition;
	const settings = { getPages, receive } as EndpointSettings;
	return { ...completeDefinition(definition, 'read', getReadOptions(fields)), kind: 'endpoint', ...settings };
};
