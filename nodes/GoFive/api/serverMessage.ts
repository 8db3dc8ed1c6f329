import { getIgnoringCase, isObject, type JsonObject } from '../shared/json';
import { toText, truncate } from '../shared/text';
import type { Redact } from './redactor';

/** Length of a quoted text. An entire page would hide the rest of the message. */
const MAX_QUOTED_CHARACTERS = 300;

/** Masks the secrets in a text of a server, and shortens it for a message. Masked first, so that no part of one stays. */
export const quoteText = (text: string, redact: Redact): string => truncate(redact(text), MAX_QUOTED_CHARACTERS);

/** Quotes texts of a server in a sentence that precedes our own. Empty if there are none. */
export function toQuotation(texts: string[], redact: Redact): string {
	const quotes = texts.map((text) => quoteText(text, redact).replace(/\.$/, '')).filter(Boolean);
	return quotes.length > 0 ? `GoFive's message: "${quotes.join('; ')}". ` : '';
}

/** Number of objects, one in the other, in which a message is looked for. A response may be nested without end. */
const MAX_MESSAGE_DEPTH = 10;
/** Keys of a message, in lower case. */
const SERVER_MESSAGE_KEYS = ['message', 'error_description', 'detail', 'title', 'error'];

/** Finds the message in an object, or in the objects inside it. Empty if there is none. */
export function findServerMessage(body: JsonObject, depth = 1): string {
	const values = SERVER_MESSAGE_KEYS.map((key) => getIgnoringCase(body, key));
	const text = values.map(toText).find(Boolean);
	if (text !== undefined) return text;
	// The message of an older page may be in data.value.
	const nested = [...values, body.data, depth > 1 && body.value].find(isObject);
	return nested && depth < MAX_MESSAGE_DEPTH ? findServerMessage(nested, depth + 1) : '';
}

/** Number of validation errors that a message quotes, so that it stays readable. */
const MAX_VALIDATION_ERRORS = 10;
/** Number of validation errors, by field or in a list, that are read. A response may contain any number of them. */
const MAX_READ_VALIDATION_ERRORS = 100;

/** Keys in lower case that hold the name of the field, and the text, of a validation error. */
const FIELD_NAME_KEYS = ['field', 'propertyname', 'property', 'key', 'name'];
const MESSAGE_KEYS = ['message', 'errormessage', 'error', 'description'];

function findText(source: JsonObject, keys: string[]): string {
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
	if (label === field) return field;
	const rows = [...field.matchAll(/\b(\w+)\[(\d+)\]/g)];
	const knownRow = rows.filter(([, list = '']) => Object.hasOwn(labels, list.toLowerCase())).at(-1);
	return knownRow ? `${label} in row ${Number(knownRow[2]) + 1}` : label;
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
	const texts: string[] = [];
	for (const [field, entries] of Object.entries(value).slice(0, MAX_READ_VALIDATION_ERRORS)) {
		const list = acceptsText && typeof entries === 'string' ? [entries] : entries;
		if (!Array.isArray(list)) continue;
		for (const text of listValidationErrors(list, false, labels)) texts.push(prefixField(field, text, labels));
	}
	return texts;
}

/** Finds the validation errors in parsed JSON, with the display names of their fields. */
export function findValidationErrors(body: unknown, labels: Labels = {}): string[] {
	if (!isObject(body)) return [];
	const { data } = body;
	// Without `errors`, data may be the record that was sent. Then its texts are values and not errors.
	const hasErrors = isObject(data) && 'errors' in data;
	const dataErrors = listValidationErrors(hasErrors ? data.errors : data, hasErrors, labels);
	const validationErrors = [...listValidationErrors(getIgnoringCase(body, 'errors'), true, labels), ...dataErrors];
	return [...new Set(validationErrors.filter(Boolean))].slice(0, MAX_VALIDATION_ERRORS);
}
