import { encodePathPart } from '../../api/request/request';
import { defineOperation, output } from '../../operation';
import { quotationNo } from './fields';
import { quotationEntity } from './entity';

/** GET /v1/quotation/{quotationNo} (page api-12091512). */
export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get quotation',
	description: 'Retrieve one quotation, with its products',
	fields: {
		quotationNo: quotationNo('Number of the quotation to get; Get Many returns it as quotationNo'),
		output: output(quotationEntity),
	},
	idField: 'quotationNo',
	notFoundHint: "Check the number in 'Quotation No'; or choose another way in the option 'If Nothing Found'.",
	request: ({ quotationNo }) => ({ method: 'GET', path: `/v1/quotation/${encodePathPart(quotationNo)}` }),
});
