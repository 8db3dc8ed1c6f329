import { toOptions, type Entity } from '../../operation';

/** GoFive's numbers for where a quotation stands (page api-3590355), in the order of its life. */
export const QUOTATION_STATUSES_BY_PROGRESS = toOptions({
	Draft: 1,
	'Awaiting Approval': 2,
	'Awaiting Send': 3,
	Sent: 4,
	Completed: 5,
	Rejected: 6,
	Cancelled: 7,
});

/** A quotation, as GET /v1/quotation/{quotationNo} answers it (page api-12091512, whose end is cut). */
export const quotationEntity: Entity = {
	pluralName: 'quotations',
	columns: {
		quotationNo: { displayName: 'Quotation No', type: 'text', isAlwaysFilled: true },
		quotationSubject: { displayName: 'Subject', type: 'text' },
		quotationDate: { displayName: 'Quotation Date', type: 'date' },
		quotationStatusName: {
			displayName: 'Status Name',
			type: 'text',
			paths: ['quotationStatus'],
			valueLabels: QUOTATION_STATUSES_BY_PROGRESS,
		},
		quotationStatus: { displayName: 'Status', type: 'integer', isSelectedOnly: true },
		customerCode: { displayName: 'Customer Code', type: 'text' },
		customerId: { displayName: 'Customer ID', type: 'integer', isSelectedOnly: true },
		staffCode: { displayName: 'Staff Code', type: 'text' },
		productCount: { displayName: 'Number of Products', type: 'integer', countOf: ['quotationDetails'] },
		subTotal: { displayName: 'Subtotal', type: 'number' },
		subTotalWithDiscount: { displayName: 'Subtotal With Discount', type: 'number' },
		discountName: { displayName: 'Discount Name', type: 'text', isSelectedOnly: true },
		discountType: { displayName: 'Discount in Percent', type: 'flag', isSelectedOnly: true },
		discountValue: { displayName: 'Discount', type: 'number', isSelectedOnly: true },
		vatCalculation: { displayName: 'VAT Excluded', type: 'flag', isSelectedOnly: true },
		recipientName: { displayName: 'Recipient Name', type: 'text' },
		recipientAddress: { displayName: 'Recipient Address', type: 'text', isSelectedOnly: true },
		quotationNote: { displayName: 'Note', type: 'text', isSelectedOnly: true },
		remark: { displayName: 'Remark', type: 'text', isSelectedOnly: true },
		headerTemplateId: { displayName: 'Header Template ID', type: 'integer', isSelectedOnly: true },
	},
	keyColumns: ['quotationNo'],
	lines: {
		pluralName: 'products of a quotation',
		paths: ['quotationDetails'],
		parentColumns: ['quotationNo', 'quotationDate', 'customerCode'],
		columns: {
			productCode: { displayName: 'Product Code', type: 'text' },
			productName: { displayName: 'Product Name', type: 'text' },
			qty: { displayName: 'Quantity', type: 'number' },
			productUnitName: { displayName: 'Unit', type: 'text' },
			price: { displayName: 'Price', type: 'number' },
			discountType: { displayName: 'Discount in Percent', type: 'flag' },
			discountValue: { displayName: 'Discount', type: 'number' },
			vatTaxValue: { displayName: 'VAT Rate', type: 'number' },
			whTaxValue: { displayName: 'Withholding Tax Rate', type: 'number' },
			productDescription: { displayName: 'Product Description', type: 'text' },
		},
	},
};
