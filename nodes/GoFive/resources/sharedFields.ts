import type { IDataObject } from 'n8n-workflow';
import { collection, id, number, options, text, toOptions, type Fields } from '../operation';

/** Creates the field for a customer code. */
export const customerCode = (description: string, settings: { bodyKey?: string | null } = {}) =>
	text('Customer Code', description, { required: true, example: 'C000055', ...settings });

/** Creates the field for a product code. */
export const productCode = (description: string, settings: { bodyKey?: null } = {}) =>
	text('Product Code', description, { required: true, example: 'A001', ...settings });

/** Creates the field for the staff code of an employee. */
export const staffCode = (description: string, settings: { required?: true } = {}) =>
	text('Staff Code', `${description}; Get Many of Employee returns it`, { example: 'staff01', ...settings });

/** Values of GoFive's flag for the type of a discount. */
const DISCOUNT_TYPES = toOptions({ 'Amount in Baht': false, Percent: true });
const discountType = options(
	'Discount Type',
	'Whether the discount is a part of the price or an amount',
	DISCOUNT_TYPES,
);

/** Creates the collection of a list's filters. */
export const filters = <F extends Fields>(fields: F) =>
	collection('Filters', 'What narrows the list down; what is left blank is left out', fields, {
		placeholder: 'Add Filter',
		omitsBlank: true,
	});

/** Creates the collection of a new record's optional fields. Blank fields are not sent. */
export const additionalFieldsOfNewRecord = <F extends Fields>(fields: F) =>
	collection('Additional Fields', 'What else to send; what is left blank is left out', fields, { omitsBlank: true });

/** Creates the collection of optional fields of an operation that can also update. Blank fields clear their value. */
export const additionalFields = <F extends Fields>(fields: F) =>
	collection(
		'Additional Fields',
		'What else to send; a field that is added and left blank is sent empty, which should clear what GoFive holds there',
		fields,
	);

/** Creates the collection of the fields that an update can change. Blank fields clear their value. */
export const updateFields = <F extends Fields>(fields: F) =>
	collection(
		'Update Fields',
		'What else to change; a field that is added and left blank is sent empty, which should clear it',
		fields,
	);

/**
 * Creates the list that states whether prices include VAT.
 * @param suffix - End of the description.
 */
export const vatCalculation = (suffix = '') =>
	options(
		'VAT Calculation',
		`Whether VAT comes on top of the prices or is part of them${suffix}`,
		toOptions({ 'VAT Included': false, 'VAT Excluded': true }),
		{ required: true },
	);

/**
 * Creates the fields for the pricing of a quotation or a sales order.
 * @param thing - Name of the record in a sentence.
 * @param discountSuffix - End of the discount's description.
 */
export const priceFields = (thing: string, discountSuffix = '') => ({
	currencyCode: text('Currency Code', 'Left out it is the currency of your company', { example: 'THB' }),
	discountValue: number('Discount', `On the whole ${thing}: percent or baht, as Discount Type says${discountSuffix}`),
	discountName: text('Discount Name', `What the discount is called on the ${thing}`),
	discountType,
	headerTemplateId: id(
		'Header Template ID',
		'Which header to print; Any Endpoint with GET /v2/salesorder/headerTemplate lists them',
		{ example: '1' },
	),
});

/** Creates the field for the payment terms. */
export const paymentTerm = () => text('Payment Term', 'When and how to pay');

/** Inputs of a product row. Quotations and sales orders add their taxes, whose keys differ. */
export const productRowFields = {
	productCode: text('Product Code', 'Code of the product', { required: true, example: 'A001' }),
	qty: number('Quantity', 'How many; GoFive may refuse more than are in stock', { required: true }),
	price: number('Price', 'Price of one; empty means the price in GoFive'),
	productName: text('Product Name', 'Empty means the name in GoFive'),
	productUnitName: text('Unit', 'Name of a unit that GoFive knows; empty means the unit of the product'),
	productDescription: text('Product Description', 'Empty means the description in GoFive'),
	discountType,
	discountValue: number('Discount', 'Percent or baht, as Discount Type says'),
};

/** Hint below the number of an upsert. Its input has an example, which could look as if it had to be filled in. */
export const EMPTY_CREATES_RECORD_HINT = 'Empty makes a new one';

/**
 * Creates the field for the number of the record to update.
 * @param thing - Name of the record in a sentence.
 */
export const recordNumber = (displayName: string, thing: string, example: string) =>
	text(displayName, `Number of the ${thing} to change; empty makes a new one`, {
		example,
		hint: EMPTY_CREATES_RECORD_HINT,
	});

/**
 * Creates the `hintAfterWrite` of an upsert: GoFive returned another record than the one to update.
 * @param key - Key of the record's number, in the response and in the form.
 * @param thing - Name of the record in a sentence.
 */
export const hintIfOtherRecord =
	(key: string, thing: string, displayName: string) =>
	(record: IDataObject, values: Record<string, unknown>): string | undefined => {
		const [returned, requested] = [record[key], values[key]];
		return requested && returned && String(returned).toLowerCase() !== String(requested).toLowerCase()
			? `GoFive answered with the ${thing} ${String(returned)} instead of ${String(requested)}. GoFive made a new one, or gave a draft its number: look it up in Venio, and check '${displayName}'.`
			: undefined;
	};

/**
 * Builds the description of the message if GoFive finds no record.
 * @param input - Name of the input to check, for example "code".
 */
export const notFoundHintFor = (input: string) =>
	`Check the ${input}; or choose another way in the option 'If Nothing Found'.`;
