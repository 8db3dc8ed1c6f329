import type { Entity } from '../../operation/types';

/** A case. No answer was seen: the columns are inferred to be the fields of the requests, with the number. */
export const caseRecord: Entity = {
	plural: 'cases',
	columns: {
		caseNo: { name: 'Case No', type: 'text', always: true },
		dateCase: { name: 'Case Date', type: 'date', always: true },
		dateDue: { name: 'Due Date', type: 'date', always: true },
		subject: { name: 'Subject', type: 'text', always: true },
		caseType: { name: 'Case Type', type: 'integer', always: true },
		customerCode: { name: 'Customer Code', type: 'text', from: ['customerCode', 'customerNo'] },
		note: { name: 'Note', type: 'text' },
		categoryId: { name: 'Category ID', type: 'integer', always: true },
		assignedToUserId: { name: 'Assigned To (User ID)', type: 'text', always: true },
	},
	key: ['caseNo'],
};
