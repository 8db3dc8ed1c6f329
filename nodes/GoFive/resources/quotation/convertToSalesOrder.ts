import type { IDataObject } from 'n8n-workflow';
import { toRecords } from '../../api/response/envelope';
import { encodePathPart } from '../../api/request/request';
import { defineOperation, output, type Entity } from '../../operation';
import { quotationNo } from './fields';
import { toText } from '../../shared/text';

/** Under which key the number of the sales order may stand: the answer on GoFive's page is cut, its webhook leaves out an s. */
const SALES_ORDER_NUMBER_KEYS = ['salesOrderNo', 'saleOrderNo', 'SalesOrderNo', 'SaleOrderNo'];

/** A sales order created from a quotation. */
const conversionEntity: Entity = {
	pluralName: 'converted quotations',
	columns: {
		salesOrderNo: { displayName: 'Sales Order No', type: 'text', paths: SALES_ORDER_NUMBER_KEYS },
		quotationNo: { displayName: 'Quotation No', type: 'text', fromInput: 'quotationNo', isAlwaysFilled: true },
	},
};

/** GoFive's record, or the number alone where it answers with no more. */
function parseConversion(data: unknown): IDataObject[] {
	if (typeof data === 'object') return toRecords(data);
	const salesOrderNo = typeof data === 'string' ? toText(data) : '';
	return /\d/.test(salesOrderNo) ? [{ salesOrderNo }] : [];
}

/** POST /v1/quotation/{quotationNo}/convert-to-salesorder (page api-3590356; that the answer holds the number is inferred). */
export const convertToSalesOrder = defineOperation({
	name: 'Convert to Sales Order',
	value: 'convertToSalesOrder',
	action: 'Convert quotation to sales order',
	description: 'Make a sales order out of a quotation',
	fields: {
		quotationNo: quotationNo('Number of the quotation to make a sales order of'),
		output: output(conversionEntity),
	},
	idField: 'quotationNo',
	request: ({ quotationNo }) => ({
		method: 'POST',
		path: `/v1/quotation/${encodePathPart(quotationNo)}/convert-to-salesorder`,
		body: { QuotationNo: quotationNo },
	}),
	receive: parseConversion,
	hintAfterWrite: (record) =>
		SALES_ORDER_NUMBER_KEYS.some((key) => record[key])
			? undefined
			: "GoFive converted the quotation without telling the number of the sales order, so 'salesOrderNo' is empty. Look it up in Venio.",
});
