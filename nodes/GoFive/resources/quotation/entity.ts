import { codeColumns, selectedOnly, toOptions, type Entity } from '../../operation';
import { pricingColumns, productRowColumns } from '../sharedColumns';

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
		quotationNo: { displayName: 'Quotation Number', fromInput: 'quotationNo', notNull: true },
		quotationSubject: { displayName: 'Subject', fromInput: 'quotationSubject' },
		quotationDate: { displayName: 'Quotation Date', type: 'date', fromInput: 'quotationDate' },
		...codeColumns('quotationStatus', 'Status', QUOTATION_STATUSES_BY_PROGRESS, { fromInput: 'quotationStatus' }),
		customerCode: { displayName: 'Customer Code', fromInput: 'customerCode' },
		staffCode: { displayName: 'Staff Code', fromInput: 'staffCode' },
		productCount: {
			displayName: 'Number of Products',
			type: 'integer',
			countPaths: ['quotationDetails'],
			fromInput: 'quotationDetails',
		},
		subTotal: { displayName: 'Subtotal', type: 'number' },
		subTotalWithDiscount: { displayName: 'Subtotal with Discount', type: 'number' },
		recipientName: { displayName: 'Recipient Name', fromInput: 'recipientName' },
		...pricingColumns,
		...selectedOnly({
			recipientAddress: { displayName: 'Recipient Address', fromInput: 'recipientAddress' },
			quotationNote: { displayName: 'Note', fromInput: 'quotationNote' },
		}),
	},
	keyColumns: ['quotationNo'],
	lines: {
		rowName: 'product of a quotation',
		paths: ['quotationDetails'],
		fromInput: 'quotationDetails',
		parentColumns: ['quotationNo', 'quotationDate', 'customerCode'],
		columns: {
			...productRowColumns,
			whTaxValue: { displayName: 'Withholding Tax Rate', type: 'number' },
			productDescription: { displayName: 'Product Description' },
		},
	},
};
