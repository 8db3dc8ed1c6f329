import type { Resource } from '../../operation';
import { createOrUpdate } from './createOrUpdate';
import { createOrUpdateServiceAgreement } from './createOrUpdateServiceAgreement';
import { get } from './get';

/** Agreements with customers, with the services in them; GoFive marks the pages of all its operations as in development. */
export const contract: Resource = {
	name: 'Contract',
	value: 'contract',
	description: 'An agreement with a customer, with its services; GoFive is still developing this part',
	defaultOperation: get.value,
	operations: [createOrUpdate, createOrUpdateServiceAgreement, get],
};
