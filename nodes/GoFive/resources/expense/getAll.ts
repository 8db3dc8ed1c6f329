import { commaSeparated, dateRange, defineList, limit, multiOptions, output, text } from '../../operation';
import { parseGoFiveDate } from '../../time/goFiveDate';
import { employees } from '../employee/fields';
import { codeParts, filters, onePerRequest, withLookupLink } from '../sharedFields';
import { EXPENSE_TYPES, expenseEntity } from './entity';

/** Formats a wall time like GoFive's example: 2021-09-17T10:42:31.981Z. */
function toUtc(wallTime: string | undefined, zone: string): string | undefined {
	const instantMs = parseGoFiveDate(wallTime, zone);
	return instantMs === undefined ? undefined : new Date(instantMs).toISOString();
}

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
		dateRange: dateRange({
			pluralName: 'expenses',
			default: 'allDates',
			hint: 'It is not known which date of an expense GoFive compares with the range.',
		}),
		limit: limit(),
		filters: filters({
			staffCodes: employees('Employee', 'Staff codes of the employees whose expenses to return'),
			searchText: text('Search Text', 'Only expenses that match this text'),
			statusIds: commaSeparated(
				'Status IDs',
				withLookupLink('Comma-separated status IDs', 'The field statusId of Expense > Get probably contains them'),
				{ example: '302' },
			),
		}),
		output: output(expenseEntity),
	},
	notFoundDescription:
		"Check the types, the dates and the filters, or select another value in the option 'If Nothing Found'.",
	parts: ({ expenseTypeIds }) =>
		codeParts('expense type', expenseTypeIds, EXPENSE_TYPES, (expenseTypeId) => ({ expenseTypeId })),
	request: ({ expenseTypeId, dateRange: { from, to }, options: { timeZone } }, body) => ({
		method: 'POST',
		path: '/v1/expenses/enquiry',
		body: { expenseTypeId, dateStart: toUtc(from, timeZone), dateEnd: toUtc(to, timeZone), ...body },
	}),
});
