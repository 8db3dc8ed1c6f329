import { isObject, jsonIn, kindOfText, looseText, openEnvelope, plain, valueAt } from './envelope';

const MOST_COMPLAINTS = 10;
const LONGEST = 300;

/** Whatever GoFive says is quoted up to here; a whole page would bury the message. */
export function bounded(text: string): string {
	const characters = [...text];
	return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : text;
}

const FIELD = ['field', 'propertyname', 'property', 'key', 'name'];
const WORDS = ['message', 'errormessage', 'error', 'description'];

function first(of: Record<string, unknown>, keys: string[]): string {
	return keys.map((key) => plain(valueAt(of, key))).find(Boolean) ?? '';
}

/** What a person calls GoFive's keys, in lower case. */
type Labels = Record<string, string>;

/** A key of GoFive as a person knows it: `quotationDetails[0].qty` is "Quantity in line 1". */
function named(field: string, labels: Labels): string {
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
function complaint(entry: unknown, labels: Labels): string {
	if (!isObject(entry)) return plain(entry);
	const [field, words] = [first(entry, FIELD), first(entry, WORDS)];
	return field && words ? `${named(field, labels)}: ${words}` : words;
}

/** Complaints by field, as ASP.NET lists them, or as a plain list. @param single whether a field may have a bare text */
function complaintsOf(part: unknown, single: boolean, labels: Labels): string[] {
	if (Array.isArray(part)) return part.map((entry) => complaint(entry, labels));
	if (!isObject(part)) return [];
	return Object.entries(part).flatMap(([field, words]) => {
		const list: unknown[] = Array.isArray(words) ? words : single && typeof words === 'string' ? [words] : [];
		const shown = field && named(field, labels);
		return list.map((entry) => complaint(entry, labels)).map((text) => text && (shown ? `${shown}: ${text}` : text));
	});
}

/** What GoFive's answer finds fault with, field by field; empty when it names none. */
function complaintsIn(text: string, labels: Labels): string[] {
	const body = jsonIn(text);
	if (!isObject(body)) return [];
	const { data } = body;
	// Data may be the record that was sent, so only what looks like a list of complaints is taken for one.
	const all = [
		...complaintsOf(valueAt(body, 'errors'), true, labels),
		...(isObject(data) && 'errors' in data
			? complaintsOf(data.errors, true, labels)
			: complaintsOf(data, false, labels)),
	];
	return [...new Set(all.filter(Boolean))].slice(0, MOST_COMPLAINTS).map(bounded);
}

const quote = (parts: string[]): string => {
	const said = parts
		.map((part) => part.replace(/\.$/, ''))
		.filter(Boolean)
		.join('; ');
	return said ? `It said: "${said}". ` : '';
};

/** GoFive's complaints as a sentence to put before ours; empty when there are none. */
export const complained = (text: string, labels: Labels = {}): string => quote(complaintsIn(text, labels));

/** What GoFive or its gateway said, complaints and all, as a sentence to put before ours; empty when it said nothing readable. */
export function saidIn(text: string, labels: Labels = {}): string {
	const body = jsonIn(text);
	const words = isObject(body) ? looseText(body) : kindOfText(text) === 'plain text' ? text.trim() : plain(body);
	const said = openEnvelope(text)?.description || words;
	return quote([bounded(said), ...complaintsIn(text, labels)]);
}
