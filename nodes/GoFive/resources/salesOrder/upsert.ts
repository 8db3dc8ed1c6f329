import {
	date,
	defineWrite,
	id,
	multilineText,
	number,
	options,
	otherFieldsJson,
	output,
	rows,
	text,
	type Field,
} from '../../operation';
import { assertDiscounts } from '../assertDiscounts';
import { employee } from '../employee/fields';
import {
	additionalFields,
	customerCode,
	describeNote,
	hintIfOtherRecord,
	paymentTerm,
	priceFields,
	productRowFields,
	recordNumber,
	vatCalculation,
	withLookupLink,
} from '../sharedFields';
import { SALES_ORDER_STATUSES_BY_PROGRESS, salesOrderEntity } from './entity';

const salesOrderRowFields = {
	// GoFive's C# sample uses the product's value for an empty input of a sales order.
	...productRowFields((valueName) => `If you leave it empty, GoFive probably uses the ${valueName} in Venio.`),
	qty: number('Quantity', 'Quantity sold'),
	vatTaxValue: number(
		'VAT Rate',
		'VAT rate in percent, which GoFive creates if it does not exist. If you leave it empty, the product probably has no VAT.',
		{ example: '7' },
	),
	whTaxValue: number('Withholding Tax Rate', 'Withholding tax rate in percent. The rate must exist in GoFive.', {
		bodyKey: 'whtTaxValue',
		example: '3',
	}),
};

const { headerTemplateId, ...discountFields } = priceFields('sales order', 'Sales Order > Get');

const fields = {
	salesOrderNo: recordNumber('Sales Order Number', 'sales order', 'SO24090001'),
	customerCode: customerCode('Code of the customer who places the order (an update cannot change the customer)'),
	salesOrderSubject: text('Subject', 'Title of the sales order', { required: true }),
	salesOrderDate: date('Sales Order Date', { format: 'dateOnly', required: true }),
	vatCalculation: vatCalculation(),
	salesOrderDetails: rows(
		'Products',
		'Products sold, one row per product. If you add no rows, no products are sent.',
		salesOrderRowFields,
		{ rowDisplayName: 'Product' },
	),
	additionalFields: additionalFields({
		contactId: id(
			'Contact ID',
			withLookupLink(
				'ID of a contact of the customer',
				"The field contactId of Sales Order > Get probably contains it, with 'Selected Fields' in 'Output'",
			),
			{ example: '1' },
		),
		...discountFields,
		headerTemplateId,
		salesOrderNote: multilineText('Note', describeNote('Note', 'sales order', 'Remark')),
		otherFieldsJson: otherFieldsJson('Other Fields (JSON)', (): Record<string, Field> => fields),
		owner: employee('Owner', 'Staff code of the employee responsible for the sales order', { bodyKey: 'staffCode' }),
		paymentTerm: paymentTerm(),
		recipientAddress: multilineText('Recipient Address', 'Address of the recipient'),
		recipientName: text('Recipient Name', 'Name of the recipient'),
		referenceNo: text('Reference Number', 'Your own reference number'),
		remark: multilineText('Remark', describeNote('Remark', 'sales order', 'Note')),
		salesOrderStatus: options('Status', 'Status of the sales order', SALES_ORDER_STATUSES_BY_PROGRESS),
	}),
};

/**
 * Creates or updates a sales order: `POST /v2/salesorder`. The response was not seen.
 * GoFive's documentation lists only the operation's name. The request is taken from GoFive's C# sample.
 */
export const upsert = defineWrite({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update sales order',
	fields: { ...fields, output: output(salesOrderEntity) },
	idField: 'salesOrderNo',
	nameField: 'salesOrderSubject',
	validate: ({ additionalFields, salesOrderDetails }) => assertDiscounts(additionalFields, salesOrderDetails),
	request: (_values, body) => ({ method: 'POST', path: '/v2/salesorder', body }),
	hintAfterWrite: hintIfOtherRecord(salesOrderEntity, 'sales order'),
});
