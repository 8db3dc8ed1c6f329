import { defineWrite, options, otherFieldsJson, output, text, type Field } from '../../operation';
import { additionalFields, EMPTY_CREATES_RECORD_HINT, hintIfOtherRecord, withLookupLink } from '../sharedFields';
import { optionalCustomerFields } from './fields';
import { CUSTOMER_STATES_BY_PROGRESS, customerEntity } from './entity';
import { validateCustomer } from './validateCustomer';

const fields = {
	customerCode: text(
		'Customer Code',
		withLookupLink('Code of the customer to update, or empty to create a customer, to which GoFive assigns a code'),
		{ example: 'C000055', hint: EMPTY_CREATES_RECORD_HINT, rejectsEmptyExpression: true },
	),
	customerName: text('Customer Name', 'Unique name of the customer', { required: true }),
	customerState: options(
		'Customer State',
		'Whether the customer is a lead, a prospect or a customer',
		CUSTOMER_STATES_BY_PROGRESS,
		{
			required: true,
		},
	),
	additionalFields: additionalFields(
		{
			...optionalCustomerFields,
			otherFieldsJson: otherFieldsJson('Other Fields (JSON)', (): Record<string, Field> => fields),
		},
		'Customer > Update',
	),
};

/**
 * Creates or updates a customer: `POST /v3/customers`. The response is inferred.
 * Our copy of the page is cut. The other fields are taken from GoFive's C# sample.
 * @see https://developer.gofive.co.th/api-3590385
 */
export const upsert = defineWrite({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update customer',
	fields: { ...fields, output: output(customerEntity) },
	idField: 'customerCode',
	nameField: 'customerName',
	hintAfterWrite: hintIfOtherRecord(customerEntity, 'customer'),
	validate: ({ customerState, additionalFields }) => validateCustomer(customerState, additionalFields),
	request: (_values, body) => ({ method: 'POST', path: '/v3/customers', body }),
});
