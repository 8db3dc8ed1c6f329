import type { INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { invalidValueError } from '../invalidValue';
import type { Field, ReadContext } from '../types';
import { FILL_IN_REMEDY, hintIfExpressionEmpty, OMITTED_CONSEQUENCE } from './readValue';
import { isBlank } from '../../shared/text';

/** What a field of one value may have beside its name and description. */
export interface FieldSettings<T = unknown> {
	/** An untouched form is refused, so a required field starts empty. */
	required?: boolean;
	/** What holds where the field is left empty. */
	default?: T;
	/** GoFive's key, unless it is the field's; null for what does not go into the body. */
	bodyKey?: string | null;
	/** A value that may stand there; the empty field shows it. */
	example?: string;
	hint?: string;
	displayOptions?: INodeProperties['displayOptions'];
}

/** The value of a field: always there where it is required or has a default. */
export type RequiredOrOptional<A extends FieldSettings, T> = A extends
	| { required: true }
	| { default: NonNullable<unknown> }
	? T
	: T | undefined;

/** Makes a field of one value. @param description what it is, for people and for AI agents */
export type FieldFactory<T, Extra = unknown> = <const A extends FieldSettings<T> & Extra>(
	displayName: string,
	description?: string,
	settings?: A & Record<Exclude<keyof A, keyof (FieldSettings & Extra)>, never>,
) => Field<RequiredOrOptional<A, T>>;

/**
 * A field of one value.
 * @param property how n8n shows it; @param parse reads what is not blank; @param blankRemedy what to do about a required one that is blank
 */
export function singleValueField<T, const A extends FieldSettings<T>>(
	displayName: string,
	description: string | undefined,
	settings: A | undefined,
	property: Pick<INodeProperties, 'type'> & Partial<INodeProperties>,
	parse: (value: unknown, context: ReadContext, name: string) => T,
	blankRemedy = FILL_IN_REMEDY,
): Field<RequiredOrOptional<A, T>> {
	const { required, default: defaultValue, bodyKey, example, ...extraProperties } = settings ?? ({} as A);
	const initialValue = (defaultValue ?? '') as NodeParameterValueType;
	const placeholder = example === undefined ? {} : { placeholder: `e.g. ${example}` };
	const common = { default: initialValue, required, description, ...placeholder };
	return {
		bodyKey,
		properties: (name) => [{ displayName, name, ...common, ...property, ...extraProperties }],
		read(get, name, context) {
			const value = get(name);
			if (!isBlank(value)) return parse(value, context, name) as RequiredOrOptional<A, T>;
			if (required) throw invalidValueError(value, displayName, blankRemedy);
			// A text may well be blank; a number or a choice that got lost changes what was meant.
			if (defaultValue === undefined && property.type !== 'string')
				hintIfExpressionEmpty(context, name, displayName, OMITTED_CONSEQUENCE);
			return defaultValue as RequiredOrOptional<A, T>;
		},
	};
}
