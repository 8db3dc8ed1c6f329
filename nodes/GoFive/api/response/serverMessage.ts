import { describeNonJson, findMessageText, parseEnvelope, getIgnoringCase } from './envelope';
import { isObject, parseJson } from '../../shared/json';
import { toText, truncate } from '../../shared/text';

const MAX_COMPLAINTS = 10;
const MAX_QUOTED_CHARACTERS = 300;

/** Whatever GoFive says is quoted up to here; a whole page would bury the message. */
export const truncateQuote = (text: string): string => truncate(text, MAX_QUOTED_CHARACTERS);

const FIELD_NAME_KEYS = ['field', 'propertyname', 'property', 'key', 'name'];
const MESSAGE_KEYS = ['message', 'errormessage', 'error', 'description'];

function firstText(source: Record<string, unknown>, keys: string[]): string {
	return keys.map((key) => toText(getIgnoringCase(source, key))).find(Boolean) ?? '';
}

/** What a person calls GoFive's keys, in lower case. */
type Labels = Record<string, string>;

/** A key of GoFive as a person knows it: `quotationDetails[0].qty` is "Quantity in line 1". */
function labelField(field: string, labels: Labels): string {
	const name =
		labels[
			field
				.replace(/^.*\./, '')
				.replace(/\[\d+\]$/, '')
				.toLowerCase()
		] ?? field;
	const lines = [...field.matchAll(/(\w+)\[(\d+)\]/g)].filter(([, list = '']) => list.toLowerCase() in labels);
	const [, , index] = lines.at(-1) ?? [];
	return index === undefined || name === field ? name : `${name} in line ${Number(index) + 1}`;
}

/** One entry of a list of complaints: a text, or an object that names a field. */
function formatComplaint(entry: unknown, labels: Labels): string {
	if (!isObject(entry)) return toText(entry);
	const [field, message] = [firstText(entry, FIELD_NAME_KEYS), firstText(entry, MESSAGE_KEYS)];
	return field && message ? `${labelField(field, labels)}: ${message}` : message;
}

/** Complaints by field, as ASP.NET lists them, or as a plain list. @param allowsText whether a field may have a bare text */
function listComplaints(value: unknown, allowsText: boolean, labels: Labels): string[] {
	if (Array.isArray(value)) return value.map((entry) => formatComplaint(entry, labels));
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([field, message]) => {
		const list: unknown[] = Array.isArray(message)
			? message
			: allowsText && typeof message === 'string'
				? [message]
				: [];
		const label = field && labelField(field, labels);
		return list
			.map((entry) => formatComplaint(entry, labels))
			.map((text) => text && (label ? `${label}: ${text}` : text));
	});
}

/** What GoFive's answer finds fault with, field by field; empty when it names none. */
function parseComplaints(text: string, labels: Labels): string[] {
	const body = parseJson(text);
	if (!isObject(body)) return [];
	const { data } = body;
	// Data may be the record that was sent, so only what looks like a list of complaints is taken for one.
	const complaints = [
		...listComplaints(getIgnoringCase(body, 'errors'), true, labels),
		...(isObject(data) && 'errors' in data
			? listComplaints(data.errors, true, labels)
			: listComplaints(data, false, labels)),
	];
	return [...new Set(complaints.filter(Boolean))].slice(0, MAX_COMPLAINTS).map(truncateQuote);
}

const toQuotation = (parts: string[]): string => {
	const said = parts
		.map((value) => value.replace(/\.$/, ''))
		.filter(Boolean)
		.join('; ');
	return said ? `It said: "${said}". ` : '';
};

/** GoFive's complaints as a sentence to put before ours; empty when there are none. */
export const quoteComplaints = (text: string, labels: Labels = {}): string =>
	toQuotation(parseComplaints(text, labels));

/** What GoFive or its gateway said, complaints and all, as a sentence to put before ours; empty when it said nothing readable. */
export function quoteServerMessage(text: string, labels: Labels = {}): string {
	const body = parseJson(text);
	const message = isObject(body)
		? findMessageText(body)
		: describeNonJson(text) === 'plain text'
			? text.trim()
			: toText(body);
	const said = parseEnvelope(text)?.description || message;
	return toQuotation([truncateQuote(said), ...parseComplaints(text, labels)]);
}
