import { isBlank } from '../../shared/text';
import type { Field, GetParameter } from '../field';
import { boolean } from './options';
import { assertNumber, hintIfExpressionEmpty, invalidValueError, isExact, readBoolean } from './readValue';
import { singleValueField, type FieldFactory } from './singleValueField';
import type { INodeProperties } from 'n8n-workflow';

/** Limits of a number. */
interface NumberRange {
	min?: number;
	max?: number;
	/** Whether fractions are rejected. */
	isInteger?: boolean;
}

function isInRange(value: number, { min = -Infinity, max = Infinity, isInteger }: NumberRange): boolean {
	return value >= min && value <= max && (!isInteger || Number.isInteger(value));
}

function describeRange({ min, max, isInteger }: NumberRange): string {
	const range = min === undefined ? '' : max === undefined ? ` of at least ${min}` : ` from ${min} to ${max}`;
	return `Enter a ${isInteger ? 'whole ' : ''}number${range}.`;
}

/** Decimal number, also with an exponent. JavaScript would also read other notations, for example the code 0x1F as 31. */
const DECIMAL_NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Converts a text to a number. Undefined if it is not a decimal number. */
const parseDecimal = (text: string): number | undefined => (DECIMAL_NUMBER.test(text) ? Number(text) : undefined);

/** Number with commas between thousands, for example 2,990.00 from a spreadsheet. */
const GROUPED_NUMBER = /^\s*-?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*$/;

/** Returns the advice for a text with commas between thousands. */
const describeCommas = (input: unknown): string =>
	typeof input === 'string' && GROUPED_NUMBER.test(input) ? ' Enter it without commas.' : '';

/** Creates a field for a number. A text of digits is accepted, because spreadsheets return numbers as text. */
export const number: FieldFactory<number, NumberRange> = (displayName, description, settings) => {
	const range: NumberRange = settings ?? {};
	const parse = (input: unknown): number => {
		if (typeof input === 'number') assertNumber(input, displayName);
		const value = typeof input === 'string' ? parseDecimal(input.trim()) : input;
		if (typeof value !== 'number' || !isInRange(value, range))
			throw invalidValueError(input, displayName, describeRange(range) + describeCommas(input));
		if (isExact(value)) return value;
		throw invalidValueError(input, displayName, 'Enter a number with at most 15 digits.');
	};
	// Without n8n's minValue, maxValue and numberPrecision: its editor drops keys that violate them, so that 1500.50 would
	// become 150050.
	return singleValueField(displayName, description, settings, { type: 'number' }, parse);
};

interface LimitSettings {
	/** Whether Return All is on by default. */
	returnsAll?: boolean;
	/** Condition under which both inputs are shown. While `isVisible` returns false, all results are returned. */
	visibility?: { displayOptions: INodeProperties['displayOptions']; isVisible?(getParameter: GetParameter): boolean };
}

/** Creates Return All and Limit. The value is the maximum number of results per item, undefined for all. */
export function limit({ returnsAll = false, visibility }: LimitSettings = {}): Field<number | undefined> {
	const displayOptions = visibility?.displayOptions;
	const limitInput = number('Limit', 'Max number of results to return', {
		min: 1,
		isInteger: true,
		// n8n's lint rules fix the default.
		default: 50,
		displayOptions: { ...displayOptions, show: { ...displayOptions?.show, returnAll: [false] } },
	});
	const returnAllInput = boolean('Return All', 'Whether to return all results or only up to a given limit', {
		default: returnsAll,
		displayOptions,
	});
	return {
		displayName: limitInput.displayName,
		bodyKey: null,
		isOutputOnly: true,
		properties: (name) => [
			...returnAllInput.properties('returnAll'),
			// Required by n8n's lint rules.
			...limitInput.properties(name).map((property) => ({ ...property, typeOptions: { minValue: 1 } })),
		],
		read(getParameter, name, context) {
			if (visibility?.isVisible?.(getParameter) === false) return undefined;
			const value = getParameter('returnAll');
			const consequence = returnsAll ? 'all results were returned' : 'the limit was applied';
			if (isBlank(value)) hintIfExpressionEmpty(context, 'returnAll', returnAllInput.displayName, consequence);
			if (isBlank(value) ? returnsAll : readBoolean(value, returnAllInput.displayName)) return undefined;
			return limitInput.read(getParameter, name, context);
		},
	};
}
