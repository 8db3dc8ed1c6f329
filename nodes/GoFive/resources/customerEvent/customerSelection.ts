import type { INodeProperties } from 'n8n-workflow';
import { listField, notice, options, readText, type Field } from '../../operation';
import { customerStates } from '../customer/fields';
import { withLookupLink } from '../sharedFields';

/** Customers whose events are read: the codes that the user enters, or all customers in some states. */
export interface CustomerSelection {
	codes?: string[];
	/** Codes of the states. An empty list means all. */
	states?: number[];
}

/** Name of the value that selects all customers. */
export const ALL_CUSTOMERS = 'all';

const EMPTY_CODES_DESCRIPTION = 'Enter at least one customer code.';

interface SelectionSettings {
	/** What happens to the customers, for example "watch". */
	verb: string;
	default: 'all' | 'codes';
	/** Notice about the list from which all customers are read. */
	listNotice: string;
	/** Text below Customer States. */
	statesHint: string;
}

/** Creates the function that shows a property for one selection only. */
export const showForSelection = (value: string) => (property: INodeProperties) => ({
	...property,
	displayOptions: { show: { customerSelection: [value] } },
});

/** The field takes one code per line, comma-separated codes, or a list. */
const createCodesInput = (verb: string) =>
	listField(
		'Customer Codes',
		withLookupLink(`Codes of the customers to ${verb}, comma-separated, one per line, or a list from an expression`),
		{ required: true, example: 'C000055, C000154' },
		(value) => readText(value, 'Customer Codes'),
		{
			emptyErrorDescription: EMPTY_CODES_DESCRIPTION,
			property: { type: 'string', typeOptions: { editorRows: 4 } },
		},
	);

/** Creates the list Customers. */
const createSelector = ({ verb, default: defaultValue }: SelectionSettings) =>
	options(
		'Customers',
		`Which customers to ${verb}`,
		[
			{
				name: 'All Customers',
				value: ALL_CUSTOMERS,
				description: "All customers, prospects and leads, unless you select 'Customer States'",
			},
			{ name: 'By Customer Code', value: 'codes', description: 'The customers whose codes you enter' },
		],
		{ default: defaultValue },
	);

/** Creates the field that selects customers, with its inputs Customer Codes and Customer States. */
export function customerSelection(settings: SelectionSettings): Field<CustomerSelection> {
	const selector = createSelector(settings);
	const codesInput = createCodesInput(settings.verb);
	const statesInput = customerStates('customers', settings.statesHint);
	return {
		displayName: selector.displayName,
		bodyKey: null,
		properties: (name) => [
			...selector.properties(name).map((property) => ({ ...property, noDataExpression: true })),
			...codesInput.properties('customerCodes').map(showForSelection('codes')),
			...notice(settings.listNotice).properties('evidenceNotice').map(showForSelection(ALL_CUSTOMERS)),
			...statesInput.properties('customerStateIds').map(showForSelection(ALL_CUSTOMERS)),
		],
		read(getParameter, name, context) {
			if (selector.read(getParameter, name, context) === ALL_CUSTOMERS)
				return { states: statesInput.read(getParameter, 'customerStateIds', context) };
			return { codes: codesInput.read(getParameter, 'customerCodes', context) };
		},
	};
}
