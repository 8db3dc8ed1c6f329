import { choice, date, limit, operation, output, text } from '../../operation';
import { checkThe, filters, staffCode } from '../fields';
import { quotation, STATUSES_BY_PROGRESS } from './quotation';

/** POST /v1/quotation/enquiry (page api-3590357). A row of the answer was not seen: it is taken to be like the answer of Get. */
export const getMany = operation({
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
			quotationStatus: choice('Status', 'Quotations that stand there', STATUSES_BY_PROGRESS),
		}),
		output: output(quotation),
	},
	ifNone: checkThe('filters'),
	pages: { take: 'take', skip: 'skip' },
	request: (_, body) => ({ method: 'POST', path: '/v1/quotation/enquiry', body }),
});
