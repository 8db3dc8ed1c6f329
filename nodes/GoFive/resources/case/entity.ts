import { toOptions, type Entity } from '../../operation';

/** GoFive's numbers for what a case is for (page api-13759273). */
export const CASE_TYPES = toOptions({ 'For Your Information': 2, 'Request for Action': 1 });

/** A case. No answer was seen: the columns are inferred to be the fields of the requests, with the number. */
export const caseEntity: Entity = {
	pluralName: 'cases',
	columns: {
		caseNo: { displayName: 'Case No', type: 'text', isAlwaysFilled: true },
		dateCase: { displayName: 'Case Date', type: 'date', isAlwaysFilled: true },
		dateDue: { displayName: 'Due Date', type: 'date', isAlwaysFilled: true },
		subject: { displayName: 'Subject', type: 'text', isAlwaysFilled: true },
		caseTypeName: { displayName: 'Case Type Name', type: 'text', paths: ['caseType'], valueLabels: CASE_TYPES },
		caseType: { displayName: 'Case Type', type: 'integer', isAlwaysFilled: true, isSelectedOnly: true },
		customerCode: { displayName: 'Customer Code', type: 'text', paths: ['customerCode', 'customerNo'] },
		note: { displayName: 'Note', type: 'text' },
		categoryId: { displayName: 'Category ID', type: 'integer', isAlwaysFilled: true },
		assignedToUserId: { displayName: 'Assigned User ID', type: 'text', isAlwaysFilled: true },
	},
	keyColumns: ['caseNo'],
};
