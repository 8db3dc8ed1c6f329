/**
 * What an update changes, and what has changed after it.
 * Imported by this folder only.
 * Start with `listChanges` for what the form changes, and `findDifferences` for the check after the write.
 */
import type { IDataObject } from 'n8n-workflow';
import { isBlank, toText } from '../../../shared/text';
import { truncateValue } from '../../fields/readValue';
import type { CurrentValue, CurrentValues, ValueForm } from './defineUpdate';

/** Change of one value by an update. */
export interface ValueChange extends IDataObject {
	/** Name of the value, as the form shows it, with the key of its row: "Regular Price (Standard)". */
	field: string;
	before: IDataObject[string];
	after: IDataObject[string];
}

/** A value, and its description in the request. Undefined for a value that a request cannot contain. */
export interface NamedValue {
	value: unknown;
	current: CurrentValue | undefined;
}

/** Values by the name that messages and the output show. */
export type NamedValues = Map<string, NamedValue>;

/** Number of digits after which GoFive may round an amount. */
const AMOUNT_FACTOR = 100;

/**
 * Returns a phone number as it is dialled in Thailand, so that +66 81 234 5678 and 081-234-5678 are equal. A number with
 * another text, for example an extension, stays the same.
 */
function toDialledNumber(text: string): string {
	const digits = text.replace(/[+ .()-]/g, '');
	if (!/^\d+$/.test(digits)) return text;
	return /^\+ ?66/.test(text) ? `0${digits.slice(2)}` : digits;
}

/** Returns a text without the differences in blanks and in the composition of characters. */
function toComparableText(text: string, form: ValueForm | undefined): string {
	const comparable = text.normalize('NFC').trim().replace(/\s+/g, ' ');
	return form === 'phone' ? toDialledNumber(comparable) : comparable;
}

const toComparableNumber = (value: number, form: ValueForm | undefined): number =>
	form === 'amount' ? Math.round(value * AMOUNT_FACTOR) / AMOUNT_FACTOR : value;

/** Returns the filled parts of an object or list in the format in which values are compared. Null if there are none. */
function toComparableParts(value: object, current: CurrentValue | undefined): string[] | null {
	const parts = Array.isArray(value)
		? value.map((part) => toComparable(part, current))
		: Object.entries(value)
				.map(([key, part]) => [key, toComparable(part, current?.values?.[key])])
				.filter(([, part]) => part !== null);
	const texts = parts.map((part) => JSON.stringify(part));
	if (texts.length === 0) return null;
	return current?.isOrdered ? texts : texts.sort();
}

/**
 * Returns a value in the format in which values are compared. GoFive may store a value in another format, which is no
 * change: other spaces, another format of a phone number, an amount with two decimals, or rows in another order.
 */
function toComparable(value: unknown, current: CurrentValue | undefined): unknown {
	if (isBlank(value)) return null;
	if (typeof value === 'string') return toComparableText(value, current?.form);
	if (typeof value === 'number') return toComparableNumber(value, current?.form);
	return typeof value === 'object' && value !== null ? toComparableParts(value, current) : value;
}

/** Whether GoFive stores two values alike. */
export const isSameValue = (a: unknown, b: unknown, current: CurrentValue | undefined): boolean =>
	JSON.stringify(toComparable(a, current)) === JSON.stringify(toComparable(b, current));

/** Whether two values are sent alike. */
export const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Returns the rows of a value whose rows have a key, sorted, because the order of rows with the same key does not count. */
function getKeyedRows(value: unknown, current: CurrentValue | undefined): IDataObject[] | undefined {
	if (current?.rowKey === undefined || !Array.isArray(value)) return undefined;
	const toSortText = (row: IDataObject) => JSON.stringify(toComparable(row, current));
	return [...(value as IDataObject[])].sort((a, b) => (toSortText(a) < toSortText(b) ? -1 : 1));
}

/**
 * Names the values of a request, those of rows with a key one by one.
 * @param isNamed - Selects the keys. Defaults to all.
 */
export function nameValues(
	body: IDataObject,
	values: CurrentValues,
	getLabel: (key: string) => string,
	isNamed: (key: string) => boolean = () => true,
): NamedValues {
	const named: NamedValues = new Map();
	// Rows with the same key get different names, so that a row that GoFive repeats is noticed.
	const add = (name: string, value: NamedValue) => {
		let uniqueName = name;
		while (named.has(uniqueName)) uniqueName += ' (again)';
		named.set(uniqueName, value);
	};
	const addRow = (row: IDataObject, { rowKey = '', values: rowValues = {} }: CurrentValue) => {
		for (const [key, value] of Object.entries(row))
			add(`${getLabel(key)} (${truncateValue(toText(row[rowKey]))})`, { value, current: rowValues[key] });
	};
	for (const [key, value] of Object.entries(body)) {
		if (!isNamed(key)) continue;
		const current = values[key];
		const rows = getKeyedRows(value, current);
		if (!rows) add(getLabel(key), { value, current });
		for (const row of rows ?? []) addRow(row, current as CurrentValue);
	}
	return named;
}

/** Returns a value as the output shows it. */
export const toOutput = (value: unknown): IDataObject[string] => (value ?? null) as IDataObject;

/**
 * Lists the values that differ.
 * @param unreadNames - Names of values of which it is not known whether they differ. They are listed, too.
 */
export function listChanges(before: NamedValues, after: NamedValues, unreadNames: string[] = []): ValueChange[] {
	const names = [...new Set([...before.keys(), ...after.keys()])];
	const changedNames = names.filter(
		(name) => unreadNames.includes(name) || !isEqual(before.get(name)?.value, after.get(name)?.value),
	);
	return changedNames.map((field) => ({
		field,
		before: toOutput(before.get(field)?.value),
		after: toOutput(after.get(field)?.value),
	}));
}

/** Names the values that GoFive stores otherwise than expected. */
export function findDifferences(expected: NamedValues, actual: NamedValues): string[] {
	const names = [...new Set([...expected.keys(), ...actual.keys()])];
	return names.filter((name) => {
		const current = expected.get(name)?.current ?? actual.get(name)?.current;
		return !isSameValue(expected.get(name)?.value, actual.get(name)?.value, current);
	});
}
