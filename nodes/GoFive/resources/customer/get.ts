import { pathPart } from '../../api/request/request';
import { operation, output } from '../../operation';
import { checkThe, customerCode } from '../fields';
import { customer } from './customer';

/** GET /v3/customers/{customerCode} (C# sample; its page, probably api-3590379, was not seen). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get customer',
	description: 'Retrieve a customer by its code',
	fields: {
		customerCode: customerCode('Code of the customer to get', { wire: null }),
		output: output(customer),
	},
	record: 'customerCode',
	ifNone: checkThe('code'),
	request: ({ customerCode }) => ({ method: 'GET', path: `/v3/customers/${pathPart(customerCode)}` }),
});
