import type { Entity } from '../../operation';

/** A deal. GoFive answers "deals..." where it is asked with "deal..." (page api-3602937; the rest from its older portal). */
export const dealEntity: Entity = {
	pluralName: 'deals',
	columns: {
		dealNo: { displayName: 'Deal No', type: 'text', isAlwaysFilled: true },
		dealDate: { displayName: 'Deal Date', type: 'date', paths: ['dealsDate', 'dealDate'] },
		expectedCloseDate: { displayName: 'Expected Close Date', type: 'date', isAlwaysFilled: true },
		dealName: { displayName: 'Deal Name', type: 'text', paths: ['dealsName', 'dealName'], isAlwaysFilled: true },
		customerName: { displayName: 'Customer Name', type: 'text', paths: ['customerName', 'customer.customerName'] },
		dealStageName: { displayName: 'Deal Stage', type: 'text', paths: ['dealStageName', 'dealStage.dealStageName'] },
		dealValue: { displayName: 'Deal Value', type: 'number', paths: ['dealsValue', 'dealValue'], isAlwaysFilled: true },
		probability: { displayName: 'Probability', type: 'number', isAlwaysFilled: true },
		customerCode: { displayName: 'Customer Code', type: 'text', paths: ['customerCode', 'customer.customerCode'] },
		dealId: { displayName: 'Deal ID', type: 'integer', paths: ['dealsId', 'dealId'], isAlwaysFilled: true },
	},
	keyColumns: ['dealId'],
};
