/**
 * From a record to the request that changes only some of its values.
 * Imported by this folder only.
 * Start with `repeatValues`, then `mergeValues`. `planUpdate.ts` calls both.
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject, type JsonObject } from '../../../shared/json';
import { isBlank, joinNames, toText } from '../../../shared/text';
import { parseGoFiveDate } from '../../../time/goFiveDate';
import { DATE_FORMATS } from '../../fields/date';
import { invalidValueError, isExact } from '../../fields/readValue';
import type { CurrentValue, CurrentValues, ValueForm } from './defineUpdate';

/** What is needed to convert values. */
export interface ConversionContext {
	/** Time zone of the GoFive account. */
	timeZone: string;
	/** Returns the display name of a key. */
	getLabel(key: string): string;
	/** Returns the code that belongs to a name in the list of a key. Undefined if no entry or several have the name. */
	findCode?: ((key: string, name: string) => unknown) | undefined;
}

/** A value in the form of the request. */
interface Repeated {
	/** Null if the record has no value, undefined if the value cannot be sent back. */
	value: unknown;
	/** Names of the fields in an object or in rows that cannot be sent back. */
	refusedParts: string[];
}

/** Values of a record in the form of a request. */
export interface RepeatedValues {
	/** Values by key. A key that cannot be sent back is missing. */
	body: IDataObject;
	/** Names of the fields that cannot be sent back, by key of the request. */
	refused: Map<string, string[]>;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Whether a value of a record is none: null, a blank text or an empty list. */
export const isEmpty = (value: unknown): boolean => isBlank(value) || (Array.isArray(value) && value.length === 0);

const toRepeated = (value: unknown): Repeated => ({ value, refusedParts: [] });

/** Whether the day and the hour of a date exist. Date.parse turns 30 February into 2 March, and 24:00 into the next day. */
function isCalendarTime(text: string): boolean {
	const [day, hour] = [text.slice(0, 10), text.slice(11, 13) || '00'];
	const hourMs = Date.parse(`${day}T${hour}:00:00Z`);
	return !Number.isNaN(hourMs) && DATE_FORMATS.wallTime(hourMs, 'UTC').startsWith(`${day}T${hour}`);
}

/** Converts a value to a day. Undefined if its time is not midnight in the time zone of the account, so that no time is lost. */
function toDay(value: unknown, timeZone: string): string | undefined {
	const instantMs = parseGoFiveDate(value, timeZone);
	if (instantMs === undefined || !isCalendarTime(String(value).trim())) return undefined;
	const wallTime = DATE_FORMATS.wallTime(instantMs, timeZone);
	return wallTime.endsWith('T00:00:00') ? wallTime.slice(0, 10) : undefined;
}

const repeatText = (value: unknown): Repeated => toRepeated(isText(value) ? value : undefined);

const repeatNumber = (value: unknown): Repeated =>
	toRepeated(typeof value === 'number' && isExact(value) ? value : undefined);

/** Returns the values of an object or of a row, which replaces the one of the record, so that null is sent as null. */
function repeatObject(value: unknown, values: CurrentValues, context: ConversionContext): Repeated {
	if (!isObject(value)) return toRepeated(undefined);
	const { body, refused } = repeatKeys(value, values, context);
	const unknownKeys = Object.keys(value).filter((key) => !Object.hasOwn(values, key));
	const isComplete = Object.entries(values).every(([key, { required }]) => !required || !isBlank(body[key]));
	return { value: isComplete ? body : undefined, refusedParts: [...unknownKeys, ...[...refused.values()].flat()] };
}

function repeatRows(value: unknown, values: CurrentValues, context: ConversionContext): Repeated {
	if (!Array.isArray(value)) return toRepeated(undefined);
	const rows = value.map((row) => repeatObject(row, values, context));
	const isComplete = rows.every((row) => row.value !== undefined);
	return {
		value: isComplete ? rows.map((row) => row.value) : undefined,
		refusedParts: rows.flatMap(({ refusedParts }) => refusedParts),
	};
}

type Repeat = (value: unknown, values: CurrentValues, context: ConversionContext) => Repeated;

/** Returns a value in the form of the request. All forms but days return the value itself, so that nothing is rounded or trimmed. */
const REPEAT: Record<ValueForm, Repeat> = {
	text: repeatText,
	phone: repeatText,
	number: repeatNumber,
	amount: repeatNumber,
	boolean: (value) => toRepeated(typeof value === 'boolean' ? value : undefined),
	texts: (value) => toRepeated(Array.isArray(value) && value.every(isText) ? value : undefined),
	day: (value, _, { timeZone }) => toRepeated(toDay(value, timeZone)),
	object: repeatObject,
	rows: repeatRows,
};

function repeatValue(value: unknown, current: CurrentValue, context: ConversionContext): Repeated {
	const { form, codes, values = {} } = current;
	const isTextForm = form === 'text' || form === 'phone';
	if (value === null || (value === '' && !isTextForm)) return toRepeated(null);
	if (codes && !codes.some((code) => code === value)) return toRepeated(undefined);
	return REPEAT[form](value, values, context);
}

/** Returns the codes that belong to the names in a record. Undefined if a name is not clear, or if two names have one code. */
function findCodes(names: unknown, key: string, { findCode }: ConversionContext): unknown[] | undefined {
	const codes = [names].flat().map((name) => (isText(name) ? findCode?.(key, name) : undefined));
	const areClear = codes.every((code) => isText(code) && !isBlank(code)) && new Set(codes).size === codes.length;
	return areClear ? codes : undefined;
}

/** Whether a record has a key in another letter case. */
const hasOtherCase = (record: JsonObject, key: string): boolean =>
	Object.keys(record).some((name) => name !== key && name.toLowerCase() === key.toLowerCase());

/** Returns the value of a record that lacks the key of the request. */
function repeatOtherKey(record: JsonObject, key: string, current: CurrentValue, context: ConversionContext): Repeated {
	const { otherKey = key, otherCodes, namesKey = key } = current;
	// It is not known which of two keys in another letter case has the value.
	if (hasOtherCase(record, otherKey) || hasOtherCase(record, namesKey)) return toRepeated(undefined);
	const [other, names] = [record[otherKey], record[namesKey]];
	if (otherCodes) return toRepeated(typeof other === 'number' ? otherCodes[other] : undefined);
	if (other !== undefined) return repeatValue(other, current, context);
	if (names === undefined) return toRepeated(undefined);
	return toRepeated(isEmpty(names) ? null : findCodes(names, key, context));
}

/** Returns the values of a record under a key in any letter case. */
function readAnyCase(record: JsonObject, key: string): unknown[] {
	const entries = Object.entries(record).filter(([name]) => name.toLowerCase() === key.toLowerCase());
	return entries.map(([, value]) => value);
}

/** Returns the current value of a key. If the record has this key, no other key counts. */
function repeatKey(record: JsonObject, key: string, current: CurrentValue, context: ConversionContext): Repeated {
	const own = record[key];
	const sameKeys = readAnyCase(record, key);
	if (sameKeys.length === 0) return repeatOtherKey(record, key, current, context);
	// It is not known which of two keys GoFive would keep.
	if (own === undefined || sameKeys.length > 1) return toRepeated(undefined);
	const otherKeys = [current.otherKey, current.namesKey].filter((other) => other !== undefined);
	const others = otherKeys.flatMap((other) => readAnyCase(record, other));
	const isClear = !isEmpty(own) || others.every(isEmpty);
	return isClear ? repeatValue(own, current, context) : toRepeated(undefined);
}

/** Returns the values of a record or of an object in it, as the request contains them. */
function repeatKeys(record: JsonObject, values: CurrentValues, context: ConversionContext): RepeatedValues {
	const body: IDataObject = {};
	const refused: RepeatedValues['refused'] = new Map();
	for (const [key, current] of Object.entries(values)) {
		const name = context.getLabel(key);
		const { value, refusedParts } = repeatKey(record, key, current, context);
		if (value !== undefined) body[key] = value as IDataObject;
		const partNames = [...new Set(refusedParts)].map((part) => `${name} > ${part}`);
		const names = value === undefined ? [name] : partNames;
		if (names.length > 0) refused.set(key, names);
	}
	return { body, refused };
}

/** Returns the values of a record as the request contains them. An empty value is not sent, because some keys reject null. */
export function repeatValues(record: JsonObject, values: CurrentValues, context: ConversionContext): RepeatedValues {
	const { body, refused } = repeatKeys(record, values, context);
	const filled = Object.entries(body).filter(([, value]) => value !== null);
	return { body: Object.fromEntries(filled), refused };
}

/** Returns the keys of the request whose value in a record cannot be sent back. */
export const listUnreadKeys = ({ refused, body }: RepeatedValues): string[] =>
	[...refused.keys()].filter((key) => !(key in body));

/** Returns the values of some keys, as they are. */
export const pickValues = (values: IDataObject, keys: string[]): IDataObject =>
	Object.fromEntries(keys.map((key) => [key, values[key]]));

/** Returns the keys of the request for which a record has names in place of codes. */
export const listNamedKeys = (record: JsonObject, values: CurrentValues): string[] =>
	Object.keys(values).filter((key) => {
		const { namesKey = key } = values[key] as CurrentValue;
		return record[key] === undefined && !isEmpty(record[namesKey]);
	});

/** Advice for a key that several rows of the record have, so that it is not known which of them to change. */
const SEVERAL_ROWS_ADVICE = 'The record contains this value more than once. Change this record in Venio instead.';

/** Finds the row that a row of the form changes: the one with its key, or without a key the only one. */
function findRowIndex(rows: IDataObject[], key: unknown, rowKey: string, displayName: string): number {
	if (isBlank(key) && rows.length === 1) return 0;
	const matches = [...rows.keys()].filter((index) => toText(rows[index]?.[rowKey]) === toText(key));
	if (matches.length > 1) throw invalidValueError(key, displayName, SEVERAL_ROWS_ADVICE);
	if (matches[0] !== undefined) return matches[0];
	const names = joinNames(
		rows.map((row) => toText(row[rowKey])),
		Infinity,
	);
	const missing = `The record has no '${displayName}' to change. Add it in Venio first.`;
	throw invalidValueError(key, displayName, names === '' ? missing : `Use one of these values: ${names}.`);
}

/** Changes the rows of a record that the form names. All other rows, and all other values of a row, stay the same. */
function mergeRows(rows: IDataObject[], changes: IDataObject[], rowKey: string, displayName: string): IDataObject[] {
	const merged = [...rows];
	for (const { [rowKey]: key, ...change } of changes) {
		const index = findRowIndex(merged, key, rowKey, displayName);
		merged[index] = { ...merged[index], ...change };
	}
	return merged;
}

/**
 * Puts the values of the form over those of the record.
 * @throws GoFiveError if the record has no row with the key of a row of the form
 */
export function mergeValues(
	body: IDataObject,
	changes: IDataObject,
	values: CurrentValues,
	getLabel: ConversionContext['getLabel'],
): IDataObject {
	const merged: IDataObject = { ...body };
	for (const [key, change] of Object.entries(changes)) {
		const rowKey = values[key]?.rowKey;
		const rows = (body[key] ?? []) as IDataObject[];
		const isChangeOfRows = rowKey !== undefined && Array.isArray(change);
		merged[key] = isChangeOfRows ? mergeRows(rows, change as IDataObject[], rowKey, getLabel(rowKey)) : change;
	}
	return merged;
}
