import { defineWrite, output, readColumn, type Entity } from '../../operation';
import { quotationNo } from '../sharedFields';

/** A sales order created from a quotation. */
const conversionEntity: Entity = {
	pluralName: 'converted quotations',
	columns: {
		salesOrderNo: {
			displayName: 'Sales Order Number',
			// The example on GoFive's page is cut, and its webhook omits an s.
			paths: ['salesOrderNo', 'saleOrderNo', 'SalesOrderNo', 'SaleOrderNo'],
		},
		quotationNo: { displayName: 'Quotation Number' },
	},
	keyColumns: ['salesOrderNo'],
};

/**
 * Converts a quotation to a sales order: `POST /v1/quotation/{quotationNo}/convert-to-salesorder`.
 * It is inferred that the response contains the number of the sales order.
 * @see https://developer.gofive.co.th/api-3590356
 */
export const convertToSalesOrder = defineWrite({
	name: 'Convert to Sales Order',
	value: 'convertToSalesOrder',
	action: 'Convert quotation to sales order',
	description: 'Create a sales order with the products and prices of a quotation',
	fields: {
		quotationNo: quotationNo('Number of the quotation to convert (it is not known which statuses GoFive accepts)'),
		output: output(conversionEntity),
	},
	idField: 'quotationNo',
	request: ({ quotationNo }) => ({
		method: 'POST',
		path: '/v1/quotation/{quotationNo}/convert-to-salesorder',
		body: { QuotationNo: quotationNo },
	}),
	hintAfterWrite: (record) =>
		readColumn(record, 'salesOrderNo', conversionEntity)
			? undefined
			: "GoFive converted the quotation but did not return the number of the sales order, so 'salesOrderNo' is empty. Look up the number in Venio.",
});
