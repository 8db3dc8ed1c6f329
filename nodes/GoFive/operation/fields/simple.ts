import { NOTHING_SENT } from '../../api/words/failure';
import { notAccepted } from '../text';
import type { Field } from '../types';
import { one, type About, type MakeOne } from './one';
import { assertNumber, isExact, readFlag, readId, readText } from './read';

/** A text, trimmed. */
export const text: MakeOne<string> = (displayName, description, about) =>
	one(displayName, description, about, { type: 'string' }, (given) => readText(given, displayName));

/** A text of several lines. */
export const longText: MakeOne<string> = (displayName, description, about) =>
	one(displayName, description, about, { type: 'string', typeOptions: { rows: 3 } }, (given) =>
		readText(given, displayName),
	);

/** An id, a whole number. */
export const id: MakeOne<number> = (displayName, description, about) => {
	const how = `Give the ID, a whole number${about?.example ? ` such as ${about.example}` : ''}.`;
	const parse = (given: unknown) => readId(given, displayName, how);
	return one(displayName, description, about, { type: 'string' }, parse, `${how} ${NOTHING_SENT}`);
};

/** What a number may be. */
export interface Bounds {
	min?: number;
	max?: number;
	/** Whether it has no fraction. */
	whole?: boolean;
}

function isWithin(value: number, { min = -Infinity, max = Infinity, whole }: Bounds): boolean {
	return value >= min && value <= max && (!whole || Number.isInteger(value));
}

function wordsFor({ min, max, whole }: Bounds): string {
	const range = min === undefined ? '' : max === undefined ? ` from ${min} up` : ` from ${min} to ${max}`;
	return `Give a ${whole ? 'whole ' : ''}number${range}. ${NOTHING_SENT}`;
}

/** A number, or a text of digits as sheets give it. */
export const number: MakeOne<number, Bounds> = (displayName, description, about) => {
	const { min, max, whole, ...shown } = about ?? ({} as NonNullable<typeof about>);
	const bounds = { min, max, whole };
	const typeOptions = {
		...(min !== undefined && { minValue: min }),
		...(max !== undefined && { maxValue: max }),
		...(whole && { numberPrecision: 0 }),
	};
	const parse = (given: unknown): number => {
		if (typeof given === 'number') assertNumber(given, displayName);
		const value = typeof given === 'string' ? Number(given.trim()) : given;
		if (typeof value === 'number' && isWithin(value, bounds)) {
			if (isExact(value)) return value;
			throw notAccepted(given, displayName, `Give a number of at most 15 digits. ${NOTHING_SENT}`);
		}
		throw notAccepted(given, displayName, wordsFor(bounds));
	};
	const property = { type: 'number' as const, ...(Object.keys(typeOptions).length > 0 && { typeOptions }) };
	return one(displayName, description, shown as typeof about, property, parse);
};

/** On or off; for an input that n8n always fills, such as one of a collection. */
export function flag(displayName: string, description: string, about: About<boolean> = {}): Field<boolean> {
	const shown = { ...about, default: about.default ?? false };
	const parse = (given: unknown) => readFlag(given, displayName);
	return one(displayName, description, shown, { type: 'boolean' }, parse) as Field<boolean>;
}
