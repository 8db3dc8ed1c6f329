import type { Resource } from '../../operation';
import { sendRequest } from './sendRequest';

/** Whatever of GoFive's API has no operation of its own. */
export const endpointResource: Resource = {
	name: 'Any Endpoint',
	value: 'endpoint',
	description: 'Anything else that the GoFive API offers, by its path',
	defaultOperation: sendRequest.value,
	operations: [sendRequest],
};
