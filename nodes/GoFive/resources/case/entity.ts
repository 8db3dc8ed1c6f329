import { toOptions, type Entity } from '../../operation';

/**
 * GoFive's codes for the purpose of a case.
 * @see https://developer.gofive.co.th/api-13759273
 */
export const CASE_TYPES = toOptions({ 'For Your Information': 2, 'Request for Action': 1 });

/** A case. No response has been seen, so the columns are inferred from the requests, with the number added. */
export const caseEntity: Entity = {
	pluralName: 'cases',
	columns: {
		caseNo: { displayName: 'Case No', type: 'text', fromInput: 'caseNo', isAlwaysFilled: true },
		dateCase: { displayName: 'Case Date', type: 'date', fromInput: 'dateCase', isAlwaysFilled: true },
		dateDue: { displayName: 'Due Date', type: 'date', fromInput: 'dateDue', isAlwaysFilled: true },
		subject: { displayName: 'Subject', type: 'text', fromInput: 'subject', isAlwaysFilled: true },
		caseTypeName: {
			displayName: 'Case Type Name',
			type: 'text',
			fromInput: 'caseType',
			paths: ['caseType'],
			valueLabels: CASE_TYPES,
		},
		caseType: {
			displayName: 'Case Type',
			type: 'integer',
			fromInput: 'caseType',
			isAlwaysFilled: true,
			isSelectedOnly: true,
		},
		customerCode: {
			displayName: 'Customer Code',
			type: 'text',
			fromInput: 'customerCode',
			paths: ['customerCode', 'customerNo'],
		},
		note: { displayName: 'Note', type: 'text', fromInput: 'note' },
		categoryId: { displayName: 'Category ID', type: 'integer', fromInput: 'categoryId', isAlwaysFilled: true },
		assignedToUserId: {
			displayName: 'Assigned User ID',
			type: 'text',
			fromInput: 'assignedToUserId',
			isAlwaysFilled: true,
		},
	},
	keyColumns: ['caseNo'],
};
