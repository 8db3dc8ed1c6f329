import { codeColumns, selectedOnly, toOptions, type Entity } from '../../operation';
import { customerNames } from '../customer/get';
import { userIdNames } from '../employee/getAll';

/**
 * GoFive's codes for the purpose of a case.
 * @see https://developer.gofive.co.th/api-13759273
 */
export const CASE_TYPES = toOptions({ 'For Your Information': 2, 'Request for Action': 1 });

/** A case. No response has been seen, so the columns are inferred from the requests, with the number added. */
export const caseEntity: Entity = {
	pluralName: 'cases',
	columns: {
		caseNo: { displayName: 'Case Number' },
		dateCase: { displayName: 'Case Date', type: 'date' },
		dateDue: { displayName: 'Due Date', type: 'date' },
		subject: { displayName: 'Subject' },
		...codeColumns('caseType', 'Case Type', CASE_TYPES),
		customerCode: { displayName: 'Customer Code', paths: ['customerCode', 'customerNo'], names: customerNames },
		note: { displayName: 'Note' },
		categoryId: { displayName: 'Category ID', type: 'integer' },
		assignedToUserId: { displayName: 'Assigned to User ID', names: userIdNames },
		...selectedOnly({
			activityNos: { displayName: 'Activity Numbers', type: 'list' },
			dealNos: { displayName: 'Deal Numbers', type: 'list' },
		}),
	},
	keyColumns: ['caseNo'],
};
