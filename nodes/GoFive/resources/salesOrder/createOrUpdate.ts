import { failUnsent } from '../../api/words/failure';
import {
	choice,
	date,
	id,
	isBlank,
	lines,
	longText,
	number,
	operation,
	otherFields,
	output,
	text,
} from '../../operation';
import {
	additional,
	customerCode,
	noticeOfOther,
	recordNoOrNew,
	paymentTerm,
	priceFields,
	productInLine,
	staffCode,
	vatCalculation,
} from '../fields';
import { salesOrder, STATUSES_BY_PROGRESS } from './salesOrder';

const details = {
	...productInLine,
	qty: number('Quantity', 'How many'),
	vatTaxValue: number(
		'VAT Rate',
		'In percent, such as 7; empty means no VAT. GoFive makes a rate that it does not know.',
	),
	whtTaxValue: number('Withholding Tax Rate', 'In percent, such as 3; one of the rates in GoFive'),
};

const form = {
	salesOrderNo: recordNoOrNew('Sales Order No', 'sales order', 'SO24090001'),
	customerCode: customerCode('Code of the customer who buys; GoFive does not let an update change it'),
	salesOrderSubject: text('Subject', 'Title of the sales order', { required: true }),
	salesOrderDate: date('Sales Order Date', { as: 'day', required: true }),
	vatCalculation: vatCalculation(),
	salesOrderDetails: lines(
		'Products',
		'What is sold, one line for each product; without a line no products are sent',
		details,
		{ line: 'Product' },
	),
	additionalFields: additional({
		contactId: id('Contact ID', 'ID of a contact of the customer; Get with the output Raw shows it as contactId', {
			example: '1',
		}),
		...priceFields('sales order', ', which it needs'),
		salesOrderNote: longText('Note', 'Note on the sales order'),
		paymentTerm: paymentTerm(),
		recipientAddress: longText('Recipient Address', 'Where the goods go'),
		recipientName: text('Recipient Name', 'Who receives the goods'),
		referenceNo: text('Reference No', 'Your own reference'),
		remark: longText('Remark', 'Remark on the sales order'),
		staffCode: staffCode('Staff code of the person who sells'),
		salesOrderStatus: choice('Status', 'Where the sales order stands', STATUSES_BY_PROGRESS),
	}),
};

/** POST /v2/salesorder (known from GoFive's C# sample; its page has the name alone, and its answer was not seen). */
export const createOrUpdate = operation({
	value: 'upsert',
	action: 'Create or update sales order',
	fields: { ...form, otherFieldsJson: otherFields(form), output: output(salesOrder) },
	record: 'salesOrderNo',
	request({ additionalFields: { discountType, discountValue } }, body) {
		// GoFive needs the type of a discount with its value (C# sample).
		if (!isBlank(discountValue) && isBlank(discountType))
			failUnsent("'Discount' needs a 'Discount Type'", 'Choose whether the discount is percent or an amount in baht.');
		return { method: 'POST', path: '/v2/salesorder', body };
	},
	notice: noticeOfOther('salesOrderNo', 'sales order', 'Sales Order No'),
});
