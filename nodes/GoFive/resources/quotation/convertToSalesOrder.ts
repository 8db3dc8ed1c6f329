import type { IDataObject } from 'n8n-workflow';
import { plain, recordsOf } from '../../api/answer/envelope';
import { pathPart } from '../../api/request/request';
import { operation, output, type Entity } from '../../operation';
import { quotationNo } from './fields';

/** Under which key the number of the sales order may stand: the answer on GoFive's page is cut, its webhook leaves out an s. */
const NUMBERS = ['salesOrderNo', 'saleOrderNo', 'SalesOrderNo', 'SaleOrderNo'];

/** A sales order that came of a quotation. */
const conversion: Entity = {
	plural: 'converted quotations',
	columns: {
		salesOrderNo: { name: 'Sales Order No', type: 'text', from: NUMBERS },
		quotationNo: { name: 'Quotation No', type: 'text', always: true },
	},
};

/** GoFive's record, or the number alone where it answers with no more. */
function converted(data: unknown): IDataObject[] {
	if (typeof data === 'object') return recordsOf(data);
	const salesOrderNo = typeof data === 'string' ? plain(data) : '';
	return /\d/.test(salesOrderNo) ? [{ salesOrderNo }] : [];
}

/** POST /v1/quotation/{quotationNo}/convert-to-salesorder (page api-3590356; that the answer holds the number is inferred). */
export const convertToSalesOrder = operation({
	name: 'Convert to Sales Order',
	value: 'convertToSalesOrder',
	action: 'Convert quotation to sales order',
	description: 'Make a sales order out of a quotation',
	fields: {
		quotationNo: quotationNo('Number of the quotation to make a sales order of'),
		output: output(conversion),
	},
	record: 'quotationNo',
	request: ({ quotationNo }) => ({
		method: 'POST',
		path: `/v1/quotation/${pathPart(quotationNo)}/convert-to-salesorder`,
		body: { QuotationNo: quotationNo },
	}),
	receive: converted,
	notice: (record) =>
		NUMBERS.some((key) => record[key])
			? undefined
			: "GoFive converted the quotation without telling the number of the sales order, so 'salesOrderNo' is empty. Look it up in Venio.",
});
