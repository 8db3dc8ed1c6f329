import { choice } from '../../operation/fields/choice';
import { otherFields } from '../../operation/fields/otherFields';
import { output } from '../../operation/fields/output';
import { text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { EMPTY_MAKES_NEW, noticeOfOther } from '../fields';
import { additionalFields } from './additionalFields';
import { customer, STATES_BY_PROGRESS } from './customer';
import { assertRules } from './rules';

const form = {
	customerCode: text('Customer Code', {
		placeholder: 'e.g. C000055',
		description: 'Code of the customer to change; empty makes a new one, whose code GoFive chooses',
		hint: EMPTY_MAKES_NEW,
	}),
	customerName: text('Customer Name', { required: true, description: 'Name of the customer, which no other has' }),
	customerState: choice('Customer State', STATES_BY_PROGRESS, {
		required: true,
		description: 'How far the customer has come',
	}),
	additionalFields,
};

/** POST /v3/customers (page api-3590385, whose end is cut; the rest of its fields from GoFive's C# sample). The answer is inferred. */
export const createOrUpdate = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update customer',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: { ...form, otherFieldsJson: otherFields(form), output: output(customer) },
	entity: customer,
	record: 'customerCode',
	notice: noticeOfOther('customerCode', 'customer', 'Customer Code'),
	request({ customerState, additionalFields }, body) {
		assertRules(customerState, additionalFields);
		// The one key that the page does not let be null.
		const email = additionalFields.customerEmail === null ? { customerEmail: '' } : {};
		return { method: 'POST', path: '/v3/customers', body: { ...body, ...email } };
	},
});
