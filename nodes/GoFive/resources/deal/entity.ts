import { selectedOnly, type Entity } from '../../operation';

/**
 * A deal. Keys that begin with "deal" in a request begin with "deals" in a response. The page shows only some of the
 * fields; the others are from the older portal.
 * @see https://developer.gofive.co.th/api-3602937
 */
export const dealEntity: Entity = {
	pluralName: 'deals',
	columns: {
		dealNo: { displayName: 'Deal Number', notNull: true },
		expectedCloseDate: {
			displayName: 'Expected Close Date',
			type: 'date',
			fromInput: 'expectedCloseDate',
			notNull: true,
		},
		dealName: { displayName: 'Deal Name', fromInput: 'dealName', paths: ['dealsName', 'dealName'], notNull: true },
		customerName: { displayName: 'Customer Name', paths: ['customerName', 'customer.customerName'] },
		dealStageName: { displayName: 'Deal Stage Name', paths: ['dealStageName', 'dealStage.dealStageName'] },
		statusName: { displayName: 'Status Name' },
		dealValue: {
			displayName: 'Deal Value',
			type: 'number',
			fromInput: 'dealValue',
			paths: ['dealsValue', 'dealValue'],
			notNull: true,
		},
		customerCode: { displayName: 'Customer Code', paths: ['customerCode', 'customer.customerCode'] },
		dealId: {
			displayName: 'Deal ID',
			type: 'integer',
			fromInput: 'dealId',
			paths: ['dealsId', 'dealId'],
			notNull: true,
		},
		...selectedOnly({
			dealDate: { displayName: 'Deal Date', type: 'date', fromInput: 'dealDate', paths: ['dealsDate', 'dealDate'] },
			probability: { displayName: 'Probability', type: 'number', fromInput: 'probability', notNull: true },
			dealQuantity: { displayName: 'Quantity', type: 'number', fromInput: 'dealQuantity' },
			notes: { displayName: 'Note', fromInput: 'note' },
			statusId: { displayName: 'Status ID', type: 'integer' },
			dealStageId: {
				displayName: 'Deal Stage ID',
				type: 'integer',
				fromInput: 'dealStageId',
				paths: ['dealStageId', 'dealStage.dealStageId'],
			},
			boardId: { displayName: 'Board ID', type: 'integer', fromInput: 'boardId' },
			customerId: { displayName: 'Customer ID', type: 'integer', paths: ['customerId', 'customer.customerId'] },
		}),
	},
	keyColumns: ['dealId'],
};
