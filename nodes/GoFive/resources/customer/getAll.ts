import { defineOperation, limit, options, otherFieldsJson, output, text } from '../../operation';
import { filters } from '../sharedFields';
import { CUSTOMER_TYPES, customerEntity } from './entity';

/** Code of the type Customer, which a report usually starts from. */
const CUSTOMER_TYPE = 11300;

const fields = {
	customerType: options(
		'Customer Type',
		'Stage of the customers in the sales process. To get several types, add a node for each.',
		CUSTOMER_TYPES,
		{ default: CUSTOMER_TYPE },
	),
	limit: limit(),
	filters: filters({ keyword: text('Keyword', 'Only customers that match this text', { example: 'กาแฟ' }) }),
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
				'The 2021 partner portal lists owners, groups, classifications, statuses, states, probabilities, topicInterests and orderBy, without their values.',
			example: '{"owners": ["staff01"]}',
		}),
		output: output(customerEntity),
	},
	notFoundDescription:
		"Check the type, the keyword and the other fields, or select another value in the option 'If Nothing Found'.",
	pages,
	request: (_values, body) => ({ method: 'POST', path: '/v1/Customers/Enquiry', body }),
});
