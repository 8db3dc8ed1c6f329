import { choice, date, lines, longText, number, operation, otherFields, output, text } from '../../operation';
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
import { quotation, STATUSES_BY_PROGRESS } from './quotation';

const details = {
	...productInLine,
	vatTaxValue: number('VAT Rate', 'In percent, such as 7'),
	whTaxValue: number('Withholding Tax Rate', 'In percent, such as 3'),
};

const form = {
	quotationNo: recordNoOrNew('Quotation No', 'quotation', 'Q01230000002'),
	customerCode: customerCode('Code of the customer who gets the quotation'),
	quotationSubject: text('Subject', 'Title of the quotation', { required: true }),
	quotationDate: date('Quotation Date', { as: 'day', required: true }),
	quotationValidUntil: date('Valid Until', { as: 'day', required: true }),
	quotationStatus: choice('Status', 'Where the quotation stands', STATUSES_BY_PROGRESS, { required: true }),
	staffCode: staffCode('Staff code of the person who is in charge', { required: true }),
	vatCalculation: vatCalculation('. GoFive explains this for sales orders, and it is taken to mean the same here.'),
	quotationDetails: lines('Products', 'What is offered, one line for each product', details, {
		line: 'Product',
		required: true,
	}),
	additionalFields: additional({
		contactName: text('Contact Name', 'Person at the customer'),
		...priceFields('quotation'),
		quotationNote: longText('Note', 'Note on the quotation'),
		paymentTerm: paymentTerm(),
		recipientAddress: longText('Recipient Address', 'Where the quotation goes'),
		recipientName: text('Recipient Name', 'To whom the quotation goes'),
		referenceNo: text(
			'Reference No',
			"Leave it out to change a quotation: then the number in 'Quotation No' is sent here as well, since GoFive's sample takes it from here",
		),
		remark: longText('Remark', 'Remark on the quotation'),
	}),
};

/** POST /v2/quotation (page api-3590355; the rest of its fields from GoFive's C# sample). */
export const createOrUpdate = operation({
	value: 'upsert',
	action: 'Create or update quotation',
	fields: { ...form, otherFieldsJson: otherFields(form), output: output(quotation) },
	record: 'quotationNo',
	// The page does not say which of both names the one to change; GoFive's sample uses the reference.
	request: ({ quotationNo, additionalFields: { referenceNo } }, body) => ({
		method: 'POST',
		path: '/v2/quotation',
		body: { ...body, referenceNo: referenceNo ?? quotationNo ?? referenceNo },
	}),
	notice: noticeOfOther('quotationNo', 'quotation', 'Quotation No'),
});
