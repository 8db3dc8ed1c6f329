import { choice } from '../../operation/fields/choice';
import { date } from '../../operation/fields/dates';
import { limit } from '../../operation/fields/limit';
import { output } from '../../operation/fields/output';
import { text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { checkThe, filters, staffCode } from '../fields';
import { quotation, STATUSES_BY_PROGRESS } from './quotation';

/** POST /v1/quotation/enquiry (page api-3590357). A row of the answer was not seen: it is taken to be like the answer of Get. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many quotations',
	description: 'Retrieve a list of quotations',
	effect: 'read',
	fields: {
		limit: limit(),
		filters: filters({
			customerCode: text('Customer Code', {
				placeholder: 'e.g. C000055',
				description: 'Quotations of this customer alone',
			}),
			quotationDate: date('Quotation Date', { as: 'day' }),
			quotationNo: text('Quotation No', {
				placeholder: 'e.g. Q01230000002',
				description: 'The quotation with this number',
			}),
			staffCode: staffCode('Quotations of this person alone'),
			quotationStatus: choice('Status', STATUSES_BY_PROGRESS, { description: 'Quotations that stand there' }),
		}),
		output: output(quotation),
	},
	entity: quotation,
	ifNone: checkThe('filters'),
	pages: { take: 'take', skip: 'skip' },
	request: (_, body) => ({ method: 'POST', path: '/v1/quotation/enquiry', body }),
});
