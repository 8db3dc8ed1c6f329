import { toOptions, type Entity } from '../../operation';

/**
 * GoFive's codes for the status of a quotation, in the order of its progress.
 * @see https://developer.gofive.co.th/api-3590355
 */
export const QUOTATION_STATUSES_BY_PROGRESS = toOptions({
	Draft: 1,
	'Awaiting Approval': 2,
	'Awaiting Send': 3,
	Sent: 4,
	Completed: 5,
	Rejected: 6,
	Cancelled: 7,
});

/**
 * A quotation as GET /v1/quotation/{quotationNo} returns it. The end of the page is missing in our copy.
 * @see https://developer.gofive.co.th/api-12091512
 */
export const quotationEntity: Entity = {
	pluralName: 'quotations',
	columns: {
		quotationNo: { displayName: 'Quotation No', type: 'text', fromInput: 'quotationNo', isAlwaysFilled: true },
		quotationSubject: { displayName: 'Subject', type: 'text', fromInput: 'quotationSubject' },
		quotationDate: { displayName: 'Quotation Date', type: 'date', fromInput: 'quotationDate' },
		quotationStatusName: {
			displayName: 'Status Name',
			type: 'text',
			fromInput: 'quotationStatus',
			paths: ['quotationStatus'],
			valueLabels: QUOTATION_STATUSES_BY_PROGRESS,
		},
		quotationStatus: { displayName: 'Status', type: 'integer', fromInput: 'quotationStatus', isSelectedOnly: true },
		customerCode: { displayName: 'Customer Code', type: 'text', fromInput: 'customerCode' },
		customerId: { displayName: 'Customer ID', type: 'integer', isSelectedOnly: true },
		staffCode: { displayName: 'Staff Code', type: 'text', fromInput: 'staffCode' },
		productCount: {
			displayName: 'Number of Products',
			type: 'integer',
			countOf: ['quotationDetails'],
			fromInput: 'quotationDetails',
		},
		subTotal: { displayName: 'Subtotal', type: 'number' },
		subTotalWithDiscount: { displayName: 'Subtotal With Discount', type: 'number' },
		discountName: { displayName: 'Discount Name', type: 'text', fromInput: 'discountName', isSelectedOnly: true },
		discountType: { displayName: 'Discount in Percent', type: 'flag', fromInput: 'discountType', isSelectedOnly: true },
		discountValue: { displayName: 'Discount', type: 'number', fromInput: 'discountValue', isSelectedOnly: true },
		vatCalculation: { displayName: 'VAT Excluded', type: 'flag', fromInput: 'vatCalculation', isSelectedOnly: true },
		recipientName: { displayName: 'Recipient Name', type: 'text', fromInput: 'recipientName' },
		recipientAddress: {
			displayName: 'Recipient Address',
			type: 'text',
			fromInput: 'recipientAddress',
			isSelectedOnly: true,
		},
		quotationNote: { displayName: 'Note', type: 'text', fromInput: 'quotationNote', isSelectedOnly: true },
		remark: { displayName: 'Remark', type: 'text', fromInput: 'remark', isSelectedOnly: true },
		headerTemplateId: {
			displayName: 'Header Template ID',
			type: 'integer',
			fromInput: 'headerTemplateId',
			isSelectedOnly: true,
		},
	},
	keyColumns: ['quotationNo'],
	lines: {
		pluralName: 'products of a quotation',
		paths: ['quotationDetails'],
		fromInput: 'quotationDetails',
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
