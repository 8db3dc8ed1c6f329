import type { Resource } from '../../operation';
import { sendRequest } from './sendRequest';

/** Endpoints of the GoFive API that have no operation of their own. */
export const endpointResource: Resource = {
	name: 'Any Endpoint',
	value: 'endpoint',
	description: 'Any other endpoint of the GoFive API, by its path',
	defaultOperation: sendRequest.value,
	operations: [sendRequest],
};
