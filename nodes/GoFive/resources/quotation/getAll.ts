import { dateRange, defineList, filterByDate, limit, options, output, text } from '../../operation';
import { employee } from '../employee/fields';
import { filters, notFoundHintFor } from '../sharedFields';
import { QUOTATION_STATUSES_BY_PROGRESS, readQuotationEntity } from './entity';

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
			customerCode: text('Customer Code', 'Only quotations for this customer', { example: 'C000055' }),
			staffCode: employee('Employee', 'Only quotations of this employee'),
			quotationNo: text('Quotation Number', 'Only the quotation with this number', { example: 'Q01230000002' }),
			quotationStatus: options(
				'Status',
				"Only quotations with this status. To get quotations with several statuses, do not add this filter, and use n8n's Filter node.",
				QUOTATION_STATUSES_BY_PROGRESS,
			),
		}),
		output: output(readQuotationEntity),
	},
	notFoundDescription: notFoundHintFor('dates and the filters'),
	filter: ({ dateRange }) => filterByDate(dateRange, readQuotationEntity, 'quotationDate'),
	pages: { takeKey: 'take', skipKey: 'skip' },
	request: (_values, body) => ({ method: 'POST', path: '/v1/quotation/enquiry', body }),
});
