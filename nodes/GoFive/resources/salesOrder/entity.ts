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
 * A sales order as `GET /v2/salesorder/{salesOrderNo}` returns it.
 * @see https://developer.gofive.co.th/api-3590382
 */
export const salesOrderEntity: Entity = {
	pluralName: 'sales orders',
	columns: {
		salesOrderNo: { displayName: 'Sales Order No', fromInput: 'salesOrderNo', notNull: true },
		salesOrderDate: { displayName: 'Sales Order Date', type: 'date', fromInput: 'salesOrderDate', notNull: true },
		salesOrderSubject: { displayName: 'Subject', fromInput: 'salesOrderSubject', notNull: true },
		salesOrderStatusName: {
			displayName: 'Status Name',
			fromInput: 'salesOrderStatus',
			paths: ['salesOrderStatus'],
			valueNames: SALES_ORDER_STATUSES_BY_PROGRESS,
		},
		salesOrderStatus: { displayName: 'Status', type: 'integer', fromInput: 'salesOrderStatus', selectedOnly: true },
		customerCode: { displayName: 'Customer Code', fromInput: 'customerCode', notNull: true },
		staffCode: { displayName: 'Staff Code', fromInput: 'staffCode' },
		productCount: {
			displayName: 'Number of Products',
			type: 'integer',
			countPaths: ['salesorderDetails', 'salesOrderDetails'],
			fromInput: 'salesOrderDetails',
		},
		currencyCode: { displayName: 'Currency Code', fromInput: 'currencyCode', selectedOnly: true },
		subTotal: { displayName: 'Subtotal', type: 'number', selectedOnly: true },
		discountName: { displayName: 'Discount Name', fromInput: 'discountName', selectedOnly: true },
		discountType: {
			displayName: 'Discount in Percent',
			type: 'boolean',
			fromInput: 'discountType',
			selectedOnly: true,
		},
		discountValue: { displayName: 'Discount', type: 'number', fromInput: 'discountValue', selectedOnly: true },
		subTotalWithDiscount: { displayName: 'Subtotal With Discount', type: 'number', selectedOnly: true },
		vatCalculation: { displayName: 'VAT Excluded', type: 'boolean', fromInput: 'vatCalculation', selectedOnly: true },
		totalVat: { displayName: 'Total VAT', type: 'number' },
		grandTotal: { displayName: 'Grand Total', type: 'number' },
		referenceNo: { displayName: 'Reference No', fromInput: 'referenceNo' },
		paymentTerm: { displayName: 'Payment Term', fromInput: 'paymentTerm', selectedOnly: true },
		recipientName: {
			displayName: 'Recipient Name',
			fromInput: 'recipientName',
			paths: ['recipientName', 'recipient.name'],
			selectedOnly: true,
		},
		recipientAddress: {
			displayName: 'Recipient Address',
			fromInput: 'recipientAddress',
			paths: ['recipientAddress', 'recipient.address'],
			selectedOnly: true,
		},
		warehouseCode: { displayName: 'Warehouse Code', selectedOnly: true },
		trackingNo: { displayName: 'Tracking No', selectedOnly: true },
		salesOrderNote: { displayName: 'Note', fromInput: 'salesOrderNote', selectedOnly: true },
		remark: { displayName: 'Remark', fromInput: 'remark', selectedOnly: true },
		contactId: { displayName: 'Contact ID', type: 'integer', fromInput: 'contactId', selectedOnly: true },
		customerId: { displayName: 'Customer ID', type: 'integer', selectedOnly: true },
		headerTemplateId: {
			displayName: 'Header Template ID',
			type: 'integer',
			fromInput: 'headerTemplateId',
			selectedOnly: true,
		},
		salesOrderId: { displayName: 'Sales Order ID', type: 'integer', selectedOnly: true },
	},
	keyColumns: ['salesOrderNo'],
	lines: {
		pluralName: 'products of a sales order',
		// GoFive's response spells the key differently from its request.
		paths: ['salesorderDetails', 'salesOrderDetails'],
		fromInput: 'salesOrderDetails',
		parentColumns: ['salesOrderNo', 'salesOrderDate', 'customerCode'],
		columns: {
			productCode: { displayName: 'Product Code' },
			productName: { displayName: 'Product Name' },
			qty: { displayName: 'Quantity', type: 'number' },
			productUnitName: { displayName: 'Unit' },
			price: { displayName: 'Price', type: 'number' },
			discountType: { displayName: 'Discount in Percent', type: 'boolean' },
			discountValue: { displayName: 'Discount', type: 'number' },
			vatTaxValue: { displayName: 'VAT Rate', type: 'number' },
			whtTaxValue: { displayName: 'Withholding Tax Rate', type: 'number' },
			totalPrice: { displayName: 'Total Price', type: 'number' },
			productDescription: { displayName: 'Product Description' },
			warehouseCode: { displayName: 'Warehouse Code' },
			isShipping: { displayName: 'Is Shipping', type: 'boolean' },
			unitId: { displayName: 'Unit ID', type: 'integer' },
		},
	},
};
