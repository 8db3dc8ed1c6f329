import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../shared/json';
import { compareByName, isBlank } from '../../shared/text';
import type { Field, Fields, FieldValues } from '../field';
import { buildBody, readNestedFields, toProperties } from './fieldRecord';
import { hintIfExpressionEmpty, invalidValueError } from './readValue';
import { getLocatorValue } from './resourceLocator';

const hasNoValue = (input: unknown): boolean => isBlank(input) || (Array.isArray(input) && input.length === 0);

interface CollectionSettings {
	placeholder?: string;
	/** GoFive's key of the object that holds the values. Without it, they are sent next to the other keys of the body. */
	bodyKey?: string;
}

/** Values of the added fields. The value of a blank field is undefined. */
export type CollectionValues<F extends Fields> = { [K in keyof F]?: FieldValues<F>[K] };

/** Returns whether an added field has no value. */
export function isLeftEmpty(field: Field, input: unknown): boolean {
	const { isEmpty = hasNoValue } = field;
	return isEmpty(getLocatorValue(input));
}

/** Turns on a switch that is added, because a user adds it to turn it on. */
export const turnOnWhenAdded = (property: INodeProperties): INodeProperties =>
	property.type === 'boolean' ? { ...property, default: true } : property;

/** Sorts the fields by their names in the form, as n8n requires. */
const sortFields = <F extends Fields>(fields: F): F =>
	Object.fromEntries(
		Object.entries(fields).sort(([, a], [, b]) => compareByName({ name: a.displayName }, { name: b.displayName })),
	) as F;

/**
 * Creates n8n's collection: fields that a user can add. A blank field is not sent.
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
	unsortedFields: F,
	{ placeholder = 'Add Field', bodyKey }: CollectionSettings = {},
): Field<CollectionValues<F>> {
	const fields = sortFields(unsortedFields);
	return {
		displayName,
		bodyKey: bodyKey ?? null,
		nestedFields: fields,
		properties: (name) => {
			const options = toProperties(fields).map(turnOnWhenAdded);
			return [{ displayName, name, type: 'collection', placeholder, default: {}, description, options }];
		},
		read(getParameter, name, context) {
			const value = getParameter(name) ?? {};
			if (!isObject(value)) throw invalidValueError(value, displayName, 'Add the fields in the form.');
			const values: Record<string, unknown> = {};
			const filledFields: Fields = {};
			for (const [key, field] of Object.entries(fields)) {
				if (!Object.hasOwn(value, key)) continue;
				values[key] = undefined;
				if (isLeftEmpty(field, value[key])) hintIfExpressionEmpty(context, `${name}.${key}`, field.displayName);
				else filledFields[key] = field;
			}
			Object.assign(
				values,
				readNestedFields(filledFields, (key) => value[key], name, context),
			);
			return values as CollectionValues<F>;
		},
		toBody(values) {
			const body = buildBody(fields, values);
			if (bodyKey === undefined) return body;
			return Object.keys(body).length > 0 ? { [bodyKey]: body } : {};
		},
	};
}
