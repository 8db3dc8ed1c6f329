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
 * A quotation as `GET /v1/quotation/{quotationNo}` returns it. The end of the page is missing in our copy.
 * @see https://developer.gofive.co.th/api-12091512
 */
export const quotationEntity: Entity = {
	pluralName: 'quotations',
	columns: {
		quotationNo: { displayName: 'Quotation No', fromInput: 'quotationNo', notNull: true },
		quotationSubject: { displayName: 'Subject', fromInput: 'quotationSubject' },
		quotationDate: { displayName: 'Quotation Date', type: 'date', fromInput: 'quotationDate' },
		quotationStatusName: {
			displayName: 'Status Name',
			fromInput: 'quotationStatus',
			paths: ['quotationStatus'],
			valueNames: QUOTATION_STATUSES_BY_PROGRESS,
		},
		quotationStatus: { displayName: 'Status', type: 'integer', fromInput: 'quotationStatus', selectedOnly: true },
		customerCode: { displayName: 'Customer Code', fromInput: 'customerCode' },
		customerId: { displayName: 'Customer ID', type: 'integer', selectedOnly: true },
		staffCode: { displayName: 'Staff Code', fromInput: 'staffCode' },
		productCount: {
			displayName: 'Number of Products',
			type: 'integer',
			countPaths: ['quotationDetails'],
			fromInput: 'quotationDetails',
		},
		subTotal: { displayName: 'Subtotal', type: 'number' },
		subTotalWithDiscount: { displayName: 'Subtotal With Discount', type: 'number' },
		discountName: { displayName: 'Discount Name', fromInput: 'discountName', selectedOnly: true },
		discountType: {
			displayName: 'Discount in Percent',
			type: 'boolean',
			fromInput: 'discountType',
			selectedOnly: true,
		},
		discountValue: { displayName: 'Discount', type: 'number', fromInput: 'discountValue', selectedOnly: true },
		vatCalculation: { displayName: 'VAT Excluded', type: 'boolean', fromInput: 'vatCalculation', selectedOnly: true },
		recipientName: { displayName: 'Recipient Name', fromInput: 'recipientName' },
		recipientAddress: { displayName: 'Recipient Address', fromInput: 'recipientAddress', selectedOnly: true },
		quotationNote: { displayName: 'Note', fromInput: 'quotationNote', selectedOnly: true },
		remark: { displayName: 'Remark', fromInput: 'remark', selectedOnly: true },
		headerTemplateId: {
			displayName: 'Header Template ID',
			type: 'integer',
			fromInput: 'headerTemplateId',
			selectedOnly: true,
		},
	},
	keyColumns: ['quotationNo'],
	lines: {
		pluralName: 'products of a quotation',
		paths: ['quotationDetails'],
		fromInput: 'quotationDetails',
		parentColumns: ['quotationNo', 'quotationDate', 'customerCode'],
		columns: {
			productCode: { displayName: 'Product Code' },
			productName: { displayName: 'Product Name' },
			qty: { displayName: 'Quantity', type: 'number' },
			productUnitName: { displayName: 'Unit' },
			price: { displayName: 'Price', type: 'number' },
			discountType: { displayName: 'Discount in Percent', type: 'boolean' },
			discountValue: { displayName: 'Discount', type: 'number' },
			vatTaxValue: { displayName: 'VAT Rate', type: 'number' },
			whTaxValue: { displayName: 'Withholding Tax Rate', type: 'number' },
			productDescription: { displayName: 'Product Description' },
		},
	},
};
