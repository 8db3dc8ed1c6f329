import {
	dateRange,
	defineList,
	filterByDate,
	filterByText,
	joinFilters,
	limit,
	multiOptions,
	output,
	text,
} from '../../operation';
import { employee } from '../employee/fields';
import { filters, notFoundHintFor, sentIfSingle, withLookupLink } from '../sharedFields';
import { QUOTATION_STATUSES_BY_PROGRESS, readQuotationEntity } from './entity';

/** Display name of the filter by status. */
const STATUS = 'Status';

/** Whether GoFive cannot filter by these statuses. */
const isFilteredByNode = (statuses: number[] | null | undefined): boolean => (statuses?.length ?? 0) > 1;

/**
 * Retrieves quotations: `POST /v1/quotation/enquiry`.
 * A row of the response was not seen. It is taken to be like the response of Get. The request can contain a quotation date,
 * but it is not known how GoFive compares it, so the date range is applied to the response.
 * @see https://developer.gofive.co.th/api-3590357
 */
export const getAll = defineList({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many quotations',
	description: 'Retrieve a list of quotations',
	fields: {
		dateRange: dateRange({ pluralName: 'quotations', dateName: 'quotation date', isFilteredByNode: true }),
		limit: limit(),
		filters: filters({
			customerCode: text('Customer Code', withLookupLink('Only quotations for this customer'), { example: 'C000055' }),
			quotationNo: text('Quotation Number', withLookupLink('Only the quotation with this number'), {
				example: 'Q01230000002',
			}),
			owner: employee('Owner', 'Staff code of the employee responsible for the quotations', { bodyKey: 'staffCode' }),
			quotationStatuses: sentIfSingle(
				multiOptions(
					STATUS,
					'Only quotations with one of these statuses. With several statuses, the node reads the whole list first, so long lists take longer.',
					QUOTATION_STATUSES_BY_PROGRESS,
				),
				'quotationStatus',
			),
		}),
		output: output(readQuotationEntity),
	},
	notFoundDescription: notFoundHintFor('dates and the filters'),
	filter: ({ dateRange, filters: { quotationStatuses } }) =>
		joinFilters(
			filterByDate(dateRange, readQuotationEntity, 'quotationDate'),
			filterByText(
				isFilteredByNode(quotationStatuses) ? quotationStatuses : [],
				readQuotationEntity,
				'quotationStatus',
				STATUS,
			),
		),
	pages: { takeKey: 'take', skipKey: 'skip' },
	request: (_values, body) => ({ method: 'POST', path: '/v1/quotation/enquiry', body }),
});
