import type { IDataObject } from 'n8n-workflow';
import { NOTHING_SENT, rejectInput } from '../../api/errors/goFiveError';
import { invalidValueError } from '../invalidValue';
import type { Field } from '../types';
import { json, type JsonValue } from './json';

const DISPLAY_NAME = 'Other Fields (JSON)';

/** GoFive's keys in a form, in lower case, with those of its groups that stand beside the others. */
function collectKeys(fields: Record<string, Field>): string[] {
	return Object.entries(fields).flatMap(([name, { bodyKey, nestedFields, properties }]) => {
		const isMerged = nestedFields && bodyKey === undefined && properties(name)[0]?.type === 'collection';
		return isMerged ? collectKeys(nestedFields) : [(bodyKey ?? name).toLowerCase()];
	});
}

/**
 * Fields that GoFive may know and the form does not, since our copy of its page is cut: they go into the body as they are.
 * @param formFields the fields beside it
 */
export function otherFieldsJson(formFields: Record<string, Field>): Field<JsonValue | undefined> {
	const description =
		'An object with more fields of GoFive that this form does not have, under the names that GoFive gives them';
	const field = json(DISPLAY_NAME, description, { example: '{"key": "value"}' });
	return {
		...field,
		read(get, name, context) {
			const parsed = field.read(get, name, context);
			if (Array.isArray(parsed?.value))
				throw invalidValueError(get(name), DISPLAY_NAME, `Give an object. ${NOTHING_SENT}`);
			if (!parsed) return parsed;
			const knownKeys = collectKeys(formFields);
			const duplicate = Object.keys(parsed.value).find((key) => knownKeys.includes(key.toLowerCase()));
			if (duplicate === undefined) return parsed;
			rejectInput(`'${DISPLAY_NAME}' cannot hold '${duplicate}'`, 'The form has a field for it: fill in that one.');
		},
		toBody: (value) => ({ ...(value?.value as IDataObject | undefined) }),
	};
}
