import { rejectInput } from '../../api/errors';
import { isObject } from '../../shared/json';
import { compareByName, joinNames, toText } from '../../shared/text';
import type { Field, Fields, GetParameter } from '../field';
import { isLeftEmpty } from './collection';
import { listField } from './list';
import { findOption } from './options';
import { invalidValueError } from './readValue';

const DISPLAY_NAME = 'Fields to Clear';

/** Whether a field has a value that can be removed. A switch starts an action, and rows have no value of their own. */
function isClearable([name, { nestedFields, properties }]: [string, Field]): boolean {
	const [property] = properties(name);
	return nestedFields === undefined && property?.type !== 'boolean';
}

/** @throws GoFiveError if a field that is cleared also has a new value */
function assertNoNewValue(clearedNames: string[], fields: Fields, getInput: GetParameter): void {
	const name = clearedNames.find((cleared) => !isLeftEmpty(fields[cleared] as Field, getInput(cleared)));
	if (name === undefined) return;
	rejectInput(
		`'${fields[name]?.displayName}' has a value, and is in '${DISPLAY_NAME}', too`,
		`Remove the field from '${DISPLAY_NAME}', or leave its value empty.`,
	);
}

/**
 * Creates the list of the fields whose value an update removes. GoFive receives null. The value contains parameter names.
 * @param unsortedFields - Fields of the update that GoFive lets be empty, by parameter name.
 * @param collectionName - Collection that contains these fields. Without it, they are parameters of their own.
 */
export function fieldsToClear(unsortedFields: Fields, collectionName?: string): Field<string[]> {
	const fields: Fields = Object.fromEntries(Object.entries(unsortedFields).filter(isClearable));
	const optionList = Object.entries(fields)
		.map(([value, { displayName }]) => ({ name: displayName, value }))
		.sort(compareByName);
	const names = optionList.map(({ name }) => name);
	const parse = (input: unknown): string => {
		const option = findOption(optionList, input);
		if (option) return option.value;
		throw invalidValueError(
			toText(input),
			DISPLAY_NAME,
			`Use one or more of these fields: ${joinNames(names, Infinity)}.`,
		);
	};
	const description = 'Fields whose value to remove in Venio. Other empty fields keep their value.';
	const property = { type: 'multiOptions' as const, options: optionList };
	const field = listField(DISPLAY_NAME, description, { default: [] as string[] }, parse, { property });
	return {
		...field,
		bodyKey: null,
		read(getParameter, name, context) {
			const clearedNames = field.read(getParameter, name, context);
			const added = collectionName === undefined ? undefined : getParameter(collectionName);
			const getInput = (key: string) => (isObject(added) ? added[key] : getParameter(key));
			assertNoNewValue(clearedNames, fields, getInput);
			return clearedNames;
		},
		toBody: (clearedNames) => Object.fromEntries(clearedNames.map((name) => [fields[name]?.bodyKey ?? name, null])),
	};
}
