import type { IDataObject } from 'n8n-workflow';
import { collection, id, number, text, options, toOptions, type Fields } from '../operation';

/** The code of a customer; numbers, as sheets give them, are accepted. */
export const customerCode = (description: string, settings: { bodyKey?: string | null } = {}) =>
	text('Customer Code', description, { required: true, example: 'C000055', ...settings });

/** The code of a product; numbers, as sheets give them, are accepted. */
export const productCode = (description: string, settings: { bodyKey?: null } = {}) =>
	text('Product Code', description, { required: true, example: 'A001', ...settings });

/** The code of a person of the own company. */
export const staffCode = (description: string, settings: { required?: true } = {}) =>
	text('Staff Code', `${description}; Get Many of Employee returns it`, { example: 'staff01', ...settings });

/** GoFive sends true for percent. */
const DISCOUNT_TYPES = toOptions({ 'Amount in Baht': false, Percent: true });
const discountType = options(
	'Discount Type',
	'Whether the discount is a part of the price or an amount',
	DISCOUNT_TYPES,
);

/** What narrows a list down. */
export const filters = <F extends Fields>(fields: F) =>
	collection('Filters', 'What narrows the list down; what is left blank is left out', fields, {
		placeholder: 'Add Filter',
		omitsBlank: true,
	});

/** What a new record may hold beside what GoFive wants. */
export const additionalFieldsOfNewRecord = <F extends Fields>(fields: F) =>
	collection('Additional Fields', 'What else to send; what is left blank is left out', fields, { omitsBlank: true });

/** The same where a record may be changed, so that a blank field has something to clear. */
export const additionalFields = <F extends Fields>(fields: F) =>
	collection(
		'Additional Fields',
		'What else to send; a field that is added and left blank is sent empty, which should clear what GoFive holds there',
		fields,
	);

/** What of a record may change beside what GoFive always wants. */
export const updateFields = <F extends Fields>(fields: F) =>
	collection(
		'Update Fields',
		'What else to change; a field that is added and left blank is sent empty, which should clear it',
		fields,
	);

/** Whether VAT comes on top of what is offered or sold. @param settings what else to say of it */
export const vatCalculation = (settings = '') =>
	options(
		'VAT Calculation',
		`Whether VAT comes on top of the prices or is part of them${settings}`,
		toOptions({ 'VAT Included': false, 'VAT Excluded': true }),
		{ required: true },
	);

/** How a whole offer or sale is priced. @param thing such as "quotation" @param settings what else to say of the discount */
export const priceFields = (thing: string, settings = '') => ({
	currencyCode: text('Currency Code', 'Left out it is the currency of your company', { example: 'THB' }),
	discountValue: number('Discount', `On the whole ${thing}: percent or baht, as Discount Type says${settings}`),
	discountName: text('Discount Name', `What the discount is called on the ${thing}`),
	discountType,
	headerTemplateId: id(
		'Header Template ID',
		'Which header to print; Any Endpoint with GET /v2/salesorder/headerTemplate lists them',
		{ example: '1' },
	),
});

/** When and how what is offered or sold is paid. */
export const paymentTerm = () => text('Payment Term', 'When and how to pay');

/** What a line of products says, whether they are offered or sold; the keys of its taxes differ. */
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

/** Stands below the number of a record that may be left out, where an example in the field looks as if it had to be filled in. */
export const EMPTY_CREATES_RECORD_HINT = 'Empty makes a new one';

/** The number of a record to change, which GoFive gives to a new one. @param thing as a sentence calls it */
export const recordNumber = (displayName: string, thing: string, example: string) =>
	text(displayName, `Number of the ${thing} to change; empty makes a new one`, {
		example,
		hint: EMPTY_CREATES_RECORD_HINT,
	});

/** Tells of a write whose answer names another record than the one to change. @param key of its number @param thing as a sentence calls it */
export const hintIfOtherRecord =
	(key: string, thing: string, displayName: string) =>
	(record: IDataObject, values: Record<string, unknown>): string | undefined => {
		const [returned, requested] = [record[key], values[key]];
		return requested && returned && String(returned).toLowerCase() !== String(requested).toLowerCase()
			? `GoFive answered with the ${thing} ${String(returned)} instead of ${String(requested)}. GoFive made a new one, or gave a draft its number: look it up in Venio, and check '${displayName}'.`
			: undefined;
	};

/** What to look at where GoFive has nothing. @param what such as "code" */
export const notFoundHintFor = (what: string) =>
	`Check the ${what}; or choose another way in the option 'If Nothing Found'.`;
