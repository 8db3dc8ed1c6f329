import { codeColumns, selectedOnly, toOptions, type Entity } from '../../operation';

/** GoFive's codes for the state of a customer, in the order of its progress. Source: GoFive's C# sample. */
export const CUSTOMER_STATES_BY_PROGRESS = toOptions({ Lead: 1, Prospect: 2, Customer: 3 });

/** GoFive's codes for the type and the lead status of a customer. Source: GoFive's C# sample. */
export const LEGAL_TYPES = toOptions({ Business: 1, Individual: 2 });
export const LEAD_STATUSES_BY_PROGRESS = toOptions({ New: 1, 'Follow-Up': 2, Unqualified: 3, Interested: 4 });

/** Codes of the 2021 partner portal for the same states, by which Get Many filters. */
export const CUSTOMER_TYPES = toOptions({ Customer: 11300, Lead: 11100, Prospect: 11200 });

/**
 * A customer. No response has been seen, so the paths are the keys of the request and, where they differ, the keys of
 * the older portal.
 */
export const customerEntity: Entity = {
	pluralName: 'customers',
	columns: {
		customerCode: { displayName: 'Customer Code' },
		dateCreated: { displayName: 'Date Created', type: 'date' },
		customerName: { displayName: 'Customer Name' },
		...codeColumns('customerType', 'Customer Type', [...LEGAL_TYPES, ...CUSTOMER_TYPES]),
		...codeColumns('customerState', 'Customer State', CUSTOMER_STATES_BY_PROGRESS, {
			paths: ['customerState', 'customerStateId'],
		}),
		...codeColumns('leadStatus', 'Lead Status', LEAD_STATUSES_BY_PROGRESS),
		customerPhone: { displayName: 'Phone' },
		customerEmail: { displayName: 'Email', paths: ['customerEmail', 'email'] },
		customerTaxNo: { displayName: 'Tax ID' },
		customerId: { displayName: 'Customer ID', type: 'integer' },
		...selectedOnly({
			addresses: { displayName: 'Addresses', type: 'list' },
			ownerNames: { displayName: 'Owner Names', paths: ['customerOwnersStr'], separator: ', ' },
		}),
	},
	keyColumns: ['customerCode'],
	idColumns: ['customerId', 'customerCode'],
	internalColumns: { dateModified: { displayName: 'Date Modified', type: 'date' } },
};
