import { codes, type Entity } from '../../operation';

/** GoFive's numbers for what money was spent on (page api-3605021). */
export const EXPENSE_TYPES = codes({
	Accommodation: 1001,
	Entertainment: 1002,
	Fuel: 1003,
	'Meeting With Sales': 1008,
	'Meeting With Staff': 1007,
	'No Type': 0,
	Other: 1004,
	Training: 1005,
	Travelling: 1006,
});

/** An expense, as GET /v1/expenses/{id} answers it (page api-3605745, whose end is cut). */
export const expense: Entity = {
	plural: 'expenses',
	columns: {
		expenseNo: { name: 'Expense No', type: 'text' },
		dateTransaction: { name: 'Transaction Date', type: 'date' },
		dateCreated: { name: 'Created Date', type: 'date' },
		subject: { name: 'Subject', type: 'text' },
		remark: { name: 'Remark', type: 'text' },
		totalBaht: { name: 'Total in Baht', type: 'number' },
		statusId: { name: 'Status ID', type: 'integer' },
		expenseId: { name: 'Expense ID', type: 'integer' },
		detailCount: { name: 'Number of Details', type: 'integer', counts: ['expenseDetails'] },
		teamId: { name: 'Team ID', type: 'integer', isExtra: true },
		createdByUserId: { name: 'Created by User ID', type: 'text' },
	},
	key: ['expenseId'],
	lines: {
		plural: 'lines of an expense',
		from: ['expenseDetails'],
		beside: ['expenseNo', 'dateTransaction', 'subject'],
		columns: {
			expenseTypeName: { name: 'Expense Type Name', type: 'text', from: ['expenseTypeId'], names: EXPENSE_TYPES },
			expenseTypeId: { name: 'Expense Type ID', type: 'integer' },
			amount: { name: 'Amount', type: 'number', from: ['amount1'] },
			note: { name: 'Note', type: 'text' },
			expenseDetailId: { name: 'Expense Detail ID', type: 'integer' },
			expenseId: { name: 'Expense ID', type: 'integer' },
			categoryId: { name: 'Category ID', type: 'integer' },
			expenseLimitRangesId: { name: 'Expense Limit Ranges ID', type: 'integer' },
		},
	},
};
