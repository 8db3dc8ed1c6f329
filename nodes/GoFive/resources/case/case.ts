import { codes, type Entity } from '../../operation';

/** GoFive's numbers for what a case is for (page api-13759273). */
export const CASE_TYPES = codes({ 'For Your Information': 2, 'Request for Action': 1 });

/** A case. No answer was seen: the columns are inferred to be the fields of the requests, with the number. */
export const caseRecord: Entity = {
	plural: 'cases',
	columns: {
		caseNo: { name: 'Case No', type: 'text', always: true },
		dateCase: { name: 'Case Date', type: 'date', always: true },
		dateDue: { name: 'Due Date', type: 'date', always: true },
		subject: { name: 'Subject', type: 'text', always: true },
		caseTypeName: { name: 'Case Type Name', type: 'text', from: ['caseType'], names: CASE_TYPES },
		caseType: { name: 'Case Type', type: 'integer', always: true, isExtra: true },
		customerCode: { name: 'Customer Code', type: 'text', from: ['customerCode', 'customerNo'] },
		note: { name: 'Note', type: 'text' },
		categoryId: { name: 'Category ID', type: 'integer', always: true },
		assignedToUserId: { name: 'Assigned User ID', type: 'text', always: true },
	},
	key: ['caseNo'],
};
