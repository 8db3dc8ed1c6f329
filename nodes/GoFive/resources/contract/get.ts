import { pathPart } from '../../api/request/request';
import { operation, output, text } from '../../operation';
import { contract } from './contract';
import { checkThe } from '../fields';

/** GET /v1/contract/{no} (page api-18392899, in development). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get contract',
	description: 'Retrieve one contract, with its services',
	fields: {
		contractNo: text('Contract No', 'Number of the contract', { required: true, wire: null, example: 'CONT250600006' }),
		output: output(contract),
	},
	record: 'contractNo',
	ifNone: checkThe('number'),
	request: ({ contractNo }) => ({ method: 'GET', path: `/v1/contract/${pathPart(contractNo)}` }),
});
