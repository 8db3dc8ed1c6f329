import { output } from '../../operation/fields/output';
import { id, text } from '../../operation/fields/simple';
import { operation, type Entity } from '../../operation/types';
import { EMPTY_MAKES_NEW, additional } from '../fields';
import { contract } from './contract';
import { agreementNote, serviceFields } from './fields';

/** A service of a contract, as it was sent; of the answer's fields our copy of the page shows none. */
const agreement: Entity = {
	plural: 'service agreements',
	columns: {
		contractNo: { name: 'Contract No', type: 'text', always: true },
		...contract.lines?.columns,
	},
	key: ['contractServiceId'],
};

/** POST /v1/contract/service-agreement (page api-18402720, in development). That a missing ID makes a new one is inferred. */
export const createOrUpdateServiceAgreement = operation({
	name: 'Create or Update Service Agreement',
	value: 'upsertServiceAgreement',
	action: 'Create or update service agreement of contract',
	description: 'Add a service to a contract, or change one that it has',
	effect: 'write',
	fields: {
		contractNo: text('Contract No', {
			required: true,
			placeholder: 'e.g. CONT250600006',
			description: 'Number of the contract that holds the service',
		}),
		contractServiceId: id(
			'Contract Service ID',
			{
				placeholder: 'e.g. 7',
				description: 'ID of the service to change; empty makes a new one. Get with the output Lines shows it.',
				hint: EMPTY_MAKES_NEW,
			},
			'Give the ID of a service, a whole number.',
		),
		...serviceFields({ required: true }),
		additionalFields: additional({ agreementNote: agreementNote() }),
		output: output(agreement),
	},
	entity: agreement,
	record: 'contractNo',
	changes: 'contractServiceId',
	request: (_, body) => ({ method: 'POST', path: '/v1/contract/service-agreement', body }),
});
