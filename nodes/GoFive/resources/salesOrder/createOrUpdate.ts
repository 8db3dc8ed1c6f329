import { choice } from '../../operation/fields/choice';
import { date } from '../../operation/fields/dates';
import { lines } from '../../operation/fields/lines';
import { otherFields } from '../../operation/fields/otherFields';
import { output } from '../../operation/fields/output';
import { id, number, text } from '../../operation/fields/simple';
import { operation } from '../../operation/types';
import {
	EMPTY_MAKES_NEW,
	additional,
	customerCode,
	noticeOfOther,
	paymentTerm,
	priceFields,
	productInLine,
	staffCode,
	vatCalculation,
} from '../fields';
import { assertTypeOfDiscount } from './discount';
import { salesOrder, STATUSES_BY_PROGRESS } from './salesOrder';

const details = {
	...productInLine,
	qty: number('Quantity', { description: 'How many' }),
	vatTaxValue: number('VAT Rate', {
		description: 'In percent, such as 7; empty means no VAT. GoFive makes a rate that it does not know.',
	}),
	whtTaxValue: number('Withholding Tax Rate', { description: 'In percent, such as 3; one of the rates in GoFive' }),
};

const form = {
	salesOrderNo: text('Sales Order No', {
		placeholder: 'e.g. SO24090001',
		description: 'Number of the sales order to change; empty makes a new one',
		hint: EMPTY_MAKES_NEW,
	}),
	customerCode: customerCode('Code of the customer who buys; GoFive does not let an update change it'),
	salesOrderSubject: text('Subject', { required: true, description: 'Title of the sales order' }),
	salesOrderDate: date('Sales Order Date', { as: 'day', required: true }),
	vatCalculation: vatCalculation(),
	salesOrderDetails: lines('Products', details, {
		line: 'Product',
		description: 'What is sold, one line for each product; without a line no products are sent',
	}),
	additionalFields: additional({
		contactId: id(
			'Contact ID',
			{
				placeholder: 'e.g. 1',
				description: 'ID of a contact of the customer; Get with the output Raw shows it as contactId',
			},
			'Give the ID of a contact, a whole number.',
		),
		...priceFields('sales order', ', which it needs'),
		salesOrderNote: text('Note', { typeOptions: { rows: 3 }, description: 'Note on the sales order' }),
		paymentTerm: paymentTerm(),
		recipientAddress: text('Recipient Address', { typeOptions: { rows: 3 }, description: 'Where the goods go' }),
		recipientName: text('Recipient Name', { description: 'Who receives the goods' }),
		referenceNo: text('Reference No', { description: 'Your own reference' }),
		remark: text('Remark', { typeOptions: { rows: 3 }, description: 'Remark on the sales order' }),
		staffCode: staffCode('Staff code of the person who sells'),
		salesOrderStatus: choice('Status', STATUSES_BY_PROGRESS, { description: 'Where the sales order stands' }),
	}),
};

/** POST /v2/salesorder (known from GoFive's C# sample; its page has the name alone, and its answer was not seen). */
export const createOrUpdate = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update sales order',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: { ...form, otherFieldsJson: otherFields(form), output: output(salesOrder) },
	entity: salesOrder,
	record: 'salesOrderNo',
	request({ additionalFields }, body) {
		assertTypeOfDiscount(additionalFields);
		return { method: 'POST', path: '/v2/salesorder', body };
	},
	notice: noticeOfOther('salesOrderNo', 'sales order', 'Sales Order No'),
});
