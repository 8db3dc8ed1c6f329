import type { INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { isBlank } from '../../shared/text';
import type { Field, ReadContext } from '../field';
import { BLANK_FIELD_DESCRIPTION, emptyExpressionError, hintIfExpressionEmpty, invalidValueError } from './readValue';

/** Advice for an empty expression in the key of an upsert. */
const CREATE_ADVICE = 'To create a record, remove the expression and leave the field empty.';

/** Optional settings that all fields with one input share. */
export interface FieldSettings<T = unknown> {
	/** Whether an empty input is rejected. A required field has no default, so n8n rejects an untouched form. */
	required?: boolean;
	/** Value of a field that is left empty. */
	default?: T;
	/** See `Field.bodyKey`. */
	bodyKey?: string | null;
	/** Whether an expression without a value is rejected, because GoFive would create a duplicate without this key. */
	rejectsEmptyExpression?: boolean;
	/** Sentence about an intended empty value, for the message about an expression without a value. Defaults to creating a record. */
	emptyExpressionAdvice?: string;
	/** Valid value. n8n shows it in the empty input as "e.g. ...". */
	example?: string;
	hint?: string;
	displayOptions?: INodeProperties['displayOptions'];
}

/** Type of a field's value: never undefined if the settings require the field or state its default. */
export type RequiredOrOptional<A extends FieldSettings, T> = A extends
	| { required: true }
	| { default: NonNullable<unknown> }
	? T
	: T | undefined;

/** Creates a field with one input. Settings with an unknown key do not compile. */
export type FieldFactory<T, Extra = unknown> = <const A extends FieldSettings<T> & Extra>(
	displayName: string,
	description?: string,
	settings?: A & Record<Exclude<keyof A, keyof (FieldSettings & Extra)>, never>,
) => Field<RequiredOrOptional<A, T>>;

/**
 * Creates a field with one input, the base of most field factories.
 * @param description - Text for users and AI agents.
 * @param property - n8n's type of the input and its type options.
 * @param parse - Converts an input that is not blank. Throws GoFiveError for an invalid one.
 * @param blankErrorDescription - Description of the message about a required field that is blank.
 */
export function singleValueField<T, const A extends FieldSettings<T>>(
	displayName: string,
	description: string | undefined,
	settings: A | undefined,
	property: Pick<INodeProperties, 'type'> & Partial<INodeProperties>,
	parse: (value: unknown, context: ReadContext, name: string) => T,
	blankErrorDescription = BLANK_FIELD_DESCRIPTION,
): Field<RequiredOrOptional<A, T>> {
	const { required, default: defaultValue, bodyKey, rejectsEmptyExpression }: FieldSettings<T> = settings ?? {};
	const { emptyExpressionAdvice = CREATE_ADVICE, example, hint, displayOptions }: FieldSettings<T> = settings ?? {};
	const common = {
		default: (defaultValue ?? '') as NodeParameterValueType,
		required,
		description,
		...(example !== undefined && { placeholder: `e.g. ${example}` }),
		...(hint !== undefined && { hint }),
		...(displayOptions && { displayOptions }),
	};
	return {
		displayName,
		bodyKey,
		properties: (name) => [{ displayName, name, ...common, ...property }],
		read(getParameter, name, context) {
			const value = getParameter(name);
			if (!isBlank(value)) return parse(value, context, name) as RequiredOrOptional<A, T>;
			if (required) throw invalidValueError(value, displayName, blankErrorDescription);
			if (rejectsEmptyExpression && context.isExpression(name))
				throw emptyExpressionError(displayName, emptyExpressionAdvice);
			if (defaultValue === undefined) hintIfExpressionEmpty(context, name, displayName);
			return defaultValue as RequiredOrOptional<A, T>;
		},
	};
}
