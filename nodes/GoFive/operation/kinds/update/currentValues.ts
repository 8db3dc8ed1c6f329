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
import { isExact } from '../../fields/readValue';
import { invalidValueError } from '../../fields/invalidValue';
import { getValueAtPath } from '../../records/records';
import type { CurrentValue, CurrentValues, ValueForm } from './defineUpdate';

/** What is needed to convert values. */
export interface ConversionContext {
	/** Time zone of the GoFive account. */
	timeZone: string;
	/** Returns the display name of a key. */
	getLabel(key: string): string;
	/** Returns the code that belongs to a name in the list of a key. Undefined if no entry or several have the name. */
	findCode?(key: string, name: string): unknown;
}

/** A value in the form of the request. */
interface Repeated {
	/** Null if the record has no value, undefined if its form is not accepted. */
	value: unknown;
	/** Names of the fields that cannot be sent back: the record lacks them, or the request has no key for them. */
	missing: string[];
}

/** Values of a record in the form of a request. */
export interface RepeatedValues {
	/** Values by key. An empty value is not in the body, because some keys reject null. */
	body: IDataObject;
	/** Names of the fields that cannot be sent back, by key of the request. */
	missing: Map<string, string[]>;
	/** Keys whose value in the record has a form that the request does not accept. */
	unusableKeys: string[];
}

const isText = (value: unknown): value is string => typeof value === 'string';

const toRepeated = (value: unknown): Repeated => ({ value, missing: [] });

/** Converts a value to a day. Undefined if its time is not midnight in the time zone of the account, so that no time is lost. */
function toDay(value: unknown, timeZone: string): string | undefined {
	const instantMs = parseGoFiveDate(value, timeZone);
	if (instantMs === undefined) return undefined;
	const wallTime = DATE_FORMATS.wallTime(instantMs, timeZone);
	return wallTime.endsWith('T00:00:00') ? wallTime.slice(0, 10) : undefined;
}

const repeatText = (value: unknown): Repeated => toRepeated(isText(value) ? value : undefined);

const repeatNumber = (value: unknown): Repeated =>
	toRepeated(typeof value === 'number' && isExact(value) ? value : undefined);

/** Whether a part of an object can be sent. A missing one is omitted. */
function isUsable({ required }: CurrentValue, repeated: Repeated | undefined): boolean {
	const value = repeated ? repeated.value : null;
	return value !== undefined && !(required && isBlank(value));
}

/** Returns the values of an object or of a row, which replaces the one of the record, so that null is sent as null. */
function repeatObject(value: unknown, values: CurrentValues, context: ConversionContext): Repeated {
	if (!isObject(value)) return toRepeated(undefined);
	const knownKeys = Object.entries(values).flatMap(([key, { paths = [] }]) => [key, ...paths]);
	const unknownKeys = Object.keys(value).filter((key) => !knownKeys.includes(key));
	const parts = Object.entries(values).map(([key, current]) => {
		const repeated = repeatKey(value, key, current, context);
		return { key, repeated, isUsable: isUsable(current, repeated) };
	});
	const missing = parts.flatMap(({ key, repeated }) => repeated?.missing ?? [context.getLabel(key)]);
	const found = parts.filter(({ repeated }) => repeated !== undefined);
	const body = Object.fromEntries(found.map(({ key, repeated }) => [key, repeated?.value]));
	return { value: parts.every((part) => part.isUsable) ? body : undefined, missing: [...unknownKeys, ...missing] };
}

function repeatRows(value: unknown, values: CurrentValues, context: ConversionContext): Repeated {
	if (!Array.isArray(value)) return toRepeated(undefined);
	const rows = value.map((row) => repeatObject(row, values, context));
	const areUsable = rows.every((row) => row.value !== undefined);
	return { value: areUsable ? rows.map((row) => row.value) : undefined, missing: rows.flatMap((row) => row.missing) };
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
	if (codes) return toRepeated(Object.hasOwn(codes, toText(value)) ? codes[toText(value)] : undefined);
	return REPEAT[form](value, values, context);
}

/** Returns the codes that belong to the names in a record. Undefined if a name is not clear. */
function findCodes(names: unknown, key: string, { findCode }: ConversionContext): unknown[] | undefined {
	const codes = [names ?? []].flat().map((name) => (isText(name) ? findCode?.(key, name) : undefined));
	return codes.includes(undefined) ? undefined : codes;
}

/** Returns the current value of a key. Undefined if the record does not contain the key, not even as null. */
function repeatKey(
	record: JsonObject,
	key: string,
	current: CurrentValue,
	context: ConversionContext,
): Repeated | undefined {
	const { paths = [key], namesPath } = current;
	const found = paths.map((path) => getValueAtPath(record, path)).filter((value) => value !== undefined);
	const all = found.map((value) => repeatValue(value, current, context));
	const withValue = all.find(({ value }) => value !== undefined && value !== null);
	if (withValue) return prefixMissing(withValue, key, context);
	const names = namesPath === undefined ? undefined : getValueAtPath(record, namesPath);
	if (names !== undefined) return toRepeated(findCodes(names, key, context));
	return all.find(({ value }) => value === undefined) ?? all[0];
}

/** Adds the name of a list or an object to the names of the fields in it. */
const prefixMissing = ({ value, missing }: Repeated, key: string, { getLabel }: ConversionContext): Repeated => ({
	value,
	missing: [...new Set(missing)].map((name) => `${getLabel(key)} > ${name}`),
});

/** Returns the values of a record as the request contains them. */
export function repeatValues(record: JsonObject, values: CurrentValues, context: ConversionContext): RepeatedValues {
	const body: IDataObject = {};
	const missing = new Map<string, string[]>();
	const unusableKeys: string[] = [];
	for (const [key, current] of Object.entries(values)) {
		const repeated = repeatKey(record, key, current, context);
		missing.set(key, repeated?.missing ?? [context.getLabel(key)]);
		if (repeated && repeated.value === undefined) unusableKeys.push(key);
		if (repeated?.value !== undefined && repeated.value !== null) body[key] = repeated.value as IDataObject;
	}
	return { body, missing, unusableKeys };
}

/** Finds the row that a row of the form changes: the one with its key, or without a key the only one. */
function findRowIndex(rows: IDataObject[], key: unknown, rowKey: string, displayName: string): number {
	if (isBlank(key) && rows.length === 1) return 0;
	const index = rows.findIndex((row) => toText(row[rowKey]) === toText(key));
	if (index >= 0) return index;
	const names = joinNames(
		rows.map((row) => toText(row[rowKey])),
		Infinity,
	);
	const missing = `The record has no '${displayName}' to change. Add it in Venio first.`;
	throw invalidValueError(key, displayName, names === '' ? missing : `Use one of: ${names}.`);
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
