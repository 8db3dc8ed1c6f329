import { describeNonJson, findMessageText, parseEnvelope, getIgnoringCase } from './envelope';
import { isObject, parseJson } from '../../shared/json';
import { toText, truncate } from '../../shared/text';

/** Number of validation errors that a message quotes, so that it stays readable. */
const MAX_VALIDATION_ERRORS = 10;
/** Number of validation errors, by field or in a list, that are read. A response may contain any number of them. */
const MAX_READ_VALIDATION_ERRORS = 100;
/** Length of a quoted text. An entire page would hide the rest of the message. */
const MAX_QUOTED_CHARACTERS = 300;

/** Shortens a string from a server for a message. */
export const truncateQuote = (text: string): string => truncate(text, MAX_QUOTED_CHARACTERS);

/** Keys in lower case that hold the name of the field, and the text, of a validation error. */
const FIELD_NAME_KEYS = ['field', 'propertyname', 'property', 'key', 'name'];
const MESSAGE_KEYS = ['message', 'errormessage', 'error', 'description'];

function findText(source: Record<string, unknown>, keys: string[]): string {
	return keys.map((key) => toText(getIgnoringCase(source, key))).find(Boolean) ?? '';
}

/** Display names of the form by GoFive's key in lower case. See `ApiRequest.labels`. */
type Labels = Record<string, string>;

/**
 * Returns the display name of a field.
 *
 * @example `quotationDetails[0].qty` becomes "Quantity in row 1".
 */
function labelField(field: string, labels: Labels): string {
	const key = field.replace(/^.*\.|\[\d+\]$/g, '').toLowerCase();
	const label = (Object.hasOwn(labels, key) && labels[key]) || field;
	const isRow = ([, list = '']: string[]): boolean => Object.hasOwn(labels, list.toLowerCase());
	const [, , index] = [...field.matchAll(/\b(\w+)\[(\d+)\]/g)].filter(isRow).at(-1) ?? [];
	return index === undefined || label === field ? label : `${label} in row ${Number(index) + 1}`;
}

/** Puts the display name of a field before the text of its error. Either may be empty. */
const prefixField = (field: string, text: string, labels: Labels): string =>
	field && text ? `${labelField(field, labels)}: ${text}` : text;

/** Formats a validation error, which is a string or an object with the name of a field. */
function formatValidationError(entry: unknown, labels: Labels): string {
	if (!isObject(entry)) return toText(entry);
	return prefixField(findText(entry, FIELD_NAME_KEYS), findText(entry, MESSAGE_KEYS), labels);
}

/**
 * Lists validation errors from a list, or from an object of lists by field as ASP.NET sends it.
 *
 * @param acceptsText - True if a field may have one text in place of a list.
 */
function listValidationErrors(value: unknown, acceptsText: boolean, labels: Labels): string[] {
	if (Array.isArray(value))
		return value.slice(0, MAX_READ_VALIDATION_ERRORS).map((entry) => formatValidationError(entry, labels));
	if (!isObject(value)) return [];
	const fields = Object.entries(value).slice(0, MAX_READ_VALIDATION_ERRORS);
	return fields.flatMap(([field, entries]) => {
		const list = acceptsText && typeof entries === 'string' ? [entries] : Array.isArray(entries) ? entries : [];
		return listValidationErrors(list, false, labels).map((text) => prefixField(field, text, labels));
	});
}

function parseValidationErrors(text: string, labels: Labels): string[] {
	const body = parseJson(text);
	if (!isObject(body)) return [];
	const { data } = body;
	// Without `errors`, data may be the record that was sent. Then its texts are values and not errors.
	const hasErrors = isObject(data) && 'errors' in data;
	const dataErrors = listValidationErrors(hasErrors ? data.errors : data, hasErrors, labels);
	const validationErrors = [...listValidationErrors(getIgnoringCase(body, 'errors'), true, labels), ...dataErrors];
	return [...new Set(validationErrors.filter(Boolean))].slice(0, MAX_VALIDATION_ERRORS).map(truncateQuote);
}

const toQuotation = (texts: string[]): string => {
	const sentences = texts.map((text) => text.replace(/\.$/, '')).filter(Boolean);
	return sentences.length > 0 ? `GoFive's message: "${sentences.join('; ')}". ` : '';
};

/** Quotes the validation errors of a response in a sentence that precedes our own. Empty if there are none. */
export const quoteValidationErrors = (text: string, labels: Labels = {}): string =>
	toQuotation(parseValidationErrors(text, labels));

/** Quotes message and validation errors of a response in a sentence that precedes our own. Empty if there are none. */
export function quoteServerMessage(text: string, labels: Labels = {}): string {
	const body = parseJson(text);
	const plainText = describeNonJson(text) === 'plain text' ? text.trim() : toText(body);
	const message = isObject(body) ? findMessageText(body) : plainText;
	const serverMessage = parseEnvelope(text)?.description || message;
	return toQuotation([truncateQuote(serverMessage), ...parseValidationErrors(text, labels)]);
}
