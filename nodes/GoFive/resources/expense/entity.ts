import { codeColumns, selectedOnly, toOptions, type Entity, type Totals } from '../../operation';
import { userIdNames } from '../employee/getAll';

/**
 * GoFive's codes for the types of expenses.
 * @see https://developer.gofive.co.th/api-3605021
 */
export const EXPENSE_TYPES = toOptions({
	Accommodation: 1001,
	Entertainment: 1002,
	Fuel: 1003,
	'Meeting with Sales': 1008,
	'Meeting with Staff': 1007,
	'No Type': 0,
	Other: 1004,
	Training: 1005,
	Travelling: 1006,
});

/** Keys of the details in a response and in a request. */
const DETAIL_PATHS = ['expenseDetails', 'ExpenseDetails'];

/**
 * An expense as `GET /v1/expenses/{id}` returns it. The end of the page is missing in our copy. The names of the status and
 * of the approval are from the older portal, whose list probably groups the expenses by status.
 * @see https://developer.gofive.co.th/api-3605745
 */
export const expenseEntity: Entity = {
	pluralName: 'expenses',
	columns: {
		expenseNo: { displayName: 'Expense Number' },
		dateTransaction: { displayName: 'Transaction Date', type: 'date' },
		dateCreated: { displayName: 'Date Created', type: 'date' },
		subject: { displayName: 'Subject' },
		remark: { displayName: 'Remark' },
		totalBaht: { displayName: 'Total in Baht', type: 'number' },
		statusId: { displayName: 'Status ID', type: 'integer' },
		expenseId: { displayName: 'Expense ID', type: 'integer' },
		detailCount: { displayName: 'Number of Details', type: 'integer', countPaths: DETAIL_PATHS },
		createdByUserId: { displayName: 'Created by User ID', names: userIdNames },
		...selectedOnly({
			statusName: { displayName: 'Status Name' },
			reason: { displayName: 'Reason' },
			dateApproved: { displayName: 'Date Approved', type: 'date' },
			approvedByUserId: { displayName: 'Approved by User ID', names: userIdNames },
			waitingApproveByUserId: { displayName: 'Waiting for Approval by User ID', names: userIdNames },
			activityId: { displayName: 'Activity ID' },
			total: { displayName: 'Total', type: 'number' },
			teamId: { displayName: 'Team ID', type: 'integer' },
			dateUpdated: { displayName: 'Date Updated', type: 'date' },
			updatedByUserId: { displayName: 'Updated by User ID', names: userIdNames },
		}),
	},
	internalColumns: {
		expenses: { displayName: 'Expenses', type: 'list' },
		// Inferred, because an expense has a total in baht next to its total.
		currencyCode: { displayName: 'Currency Code' },
	},
	groups: { listColumn: 'expenses', sharedColumns: ['statusName'] },
	keyColumns: ['expenseId'],
	idColumns: ['expenseId', 'expenseNo'],
	lines: {
		rowName: 'detail of an expense',
		paths: DETAIL_PATHS,
		parentColumns: ['expenseNo', 'dateTransaction', 'subject'],
		columns: {
			...codeColumns('expenseTypeId', 'Expense Type', EXPENSE_TYPES),
			amount: { displayName: 'Amount', type: 'number', paths: ['amount1', 'amount'] },
			note: { displayName: 'Note' },
			expenseDetailId: { displayName: 'Expense Detail ID', type: 'integer' },
			expenseId: { displayName: 'Expense ID', type: 'integer' },
			categoryId: { displayName: 'Category ID', type: 'integer' },
			expenseLimitRangesId: { displayName: 'Expense Limit Range ID', type: 'integer' },
		},
	},
};

/** Totals of expenses. */
export const expenseTotals: Totals = {
	examples: 'employee, status or month',
	defaultGroup: 'createdBy',
	date: 'dateTransaction',
	groups: {
		createdBy: {
			displayName: 'Created By',
			description: "Each user ID of an employee who created expenses. To add the names, add 'Add Names' in 'Options'.",
			column: 'createdByUserId',
		},
		status: { displayName: 'Status', column: 'statusId', shownColumns: ['statusName'] },
	},
	sums: ['totalBaht'],
	currency: 'currencyCode',
	partName: 'expense type',
};
