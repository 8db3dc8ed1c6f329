import { defineOperation, limit, options, otherFieldsJson, output, text } from '../../operation';
import { filters } from '../sharedFields';
import { CUSTOMER_TYPES, customerEntity } from './entity';

/** Code of the type Customer, which a report usually starts from. */
const CUSTOMER_TYPE = 11300;

const fields = {
	customerType: options(
		'Customer State',
		'Stage of the customers in the sales process. To retrieve customers in several states, use one node for each state.',
		CUSTOMER_TYPES,
		{ default: CUSTOMER_TYPE },
	),
	limit: limit(),
	filters: filters({ keyword: text('Search Text', 'Only customers that match this text', { example: 'Coffee' }) }),
};

const pages = { takeKey: 'pageLength', skipKey: 'skip' };

/**
 * Retrieves customers: `POST /v1/Customers/Enquiry`. A row of the response was not seen.
 * GoFive's documentation lists only the operation's name. Path and keys are taken from the 2021 partner portal.
 */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many customers',
	description: 'Retrieve a list of customers, prospects or leads',
	effect: 'read',
	evidence: 'legacy',
	fields: {
		...fields,
		otherFieldsJson: otherFieldsJson(fields, {
			pages,
			description:
				'The 2021 partner portal lists the keys owners, groups, classifications, statuses, states, probabilities, topicInterests and orderBy. It does not list their values, so ask GoFive support.',
			example: '{"owners": ["staff01"]}',
		}),
		output: output(customerEntity),
	},
	notFoundDescription:
		"Check the state, the search text and the other fields, or select another value in the option 'If Nothing Found'.",
	pages,
	request: (_values, body) => ({ method: 'POST', path: '/v1/Customers/Enquiry', body }),
});
