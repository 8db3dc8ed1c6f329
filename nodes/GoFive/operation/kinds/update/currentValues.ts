/**
 * Reads a record as the values of a request.
 * Imported by this folder only.
 * Start with `readValues` at the end.
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject, type JsonObject } from '../../../shared/json';
import { isBlank } from '../../../shared/text';
import { parseGoFiveDate } from '../../../time/goFiveDate';
import { DATE_FORMATS } from '../../fields/date';
import { isExact } from '../../fields/readValue';
import type { CurrentValue, CurrentValues, ValueForm } from './defineUpdate';

/** What is needed to read values. */
export interface ReadingContext {
	/** Time zone of the GoFive account. */
	timeZone: string;
	/** Returns the display name of a key. */
	getLabel(key: string): string;
	/** Returns the code that belongs to a name in the list of a key. Undefined if no entry or several have the name. */
	findCode?: ((key: string, name: string) => unknown) | undefined;
	/** Whether a field or a part of a row, by its name in messages, is neither read nor sent. */
	isOmitted?: ((name: string) => boolean) | undefined;
}

/** Filled values of a record in the form of a request. */
export interface RecordValues {
	/** Values by key. A value that cannot be read is the one of the record. */
	values: IDataObject;
	/** Names of the fields, or of parts of their rows, that cannot be read, by key of the request. */
	refused: Map<string, string[]>;
}

/** Value in the form of the request. Empty values are undefined. */
interface Reading {
	value?: unknown;
	/** Names of what cannot be read, as messages show them. */
	refused: string[];
}

/** Separates the name of a field from that of a part of its rows: "Addresses > Type". */
export const PART_SEPARATOR = ' > ';

const EMPTY: Reading = { refused: [] };

const isText = (value: unknown): value is string => typeof value === 'string';

/** Whether a value is none: null, a blank text, or an object or a list without another value. */
export function isEmpty(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.values(value).every(isEmpty);
	return isBlank(value);
}

/** Whether the day and the hour of a date exist. Date.parse turns 30 February into 2 March, and 24:00 into the next day. */
function isCalendarTime(text: string): boolean {
	const [day, hour] = [text.slice(0, 10), text.slice(11, 13) || '00'];
	const hourMs = Date.parse(`${day}T${hour}:00:00Z`);
	return !Number.isNaN(hourMs) && DATE_FORMATS.wallTime(hourMs, 'UTC').startsWith(`${day}T${hour}`);
}

/** Returns a date in the format of the request. Undefined if a day has a time, which would be lost. */
function readDate(value: unknown, { dateFormat = 'dateOnly' }: CurrentValue, timeZone: string): string | undefined {
	const instantMs = parseGoFiveDate(value, timeZone);
	if (instantMs === undefined || !isCalendarTime(String(value).trim())) return undefined;
	const hasTime = !DATE_FORMATS.wallTime(instantMs, timeZone).endsWith('T00:00:00');
	return dateFormat === 'dateOnly' && hasTime ? undefined : DATE_FORMATS[dateFormat](instantMs, timeZone);
}

/** Whether a value has the form of the request. Only dates are converted, so that nothing is rounded or trimmed. */
const HAS_FORM: Record<Exclude<ValueForm, 'date' | 'object' | 'rows'>, (value: unknown) => boolean> = {
	text: isText,
	phone: isText,
	number: (value) => typeof value === 'number' && isExact(value),
	amount: (value) => typeof value === 'number' && isExact(value),
	boolean: (value) => typeof value === 'boolean',
	texts: (value) => Array.isArray(value) && value.every(isText),
};

/** Returns the filled parts of an object or of a row. Its required parts must be filled. */
function readParts(value: unknown, parts: CurrentValues, name: string, context: ReadingContext): Reading {
	if (!isObject(value)) return { value, refused: [name] };
	const { values, refused } = readKeys(value, parts, name + PART_SEPARATOR, context);
	const declared = listDeclaredKeys(parts);
	const unknown = Object.keys(value).filter((key) => !declared.has(key) && !isEmpty(value[key]));
	const unknownNames = unknown.map((key) => name + PART_SEPARATOR + key).filter((part) => !context.isOmitted?.(part));
	const lacksPart = Object.entries(parts).some(([key, { required }]) => required && isEmpty(values[key]));
	if (lacksPart) return { value, refused: [name] };
	return { value: values, refused: [...unknownNames, ...[...refused.values()].flat()] };
}

function readRows(value: unknown, parts: CurrentValues, name: string, context: ReadingContext): Reading {
	if (!Array.isArray(value)) return { value, refused: [name] };
	const rows = value.filter((row) => !isEmpty(row)).map((row) => readParts(row, parts, name, context));
	return { value: rows.map((row) => row.value), refused: [...new Set(rows.flatMap(({ refused }) => refused))] };
}

function readFilledValue(value: unknown, current: CurrentValue, name: string, context: ReadingContext): Reading {
	const { form, codes, values = {} } = current;
	if (form === 'object') return readParts(value, values, name, context);
	if (form === 'rows') return readRows(value, values, name, context);
	if (form === 'date') {
		const date = readDate(value, current, context.timeZone);
		return date === undefined ? { value, refused: [name] } : { value: date, refused: [] };
	}
	const isAllowed = codes === undefined || codes.some((code) => code === value);
	return { value, refused: isAllowed && HAS_FORM[form](value) ? [] : [name] };
}

/** Returns the codes that belong to the names in a record. Undefined if a name is not clear, or if two names have one code. */
function findCodes(names: unknown, key: string, { findCode }: ReadingContext): unknown[] | undefined {
	const codes = [names].flat().map((name) => (isText(name) ? findCode?.(key, name) : undefined));
	const areClear = codes.every((code) => isText(code) && !isBlank(code)) && new Set(codes).size === codes.length;
	return areClear ? codes : undefined;
}

/** A key of the request, and the record or row that contains its value. */
interface RecordKey {
	record: JsonObject;
	key: string;
	current: CurrentValue;
	/** Name of the value, as messages show it. */
	name: string;
}

/** Lists the keys of a record that may contain a value: the key of the request first. */
export const listKeys = (key: string, { otherKey = key, namesKey = key }: CurrentValue): string[] => [
	...new Set([key, otherKey, namesKey]),
];

/** Returns the value of a record that lacks the key of the request. */
function readOtherKey({ record, key, current, name }: RecordKey, context: ReadingContext): Reading {
	const { otherKey = key, otherCodes, namesKey = key } = current;
	const [other, names] = [record[otherKey], record[namesKey]];
	const code = otherCodes && typeof other === 'number' ? otherCodes[other] : undefined;
	if (code !== undefined) return { value: code, refused: [] };
	if (otherCodes) return { value: other, refused: [name] };
	if (isEmpty(other) && isEmpty(names)) return EMPTY;
	if (!isEmpty(other)) return readFilledValue(other, current, name, context);
	const codes = findCodes(names, key, context);
	return codes ? { value: codes, refused: [] } : { value: names, refused: [name] };
}

/** Returns the value of a key. If the record has this key, no other key counts. An empty one beside a filled one is not clear. */
function readKey(recordKey: RecordKey, context: ReadingContext): Reading {
	const { record, key, current, name } = recordKey;
	const own = record[key];
	if (own === undefined) return readOtherKey(recordKey, context);
	if (!isEmpty(own)) return readFilledValue(own, current, name, context);
	return listKeys(key, current).every((other) => isEmpty(record[other])) ? EMPTY : { refused: [name] };
}

/** Reads the keys that a record or a row has. */
function readKeys(record: JsonObject, values: CurrentValues, path: string, context: ReadingContext): RecordValues {
	const found: IDataObject = {};
	const refused: RecordValues['refused'] = new Map();
	for (const [key, current] of Object.entries(values)) {
		const name = path + context.getLabel(key);
		if (context.isOmitted?.(name) || !hasKey(record, key, current)) continue;
		const reading = readKey({ record, key, current, name }, context);
		if (!isEmpty(reading.value)) found[key] = reading.value as IDataObject;
		if (reading.refused.length > 0) refused.set(key, reading.refused);
	}
	return { values: found, refused };
}

/** Lists the keys of the request, and the other keys that contain their values. */
export const listDeclaredKeys = (values: CurrentValues): Set<string> =>
	new Set(Object.entries(values).flatMap(([key, current]) => listKeys(key, current)));

const hasKey = (record: JsonObject, key: string, current: CurrentValue): boolean =>
	listKeys(key, current).some((name) => record[name] !== undefined);

/** Returns the keys of the request for which a record has names in place of codes. */
export const listNamedKeys = (record: JsonObject, values: CurrentValues): string[] =>
	Object.keys(values).filter((key) => {
		const { namesKey = key } = values[key] as CurrentValue;
		return record[key] === undefined && !isEmpty(record[namesKey]);
	});

/** Returns the filled values of a record as the request contains them. A key that the record lacks is refused. */
export function readValues(record: JsonObject, current: CurrentValues, context: ReadingContext): RecordValues {
	const { values, refused } = readKeys(record, current, '', context);
	for (const [key, keyValue] of Object.entries(current)) {
		const name = context.getLabel(key);
		if (!hasKey(record, key, keyValue) && !context.isOmitted?.(name)) refused.set(key, [name]);
	}
	return { values, refused };
}
