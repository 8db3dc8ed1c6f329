import { encodePathPart } from '../../api/request/request';
import { defineOperation, output } from '../../operation';
import { notFoundHintFor, customerCode } from '../sharedFields';
import { customerEntity } from './entity';

/** GET /v3/customers/{customerCode} (C# sample; its page, probably api-3590379, was not seen). */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get customer',
	description: 'Retrieve a customer by its code',
	fields: {
		customerCode: customerCode('Code of the customer to get', { bodyKey: null }),
		output: output(customerEntity),
	},
	idField: 'customerCode',
	notFoundHint: notFoundHintFor('code'),
	request: ({ customerCode }) => ({ method: 'GET', path: `/v3/customers/${encodePathPart(customerCode)}` }),
});
