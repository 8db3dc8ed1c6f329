import { pathPart } from '../../api/request/request';
import { operation, output } from '../../operation';
import { quotationNo } from './fields';
import { quotation } from './quotation';

/** GET /v1/quotation/{quotationNo} (page api-12091512). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get quotation',
	description: 'Retrieve one quotation, with its products',
	fields: {
		quotationNo: quotationNo('Number of the quotation to get; Get Many returns it as quotationNo'),
		output: output(quotation),
	},
	record: 'quotationNo',
	ifNone: "Check the number in 'Quotation No'; or choose another way in the option 'If Nothing Found'.",
	request: ({ quotationNo }) => ({ method: 'GET', path: `/v1/quotation/${pathPart(quotationNo)}` }),
});
