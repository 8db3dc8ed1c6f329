import { defineRead, output, text } from '../../operation';
import { notFoundHintFor, withLookupLink } from '../sharedFields';
import { contractEntity } from './entity';

/**
 * Retrieves a contract: `GET /v1/contract/{no}`. GoFive marks the page as under development.
 * @see https://developer.gofive.co.th/api-18392899
 */
export const get = defineRead({
	name: 'Get',
	value: 'get',
	action: 'Get contract',
	description: 'Retrieve a contract with its services. GoFive marks this operation as "Developing", so it may change.',
	fields: {
		contractNo: text('Contract Number', withLookupLink('Number of the contract to retrieve'), {
			required: true,
			bodyKey: null,
			example: 'CONT250600006',
		}),
		output: output(contractEntity),
	},
	idField: 'contractNo',
	notFoundDescription: notFoundHintFor('number'),
	request: () => ({ method: 'GET', path: '/v1/contract/{contractNo}' }),
});
