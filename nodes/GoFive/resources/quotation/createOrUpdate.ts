import { choice } from '../../operation/fields/choice';
import { date } from '../../operation/fields/dates';
import { lines } from '../../operation/fields/lines';
import { otherFields } from '../../operation/fields/otherFields';
import { output } from '../../operation/fields/output';
import { number, text } from '../../operation/fields/simple';
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
import { quotation, STATUSES_BY_PROGRESS } from './quotation';

const details = {
	...productInLine,
	vatTaxValue: number('VAT Rate', { description: 'In percent, such as 7' }),
	whTaxValue: number('Withholding Tax Rate', { description: 'In percent, such as 3' }),
};

const form = {
	quotationNo: text('Quotation No', {
		placeholder: 'e.g. Q01230000002',
		description: 'Number of the quotation to change; empty makes a new one',
		hint: EMPTY_MAKES_NEW,
	}),
	customerCode: customerCode('Code of the customer who gets the quotation'),
	quotationSubject: text('Subject', { required: true, description: 'Title of the quotation' }),
	quotationDate: date('Quotation Date', { as: 'day', required: true }),
	quotationValidUntil: date('Valid Until', { as: 'day', required: true }),
	quotationStatus: choice('Status', STATUSES_BY_PROGRESS, {
		required: true,
		description: 'Where the quotation stands',
	}),
	staffCode: staffCode('Staff code of the person who is in charge', { required: true }),
	vatCalculation: vatCalculation('. GoFive explains this for sales orders, and it is taken to mean the same here.'),
	quotationDetails: lines('Products', details, {
		line: 'Product',
		required: true,
		description: 'What is offered, one line for each product',
	}),
	additionalFields: additional({
		contactName: text('Contact Name', { description: 'Person at the customer' }),
		...priceFields('quotation'),
		quotationNote: text('Note', { typeOptions: { rows: 3 }, description: 'Note on the quotation' }),
		paymentTerm: paymentTerm(),
		recipientAddress: text('Recipient Address', {
			typeOptions: { rows: 3 },
			description: 'Where the quotation goes',
		}),
		recipientName: text('Recipient Name', { description: 'To whom the quotation goes' }),
		referenceNo: text('Reference No', {
			description:
				"Leave it out to change a quotation: then the number in 'Quotation No' is sent here as well, since GoFive's sample takes it from here",
		}),
		remark: text('Remark', { typeOptions: { rows: 3 }, description: 'Remark on the quotation' }),
	}),
};

/** POST /v2/quotation (page api-3590355; the rest of its fields from GoFive's C# sample). */
export const createOrUpdate = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update quotation',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: { ...form, otherFieldsJson: otherFields(form), output: output(quotation) },
	entity: quotation,
	record: 'quotationNo',
	// The page does not say which of both names the one to change; GoFive's sample uses the reference.
	request: ({ quotationNo, additionalFields: { referenceNo } }, body) => ({
		method: 'POST',
		path: '/v2/quotation',
		body: { ...body, referenceNo: referenceNo ?? quotationNo ?? referenceNo },
	}),
	notice: noticeOfOther('quotationNo', 'quotation', 'Quotation No'),
});
