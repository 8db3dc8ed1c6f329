import { toOptions, type Entity } from '../../operation';

/** GoFive's codes for the status of a sales order, in the order of its progress. Source: GoFive's C# sample. */
export const SALES_ORDER_STATUSES_BY_PROGRESS = toOptions({
	Draft: 1,
	Open: 2,
	Completed: 3,
	Rejected: 4,
	Cancelled: 5,
});

/**
 * A sales order as GET /v2/salesorder/{salesOrderNo} returns it.
 * @see https://developer.gofive.co.th/api-3590382
 */
export const salesOrderEntity: Entity = {
	pluralName: 'sales orders',
	columns: {
		salesOrderNo: { displayName: 'Sales Order No', type: 'text', fromInput: 'salesOrderNo', isAlwaysFilled: true },
		salesOrderDate: {
			displayName: 'Sales Order Date',
			type: 'date',
			fromInput: 'salesOrderDate',
			isAlwaysFilled: true,
		},
		salesOrderSubject: { displayName: 'Subject', type: 'text', fromInput: 'salesOrderSubject', isAlwaysFilled: true },
		salesOrderStatusName: {
			displayName: 'Status Name',
			type: 'text',
			fromInput: 'salesOrderStatus',
			paths: ['salesOrderStatus'],
			valueLabels: SALES_ORDER_STATUSES_BY_PROGRESS,
		},
		salesOrderStatus: { displayName: 'Status', type: 'integer', fromInput: 'salesOrderStatus', isSelectedOnly: true },
		customerCode: { displayName: 'Customer Code', type: 'text', fromInput: 'customerCode', isAlwaysFilled: true },
		staffCode: { displayName: 'Staff Code', type: 'text', fromInput: 'staffCode' },
		productCount: {
			displayName: 'Number of Products',
			type: 'integer',
			countOf: ['salesorderDetails', 'salesOrderDetails'],
			fromInput: 'salesOrderDetails',
		},
		currencyCode: { displayName: 'Currency Code', type: 'text', fromInput: 'currencyCode', isSelectedOnly: true },
		subTotal: { displayName: 'Subtotal', type: 'number', isSelectedOnly: true },
		discountName: { displayName: 'Discount Name', type: 'text', fromInput: 'discountName', isSelectedOnly: true },
		discountType: { displayName: 'Discount in Percent', type: 'flag', fromInput: 'discountType', isSelectedOnly: true },
		discountValue: { displayName: 'Discount', type: 'number', fromInput: 'discountValue', isSelectedOnly: true },
		subTotalWithDiscount: { displayName: 'Subtotal With Discount', type: 'number', isSelectedOnly: true },
		vatCalculation: { displayName: 'VAT Excluded', type: 'flag', fromInput: 'vatCalculation', isSelectedOnly: true },
		totalVat: { displayName: 'Total VAT', type: 'number' },
		grandTotal: { displayName: 'Grand Total', type: 'number' },
		referenceNo: { displayName: 'Reference No', type: 'text', fromInput: 'referenceNo' },
		paymentTerm: { displayName: 'Payment Term', type: 'text', fromInput: 'paymentTerm', isSelectedOnly: true },
		recipientName: {
			displayName: 'Recipient Name',
			type: 'text',
			fromInput: 'recipientName',
			paths: ['recipientName', 'recipient.name'],
			isSelectedOnly: true,
		},
		recipientAddress: {
			displayName: 'Recipient Address',
			type: 'text',
			fromInput: 'recipientAddress',
			paths: ['recipientAddress', 'recipient.address'],
			isSelectedOnly: true,
		},
		warehouseCode: { displayName: 'Warehouse Code', type: 'text', isSelectedOnly: true },
		trackingNo: { displayName: 'Tracking No', type: 'text', isSelectedOnly: true },
		salesOrderNote: { displayName: 'Note', type: 'text', fromInput: 'salesOrderNote', isSelectedOnly: true },
		remark: { displayName: 'Remark', type: 'text', fromInput: 'remark', isSelectedOnly: true },
		contactId: { displayName: 'Contact ID', type: 'integer', fromInput: 'contactId', isSelectedOnly: true },
		customerId: { displayName: 'Customer ID', type: 'integer', isSelectedOnly: true },
		headerTemplateId: {
			displayName: 'Header Template ID',
			type: 'integer',
			fromInput: 'headerTemplateId',
			isSelectedOnly: true,
		},
		salesOrderId: { displayName: 'Sales Order ID', type: 'integer', isSelectedOnly: true },
	},
	keyColumns: ['salesOrderNo'],
	lines: {
		pluralName: 'products of a sales order',
		// GoFive's response spells the key differently from its request.
		paths: ['salesorderDetails', 'salesOrderDetails'],
		fromInput: 'salesOrderDetails',
		parentColumns: ['salesOrderNo', 'salesOrderDate', 'customerCode'],
		columns: {
			productCode: { displayName: 'Product Code', type: 'text' },
			productName: { displayName: 'Product Name', type: 'text' },
			qty: { displayName: 'Quantity', type: 'number' },
			productUnitName: { displayName: 'Unit', type: 'text' },
			price: { displayName: 'Price', type: 'number' },
			discountType: { displayName: 'Discount in Percent', type: 'flag' },
			discountValue: { displayName: 'Discount', type: 'number' },
			vatTaxValue: { displayName: 'VAT Rate', type: 'number' },
			whtTaxValue: { displayName: 'Withholding Tax Rate', type: 'number' },
			totalPrice: { displayName: 'Total Price', type: 'number' },
			productDescription: { displayName: 'Product Description', type: 'text' },
			warehouseCode: { displayName: 'Warehouse Code', type: 'text' },
			isShipping: { displayName: 'Is Shipping', type: 'flag' },
			unitId: { displayName: 'Unit ID', type: 'integer' },
		},
	},
};
