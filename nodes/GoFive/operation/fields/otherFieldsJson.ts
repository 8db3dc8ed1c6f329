import type { IDataObject } from 'n8n-workflow';
import { rejectInput } from '../../api/errors';
import { invalidValueError } from '../invalidValue';
import type { Field, Pages } from '../types';
import { json, type JsonValue } from './json';

const DISPLAY_NAME = 'Other Fields (JSON)';
const DESCRIPTION =
	"Fields of the GoFive API that this form does not contain, for advanced users. Enter a JSON object with GoFive's field names as keys.";

/** Lists the body keys of fields in lower case, since GoFive's keys differ in case only. */
function collectBodyKeys(fields: Record<string, Field>): string[] {
	return Object.entries(fields).flatMap(([name, { bodyKey, nestedFields }]) => {
		const isMerged = nestedFields !== undefined && bodyKey === null;
		return isMerged ? collectBodyKeys(nestedFields) : [(bodyKey ?? name).toLowerCase()];
	});
}

interface OtherFieldsSettings {
	/** Sentence about the keys that are known, for the end of the description. */
	description?: string;
	/** JSON object with known keys, for the hint. */
	example?: string;
	/** Pagination of the operation, whose keys are rejected here. */
	pages?: Pages;
}

/**
 * Creates a field for API fields that the form does not have. For operations whose page is cut in our copy of GoFive's
 * documentation. The keys are sent as they are.
 * @param formFields - Other fields of the form, whose keys are rejected here.
 */
export function otherFieldsJson(
	formFields: Record<string, Field>,
	{ description, example = '{"key": "value"}', pages }: OtherFieldsSettings = {},
): Field<JsonValue | undefined> {
	const field = json(DISPLAY_NAME, [DESCRIPTION, description].filter(Boolean).join(' '), {
		defaultText: '{}',
		hint: `Example: ${example}`,
	});
	const pageKeys = Object.values(pages ?? {}).map((key: string) => key.toLowerCase());
	return {
		...field,
		read(getParameter, name, context) {
			const parsed = field.read(getParameter, name, context);
			if (Array.isArray(parsed?.value))
				throw invalidValueError(getParameter(name), DISPLAY_NAME, 'Enter a JSON object.');
			if (!parsed) return parsed;
			if (Object.hasOwn(parsed.value, '__proto__'))
				rejectInput(`'${DISPLAY_NAME}' cannot contain '__proto__'`, 'This key is not allowed. Remove it.');
			const formKeys = [...collectBodyKeys(formFields), ...pageKeys];
			const duplicate = Object.keys(parsed.value).find((key) => formKeys.includes(key.toLowerCase()));
			if (duplicate === undefined) return parsed;
			const advice = 'The form sets this key. Use the fields of the form instead.';
			rejectInput(`'${DISPLAY_NAME}' cannot contain '${duplicate}'`, advice);
		},
		toBody: (value) => ({ ...(value?.value as IDataObject | undefined) }),
	};
}
