import { codeColumns, selectedOnly, toOptions, type Entity } from '../../operation';
import { pricingColumns, productRowColumns } from '../sharedColumns';

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
		salesOrderNo: { displayName: 'Sales Order Number', fromInput: 'salesOrderNo', notNull: true },
		salesOrderDate: { displayName: 'Sales Order Date', type: 'date', fromInput: 'salesOrderDate', notNull: true },
		salesOrderSubject: { displayName: 'Subject', fromInput: 'salesOrderSubject', notNull: true },
		...codeColumns('salesOrderStatus', 'Status', SALES_ORDER_STATUSES_BY_PROGRESS, { fromInput: 'salesOrderStatus' }),
		customerCode: { displayName: 'Customer Code', fromInput: 'customerCode', notNull: true },
		staffCode: { displayName: 'Staff Code', fromInput: 'staffCode' },
		productCount: {
			displayName: 'Number of Products',
			type: 'integer',
			countPaths: ['salesorderDetails', 'salesOrderDetails'],
			fromInput: 'salesOrderDetails',
		},
		totalVat: { displayName: 'Total VAT', type: 'number' },
		grandTotal: { displayName: 'Grand Total', type: 'number' },
		referenceNo: { displayName: 'Reference Number', fromInput: 'referenceNo' },
		...pricingColumns,
		...selectedOnly({
			currencyCode: { displayName: 'Currency Code', fromInput: 'currencyCode' },
			subTotal: { displayName: 'Subtotal', type: 'number' },
			subTotalWithDiscount: { displayName: 'Subtotal with Discount', type: 'number' },
			paymentTerm: { displayName: 'Payment Term', fromInput: 'paymentTerm' },
			payment: { displayName: 'Payment', type: 'object' },
			recipientName: {
				displayName: 'Recipient Name',
				fromInput: 'recipientName',
				paths: ['recipientName', 'recipient.name'],
			},
			recipientAddress: {
				displayName: 'Recipient Address',
				fromInput: 'recipientAddress',
				paths: ['recipientAddress', 'recipient.address'],
			},
			customerAddress: { displayName: 'Customer Address', paths: ['salesOrderCustomerAddress.fullAddress'] },
			customerAddressId: { displayName: 'Customer Address ID', type: 'integer' },
			contactId: { displayName: 'Contact ID', type: 'integer', fromInput: 'contactId' },
			warehouseCode: { displayName: 'Warehouse Code' },
			trackingNo: { displayName: 'Tracking Number' },
			shippingDocumentUrl: { displayName: 'Shipping Document URL' },
			integrationPlatform: { displayName: 'Integration Platform', type: 'integer' },
			isIntegrationOrderPaid: { displayName: 'Integration Order Paid', type: 'boolean' },
			salesOrderNote: { displayName: 'Note', fromInput: 'salesOrderNote' },
			privateNote: { displayName: 'Private Note' },
			salesOrderId: { displayName: 'Sales Order ID', type: 'integer' },
		}),
	},
	keyColumns: ['salesOrderNo'],
	lines: {
		rowName: 'product of a sales order',
		// GoFive's response spells the key differently from its request.
		paths: ['salesorderDetails', 'salesOrderDetails'],
		fromInput: 'salesOrderDetails',
		parentColumns: ['salesOrderNo', 'salesOrderDate', 'customerCode'],
		columns: {
			...productRowColumns,
			whtTaxValue: { displayName: 'Withholding Tax Rate', type: 'number' },
			totalPrice: { displayName: 'Total Price', type: 'number' },
			productDescription: { displayName: 'Product Description' },
			warehouseCode: { displayName: 'Warehouse Code' },
			isShipping: { displayName: 'Shipping', type: 'boolean' },
			unitId: { displayName: 'Unit ID', type: 'integer' },
		},
	},
};
