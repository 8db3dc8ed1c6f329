/**
 * What an update changes, and what has changed after it.
 * Imported by this folder only.
 * Start with `listChanges` for what the form changes, and `findDifferences` for the check after the write.
 */
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { isObject } from '../../../shared/json';
import { isBlank, toText } from '../../../shared/text';
import { findField } from '../../fields/fieldRecord';
import { truncateValue } from '../../fields/readValue';
import type { Field } from '../../field';
import { isEmpty } from './currentValues';
import type { CurrentValue, CurrentValues, ValueForm } from './defineUpdate';

/** Change of one value by an update. */
export interface ValueChange extends IDataObject {
	/** Name of the value, as the form shows it, with the key of its row: "Regular Price (Standard)". */
	field: string;
	/** Missing if the record was not read. */
	before?: IDataObject[string];
	after: IDataObject[string];
}

/** A value, and its description in the request. */
export interface NamedValue {
	value: unknown;
	/** Key of the request that contains the value. */
	bodyKey: string;
	/** Key of the value: that of the request, or that of a part of its rows. */
	key: string;
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
function toComparableParts(value: object, current: CurrentValue | undefined): string[] | number | null {
	const parts = Array.isArray(value)
		? value.map((part) => toComparable(part, current)).filter((part) => part !== null)
		: Object.entries(value)
				.map(([key, part]) => [key, toComparablePart(part, current?.values?.[key])])
				.filter(([, part]) => part !== null);
	const texts = parts.map((part) => JSON.stringify(part));
	if (texts.length === 0) return null;
	if (current?.isComparedByCount) return texts.length;
	return current?.isOrdered ? texts : texts.sort();
}

/** Returns the part of a row. A volatile one counts only as filled. */
const toComparablePart = (part: unknown, current: CurrentValue | undefined): unknown =>
	current?.isVolatile && !isEmpty(part) ? true : toComparable(part, current);

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
const isSameValue = (a: unknown, b: unknown, current: CurrentValue | undefined): boolean =>
	JSON.stringify(toComparable(a, current)) === JSON.stringify(toComparable(b, current));

/** Whether two values are sent alike. */
const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Names the values of a request, those of rows with a key one by one. */
export function nameValues(
	values: IDataObject,
	declared: CurrentValues,
	getLabel: (key: string) => string,
): NamedValues {
	const named: NamedValues = new Map();
	const addRow = (row: IDataObject, bodyKey: string, { rowKey = '', values: rowValues = {} }: CurrentValue) => {
		const rowName = truncateValue(toText(row[rowKey]));
		for (const [key, value] of Object.entries(row))
			named.set(`${getLabel(key)} (${rowName})`, { value, bodyKey, key, current: rowValues[key] });
	};
	for (const [key, value] of Object.entries(values)) {
		const current = declared[key];
		const rows = current?.rowKey && Array.isArray(value) ? (value as IDataObject[]) : undefined;
		for (const row of rows ?? []) addRow(row, key, current as CurrentValue);
		if (!rows) named.set(getLabel(key), { value, bodyKey: key, key, current });
	}
	return named;
}

/** Returns the name of an option of a field's list, or the value itself. */
function toOptionName(value: unknown, field: Field): unknown {
	const [property] = field.properties('');
	const options = (property?.options ?? []) as INodePropertyOptions[];
	return options.find((option) => option.value === value)?.name ?? value;
}

/** Returns a value as the output shows it: codes as the names of the form. */
function toShownValue(value: unknown, field: Field | undefined): unknown {
	if (Array.isArray(value)) return value.map((part) => toShownValue(part, field));
	const { nestedFields = {} } = field ?? {};
	if (isObject(value))
		return Object.fromEntries(
			Object.entries(value).map(([key, part]) => [key, toShownValue(part, findField(nestedFields, key))]),
		);
	return field ? toOptionName(value, field) : (value ?? null);
}

/** Returns a named value as the output shows it. */
export function toOutput(named: NamedValue | undefined, fields: Record<string, Field>): IDataObject[string] {
	if (!named || isBlank(named.value)) return null;
	const { bodyKey, key, value } = named;
	const field = findField(fields, bodyKey);
	const shownField = key === bodyKey ? field : findField(field?.nestedFields ?? {}, key);
	return toShownValue(value, shownField) as IDataObject;
}

/**
 * Lists the values that differ.
 * @param unreadNames - Names of values of which it is not known whether they differ. They are listed, too.
 */
export function listChanges(
	before: NamedValues,
	after: NamedValues,
	fields: Record<string, Field>,
	unreadNames: string[] = [],
): ValueChange[] {
	const names = [...new Set([...before.keys(), ...after.keys()])];
	const changedNames = names.filter(
		(name) => unreadNames.includes(name) || !isEqual(before.get(name)?.value, after.get(name)?.value),
	);
	return changedNames.map((field) => ({
		field,
		before: toOutput(before.get(field), fields),
		after: toOutput(after.get(field), fields),
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
