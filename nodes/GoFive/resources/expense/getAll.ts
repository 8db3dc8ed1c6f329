import { rejectInput } from '../../api/errors';
import { commaSeparated, date, defineList, multiOptions, output, text } from '../../operation';
import { employees } from '../employee/fields';
import { codeParts, filters, limitWithoutTotals, onePerRequest, withLookupLink } from '../sharedFields';
import { EXPENSE_TYPES, expenseEntity, expenseTotals } from './entity';

const FROM_DESCRIPTION =
	'Only expenses on or after this day (from midnight) or time, in the time zone of your GoFive account (Thailand by default). It is not known which date of an expense GoFive compares with it.';
const TO_DESCRIPTION =
	'Only expenses up to this day (inclusive) or time, in the time zone of your GoFive account (Thailand by default). It is not known which date of an expense GoFive compares with it.';

/**
 * Retrieves expenses: `POST /v1/expenses/enquiry`, once per type and without pages.
 * It is not known whether the type 0 returns the expenses of all types. Each expense is returned once.
 * The response was not seen. Its rows are taken to be like the response of Get, alone or grouped by status.
 * @see https://developer.gofive.co.th/api-3605021
 */
export const getAll = defineList({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many expenses',
	description: 'Retrieve a list of expenses',
	fields: {
		expenseTypeIds: onePerRequest(
			multiOptions(
				'Expense Types',
				'Only expenses of these types. Leave empty to include all types.',
				EXPENSE_TYPES,
				'all expense types were included',
			),
			'expenseTypeId',
		),
		limit: limitWithoutTotals(),
		filters: filters({
			staffCodes: employees('Employee', 'Staff codes of the employees whose expenses to return'),
			dateFrom: date('From', { format: 'utc', bodyKey: 'dateStart', description: FROM_DESCRIPTION }),
			searchText: text('Search Text', 'Only expenses that match this text'),
			statusIds: commaSeparated(
				'Status IDs',
				withLookupLink('Comma-separated status IDs', 'The field statusId of Expense > Get probably contains them'),
				{ example: '302' },
			),
			dateTo: date('To', { format: 'utc', bodyKey: 'dateEnd', isRangeEnd: true, description: TO_DESCRIPTION }),
		}),
		output: output(expenseEntity, expenseTotals),
	},
	notFoundDescription: "Check the types and the filters, or select another value in the option 'If Nothing Found'.",
	startFilter: 'dateFrom',
	endFilter: 'dateTo',
	parts: ({ expenseTypeIds }) =>
		codeParts('expense type', expenseTypeIds, EXPENSE_TYPES, (expenseTypeId) => ({ expenseTypeId })),
	validate({ filters: { dateFrom, dateTo } }) {
		if (dateFrom && dateTo && dateFrom > dateTo)
			rejectInput("'From' is after 'To'", 'Swap the two dates, or remove one of them.');
	},
	request: ({ expenseTypeId }, body) => ({
		method: 'POST',
		path: '/v1/expenses/enquiry',
		body: { expenseTypeId, ...body },
	}),
});
