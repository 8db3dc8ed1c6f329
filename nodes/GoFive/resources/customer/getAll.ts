import { defineList, limit, otherFieldsJson, output, text, type Field } from '../../operation';
import { codeParts, filters } from '../sharedFields';
import { CUSTOMER_TYPES, customerEntity } from './entity';
import { customerStates } from './fields';

const pages = { takeKey: 'pageLength', skipKey: 'skip' };

const fields = {
	customerStateIds: customerStates('customers'),
	limit: limit(),
	filters: filters({
		otherFiltersJson: otherFieldsJson('Other Filters (JSON)', (): Record<string, Field> => fields, {
			pages,
			description:
				"For advanced users: more filters, with GoFive's names. The values that GoFive accepts are only partly known.",
			example: '{"owners": ["staff01"]}',
		}),
		searchText: text('Search Text', 'Only customers that match this text', { bodyKey: 'keyword', example: 'Coffee' }),
	}),
};

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
	fields: { ...fields, output: output(customerEntity) },
	notFoundDescription:
		"Check the states, the search text and the other fields, or select another value in the option 'If Nothing Found'.",
	pages,
	parts: ({ customerStateIds }) =>
		codeParts('customer state', customerStateIds, CUSTOMER_TYPES, (customerType) => ({ customerType })),
	request: ({ customerType }, body) => ({
		method: 'POST',
		path: '/v1/Customers/Enquiry',
		body: { customerType, ...body },
	}),
});
