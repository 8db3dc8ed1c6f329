import { pathPart } from '../../api/request/request';
import { output } from '../../operation/fields/output';
import { text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import { salesOrder } from './salesOrder';

/** GET /v2/salesorder/{salesOrderNo} (page api-3590382). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get sales order',
	description: 'Retrieve one sales order, with its products',
	effect: 'read',
	fields: {
		salesOrderNo: text('Sales Order No', {
			required: true,
			wire: null,
			placeholder: 'e.g. SO24090001',
			description: 'Number of the sales order to get; Convert to Sales Order of a quotation returns it as salesOrderNo',
		}),
		output: output(salesOrder),
	},
	entity: salesOrder,
	record: 'salesOrderNo',
	ifNone: "Check the number in 'Sales Order No'; or choose another way in the option 'If Nothing Found'.",
	request: ({ salesOrderNo }) => ({ method: 'GET', path: `/v2/salesorder/${pathPart(salesOrderNo)}` }),
});
