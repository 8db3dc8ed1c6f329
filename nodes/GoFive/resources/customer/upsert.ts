import { options, defineOperation, otherFieldsJson, output, text } from '../../operation';
import { EMPTY_CREATES_RECORD_HINT, hintIfOtherRecord } from '../sharedFields';
import { customerAdditionalFields } from './additionalFields';
import { customerEntity, CUSTOMER_STATES_BY_PROGRESS } from './entity';
import { validateCustomer } from './validateCustomer';

const fields = {
	customerCode: text(
		'Customer Code',
		'Code of the customer to change; empty makes a new one, whose code GoFive chooses',
		{ example: 'C000055', hint: EMPTY_CREATES_RECORD_HINT },
	),
	customerName: text('Customer Name', 'Name of the customer, which no other has', { required: true }),
	customerState: options('Customer State', 'How far the customer has come', CUSTOMER_STATES_BY_PROGRESS, {
		required: true,
	}),
	additionalFields: customerAdditionalFields,
};

/** POST /v3/customers (page api-3590385, whose end is cut; the rest of its fields from GoFive's C# sample). The answer is inferred. */
export const upsert = defineOperation({
	value: 'upsert',
	action: 'Create or update customer',
	fields: { ...fields, otherFieldsJson: otherFieldsJson(fields), output: output(customerEntity) },
	idField: 'customerCode',
	hintAfterWrite: hintIfOtherRecord('customerCode', 'customer', 'Customer Code'),
	request({ customerState, additionalFields }, body) {
		validateCustomer(customerState, additionalFields);
		// The one key that the page does not let be null.
		const email = additionalFields.customerEmail === null ? { customerEmail: '' } : {};
		return { method: 'POST', path: '/v3/customers', body: { ...body, ...email } };
	},
});
