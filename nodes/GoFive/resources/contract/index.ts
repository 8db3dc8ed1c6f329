import type { Resource } from '../../operation';
import { upsert } from './upsert';
import { upsertServiceAgreement } from './upsertServiceAgreement';
import { get } from './get';

/** Agreements with customers, with the services in them; GoFive marks the pages of all its operations as in development. */
export const contractResource: Resource = {
	name: 'Contract',
	value: 'contract',
	description: 'An agreement with a customer, with its services; GoFive is still developing this part',
	defaultOperation: get.value,
	operations: [upsert, upsertServiceAgreement, get],
};
