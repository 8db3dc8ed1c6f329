import {
	addSelectedColumns,
	daysSince,
	monthOf,
	percentageOf,
	selectedOnly,
	type Entity,
	type Totals,
} from '../../operation';

/**
 * A deal. Keys that begin with "deal" in a request begin with "deals" in a response. The page shows only some of the
 * fields; the others are from the older portal.
 * @see https://developer.gofive.co.th/api-3602937
 */
export const dealEntity: Entity = {
	pluralName: 'deals',
	columns: {
		dealNo: { displayName: 'Deal Number' },
		expectedCloseDate: {
			displayName: 'Expected Close Date',
			type: 'date',
		},
		dealName: { displayName: 'Deal Name', paths: ['dealsName', 'dealName'] },
		customerName: { displayName: 'Customer Name', paths: ['customerName', 'customer.customerName'] },
		dealStageName: { displayName: 'Deal Stage Name', paths: ['dealStageName', 'dealStage.dealStageName'] },
		statusName: { displayName: 'Status Name' },
		dealValue: {
			displayName: 'Deal Value',
			type: 'number',
			paths: ['dealsValue', 'dealValue'],
		},
		// A new deal is sent with the codes of all its customers.
		customerCode: {
			displayName: 'Customer Code',
			paths: ['customerCode', 'customer.customerCode', 'customerCodes'],
			separator: ', ',
		},
		dealId: {
			displayName: 'Deal ID',
			type: 'integer',
			paths: ['dealsId', 'dealId'],
		},
		...selectedOnly({
			dealDate: { displayName: 'Deal Date', type: 'date', paths: ['dealsDate', 'dealDate'] },
			probability: { displayName: 'Probability', type: 'number' },
			dealQuantity: { displayName: 'Quantity', type: 'number' },
			notes: { displayName: 'Note', paths: ['notes', 'note'] },
			statusId: { displayName: 'Status ID', type: 'integer' },
			dealStageId: {
				displayName: 'Deal Stage ID',
				type: 'integer',
				paths: ['dealStageId', 'dealStage.dealStageId'],
			},
			boardId: { displayName: 'Board ID', type: 'integer' },
			customerId: { displayName: 'Customer ID', type: 'integer', paths: ['customerId', 'customer.customerId'] },
		}),
	},
	keyColumns: ['dealId'],
	idColumns: ['dealId', 'dealNo'],
	internalColumns: {
		dateCreated: { displayName: 'Date Created', type: 'date' },
		dateModified: { displayName: 'Date Modified', type: 'date' },
	},
};

/** A deal of Get and Get Many. */
export const readDealEntity = addSelectedColumns(dealEntity, {
	weightedValue: percentageOf('dealValue', 'probability', 'Weighted Value (Value × Probability)'),
	daysSinceExpectedCloseDate: daysSince('expectedCloseDate', 'Expected Close Date'),
	expectedCloseMonth: monthOf('expectedCloseDate', 'Expected Close Month'),
});

/** Totals of deals. No currency of a deal was seen. */
export const dealTotals: Totals = {
	examples: 'stage, customer or month',
	defaultGroup: 'dealStage',
	note: "The totals may include won and lost deals. To count only open deals, add 'Status Names' in 'Filters', and enter the names of the open statuses.",
	date: 'expectedCloseDate',
	groups: {
		customer: { displayName: 'Customer', column: 'customerCode', shownColumns: ['customerCode', 'customerName'] },
		dealStage: { displayName: 'Deal Stage', column: 'dealStageName' },
		status: { displayName: 'Status', column: 'statusName' },
	},
	sums: ['dealValue', 'weightedValue'],
};
