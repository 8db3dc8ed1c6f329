import { codes, type Entity } from '../../operation';

/** GoFive's numbers for how far a customer has come (C# sample), in the order in which that happens. */
export const STATES_BY_PROGRESS = codes({ Lead: 1, Prospect: 2, Customer: 3 });

/**
 * A customer. The page of the answer was not seen: the columns have the names of the request, and where the older portal
 * calls them otherwise, those too.
 */
export const customer: Entity = {
	plural: 'customers',
	columns: {
		customerCode: { name: 'Customer Code', type: 'text', always: true },
		dateCreated: { name: 'Date Created', type: 'date' },
		customerName: { name: 'Customer Name', type: 'text', always: true },
		customerType: { name: 'Customer Type', type: 'integer' },
		customerStateName: {
			name: 'Customer State Name',
			type: 'text',
			from: ['customerState', 'customerStateId'],
			names: STATES_BY_PROGRESS,
		},
		customerState: {
			name: 'Customer State',
			type: 'integer',
			from: ['customerState', 'customerStateId'],
			isExtra: true,
		},
		leadStatus: { name: 'Lead Status', type: 'integer' },
		customerPhone: { name: 'Phone', type: 'text' },
		customerEmail: { name: 'Email', type: 'text', from: ['customerEmail', 'email'] },
		customerTaxNo: { name: 'Tax No', type: 'text' },
		customerId: { name: 'Customer ID', type: 'integer' },
	},
	key: ['customerCode'],
};
