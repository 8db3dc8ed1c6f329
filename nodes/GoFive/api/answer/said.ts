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

/** One entry of a list of complaints: a text, or an object that names a field. */
function complaint(entry: unknown): string {
	if (!isObject(entry)) return plain(entry);
	const [field, words] = [first(entry, FIELD), first(entry, WORDS)];
	return field && words ? `${field}: ${words}` : words;
}

/** Complaints by field, as ASP.NET lists them, or as a plain list. @param single whether a field may have a bare text */
function complaintsOf(part: unknown, single: boolean): string[] {
	if (Array.isArray(part)) return part.map(complaint);
	if (!isObject(part)) return [];
	return Object.entries(part).flatMap(([field, words]) => {
		const list: unknown[] = Array.isArray(words) ? words : single && typeof words === 'string' ? [words] : [];
		return list.map(complaint).map((text) => text && (field ? `${field}: ${text}` : text));
	});
}

/** What GoFive's answer finds fault with, field by field, under its own keys; empty when it names none. */
function complaintsIn(text: string): string[] {
	const body = jsonIn(text);
	if (!isObject(body)) return [];
	const { data } = body;
	// Data may be the record that was sent, so only what looks like a list of complaints is taken for one.
	const all = [
		...complaintsOf(valueAt(body, 'errors'), true),
		...(isObject(data) && 'errors' in data ? complaintsOf(data.errors, true) : complaintsOf(data, false)),
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
export function complained(text: string): string {
	return quote(complaintsIn(text));
}

/** What GoFive or its gateway said, complaints and all, as a sentence to put before ours; empty when it said nothing readable. */
export function saidIn(text: string): string {
	const body = jsonIn(text);
	const words = isObject(body) ? looseText(body) : kindOfText(text) === 'plain text' ? text.trim() : plain(body);
	const said = openEnvelope(text)?.description || words;
	return quote([bounded(said), ...complaintsIn(text)]);
}
