import { NOTHING_SENT } from '../../api/errors/goFiveError';
import { invalidValueError } from '../invalidValue';
import type { Field } from '../types';
import { singleValueField, type FieldSettings, type FieldFactory } from './singleValueField';
import { assertNumber, isExact, readBoolean, readId, readText } from './readValue';

/** A text, trimmed. */
export const text: FieldFactory<string> = (displayName, description, settings) =>
	singleValueField(displayName, description, settings, { type: 'string' }, (input) => readText(input, displayName));

/** A text of several lines. */
export const multilineText: FieldFactory<string> = (displayName, description, settings) =>
	singleValueField(displayName, description, settings, { type: 'string', typeOptions: { rows: 3 } }, (input) =>
		readText(input, displayName),
	);

/** An id, a whole number. */
export const id: FieldFactory<number> = (displayName, description, settings) => {
	const remedy = `Give the ID, a whole number${settings?.example ? ` such as ${settings.example}` : ''}.`;
	const parse = (input: unknown) => readId(input, displayName, remedy);
	return singleValueField(displayName, description, settings, { type: 'string' }, parse, `${remedy} ${NOTHING_SENT}`);
};

/** What a number may be. */
export interface NumberRange {
	min?: number;
	max?: number;
	/** Whether it has no fraction. */
	isInteger?: boolean;
}

function isInRange(value: number, { min = -Infinity, max = Infinity, isInteger }: NumberRange): boolean {
	return value >= min && value <= max && (!isInteger || Number.isInteger(value));
}

function describeRange({ min, max, isInteger }: NumberRange): string {
	const range = min === undefined ? '' : max === undefined ? ` from ${min} up` : ` from ${min} to ${max}`;
	return `Give a ${isInteger ? 'whole ' : ''}number${range}. ${NOTHING_SENT}`;
}

/** A number, or a text of digits as sheets give it. */
export const number: FieldFactory<number, NumberRange> = (displayName, description, settings) => {
	const { min, max, isInteger, ...fieldSettings } = settings ?? ({} as NonNullable<typeof settings>);
	const bounds = { min, max, isInteger };
	const typeOptions = {
		...(min !== undefined && { minValue: min }),
		...(max !== undefined && { maxValue: max }),
		...(isInteger && { numberPrecision: 0 }),
	};
	const parse = (input: unknown): number => {
		if (typeof input === 'number') assertNumber(input, displayName);
		const value = typeof input === 'string' ? Number(input.trim()) : input;
		if (typeof value === 'number' && isInRange(value, bounds)) {
			if (isExact(value)) return value;
			throw invalidValueError(input, displayName, `Give a number of at most 15 digits. ${NOTHING_SENT}`);
		}
		throw invalidValueError(input, displayName, describeRange(bounds));
	};
	const property = { type: 'number' as const, ...(Object.keys(typeOptions).length > 0 && { typeOptions }) };
	return singleValueField(displayName, description, fieldSettings as typeof settings, property, parse);
};

/** On or off; for an input that n8n always fills, such as one of a collection. */
export function boolean(
	displayName: string,
	description: string,
	settings: FieldSettings<boolean> = {},
): Field<boolean> {
	const fieldSettings = { ...settings, default: settings.default ?? false };
	const parse = (input: unknown) => readBoolean(input, displayName);
	return singleValueField(displayName, description, fieldSettings, { type: 'boolean' }, parse) as Field<boolean>;
}
