import { defineUpdate, options, output, text } from '../../operation';
import { toUpdatedEntity } from '../sharedColumns';
import { changedFields, customerCode, MODIFICATION_KEYS, preview } from '../sharedFields';
import { optionalCustomerFields } from './additionalFields';
import { currentCustomerValues } from './currentCustomer';
import { CUSTOMER_STATES_BY_PROGRESS, customerEntity } from './entity';
import { get } from './get';
import { validateUpdatedCustomer } from './validateCustomer';

/**
 * Changes some fields of a customer: `GET /v3/customers/{customerCode}`, then `POST /v3/customers` with all values.
 * It is not known whether GoFive keeps the values that a request omits.
 * @see https://developer.gofive.co.th/api-3590385
 */
export const update = defineUpdate({
	name: 'Update',
	value: 'update',
	action: 'Update customer',
	description: 'Change some fields of a customer',
	fields: {
		customerCode: customerCode('Code of the customer to update', { bodyKey: null }),
		updateFields: changedFields({
			customerName: text('Customer Name', 'Unique name of the customer'),
			customerState: options(
				'Customer State',
				'Whether the customer is a lead, a prospect or a customer',
				CUSTOMER_STATES_BY_PROGRESS,
			),
			...optionalCustomerFields,
		}),
		preview: preview(),
		output: output(toUpdatedEntity(customerEntity, ['customerCode', 'customerName'])),
	},
	idField: 'customerCode',
	current: {
		operation: get,
		values: currentCustomerValues,
		setByGoFive: MODIFICATION_KEYS,
		validate: validateUpdatedCustomer,
	},
	request(_values, body) {
		// customerEmail is the only key that cannot be null according to the page.
		const email = body['customerEmail'] === null ? { customerEmail: '' } : {};
		return { method: 'POST', path: '/v3/customers', body: { ...body, ...email } };
	},
});
