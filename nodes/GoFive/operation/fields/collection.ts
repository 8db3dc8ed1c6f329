import { isObject } from '../../shared/json';
import { isBlank } from '../../shared/text';
import { invalidValueError } from '../invalidValue';
import type { Field, Fields, FieldValues } from '../types';
import { buildBody, readNestedFields, toProperties } from './fieldRecord';
import { emptyExpressionError, hintIfExpressionEmpty, OMITTED_CONSEQUENCE } from './readValue';
import { getLocatorValue } from './resourceLocator';

const hasNoValue = (input: unknown): boolean => isBlank(input) || (Array.isArray(input) && input.length === 0);

/** Advice for an empty expression in a field that clears its value in GoFive if it is blank. */
const CLEAR_ADVICE = 'To omit the field, remove it. To send no value, which probably clears it, clear the field.';

interface CollectionSettings {
	placeholder?: string;
	/** GoFive's key of the object that holds the values. Without it, they are sent next to the other keys of the body. */
	bodyKey?: string;
	/** Whether an added field that is blank is not sent. For filters and new records, which have no value to clear. */
	omitsBlank?: boolean;
}

/**
 * Values of the added fields. A blank field is null, which clears its value in GoFive, or undefined if the collection
 * omits blank fields.
 */
export type CollectionValues<F extends Fields> = { [K in keyof F]?: FieldValues<F>[K] | null };

/**
 * Creates n8n's collection: fields that a user can add. Only here a blank field differs from one that was not added.
 * @example
 * ```ts
 * additionalFields: collection('Additional Fields', 'What else to send', {
 * 	contactName: text('Contact Name', 'Person at the customer'),
 * }),
 * ```
 */
export function collection<F extends Fields>(
	displayName: string,
	description: string,
	fields: F,
	{ placeholder = 'Add Field', bodyKey, omitsBlank }: CollectionSettings = {},
): Field<CollectionValues<F>> {
	return {
		displayName,
		bodyKey: bodyKey ?? null,
		nestedFields: fields,
		properties: (name) => [
			{
				displayName,
				name,
				type: 'collection',
				placeholder,
				default: {},
				description,
				options: toProperties(fields),
			},
		],
		read(getParameter, name, context) {
			const value = getParameter(name) ?? {};
			if (!isObject(value)) throw invalidValueError(value, displayName, 'Add the fields in the form.');
			const addedFields = Object.entries(fields).filter(([key]) => Object.hasOwn(value, key));
			const isLeftEmpty = ([key, { isEmpty = hasNoValue }]: [string, Field]) => isEmpty(getLocatorValue(value[key]));
			const filledFields = Object.fromEntries(addedFields.filter((field) => !isLeftEmpty(field)));
			const values = readNestedFields(filledFields, (key) => value[key], name, context);
			const blankValues = addedFields.filter(isLeftEmpty).map(([key, field]) => {
				const path = `${name}.${key}`;
				const input = getLocatorValue(value[key]) ?? undefined;
				// Blank text or an empty list may be meant to clear the value. Null or undefined from an expression most likely
				// comes from a missing column.
				if (!omitsBlank && input !== undefined && !hasNoValue(input))
					throw invalidValueError(input, field.displayName, CLEAR_ADVICE);
				if (!omitsBlank && input === undefined && context.isExpression(path))
					throw emptyExpressionError(field.displayName, CLEAR_ADVICE);
				const consequence = omitsBlank ? OMITTED_CONSEQUENCE : 'the field was sent empty';
				hintIfExpressionEmpty(context, path, field.displayName, consequence);
				return [key, omitsBlank ? undefined : null];
			});
			return { ...Object.fromEntries(blankValues), ...values } as CollectionValues<F>;
		},
		toBody(values) {
			const nestedBody = buildBody(fields, values);
			return bodyKey === undefined ? nestedBody : Object.keys(nestedBody).length > 0 ? { [bodyKey]: nestedBody } : {};
		},
	};
}
