import { choice, operation, otherFields, output, text } from '../../operation';
import { EMPTY_MAKES_NEW, noticeOfOther } from '../fields';
import { additionalFields } from './additionalFields';
import { customer, STATES_BY_PROGRESS } from './customer';
import { assertRules } from './rules';

const form = {
	customerCode: text(
		'Customer Code',
		'Code of the customer to change; empty makes a new one, whose code GoFive chooses',
		{ example: 'C000055', hint: EMPTY_MAKES_NEW },
	),
	customerName: text('Customer Name', 'Name of the customer, which no other has', { required: true }),
	customerState: choice('Customer State', 'How far the customer has come', STATES_BY_PROGRESS, { required: true }),
	additionalFields,
};

/** POST /v3/customers (page api-3590385, whose end is cut; the rest of its fields from GoFive's C# sample). The answer is inferred. */
export const createOrUpdate = operation({
	value: 'upsert',
	action: 'Create or update customer',
	fields: { ...form, otherFieldsJson: otherFields(form), output: output(customer) },
	record: 'customerCode',
	notice: noticeOfOther('customerCode', 'customer', 'Customer Code'),
	request({ customerState, additionalFields }, body) {
		assertRules(customerState, additionalFields);
		// The one key that the page does not let be null.
		const email = additionalFields.customerEmail === null ? { customerEmail: '' } : {};
		return { method: 'POST', path: '/v3/customers', body: { ...body, ...email } };
	},
});
