import { toOptions, type Entity } from '../../operation';

/** GoFive's numbers for where a sales order stands (C# sample), in the order of its life. */
export const SALES_ORDER_STATUSES_BY_PROGRESS = toOptions({
	Draft: 1,
	Open: 2,
	Completed: 3,
	Rejected: 4,
	Cancelled: 5,
});

/** A sales order, as GET /v2/salesorder/{salesOrderNo} answers it (page api-3590382). */
export const salesOrderEntity: Entity = {
	pluralName: 'sales orders',
	columns: {
		salesOrderNo: { displayName: 'Sales Order No', type: 'text', isAlwaysFilled: true },
		salesOrderDate: { displayName: 'Sales Order Date', type: 'date', isAlwaysFilled: true },
		salesOrderSubject: { displayName: 'Subject', type: 'text', isAlwaysFilled: true },
		salesOrderStatusName: {
			displayName: 'Status Name',
			type: 'text',
			paths: ['salesOrderStatus'],
			valueLabels: SALES_ORDER_STATUSES_BY_PROGRESS,
		},
		salesOrderStatus: { displayName: 'Status', type: 'integer', isSelectedOnly: true },
		customerCode: { displayName: 'Customer Code', type: 'text', isAlwaysFilled: true },
		staffCode: { displayName: 'Staff Code', type: 'text' },
		productCount: {
			displayName: 'Number of Products',
			type: 'integer',
			countOf: ['salesorderDetails', 'salesOrderDetails'],
		},
		currencyCode: { displayName: 'Currency Code', type: 'text', isSelectedOnly: true },
		subTotal: { displayName: 'Subtotal', type: 'number', isSelectedOnly: true },
		discountName: { displayName: 'Discount Name', type: 'text', isSelectedOnly: true },
		discountType: { displayName: 'Discount in Percent', type: 'flag', isSelectedOnly: true },
		discountValue: { displayName: 'Discount', type: 'number', isSelectedOnly: true },
		subTotalWithDiscount: { displayName: 'Subtotal With Discount', type: 'number', isSelectedOnly: true },
		vatCalculation: { displayName: 'VAT Excluded', type: 'flag', isSelectedOnly: true },
		totalVat: { displayName: 'Total VAT', type: 'number' },
		grandTotal: { displayName: 'Grand Total', type: 'number' },
		referenceNo: { displayName: 'Reference No', type: 'text' },
		paymentTerm: { displayName: 'Payment Term', type: 'text', isSelectedOnly: true },
		recipientName: {
			displayName: 'Recipient Name',
			type: 'text',
			paths: ['recipientName', 'recipient.name'],
			isSelectedOnly: true,
		},
		recipientAddress: {
			displayName: 'Recipient Address',
			type: 'text',
			paths: ['recipientAddress', 'recipient.address'],
			isSelectedOnly: true,
		},
		warehouseCode: { displayName: 'Warehouse Code', type: 'text', isSelectedOnly: true },
		trackingNo: { displayName: 'Tracking No', type: 'text', isSelectedOnly: true },
		salesOrderNote: { displayName: 'Note', type: 'text', isSelectedOnly: true },
		remark: { displayName: 'Remark', type: 'text', isSelectedOnly: true },
		contactId: { displayName: 'Contact ID', type: 'integer', isSelectedOnly: true },
		customerId: { displayName: 'Customer ID', type: 'integer', isSelectedOnly: true },
		headerTemplateId: { displayName: 'Header Template ID', type: 'integer', isSelectedOnly: true },
		salesOrderId: { displayName: 'Sales Order ID', type: 'integer', isSelectedOnly: true },
	},
	keyColumns: ['salesOrderNo'],
	lines: {
		pluralName: 'products of a sales order',
		// The answer has another spelling than the request.
		paths: ['salesorderDetails', 'salesOrderDetails'],
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
