import { defineRead, output, type NameSource } from '../../operation';
import { customerCode, notFoundHintFor } from '../sharedFields';
import { customerEntity } from './entity';

/**
 * Retrieves a customer: `GET /v3/customers/{customerCode}`.
 * The path is taken from GoFive's C# sample. The page was not seen, its number is inferred.
 * @see https://developer.gofive.co.th/api-3590379
 */
export const get = defineRead({
	name: 'Get',
	value: 'get',
	action: 'Get customer',
	description: 'Retrieve a customer by its code',
	fields: {
		customerCode: customerCode('Code of the customer to retrieve', { bodyKey: null }),
		output: output(customerEntity),
	},
	idField: 'customerCode',
	notFoundDescription: notFoundHintFor('code'),
	request: () => ({ method: 'GET', path: '/v3/customers/{customerCode}' }),
});

/** Names of the customers by customer code. GoFive is requested once per code. */
export const customerNames: NameSource = {
	pluralName: 'customers',
	operation: get,
	idField: 'customerCode',
	valueColumn: 'customerCode',
	nameColumn: 'customerName',
};
