import { pathPart } from '../../api/request/request';
import { output } from '../../operation/fields/output';
import { operation } from '../../operation/types';
import { quotationNo } from './fields';
import { quotation } from './quotation';

/** GET /v1/quotation/{quotationNo} (page api-12091512). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get quotation',
	description: 'Retrieve one quotation, with its products',
	effect: 'read',
	fields: {
		quotationNo: quotationNo('Number of the quotation to get; Get Many returns it as quotationNo'),
		output: output(quotation),
	},
	entity: quotation,
	record: 'quotationNo',
	ifNone: "Check the number in 'Quotation No'; or choose another way in the option 'If Nothing Found'.",
	request: ({ quotationNo }) => ({ method: 'GET', path: `/v1/quotation/${pathPart(quotationNo)}` }),
});
