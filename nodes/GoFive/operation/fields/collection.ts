import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isObject } from '../../shared/json';
import { compareByName, isBlank } from '../../shared/text';
import type { Field, Fields, FieldValues, ReadContext } from '../field';
import { buildBody, readNestedFields, toProperties } from './fieldRecord';
import { emptyExpressionError, hintIfExpressionEmpty, invalidValueError, OMITTED_CONSEQUENCE } from './readValue';
import { getLocatorValue } from './resourceLocator';

const hasNoValue = (input: unknown): boolean => isBlank(input) || (Array.isArray(input) && input.length === 0);

/** Advice for an empty expression in a field that clears its value in GoFive if it is blank. */
const CLEAR_ADVICE =
	'To omit the value, remove the field. To send an empty value, which probably clears it in Venio, remove the expression and leave the field empty.';

interface CollectionSettings {
	placeholder?: string;
	/** GoFive's key of the object that holds the values. Without it, they are sent next to the other keys of the body. */
	bodyKey?: string;
	/** Whether an added field that is blank is not sent. For filters and new records, which have no value to clear. */
	omitsBlank?: boolean;
	/** Name of the option without a value in a list. Defaults to "Clear Value", which a blank field probably does in GoFive. */
	blankOptionName?: string;
}

/**
 * Values of the added fields. A blank field is null, which clears its value in GoFive, or undefined if the collection
 * omits blank fields.
 */
export type CollectionValues<F extends Fields> = { [K in keyof F]?: FieldValues<F>[K] | null };

/** Returns whether an added field was left empty. */
function isLeftEmpty(field: Field, input: unknown): boolean {
	const { isEmpty = hasNoValue } = field;
	return isEmpty(getLocatorValue(input));
}

/**
 * Checks that an added field without a value may be sent as null, which probably clears the value in GoFive. Blank text or
 * an empty list may be meant to clear it. Null or undefined from an expression most likely comes from a missing column.
 * @throws GoFiveError for any other input
 */
function assertMayClear(input: unknown, { displayName }: Field, isExpression: boolean): void {
	if (input !== undefined && !hasNoValue(input)) throw invalidValueError(input, displayName, CLEAR_ADVICE);
	if (input === undefined && isExpression) throw emptyExpressionError(displayName, CLEAR_ADVICE);
}

/** Reads an added field that was left empty, and which the collection omits or clears. */
function readBlank(field: Field, input: unknown, path: string, context: ReadContext, isOmitted = false) {
	if (!isOmitted) assertMayClear(getLocatorValue(input) ?? undefined, field, context.isExpression(path));
	const consequence = isOmitted ? OMITTED_CONSEQUENCE : 'the field was sent empty';
	hintIfExpressionEmpty(context, path, field.displayName, consequence);
	return isOmitted ? undefined : null;
}

/** Names the option without a value of a list after its effect. */
function nameBlankOption(property: INodeProperties, name: string): INodeProperties {
	if (property.type !== 'options') return property;
	const options = (property.options as INodePropertyOptions[] | undefined)?.map((option) =>
		option.value === '' ? { ...option, name } : option,
	);
	return { ...property, options };
}

/** Turns on a switch that is added, because a user adds it to turn it on. */
export const turnOnWhenAdded = (property: INodeProperties): INodeProperties =>
	property.type === 'boolean' ? { ...property, default: true } : property;

const toAddedProperty = (property: INodeProperties, blankOptionName: string): INodeProperties =>
	turnOnWhenAdded(nameBlankOption(property, blankOptionName));

/** Sorts the fields by their names in the form, as n8n requires. */
const sortFields = <F extends Fields>(fields: F): F =>
	Object.fromEntries(
		Object.entries(fields).sort(([, a], [, b]) => compareByName({ name: a.displayName }, { name: b.displayName })),
	) as F;

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
	unsortedFields: F,
	{ placeholder = 'Add Field', blankOptionName = 'Clear Value', bodyKey, omitsBlank }: CollectionSettings = {},
): Field<CollectionValues<F>> {
	const fields = sortFields(unsortedFields);
	return {
		displayName,
		bodyKey: bodyKey ?? null,
		nestedFields: fields,
		properties: (name) => {
			const options = toProperties(fields).map((property) => toAddedProperty(property, blankOptionName));
			return [{ displayName, name, type: 'collection', placeholder, default: {}, description, options }];
		},
		read(getParameter, name, context) {
			const value = getParameter(name) ?? {};
			if (!isObject(value)) throw invalidValueError(value, displayName, 'Add the fields in the form.');
			const addedFields = Object.entries(fields).filter(([key]) => Object.hasOwn(value, key));
			const filledFields = addedFields.filter(([key, field]) => !isLeftEmpty(field, value[key]));
			const values = readNestedFields(Object.fromEntries(filledFields), (key) => value[key], name, context);
			const blankFields = addedFields.filter((entry) => !filledFields.includes(entry));
			const blankValues = blankFields.map(([key, field]) => [
				key,
				readBlank(field, value[key], `${name}.${key}`, context, omitsBlank),
			]);
			return { ...Object.fromEntries(blankValues), ...values } as CollectionValues<F>;
		},
		toBody(values) {
			const body = buildBody(fields, values);
			if (bodyKey === undefined) return body;
			return Object.keys(body).length > 0 ? { [bodyKey]: body } : {};
		},
	};
}
