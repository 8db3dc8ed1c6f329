import { rejectInput } from '../../api/errors/goFiveError';
import {
	date,
	defineOperation,
	id,
	isBlank,
	multilineText,
	number,
	options,
	otherFieldsJson,
	output,
	rows,
	text,
} from '../../operation';
import {
	additionalFields,
	customerCode,
	hintIfOtherRecord,
	paymentTerm,
	priceFields,
	productRowFields,
	recordNumber,
	staffCode,
	vatCalculation,
} from '../sharedFields';
import { SALES_ORDER_STATUSES_BY_PROGRESS, salesOrderEntity } from './entity';

const salesOrderRowFields = {
	...productRowFields,
	qty: number('Quantity', 'How many'),
	vatTaxValue: number(
		'VAT Rate',
		'In percent, such as 7; empty means no VAT. GoFive makes a rate that it does not know.',
	),
	whtTaxValue: number('Withholding Tax Rate', 'In percent, such as 3; one of the rates in GoFive'),
};

const fields = {
	salesOrderNo: recordNumber('Sales Order No', 'sales order', 'SO24090001'),
	customerCode: customerCode('Code of the customer who buys; GoFive does not let an update change it'),
	salesOrderSubject: text('Subject', 'Title of the sales order', { required: true }),
	salesOrderDate: date('Sales Order Date', { format: 'dateOnly', required: true }),
	vatCalculation: vatCalculation(),
	salesOrderDetails: rows(
		'Products',
		'What is sold, one line for each product; without a line no products are sent',
		salesOrderRowFields,
		{ rowDisplayName: 'Product' },
	),
	additionalFields: additionalFields({
		contactId: id('Contact ID', 'ID of a contact of the customer; Get with the output Raw shows it as contactId', {
			example: '1',
		}),
		...priceFields('sales order', ', which it needs'),
		salesOrderNote: multilineText('Note', 'Note on the sales order'),
		paymentTerm: paymentTerm(),
		recipientAddress: multilineText('Recipient Address', 'Where the goods go'),
		recipientName: text('Recipient Name', 'Who receives the goods'),
		referenceNo: text('Reference No', 'Your own reference'),
		remark: multilineText('Remark', 'Remark on the sales order'),
		staffCode: staffCode('Staff code of the person who sells'),
		salesOrderStatus: options('Status', 'Where the sales order stands', SALES_ORDER_STATUSES_BY_PROGRESS),
	}),
};

/**
 * Creates or updates a sales order: `POST /v2/salesorder`. The response was not seen.
 * GoFive's documentation lists only the operation's name. The request is taken from GoFive's C# sample.
 */
export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update sales order',
	effect: 'write',
	fields: { ...fields, otherFieldsJson: otherFieldsJson(fields), output: output(salesOrderEntity) },
	idField: 'salesOrderNo',
	request({ additionalFields: { discountType, discountValue } }, body) {
		// GoFive's C# sample requires the type of a discount with its value.
		if (!isBlank(discountValue) && isBlank(discountType))
			rejectInput("'Discount' needs a 'Discount Type'", 'Choose whether the discount is percent or an amount in baht.');
		return { method: 'POST', path: '/v2/salesorder', body };
	},
	hintAfterWrite: hintIfOtherRecord('salesOrderNo', 'sales order', 'Sales Order No'),
});
