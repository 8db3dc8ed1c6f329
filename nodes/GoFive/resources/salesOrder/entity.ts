import { codeColumns, selectedOnly, toOptions, type Entity } from '../../operation';
import { customerNames } from '../customer/get';
import { staffCodeNames } from '../employee/getAll';
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
		salesOrderNo: { displayName: 'Sales Order Number' },
		salesOrderDate: { displayName: 'Sales Order Date', type: 'date' },
		salesOrderSubject: { displayName: 'Subject' },
		...codeColumns('salesOrderStatus', 'Status', SALES_ORDER_STATUSES_BY_PROGRESS),
		customerCode: { displayName: 'Customer Code', names: customerNames },
		staffCode: { displayName: 'Staff Code', names: staffCodeNames },
		productCount: {
			displayName: 'Number of Products',
			type: 'integer',
			countPaths: ['salesorderDetails', 'salesOrderDetails'],
		},
		totalVat: { displayName: 'Total VAT', type: 'number' },
		grandTotal: { displayName: 'Grand Total', type: 'number' },
		referenceNo: { displayName: 'Reference Number' },
		...pricingColumns,
		...selectedOnly({
			currencyCode: { displayName: 'Currency Code' },
			subTotal: { displayName: 'Subtotal', type: 'number' },
			subTotalWithDiscount: { displayName: 'Subtotal with Discount', type: 'number' },
			paymentTerm: { displayName: 'Payment Term' },
			payment: { displayName: 'Payment', type: 'object' },
			recipientName: {
				displayName: 'Recipient Name',
				paths: ['recipientName', 'recipient.name'],
			},
			recipientAddress: {
				displayName: 'Recipient Address',
				paths: ['recipientAddress', 'recipient.address'],
			},
			customerAddress: { displayName: 'Customer Address', paths: ['salesOrderCustomerAddress.fullAddress'] },
			customerAddressId: { displayName: 'Customer Address ID', type: 'integer' },
			contactId: { displayName: 'Contact ID', type: 'integer' },
			warehouseCode: { displayName: 'Warehouse Code' },
			trackingNo: { displayName: 'Tracking Number' },
			shippingDocumentUrl: { displayName: 'Shipping Document URL' },
			integrationPlatform: { displayName: 'Integration Platform', type: 'integer' },
			isIntegrationOrderPaid: { displayName: 'Integration Order Paid', type: 'boolean' },
			salesOrderNote: { displayName: 'Note' },
			privateNote: { displayName: 'Private Note' },
			salesOrderId: { displayName: 'Sales Order ID', type: 'integer' },
		}),
	},
	keyColumns: ['salesOrderNo'],
	lines: {
		rowName: 'product of a sales order',
		// GoFive's response spells the key differently from its request.
		paths: ['salesorderDetails', 'salesOrderDetails'],
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
