import type { IDataObject } from 'n8n-workflow';
import { jsonIn } from '../../api/answer/envelope';
import { NOTHING_SENT, failUnsent } from '../../api/words/failure';
import { isBlank, notAccepted } from '../text';
import type { Field } from '../types';
import { one, type About } from './one';
import { assertNumber, isExact, lost } from './read';

/** JSON that was given: its value, and its text, which keeps every digit. */
export interface Json {
	value: IDataObject | unknown[];
	text: string;
}

/** A text in JSON, in which digits are no number, or a number. */
const TEXT_OR_NUMBER = /"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*/g;

/** The digits of a number as it is written, without those that do not count. */
const digitsOf = (written: string): string => written.replace(/e.*|\D/gi, '').replace(/^0+|0+$/g, '');

/** Whether a number that is written travels with the same digits. */
const staysSame = (written: string): boolean => digitsOf(String(Number(written))) === digitsOf(written);

/** @param isText whether it is as a person wrote it; an expression may have lost digits before @throws Failure for a number that is not kept */
function assertExact(text: string, isText: boolean, displayName: string): void {
	const isKept = isText ? staysSame : (part: string) => isExact(Number(part));
	const number = text.match(TEXT_OR_NUMBER)?.find((part) => !part.startsWith('"') && !isKept(part));
	if (number === undefined) return;
	const what = isText
		? `Some of its digits would change. Give at most 15 digits or, if it is a code, put it in quotation marks: "${number}".`
		: 'The expression gave it as a number, and some of its digits may be lost already. Make it a text where it comes from.';
	failUnsent(`'${displayName}' cannot hold the number ${number}`, what);
}

/**
 * A JSON object or list, as text or as an expression gives it; undefined when nothing was given.
 * @param how what to give instead; @param asWritten whether a text travels as it is, with every digit
 * @throws Failure for anything else
 */
export function readJson(given: unknown, displayName: string, how: string, asWritten = false): Json | undefined {
	if (isBlank(given)) return undefined;
	const isText = typeof given === 'string';
	const value = isText ? jsonIn(given) : given;
	if (typeof value !== 'object' || value === null) throw notAccepted(given, displayName, `${how} ${NOTHING_SENT}`);
	const check = (_: string, part: unknown) => {
		// JSON has no such numbers and would show them as null.
		if (typeof part === 'number') assertNumber(part, displayName);
		return part;
	};
	const text = isText ? given.trim() : JSON.stringify(value, check);
	if (!isText || !asWritten) assertExact(text, isText, displayName);
	return { value: value as Json['value'], text };
}

/** JSON, an object or a list; undefined when it is left empty, although n8n then marks it as wrong. @param asWritten as for `readJson` */
export function json(
	displayName: string,
	description: string,
	{ asWritten, ...about }: About<never> & { asWritten?: boolean } = {},
): Field<Json | undefined> {
	return {
		...one(displayName, description, { hint: 'May stay empty', ...about }, { type: 'json' }, () => undefined),
		read(get, name, context) {
			const read = readJson(get(name), displayName, 'Give a JSON object or list.', asWritten);
			if (read === undefined && context.isExpression(name)) throw lost(displayName);
			return read;
		},
		body: (value, name) => ({ [about.wire ?? name]: value?.value as IDataObject }),
	};
}
