import type { Entity } from '../../operation';

/** A deal. GoFive answers "deals..." where it is asked with "deal..." (page api-3602937; the rest from its older portal). */
export const deal: Entity = {
	plural: 'deals',
	columns: {
		dealNo: { name: 'Deal No', type: 'text', always: true },
		dealDate: { name: 'Deal Date', type: 'date', from: ['dealsDate', 'dealDate'] },
		expectedCloseDate: { name: 'Expected Close Date', type: 'date', always: true },
		dealName: { name: 'Deal Name', type: 'text', from: ['dealsName', 'dealName'], always: true },
		customerName: { name: 'Customer Name', type: 'text', from: ['customerName', 'customer.customerName'] },
		dealStageName: { name: 'Deal Stage', type: 'text', from: ['dealStageName', 'dealStage.dealStageName'] },
		dealValue: { name: 'Deal Value', type: 'number', from: ['dealsValue', 'dealValue'], always: true },
		probability: { name: 'Probability', type: 'number', always: true },
		customerCode: { name: 'Customer Code', type: 'text', from: ['customerCode', 'customer.customerCode'] },
		dealId: { name: 'Deal ID', type: 'integer', from: ['dealsId', 'dealId'], always: true },
	},
	key: ['dealId'],
};
