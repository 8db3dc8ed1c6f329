import { codes, type Entity } from '../../operation';

/** GoFive's numbers for where a quotation stands (page api-3590355), in the order of its life. */
export const STATUSES_BY_PROGRESS = codes({
	Draft: 1,
	'Awaiting Approval': 2,
	'Awaiting Send': 3,
	Sent: 4,
	Completed: 5,
	Rejected: 6,
	Cancelled: 7,
});

/** A quotation, as GET /v1/quotation/{quotationNo} answers it (page api-12091512, whose end is cut). */
export const quotation: Entity = {
	plural: 'quotations',
	columns: {
		quotationNo: { name: 'Quotation No', type: 'text', always: true },
		quotationSubject: { name: 'Subject', type: 'text' },
		quotationDate: { name: 'Quotation Date', type: 'date' },
		quotationStatusName: { name: 'Status Name', type: 'text', from: ['quotationStatus'], names: STATUSES_BY_PROGRESS },
		quotationStatus: { name: 'Status', type: 'integer', isExtra: true },
		customerCode: { name: 'Customer Code', type: 'text' },
		customerId: { name: 'Customer ID', type: 'integer', isExtra: true },
		staffCode: { name: 'Staff Code', type: 'text' },
		productCount: { name: 'Number of Products', type: 'integer', counts: ['quotationDetails'] },
		subTotal: { name: 'Subtotal', type: 'number' },
		subTotalWithDiscount: { name: 'Subtotal With Discount', type: 'number' },
		discountName: { name: 'Discount Name', type: 'text', isExtra: true },
		discountType: { name: 'Discount in Percent', type: 'flag', isExtra: true },
		discountValue: { name: 'Discount', type: 'number', isExtra: true },
		vatCalculation: { name: 'VAT Excluded', type: 'flag', isExtra: true },
		recipientName: { name: 'Recipient Name', type: 'text' },
		recipientAddress: { name: 'Recipient Address', type: 'text', isExtra: true },
		quotationNote: { name: 'Note', type: 'text', isExtra: true },
		remark: { name: 'Remark', type: 'text', isExtra: true },
		headerTemplateId: { name: 'Header Template ID', type: 'integer', isExtra: true },
	},
	key: ['quotationNo'],
	lines: {
		plural: 'products of a quotation',
		from: ['quotationDetails'],
		beside: ['quotationNo', 'quotationDate', 'customerCode'],
		columns: {
			productCode: { name: 'Product Code', type: 'text' },
			productName: { name: 'Product Name', type: 'text' },
			qty: { name: 'Quantity', type: 'number' },
			productUnitName: { name: 'Unit', type: 'text' },
			price: { name: 'Price', type: 'number' },
			discountType: { name: 'Discount in Percent', type: 'flag' },
			discountValue: { name: 'Discount', type: 'number' },
			vatTaxValue: { name: 'VAT Rate', type: 'number' },
			whTaxValue: { name: 'Withholding Tax Rate', type: 'number' },
			productDescription: { name: 'Product Description', type: 'text' },
		},
	},
};
