import { codeColumns, selectedOnly, toOptions, type Entity } from '../../operation';

/**
 * GoFive's codes for the purpose of a case.
 * @see https://developer.gofive.co.th/api-13759273
 */
export const CASE_TYPES = toOptions({ 'For Your Information': 2, 'Request for Action': 1 });

/** A case. No response has been seen, so the columns are inferred from the requests, with the number added. */
export const caseEntity: Entity = {
	pluralName: 'cases',
	columns: {
		caseNo: { displayName: 'Case Number', fromInput: 'caseNo', notNull: true },
		dateCase: { displayName: 'Case Date', type: 'date', fromInput: 'dateCase', notNull: true },
		dateDue: { displayName: 'Due Date', type: 'date', fromInput: 'dateDue', notNull: true },
		subject: { displayName: 'Subject', fromInput: 'subject', notNull: true },
		...codeColumns('caseType', 'Case Type', CASE_TYPES, { fromInput: 'caseType' }),
		customerCode: { displayName: 'Customer Code', fromInput: 'customerCode', paths: ['customerCode', 'customerNo'] },
		note: { displayName: 'Note', fromInput: 'note' },
		categoryId: { displayName: 'Category ID', type: 'integer', fromInput: 'categoryId', notNull: true },
		assignedToUserId: { displayName: 'Assigned to User ID', fromInput: 'assignedToUserId', notNull: true },
		...selectedOnly({
			activityNos: { displayName: 'Activity Numbers', type: 'list', fromInput: 'activityNos' },
			dealNos: { displayName: 'Deal Numbers', type: 'list', fromInput: 'dealNos' },
		}),
	},
	keyColumns: ['caseNo'],
};
