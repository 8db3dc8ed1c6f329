import { toOptions, type Entity } from '../../operation';

/** GoFive's numbers for how far a customer has come (C# sample), in the order in which that happens. */
export const CUSTOMER_STATES_BY_PROGRESS = toOptions({ Lead: 1, Prospect: 2, Customer: 3 });

/**
 * A customer. The page of the answer was not seen: the columns have the names of the request, and where the older portal
 * calls them otherwise, those too.
 */
export const customerEntity: Entity = {
	pluralName: 'customers',
	columns: {
		customerCode: { displayName: 'Customer Code', type: 'text', isAlwaysFilled: true },
		dateCreated: { displayName: 'Date Created', type: 'date' },
		customerName: { displayName: 'Customer Name', type: 'text', isAlwaysFilled: true },
		customerType: { displayName: 'Customer Type', type: 'integer' },
		customerStateName: {
			displayName: 'Customer State Name',
			type: 'text',
			paths: ['customerState', 'customerStateId'],
			valueLabels: CUSTOMER_STATES_BY_PROGRESS,
		},
		customerState: {
			displayName: 'Customer State',
			type: 'integer',
			paths: ['customerState', 'customerStateId'],
			isSelectedOnly: true,
		},
		leadStatus: { displayName: 'Lead Status', type: 'integer' },
		customerPhone: { displayName: 'Phone', type: 'text' },
		customerEmail: { displayName: 'Email', type: 'text', paths: ['customerEmail', 'email'] },
		customerTaxNo: { displayName: 'Tax No', type: 'text' },
		customerId: { displayName: 'Customer ID', type: 'integer' },
	},
	keyColumns: ['customerCode'],
};
