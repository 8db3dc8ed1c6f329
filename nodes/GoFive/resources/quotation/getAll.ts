import { options, date, limit, defineOperation, output, text } from '../../operation';
import { notFoundHintFor, filters, staffCode } from '../sharedFields';
import { quotationEntity, QUOTATION_STATUSES_BY_PROGRESS } from './entity';

/** POST /v1/quotation/enquiry (page api-3590357). A row of the answer was not seen: it is taken to be like the answer of Get. */
export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many quotations',
	description: 'Retrieve a list of quotations',
	fields: {
		limit: limit(),
		filters: filters({
			customerCode: text('Customer Code', 'Quotations of this customer alone', { example: 'C000055' }),
			quotationDate: date('Quotation Date', { as: 'day' }),
			quotationNo: text('Quotation No', 'The quotation with this number', { example: 'Q01230000002' }),
			staffCode: staffCode('Quotations of this person alone'),
			quotationStatus: options('Status', 'Quotations that stand there', QUOTATION_STATUSES_BY_PROGRESS),
		}),
		output: output(quotationEntity),
	},
	notFoundHint: notFoundHintFor('filters'),
	pages: { takeKey: 'take', skipKey: 'skip' },
	request: (_, body) => ({ method: 'POST', path: '/v1/quotation/enquiry', body }),
});
