import type { IDataObject } from 'n8n-workflow';
import { yesOrNo } from '../operation/fields/choice';
import { group } from '../operation/fields/group';
import { id, number, text } from '../operation/fields/simple';
import type { Fields } from '../operation/types';

/** The code of a customer; numbers, as sheets give them, are accepted. */
export const customerCode = (description: string, more: { wire?: string | null } = {}) =>
	text('Customer Code', { required: true, placeholder: 'e.g. C000055', description, ...more });

/** The code of a product; numbers, as sheets give them, are accepted. */
export const productCode = (description: string, more: { wire?: null } = {}) =>
	text('Product Code', { required: true, placeholder: 'e.g. A001', description, ...more });

/** The code of a person of the own company. */
export const staffCode = <const A extends { required?: true }>(description: string, more: A = {} as A) =>
	text('Staff Code', {
		placeholder: 'e.g. staff01',
		description: `${description}; Get Many of Employee returns it`,
		...more,
	});

/** GoFive sends true for percent. */
const discountType = yesOrNo(
	'Discount Type',
	{ description: 'Whether the discount is a part of the price or an amount' },
	['Percent', 'Amount in Baht'],
);

/** What narrows a list down. */
export const filters = <F extends Fields>(fields: F) =>
	group('Filters', fields, { placeholder: 'Add Filter', leavesOut: true });

/** What a new record may hold beside what GoFive wants. */
export const additionalOfNew = <F extends Fields>(fields: F) => group('Additional Fields', fields, { leavesOut: true });

/** The same where a record may be changed, so that a blank field has something to clear. */
export const additional = <F extends Fields>(fields: F) =>
	group('Additional Fields', fields, {
		description:
			'What else to send; a field that is added and left blank is sent empty, which should clear what GoFive holds there',
	});

/** What of a record may change beside what GoFive always wants. */
export const updateFields = <F extends Fields>(fields: F) =>
	group('Update Fields', fields, {
		description: 'What else to change; a field that is added and left blank is sent empty, which should clear it',
	});

/** Whether VAT comes on top of what is offered or sold. @param more what else to say of it */
export const vatCalculation = (more = '') =>
	yesOrNo(
		'VAT Calculation',
		{ required: true, description: `Whether VAT comes on top of the prices or is part of them${more}` },
		['VAT Excluded', 'VAT Included'],
	);

/** How a whole offer or sale is priced. @param thing such as "quotation" @param more what else to say of the discount */
export const priceFields = (thing: string, more = '') => ({
	currencyCode: text('Currency Code', {
		placeholder: 'e.g. THB',
		description: 'Left out it is the currency of your company',
	}),
	discountValue: number('Discount', {
		description: `On the whole ${thing}: percent or baht, as Discount Type says${more}`,
	}),
	discountName: text('Discount Name', { description: `What the discount is called on the ${thing}` }),
	discountType,
	headerTemplateId: id(
		'Header Template ID',
		{
			placeholder: 'e.g. 1',
			description: 'Which header to print; Any Endpoint with GET /v2/salesorder/headerTemplate lists them',
		},
		'Give the ID of a header template, a whole number.',
	),
});

/** When and how what is offered or sold is paid. */
export const paymentTerm = () => text('Payment Term', { description: 'When and how to pay' });

/** What a line of products says, whether they are offered or sold; the keys of its taxes differ. */
export const productInLine = {
	productCode: text('Product Code', { required: true, placeholder: 'e.g. A001', description: 'Code of the product' }),
	qty: number('Quantity', { required: true, description: 'How many; GoFive may refuse more than are in stock' }),
	price: number('Price', { description: 'Price of one; empty means the price in GoFive' }),
	productName: text('Product Name', { description: 'Empty means the name in GoFive' }),
	productUnitName: text('Unit', {
		description: 'Name of a unit that GoFive knows; empty means the unit of the product',
	}),
	productDescription: text('Product Description', { description: 'Empty means the description in GoFive' }),
	discountType,
	discountValue: number('Discount', { description: 'Percent or baht, as Discount Type says' }),
};

/** Stands below the number of a record that may be left out, where an example in the field looks as if it had to be filled in. */
export const EMPTY_MAKES_NEW = 'Empty makes a new one';

/** Tells of a write whose answer names another record than the one to change. @param key of its number @param thing as a sentence calls it */
export const noticeOfOther =
	(key: string, thing: string, displayName: string) =>
	(record: IDataObject, values: Record<string, unknown>): string | undefined => {
		const [answered, asked] = [record[key], values[key]];
		return asked && answered && String(answered).toLowerCase() !== String(asked).toLowerCase()
			? `GoFive answered with the ${thing} ${String(answered)} instead of ${String(asked)}. GoFive made a new one, or gave a draft its number: look it up in Venio, and check '${displayName}'.`
			: undefined;
	};

/** What to look at where GoFive has nothing. @param what such as "code" */
export const checkThe = (what: string) => `Check the ${what}; or choose another way in the option 'If Nothing Found'.`;
