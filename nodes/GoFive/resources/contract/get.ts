import { pathPart } from '../../api/request/request';
import { output } from '../../operation/fields/output';
import { text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { contract } from './contract';
import { checkThe } from '../fields';

/** GET /v1/contract/{no} (page api-18392899, in development). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get contract',
	description: 'Retrieve one contract, with its services',
	effect: 'read',
	fields: {
		contractNo: text('Contract No', {
			required: true,
			wire: null,
			placeholder: 'e.g. CONT250600006',
			description: 'Number of the contract',
		}),
		output: output(contract),
	},
	entity: contract,
	record: 'contractNo',
	ifNone: checkThe('number'),
	request: ({ contractNo }) => ({ method: 'GET', path: `/v1/contract/${pathPart(contractNo)}` }),
});
