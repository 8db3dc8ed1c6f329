import {
	date,
	defineWrite,
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
} from '../sharedFields';
import { QUOTATION_STATUSES_BY_PROGRESS, quotationEntity } from './entity';

const quotationRowFields = {
	...productRowFields((valueName) => `It is not known which ${valueName} GoFive uses if you leave it empty.`),
	vatTaxValue: number('VAT Rate', 'VAT rate in percent', { example: '7' }),
	whTaxValue: number('Withholding Tax Rate', 'Withholding tax rate in percent', { example: '3' }),
};

const fields = {
	quotationNo: recordNumber('Quotation Number', 'quotation', 'Q01230000002'),
	customerCode: customerCode('Code of the customer who receives the quotation'),
	quotationSubject: text('Subject', 'Title of the quotation', { required: true }),
	quotationDate: date('Quotation Date', { format: 'dateOnly', required: true }),
	quotationValidUntil: date('Valid Until', { format: 'dateOnly', required: true }),
	quotationStatus: options('Status', 'Status of the quotation', QUOTATION_STATUSES_BY_PROGRESS, { required: true }),
	owner: employee('Owner', 'Staff code of the employee responsible for the quotation', {
		required: true,
		bodyKey: 'staffCode',
	}),
	vatCalculation: vatCalculation('. Check the VAT of your first quotation in Venio.'),
	quotationDetails: rows('Products', 'Products offered, one row per product', quotationRowFields, {
		rowDisplayName: 'Product',
		required: true,
	}),
	additionalFields: additionalFields({
		contactName: text('Contact Name', 'Name of the contact person'),
		...priceFields('quotation', 'Quotation > Get'),
		quotationNote: multilineText('Note', describeNote('Note', 'quotation', 'Remark')),
		otherFieldsJson: otherFieldsJson('Other Fields (JSON)', (): Record<string, Field> => fields),
		paymentTerm: paymentTerm(),
		recipientAddress: multilineText('Recipient Address', 'Address of the recipient'),
		recipientName: text('Recipient Name', 'Name of the recipient'),
		referenceNo: text(
			'Reference Number',
			"Your own reference number. GoFive's documentation does not show whether this number or 'Quotation Number' identifies the quotation to update.",
		),
		remark: multilineText('Remark', describeNote('Remark', 'quotation', 'Note')),
	}),
};

/**
 * Creates or updates a quotation: `POST /v2/quotation`. Fields that the page lacks are taken from GoFive's C# sample. The
 * page does not say which number identifies the quotation to update, and the sample uses `referenceNo`.
 * @see https://developer.gofive.co.th/api-3590355
 */
export const upsert = defineWrite({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update quotation',
	fields: { ...fields, output: output(quotationEntity) },
	idField: 'quotationNo',
	nameField: 'quotationSubject',
	validate: ({ additionalFields, quotationDetails }) => assertDiscounts(additionalFields, quotationDetails),
	request: (_values, body) => ({ method: 'POST', path: '/v2/quotation', body }),
	hintAfterWrite: hintIfOtherRecord(quotationEntity, 'quotation'),
});
