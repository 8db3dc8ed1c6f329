import type { IDataObject } from 'n8n-workflow';
import { rejectInput } from '../../api/errors';
import { parseJson } from '../../shared/json';
import { isBlank } from '../../shared/text';
import type { Field } from '../field';
import type { Pages } from '../operation';
import {
	assertNumber,
	emptyExpressionError,
	INEXACT_NUMBER_DESCRIPTION,
	invalidValueError,
	isExact,
	truncateValue,
} from './readValue';
import { singleValueField, type FieldSettings } from './singleValueField';

/** JSON object or list. */
export interface JsonValue {
	value: IDataObject | unknown[];
	/** Text of the value, as the user wrote it. It keeps every digit of long numbers. */
	text: string;
}

const JSON_NUMBER = /-?\d[\d.eE+-]*/g;

/** Zeros at the start or the end. The look-behind keeps the time linear, since no match starts inside a group of zeros. */
const OUTER_ZEROS = /^0+|(?<!0)0+$/g;

/** Digits of a number in JSON, without leading and trailing zeros. */
const significantDigits = (numberText: string): string => numberText.replace(/e.*|\D/gi, '').replace(OUTER_ZEROS, '');

const keepsDigits = (numberText: string): boolean =>
	significantDigits(String(Number(numberText))) === significantDigits(numberText);

/**
 * Checks that sending the JSON changes no digit of its numbers.
 * @param isText - Whether the user wrote the text. In the result of an expression, digits may already be lost.
 * @throws GoFiveError for a number that changes.
 */
function assertExact(text: string, isText: boolean, displayName: string): void {
	const isPreserved = isText ? keepsDigits : (numberText: string) => isExact(Number(numberText));
	// Without escaped characters, every second part between quotation marks is outside a string.
	const partsOutside = text
		.replaceAll(/\\./g, '')
		.split('"')
		.filter((_, index) => index % 2 === 0);
	const numbers = partsOutside.flatMap((part) => part.match(JSON_NUMBER) ?? []);
	const number = numbers.find((numberText) => !isPreserved(numberText));
	if (number === undefined) return;
	const description = isText
		? `The number is too long, and some of its digits would change. Enter at most 15 digits. If the number is a code, put it in quotation marks: "${truncateValue(number)}".`
		: INEXACT_NUMBER_DESCRIPTION;
	rejectInput(`'${displayName}' cannot contain the number ${truncateValue(number)}`, description);
}

/**
 * Reads a JSON object or list, undefined if the input is blank.
 * @param input - Text, or an object or list from an expression.
 * @param errorDescription - Start of the description of the message about any other input.
 * @param keepsText - Whether the caller sends `text` unchanged, so that long numbers are safe.
 * @throws GoFiveError for an input that is not valid.
 */
export function readJson(
	input: unknown,
	displayName: string,
	errorDescription: string,
	keepsText = false,
): JsonValue | undefined {
	if (isBlank(input)) return undefined;
	const isText = typeof input === 'string';
	const value = isText ? parseJson(input) : input;
	if (typeof value !== 'object' || value === null) throw invalidValueError(input, displayName, errorDescription);
	const checkNumber = (_: string, part: unknown) => {
		// JSON.stringify would turn NaN and Infinity into null.
		if (typeof part === 'number') assertNumber(part, displayName);
		return part;
	};
	const text = isText ? input.trim() : JSON.stringify(value, checkNumber);
	if (!isText || !keepsText) assertExact(text, isText, displayName);
	return { value: value as JsonValue['value'], text };
}

/** Settings of a JSON field. n8n's JSON editor shows no placeholder, so an example belongs in the hint. */
interface JsonFieldSettings extends FieldSettings<never> {
	/** See {@link readJson}. */
	keepsText?: boolean;
	/** Text of an untouched form. n8n marks an empty JSON editor as wrong. */
	defaultText?: string;
}

/** Creates a field for a JSON object or list. */
export function json(
	displayName: string,
	description: string,
	{ keepsText, defaultText = '', ...settings }: JsonFieldSettings,
): Field<JsonValue | undefined> {
	const property = { type: 'json' as const, default: defaultText };
	return {
		...singleValueField(displayName, description, settings, property, () => undefined),
		read(getParameter, name, context) {
			const parsed = readJson(getParameter(name), displayName, 'Enter valid JSON, for example {"key": 1}.', keepsText);
			if (parsed === undefined && context.isExpression(name)) throw emptyExpressionError(displayName);
			return parsed;
		},
		toBody: (value, name) => ({ [settings.bodyKey ?? name]: value?.value as IDataObject }),
	};
}

const OTHER_FIELDS_DESCRIPTION =
	"Fields of the GoFive API that this form does not contain, for advanced users. Use GoFive's names of the fields.";

/** Lists the body keys of fields in lower case, since GoFive's keys differ in case only. */
function collectBodyKeys(fields: Record<string, Field>): string[] {
	return Object.entries(fields).flatMap(([name, { bodyKey, nestedFields }]) => {
		const isMerged = nestedFields !== undefined && bodyKey === null;
		return isMerged ? collectBodyKeys(nestedFields) : [(bodyKey ?? name).toLowerCase()];
	});
}

interface OtherFieldsSettings {
	/** Description of the field. Defaults to one that names no fields. */
	description?: string;
	/** JSON object with known fields, for the hint. */
	example?: string;
	/** Pagination of the operation, whose keys are rejected here. */
	pages?: Pages;
}

/**
 * Creates a field for API fields that the form does not have. For operations whose page is cut in our copy of GoFive's
 * documentation. The keys are sent as they are.
 * @param displayName - Name of the field, for example "Other Fields (JSON)".
 * @param getFormFields - Returns the fields of the form, whose keys are rejected here. It is called after they are complete.
 */
export function otherFieldsJson(
	displayName: string,
	getFormFields: () => Record<string, Field>,
	{ description = OTHER_FIELDS_DESCRIPTION, example = '{"field": "value"}', pages }: OtherFieldsSettings = {},
): Field<JsonValue | undefined> {
	const field = json(displayName, description, {
		defaultText: '{}',
		hint: `Example: ${example}`,
	});
	const pageKeys = Object.values(pages ?? {}).map((key: string) => key.toLowerCase());
	return {
		...field,
		read(getParameter, name, context) {
			const parsed = field.read(getParameter, name, context);
			if (Array.isArray(parsed?.value))
				throw invalidValueError(
					getParameter(name),
					displayName,
					'Enter the fields in braces, for example {"field": "value"}.',
				);
			if (!parsed) return parsed;
			if (Object.hasOwn(parsed.value, '__proto__'))
				rejectInput(`'${displayName}' cannot contain '__proto__'`, 'Remove this field.');
			const formKeys = [...collectBodyKeys(getFormFields()), ...pageKeys];
			const duplicate = Object.keys(parsed.value).find((key) => formKeys.includes(key.toLowerCase()));
			if (duplicate === undefined) return parsed;
			const advice = 'Other fields of this form set this key. Remove it here, and use those fields.';
			rejectInput(`'${displayName}' cannot contain '${duplicate}'`, advice);
		},
		toBody: (value) => ({ ...(value?.value as IDataObject | undefined) }),
	};
}
