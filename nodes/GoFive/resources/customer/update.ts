import { defineUpdate, options, output, text, withDescription } from '../../operation';
import { toUpdatedEntity } from '../sharedColumns';
import { changedFields, customerCode, MODIFICATION_KEYS, preview } from '../sharedFields';
import { addresses, contact, contacts, customFields, optionalCustomerFields, socialAccount } from './fields';
import { currentCustomerValues } from './currentCustomer';
import { CUSTOMER_STATES_BY_PROGRESS, customerEntity } from './entity';
import { get } from './get';
import { validateUpdatedCustomer } from './validateCustomer';

/** Fields that an update replaces as a whole, because their rows and values have no ID. */
const replacedFields = {
	addresses: withDescription(
		addresses,
		'Billing and shipping addresses of the customer. They probably replace all addresses in Venio.',
	),
	contact: withDescription(
		contact,
		'Contact details of an individual customer. They probably replace all contact details in Venio.',
	),
	contacts: withDescription(contacts, 'Contacts of a business customer. They probably replace all contacts in Venio.'),
	customFields: withDescription(
		customFields,
		'Fields that your company has added in Venio. They probably replace all custom fields of the customer.',
	),
	customerSocialAccount: withDescription(
		socialAccount('customerSocialAccount'),
		'User names or profile URLs on social networks. They probably replace all social accounts in Venio.',
	),
};

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
			...replacedFields,
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
