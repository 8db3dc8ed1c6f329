import type { IDataObject } from 'n8n-workflow';
import { rejectInput } from '../api/errors';
import {
	boolean,
	collection,
	fieldsToClear,
	id,
	isBlank,
	number,
	options,
	readColumn,
	text,
	toOptions,
	toText,
	truncateValue,
	type Entity,
	type Field,
	type Fields,
	type OptionList,
	type Part,
} from '../operation';

/** Page about where to find codes and IDs. A test compares it with the homepage in package.json. */
const CODES_URL = 'https://github.com/example/n8n-nodes-gofive/blob/main/docs/codes.md';

/**
 * Completes the description of a code, a number or an ID with a link to the page about where to find it.
 * @param advice - Text of the link, for example the operation that returns the ID.
 */
export const withLookupLink = (description: string, advice = 'Where to find it'): string =>
	`${description}. <a href='${CODES_URL}'>${advice}</a>.`;

/** Creates the field for a customer code. */
export const customerCode = (description: string, settings: { bodyKey?: string | null } = {}) =>
	text('Customer Code', withLookupLink(description), { required: true, example: 'C000055', ...settings });

/** Creates the field for a product code. */
export const productCode = (description: string, settings: { bodyKey?: null } = {}) =>
	text('Product Code', withLookupLink(description), { required: true, example: 'A001', ...settings });

/** Values of GoFive's flag for the type of a discount. */
const DISCOUNT_TYPES = toOptions({ 'Amount in Baht': false, Percent: true });
const discountType = options(
	'Discount Type',
	'Whether the discount is a percentage or a fixed amount in baht',
	DISCOUNT_TYPES,
);
const DISCOUNT_UNIT_ADVICE = "Select the unit in 'Discount Type'.";

/** Creates the collection of a list's filters. */
export const filters = <F extends Fields>(fields: F) =>
	collection('Filters', 'Conditions that records must match. Empty filters are ignored.', fields, {
		placeholder: 'Add Filter',
	});

/** Creates the collection of a new record's optional fields. */
export const additionalFieldsOfNewRecord = <F extends Fields>(fields: F) =>
	collection('Additional Fields', 'Optional fields. Empty fields are not sent.', fields);

/**
 * Creates the collection of optional fields of an operation that can also update.
 * @param clearingPlace - Where a value can be cleared, because a blank field is not sent.
 */
export const additionalFields = <F extends Fields>(fields: F, clearingPlace = 'Venio') =>
	collection(
		'Additional Fields',
		`Optional fields. Empty fields are not sent, so clear a value in ${clearingPlace}.`,
		fields,
	);

/** Name of the parameter with the fields that an update changes. */
const UPDATE_FIELDS = 'updateFields';

/** Creates the switch with which an update only shows what it would change. */
const preview = () => ({
	...boolean('Preview', 'Whether to return what would change, without sending the update to GoFive', {
		bodyKey: null,
		hint: 'Turn this on for the first run',
	}),
	isOutputOnly: true,
});

/**
 * Creates the fields of an update: Preview, Update Fields and Fields to Clear.
 * @param requiredFields - Fields that GoFive requires in each request.
 * @param optionalFields - Fields that GoFive lets be empty.
 */
export function updateFields<R extends Fields, F extends Fields>(requiredFields: R, optionalFields: F) {
	const field = collection('Update Fields', 'Fields to change. Empty fields are not sent.', {
		...requiredFields,
		...optionalFields,
	});
	const updateFields: typeof field = {
		...field,
		read(getParameter, name, context) {
			const values = field.read(getParameter, name, context);
			const hasFields = Object.keys(values).length > 0 || !isBlank(toText([getParameter('fieldsToClear')].flat()[0]));
			if (!hasFields) rejectInput("'Update Fields' is empty", 'Add the fields that you want to change.');
			return values;
		},
	};
	return { preview: preview(), updateFields, fieldsToClear: fieldsToClear(optionalFields, UPDATE_FIELDS) };
}

/**
 * Creates the list that states whether prices include VAT.
 * @param suffix - End of the description.
 */
export const vatCalculation = (suffix = '') =>
	options(
		'VAT Calculation',
		`Whether VAT is added to the prices or already included in them${suffix}`,
		toOptions({ 'VAT Included': false, 'VAT Excluded': true }),
		{ required: true },
	);

/**
 * Creates the fields for the pricing of a quotation or a sales order.
 * @param thing - Name of the record in a sentence.
 * @param getOperation - Operation whose response contains the ID of the header template.
 */
export const priceFields = (thing: string, getOperation: string) => ({
	currencyCode: text('Currency Code', "Code of the currency. Defaults to your company's currency.", { example: 'THB' }),
	discountValue: number('Discount', `Discount on the entire ${thing}, in percent or baht. ${DISCOUNT_UNIT_ADVICE}`),
	discountName: text('Discount Name', `Name of the discount on the ${thing}`),
	discountType,
	headerTemplateId: id(
		'Header Template ID',
		withLookupLink(
			'ID of the header template to print',
			`The field headerTemplateId of ${getOperation} probably contains it, with 'Selected Fields' in 'Output'`,
		),
		{ example: '1' },
	),
});

/**
 * Describes one of two texts whose difference is not known.
 * @param name - Name of the text, for example "Note".
 * @param thing - Name of the record in a sentence.
 * @param otherField - Display name of the other field.
 */
export const describeNote = (name: string, thing: string, otherField: string) =>
	`${name} about the ${thing}. It is not known how it differs from '${otherField}'.`;

/** Creates the field for the payment terms. */
export const paymentTerm = () => text('Payment Term', 'Payment terms', { example: 'Credit 30 days' });

/**
 * Creates the inputs of a product row. Quotations and sales orders add their taxes, whose keys differ.
 * @param describeEmpty - Builds the sentence about an empty input from the name of the value.
 */
export const productRowFields = (describeEmpty: (valueName: string) => string) => ({
	productCode: productCode('Code of the product'),
	qty: number('Quantity', 'Quantity offered. GoFive may reject a quantity that exceeds the stock.', { required: true }),
	price: number('Price', `Unit price. ${describeEmpty('price')}`),
	productName: text('Product Name', `Name of the product. ${describeEmpty('name')}`),
	productUnitName: text('Unit', `Name of an existing unit. ${describeEmpty('unit')}`),
	productDescription: text('Product Description', `Description of the product. ${describeEmpty('description')}`),
	discountType,
	discountValue: number('Discount', `Discount on this product, in percent or baht. ${DISCOUNT_UNIT_ADVICE}`),
});

/** Hint below the number of an upsert. Its input has an example, which could look as if it had to be filled in. */
export const EMPTY_CREATES_RECORD_HINT = 'Leave empty to create a record';

/**
 * Creates the field for the number of the record to update.
 * @param thing - Name of the record in a sentence.
 */
export const recordNumber = (displayName: string, thing: string, example: string) =>
	text(displayName, withLookupLink(`Number of the ${thing} to update, or empty to create a ${thing}`), {
		example,
		hint: EMPTY_CREATES_RECORD_HINT,
		rejectsEmptyExpression: true,
	});

/**
 * Creates the `hintAfterWrite` of an upsert: GoFive returned another record than the one to update.
 * @param entity - The record. The form has the field of its key column.
 * @param thing - Name of the record in a sentence.
 */
export const hintIfOtherRecord =
	(entity: Entity, thing: string) =>
	(record: IDataObject, values: Record<string, unknown>): string | undefined => {
		const [key = ''] = entity.keyColumns ?? [];
		const displayName = entity.columns[key]?.displayName;
		const [returned, requested] = [readColumn(record, key, entity), values[key]];
		return requested && returned && String(returned).toLowerCase() !== String(requested).toLowerCase()
			? `GoFive returned the ${thing} ${truncateValue(String(returned))} instead of ${truncateValue(String(requested))}. GoFive may have created a second ${thing}, or changed the value of '${displayName}'. Check both values in Venio, and correct '${displayName}' in this node.`
			: undefined;
	};

/**
 * Builds the description of the message if GoFive finds no record.
 * @param input - Name of the input to check, for example "code".
 */
export const notFoundHintFor = (input: string) =>
	`Check the ${input}, or select another value in the option 'If Nothing Found'.`;

/** Sends the value of a list with one value, because GoFive's request takes one. The operation filters by several values. */
export const sentIfSingle = <T>(field: Field<T[]>, bodyKey: string): Field<T[]> => ({
	...field,
	bodyKey,
	toBody: (values) => (values.length === 1 ? { [bodyKey]: values[0] as IDataObject } : {}),
});

/** Sets GoFive's key of a field whose values are sent one per request. See `codeParts`. */
export const onePerRequest = <T>(field: Field<T>, bodyKey: string): Field<T> => ({
	...field,
	bodyKey,
	toBody: () => ({}),
});

/**
 * Creates the parts of a list for which a request contains one code: one part per selected code, or per code if none is
 * selected.
 * @param thing - Name of a code in a sentence.
 */
export const codeParts = <P>(
	thing: string,
	selectedCodes: number[],
	codes: OptionList<number>,
	toValues: (code: number) => P,
): Array<Part<P>> =>
	codes
		.filter(({ value }) => selectedCodes.length === 0 || selectedCodes.includes(value))
		.map(({ name, value }) => ({ key: String(value), name: `${thing} '${name}'`, values: toValues(value) }));

/** Creates the field for the number of a quotation, which is part of the path. */
export const quotationNo = (description: string, advice?: string) =>
	text('Quotation Number', withLookupLink(description, advice), {
		required: true,
		bodyKey: null,
		example: 'Q01230000002',
	});
