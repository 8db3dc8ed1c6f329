import { pathPart } from '../../api/request/request';
import { operation, output, text } from '../../operation';
import { salesOrder } from './salesOrder';

/** GET /v2/salesorder/{salesOrderNo} (page api-3590382). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get sales order',
	description: 'Retrieve one sales order, with its products',
	fields: {
		salesOrderNo: text(
			'Sales Order No',
			'Number of the sales order to get; Convert to Sales Order of a quotation returns it as salesOrderNo',
			{ required: true, wire: null, example: 'SO24090001' },
		),
		output: output(salesOrder),
	},
	record: 'salesOrderNo',
	ifNone: "Check the number in 'Sales Order No'; or choose another way in the option 'If Nothing Found'.",
	request: ({ salesOrderNo }) => ({ method: 'GET', path: `/v2/salesorder/${pathPart(salesOrderNo)}` }),
});
