import type { IDataObject } from 'n8n-workflow';
import { NOTHING_SENT, rejectInput } from '../../api/errors/goFiveError';
import { invalidValueError } from '../invalidValue';
import type { Field } from '../types';
import { singleValueField, type FieldSettings } from './singleValueField';
import { assertNumber, isExact, emptyExpressionError } from './readValue';
import { parseJson } from '../../shared/json';
import { isBlank } from '../../shared/text';

/** JSON that was given: its value, and its text, which keeps every digit. */
export interface JsonValue {
	value: IDataObject | unknown[];
	text: string;
}

/** A text in JSON, in which digits are no number, or a number. */
const JSON_TEXT_OR_NUMBER = /"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*/g;

/** The digits of a number as it is written, without those that do not count. */
const significantDigits = (written: string): string => written.replace(/e.*|\D/gi, '').replace(/^0+|0+$/g, '');

/** Whether a number that is written travels with the same digits. */
const keepsDigits = (written: string): boolean =>
	significantDigits(String(Number(written))) === significantDigits(written);

/** @param isText whether it is as a person wrote it; an expression may have lost digits before @throws GoFiveError for a number that is not kept */
function assertExact(text: string, isText: boolean, displayName: string): void {
	const isPreserved = isText ? keepsDigits : (part: string) => isExact(Number(part));
	const number = text.match(JSON_TEXT_OR_NUMBER)?.find((part) => !part.startsWith('"') && !isPreserved(part));
	if (number === undefined) return;
	const remedy = isText
		? `Some of its digits would change. Give at most 15 digits or, if it is a code, put it in quotation marks: "${number}".`
		: 'The expression gave it as a number, and some of its digits may be lost already. Make it a text where it comes from.';
	rejectInput(`'${displayName}' cannot hold the number ${number}`, remedy);
}

/**
 * A JSON object or list, as text or as an expression gives it; undefined when nothing was given.
 * @param remedy what to give instead; @param keepsText whether a text travels as it is, with every digit
 * @throws GoFiveError for anything else
 */
export function readJson(
	input: unknown,
	displayName: string,
	remedy: string,
	keepsText = false,
): JsonValue | undefined {
	if (isBlank(input)) return undefined;
	const isText = typeof input === 'string';
	const parsedValue = isText ? parseJson(input) : input;
	if (typeof parsedValue !== 'object' || parsedValue === null)
		throw invalidValueError(input, displayName, `${remedy} ${NOTHING_SENT}`);
	const check = (_: string, part: unknown) => {
		// JSON has no such numbers and would show them as null.
		if (typeof part === 'number') assertNumber(part, displayName);
		return part;
	};
	const text = isText ? input.trim() : JSON.stringify(parsedValue, check);
	if (!isText || !keepsText) assertExact(text, isText, displayName);
	return { value: parsedValue as JsonValue['value'], text };
}

/** JSON, an object or a list; undefined when it is left empty, although n8n then marks it as wrong. @param asWritten as for `readJson` */
export function json(
	displayName: string,
	description: string,
	{ keepsText, ...settings }: FieldSettings<never> & { keepsText?: boolean } = {},
): Field<JsonValue | undefined> {
	return {
		...singleValueField(
			displayName,
			description,
			{ hint: 'May stay empty', ...settings },
			{ type: 'json' },
			() => undefined,
		),
		read(get, name, context) {
			const parsed = readJson(get(name), displayName, 'Give a JSON object or list.', keepsText);
			if (parsed === undefined && context.isExpression(name)) throw emptyExpressionError(displayName);
			return parsed;
		},
		toBody: (value, name) => ({ [settings.bodyKey ?? name]: value?.value as IDataObject }),
	};
}
