import { codes, type Entity } from '../../operation';

/** GoFive's numbers for where a sales order stands (C# sample), in the order of its life. */
export const STATUSES_BY_PROGRESS = codes({ Draft: 1, Open: 2, Completed: 3, Rejected: 4, Cancelled: 5 });

/** A sales order, as GET /v2/salesorder/{salesOrderNo} answers it (page api-3590382). */
export const salesOrder: Entity = {
	plural: 'sales orders',
	columns: {
		salesOrderNo: { name: 'Sales Order No', type: 'text', always: true },
		salesOrderDate: { name: 'Sales Order Date', type: 'date', always: true },
		salesOrderSubject: { name: 'Subject', type: 'text', always: true },
		salesOrderStatusName: {
			name: 'Status Name',
			type: 'text',
			from: ['salesOrderStatus'],
			names: STATUSES_BY_PROGRESS,
		},
		salesOrderStatus: { name: 'Status', type: 'integer', isExtra: true },
		customerCode: { name: 'Customer Code', type: 'text', always: true },
		staffCode: { name: 'Staff Code', type: 'text' },
		productCount: { name: 'Number of Products', type: 'integer', counts: ['salesorderDetails', 'salesOrderDetails'] },
		currencyCode: { name: 'Currency Code', type: 'text', isExtra: true },
		subTotal: { name: 'Subtotal', type: 'number', isExtra: true },
		discountName: { name: 'Discount Name', type: 'text', isExtra: true },
		discountType: { name: 'Discount in Percent', type: 'flag', isExtra: true },
		discountValue: { name: 'Discount', type: 'number', isExtra: true },
		subTotalWithDiscount: { name: 'Subtotal With Discount', type: 'number', isExtra: true },
		vatCalculation: { name: 'VAT Excluded', type: 'flag', isExtra: true },
		totalVat: { name: 'Total VAT', type: 'number' },
		grandTotal: { name: 'Grand Total', type: 'number' },
		referenceNo: { name: 'Reference No', type: 'text' },
		paymentTerm: { name: 'Payment Term', type: 'text', isExtra: true },
		recipientName: { name: 'Recipient Name', type: 'text', from: ['recipientName', 'recipient.name'], isExtra: true },
		recipientAddress: {
			name: 'Recipient Address',
			type: 'text',
			from: ['recipientAddress', 'recipient.address'],
			isExtra: true,
		},
		warehouseCode: { name: 'Warehouse Code', type: 'text', isExtra: true },
		trackingNo: { name: 'Tracking No', type: 'text', isExtra: true },
		salesOrderNote: { name: 'Note', type: 'text', isExtra: true },
		remark: { name: 'Remark', type: 'text', isExtra: true },
		contactId: { name: 'Contact ID', type: 'integer', isExtra: true },
		customerId: { name: 'Customer ID', type: 'integer', isExtra: true },
		headerTemplateId: { name: 'Header Template ID', type: 'integer', isExtra: true },
		salesOrderId: { name: 'Sales Order ID', type: 'integer', isExtra: true },
	},
	key: ['salesOrderNo'],
	lines: {
		plural: 'products of a sales order',
		// The answer has another spelling than the request.
		from: ['salesorderDetails', 'salesOrderDetails'],
		beside: ['salesOrderNo', 'salesOrderDate', 'customerCode'],
		columns: {
			productCode: { name: 'Product Code', type: 'text' },
			productName: { name: 'Product Name', type: 'text' },
			qty: { name: 'Quantity', type: 'number' },
			productUnitName: { name: 'Unit', type: 'text' },
			price: { name: 'Price', type: 'number' },
			discountType: { name: 'Discount in Percent', type: 'flag' },
			discountValue: { name: 'Discount', type: 'number' },
			vatTaxValue: { name: 'VAT Rate', type: 'number' },
			whtTaxValue: { name: 'Withholding Tax Rate', type: 'number' },
			totalPrice: { name: 'Total Price', type: 'number' },
			productDescription: { name: 'Product Description', type: 'text' },
			warehouseCode: { name: 'Warehouse Code', type: 'text' },
			isShipping: { name: 'Is Shipping', type: 'flag' },
			unitId: { name: 'Unit ID', type: 'integer' },
		},
	},
};
