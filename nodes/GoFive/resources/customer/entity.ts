import { toOptions, type Entity } from '../../operation';

/** GoFive's codes for the state of a customer, in the order of its progress. Source: GoFive's C# sample. */
export const CUSTOMER_STATES_BY_PROGRESS = toOptions({ Lead: 1, Prospect: 2, Customer: 3 });

/**
 * A customer. No response has been seen, so the paths are the keys of the request and, where they differ, the keys of
 * the older portal.
 */
export const customerEntity: Entity = {
	pluralName: 'customers',
	columns: {
		customerCode: { displayName: 'Customer Code', type: 'text', fromInput: 'customerCode', isAlwaysFilled: true },
		dateCreated: { displayName: 'Date Created', type: 'date' },
		customerName: { displayName: 'Customer Name', type: 'text', fromInput: 'customerName', isAlwaysFilled: true },
		customerType: { displayName: 'Customer Type', type: 'integer', fromInput: 'customerType' },
		customerStateName: {
			displayName: 'Customer State Name',
			type: 'text',
			fromInput: 'customerState',
			paths: ['customerState', 'customerStateId'],
			valueLabels: CUSTOMER_STATES_BY_PROGRESS,
		},
		customerState: {
			displayName: 'Customer State',
			type: 'integer',
			fromInput: 'customerState',
			paths: ['customerState', 'customerStateId'],
			isSelectedOnly: true,
		},
		leadStatus: { displayName: 'Lead Status', type: 'integer', fromInput: 'leadStatus' },
		customerPhone: { displayName: 'Phone', type: 'text', fromInput: 'customerPhone' },
		customerEmail: {
			displayName: 'Email',
			type: 'text',
			fromInput: 'customerEmail',
			paths: ['customerEmail', 'email'],
		},
		customerTaxNo: { displayName: 'Tax No', type: 'text', fromInput: 'customerTaxNo' },
		customerId: { displayName: 'Customer ID', type: 'integer' },
	},
	keyColumns: ['customerCode'],
};
