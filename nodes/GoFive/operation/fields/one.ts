import type { INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { isBlank, notAccepted } from '../text';
import type { Field, ReadContext } from '../types';
import { FILL_IN, hintIfLost, LEFT_OUT } from './read';

/** What a field of one value may have beside its name and description. */
export interface About<T = unknown> {
	/** An untouched form is refused, so a required field starts empty. */
	required?: boolean;
	/** What holds where the field is left empty. */
	default?: T;
	/** GoFive's key, unless it is the field's; null for what does not go into the body. */
	wire?: string | null;
	/** A value that may stand there; the empty field shows it. */
	example?: string;
	hint?: string;
	displayOptions?: INodeProperties['displayOptions'];
}

/** The value of a field: always there where it is required or has a default. */
export type Given<A extends About, T> = A extends { required: true } | { default: NonNullable<unknown> }
	? T
	: T | undefined;

/** Makes a field of one value. @param description what it is, for people and for AI agents */
export type MakeOne<T, More = unknown> = <const A extends About<T> & More>(
	displayName: string,
	description?: string,
	about?: A & Record<Exclude<keyof A, keyof (About & More)>, never>,
) => Field<Given<A, T>>;

/**
 * A field of one value.
 * @param property how n8n shows it; @param parse reads what is not blank; @param ifBlank what to do about a required one that is blank
 */
export function one<T, const A extends About<T>>(
	displayName: string,
	description: string | undefined,
	about: A | undefined,
	property: Pick<INodeProperties, 'type'> & Partial<INodeProperties>,
	parse: (given: unknown, context: ReadContext, name: string) => T,
	ifBlank = FILL_IN,
): Field<Given<A, T>> {
	const { required, default: fallback, wire, example, ...shown } = about ?? ({} as A);
	const start = (fallback ?? '') as NodeParameterValueType;
	const placeholder = example === undefined ? {} : { placeholder: `e.g. ${example}` };
	const basic = { default: start, required, description, ...placeholder };
	return {
		wire,
		properties: (name) => [{ displayName, name, ...basic, ...property, ...shown }],
		read(get, name, context) {
			const given = get(name);
			if (!isBlank(given)) return parse(given, context, name) as Given<A, T>;
			if (required) throw notAccepted(given, displayName, ifBlank);
			// A text may well be blank; a number or a choice that got lost changes what was meant.
			if (fallback === undefined && property.type !== 'string') hintIfLost(context, name, displayName, LEFT_OUT);
			return fallback as Given<A, T>;
		},
	};
}
