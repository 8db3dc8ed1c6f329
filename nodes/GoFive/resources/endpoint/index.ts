import type { Resource } from '../../operation';
import { sendRequest } from './sendRequest';

/** Endpoints of the GoFive API that have no operation of their own. */
export const endpointResource: Resource = {
	name: 'Any Endpoint',
	value: 'endpoint',
	description:
		"Any other endpoint of the GoFive API, for advanced users. Enter its path from GoFive's API documentation.",
	defaultOperation: sendRequest.value,
	operations: [sendRequest],
};
