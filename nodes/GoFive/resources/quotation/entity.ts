import {
	addSelectedColumns,
	codeColumns,
	daysSince,
	selectedOnly,
	toOptions,
	type Entity,
	type Totals,
} from '../../operation';
import { customerNames } from '../customer/get';
import { staffCodeNames } from '../employee/getAll';
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
		quotationNo: { displayName: 'Quotation Number' },
		quotationSubject: { displayName: 'Subject' },
		quotationDate: { displayName: 'Quotation Date', type: 'date' },
		...codeColumns('quotationStatus', 'Status', QUOTATION_STATUSES_BY_PROGRESS),
		customerCode: { displayName: 'Customer Code', names: customerNames },
		staffCode: { displayName: 'Staff Code', names: staffCodeNames },
		productCount: {
			displayName: 'Number of Products',
			type: 'integer',
			countPaths: ['quotationDetails'],
		},
		subTotal: { displayName: 'Subtotal', type: 'number' },
		subTotalWithDiscount: { displayName: 'Subtotal with Discount', type: 'number' },
		recipientName: { displayName: 'Recipient Name' },
		...pricingColumns,
		...selectedOnly({
			recipientAddress: { displayName: 'Recipient Address' },
			quotationNote: { displayName: 'Note' },
		}),
	},
	keyColumns: ['quotationNo'],
	// No response with an ID was seen. A draft gets another number once it is approved.
	idColumns: ['quotationId', 'quotationNo'],
	internalColumns: {
		quotationId: { displayName: 'Quotation ID' },
		// The request has it. In a response, it was not seen.
		currencyCode: { displayName: 'Currency Code' },
	},
	lines: {
		rowName: 'product of a quotation',
		paths: ['quotationDetails'],
		parentColumns: ['quotationNo', 'quotationDate', 'customerCode'],
		columns: {
			...productRowColumns,
			whTaxValue: { displayName: 'Withholding Tax Rate', type: 'number' },
			productDescription: { displayName: 'Product Description' },
		},
	},
};

/** A quotation of Get and Get Many. */
export const readQuotationEntity = addSelectedColumns(quotationEntity, {
	daysSinceQuotationDate: daysSince('quotationDate', 'Quotation Date'),
});

/** Totals of quotations. */
export const quotationTotals: Totals = {
	examples: 'salesperson, customer or month',
	defaultGroup: 'salesperson',
	note: "The totals may include drafts and cancelled quotations. To omit them, add 'Status' in 'Filters', and select the statuses to count.",
	date: 'quotationDate',
	groups: {
		customer: {
			displayName: 'Customer',
			description:
				"Each customer code. To add the customer names, add 'Add Names' in 'Options', which sends one request per customer.",
			column: 'customerCode',
		},
		salesperson: {
			displayName: 'Salesperson',
			description: "Each staff code. To add the names of the employees, add 'Add Names' in 'Options'.",
			column: 'staffCode',
		},
		status: { displayName: 'Status', column: 'quotationStatusName' },
	},
	sums: ['subTotal', 'subTotalWithDiscount'],
	currency: 'currencyCode',
};
