import { NOTHING_SENT } from '../../api/words/failure';
import { notAccepted } from '../text';
import type { Field } from '../types';
import { one, type About, type Given } from './one';
import { assertNumber, isExact, readFlag, readId, readText } from './read';

/** A text, trimmed. */
export function text<const A extends About<string>>(displayName: string, about: A): Field<Given<A, string>> {
	return one(displayName, about, { type: 'string' }, (given) => readText(given, displayName));
}

/** An id, a whole number. @param how tells where to find the right one */
export function id<const A extends About<number>>(displayName: string, about: A, how: string): Field<Given<A, number>> {
	return one(
		displayName,
		about,
		{ type: 'string' },
		(given) => readId(given, displayName, how),
		`${how} ${NOTHING_SENT}`,
	);
}

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

/** A number, or a text of digits as sheets give it. @param about its bounds, and how n8n shows it */
export function number<const A extends About<number> & Bounds>(displayName: string, about: A): Field<Given<A, number>> {
	const { min, max, whole, ...shown } = about;
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
	return one(displayName, shown as unknown as A, property, parse);
}

/** On or off; for an input that n8n always fills, such as one of a collection. */
export function flag(displayName: string, about: About<boolean>): Field<boolean> {
	const shown = { ...about, default: about.default ?? false };
	return one(displayName, shown, { type: 'boolean' }, (given) => readFlag(given, displayName)) as Field<boolean>;
}
