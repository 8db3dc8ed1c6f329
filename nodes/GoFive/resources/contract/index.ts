import type { DataResource } from '../../operation';
import { get } from './get';
import { upsert } from './upsert';
import { upsertServiceAgreement } from './upsertServiceAgreement';

/** Contracts with customers, and their services. GoFive marks the pages of all operations as under development. */
export const contractResource: DataResource = {
	name: 'Contract',
	value: 'contract',
	description:
		'An agreement with a customer about services. GoFive marks these operations as "Developing", so they may change.',
	defaultOperation: get.value,
	operations: [upsert, upsertServiceAgreement, get],
};
