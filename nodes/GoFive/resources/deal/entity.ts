import type { Entity } from '../../operation';

/**
 * A deal. Keys that begin with "deal" in a request begin with "deals" in a response. The page shows only some of the
 * fields; the others are from the older portal.
 * @see https://developer.gofive.co.th/api-3602937
 */
export const dealEntity: Entity = {
	pluralName: 'deals',
	columns: {
		dealNo: { displayName: 'Deal No', notNull: true },
		dealDate: { displayName: 'Deal Date', type: 'date', fromInput: 'dealDate', paths: ['dealsDate', 'dealDate'] },
		expectedCloseDate: {
			displayName: 'Expected Close Date',
			type: 'date',
			fromInput: 'expectedCloseDate',
			notNull: true,
		},
		dealName: { displayName: 'Deal Name', fromInput: 'dealName', paths: ['dealsName', 'dealName'], notNull: true },
		customerName: { displayName: 'Customer Name', paths: ['customerName', 'customer.customerName'] },
		dealStageName: { displayName: 'Deal Stage', paths: ['dealStageName', 'dealStage.dealStageName'] },
		dealValue: {
			displayName: 'Deal Value',
			type: 'number',
			fromInput: 'dealValue',
			paths: ['dealsValue', 'dealValue'],
			notNull: true,
		},
		probability: { displayName: 'Probability', type: 'number', fromInput: 'probability', notNull: true },
		customerCode: { displayName: 'Customer Code', paths: ['customerCode', 'customer.customerCode'] },
		dealId: {
			displayName: 'Deal ID',
			type: 'integer',
			fromInput: 'dealId',
			paths: ['dealsId', 'dealId'],
			notNull: true,
		},
	},
	keyColumns: ['dealId'],
};
