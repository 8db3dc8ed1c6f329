import { defineRead, output, text } from '../../operation';
import { withLookupLink } from '../sharedFields';
import { salesOrderEntity } from './entity';

/**
 * Retrieves a sales order: `GET /v2/salesorder/{salesOrderNo}`.
 * @see https://developer.gofive.co.th/api-3590382
 */
export const get = defineRead({
	name: 'Get',
	value: 'get',
	action: 'Get sales order',
	description: 'Retrieve a sales order with its products',
	fields: {
		salesOrderNo: text(
			'Sales Order Number',
			withLookupLink(
				'Number of the sales order to retrieve, as shown in Venio',
				'Quotation > Convert to Sales Order probably returns it, too',
			),
			{ required: true, bodyKey: null, example: 'SO24090001' },
		),
		output: output(salesOrderEntity),
	},
	idField: 'salesOrderNo',
	notFoundDescription:
		"Check the number in 'Sales Order Number', or select another value in the option 'If Nothing Found'.",
	request: () => ({ method: 'GET', path: '/v2/salesorder/{salesOrderNo}' }),
});
