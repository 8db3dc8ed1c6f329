import { defineList, limit, otherFieldsJson, output, text } from '../../operation';
import { codeParts, filters } from '../sharedFields';
import { CUSTOMER_TYPES, customerEntity } from './entity';
import { customerStates } from './fields';

const fields = {
	customerTypes: customerStates('customers'),
	limit: limit(),
	filters: filters({ keyword: text('Search Text', 'Only customers that match this text', { example: 'Coffee' }) }),
};

const pages = { takeKey: 'pageLength', skipKey: 'skip' };

/**
 * Retrieves customers: `POST /v1/Customers/Enquiry`, once per state. A row of the response was not seen.
 * GoFive's documentation lists only the operation's name. Path and keys are taken from the 2021 partner portal.
 */
export const getAll = defineList({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many customers',
	description: 'Retrieve a list of customers, prospects or leads',
	evidence: 'legacy',
	fields: {
		...fields,
		output: output(customerEntity),
		otherFieldsJson: otherFieldsJson(fields, {
			pages,
			description:
				"For advanced users: more filters, with GoFive's names. The values that GoFive accepts are only partly known.",
			example: '{"owners": ["staff01"]}',
		}),
	},
	notFoundDescription:
		"Check the states, the search text and the other fields, or select another value in the option 'If Nothing Found'.",
	pages,
	parts: ({ customerTypes }) =>
		codeParts('customer state', customerTypes, CUSTOMER_TYPES, (customerType) => ({ customerType })),
	request: ({ customerType }, body) => ({
		method: 'POST',
		path: '/v1/Customers/Enquiry',
		body: { customerType, ...body },
	}),
});
