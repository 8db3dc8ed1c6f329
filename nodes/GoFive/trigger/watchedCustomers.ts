import type { INodeProperties } from 'n8n-workflow';
import { listField } from '../operation/fields/list';
import { notice } from '../operation/fields/notice';
import { options } from '../operation/fields/options';
import { readText } from '../operation/fields/readValue';
import { TRIGGER_NOTICE } from '../operation/pathEvidence';
import type { Field } from '../operation/field';
import { customerStates } from '../resources/customer/fields';
import { withLookupLink } from '../resources/sharedFields';

/** Customers whose events are watched: the codes that the user enters, or all customers in some states. */
export interface WatchedCustomers {
	codes?: string[];
	/** Codes of the states. An empty list means all. */
	states?: number[];
}

/** Name of the value that selects all customers. */
export const ALL_CUSTOMERS = 'all';

const selector = options(
	'Customers',
	'Which customers to watch',
	[
		{
			name: 'All Customers',
			value: ALL_CUSTOMERS,
			description: "All customers, prospects and leads, unless you select 'Customer States'",
		},
		{ name: 'By Customer Code', value: 'codes', description: 'The customers whose codes you enter' },
	],
	{ default: 'codes' },
);

/** The field takes one code per line, comma-separated codes, or a list. */
const codesInput = listField(
	'Customer Codes',
	withLookupLink('Codes of the customers to watch, comma-separated, one per line, or a list from an expression'),
	{ required: true, example: 'C000055, C000154' },
	(value) => readText(value, 'Customer Codes'),
	{
		emptyErrorDescription: 'Enter at least one customer code.',
		property: { type: 'string', typeOptions: { editorRows: 4 } },
	},
);

const showFor = (value: string) => (property: INodeProperties) => ({
	...property,
	displayOptions: { show: { customerSelection: [value] } },
});

const ALL_CUSTOMERS_HINT =
	"Each poll sends one request per customer. Select an interval of at least 5 minutes in 'Poll Times', and at least 15 minutes for more than 100 customers.";

const statesInput = customerStates('customers', ALL_CUSTOMERS_HINT);

/** Notice about the list from which all customers are read. */
const listNotice = notice(TRIGGER_NOTICE);

/** Field that selects the customers to watch. */
export const watchedCustomers: Field<WatchedCustomers> = {
	displayName: selector.displayName,
	properties: (name) => [
		...selector.properties(name).map((property) => ({ ...property, noDataExpression: true })),
		...codesInput.properties('customerCodes').map(showFor('codes')),
		...listNotice.properties('evidenceNotice').map(showFor(ALL_CUSTOMERS)),
		...statesInput.properties('customerStateIds').map(showFor(ALL_CUSTOMERS)),
	],
	read(getParameter, name, context) {
		if (selector.read(getParameter, name, context) === ALL_CUSTOMERS)
			return { states: statesInput.read(getParameter, 'customerStateIds', context) };
		return { codes: codesInput.read(getParameter, 'customerCodes', context) };
	},
};
