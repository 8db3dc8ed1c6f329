import { defineRead, output } from '../../operation';
import { readQuotationEntity } from './entity';
import { quotationNo } from '../sharedFields';

/**
 * Retrieves a quotation: `GET /v1/quotation/{quotationNo}`.
 * @see https://developer.gofive.co.th/api-12091512
 */
export const get = defineRead({
	name: 'Get',
	value: 'get',
	action: 'Get quotation',
	description: 'Retrieve a quotation with its products',
	fields: {
		quotationNo: quotationNo(
			'Number of the quotation to retrieve',
			'The field quotationNo of Quotation > Get Many probably contains it',
		),
		output: output(readQuotationEntity),
	},
	idField: 'quotationNo',
	notFoundDescription:
		"Check the number in 'Quotation Number', or select another value in the option 'If Nothing Found'.",
	request: () => ({ method: 'GET', path: '/v1/quotation/{quotationNo}' }),
});
