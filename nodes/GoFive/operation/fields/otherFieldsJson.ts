import type { IDataObject } from 'n8n-workflow';
import { rejectInput } from '../../api/errors';
import { invalidValueError } from './invalidValue';
import type { Field } from '../field';
import type { Pages } from '../operation';
import { json, type JsonValue } from './json';

const DISPLAY_NAME = 'Other Fields (JSON)';
const DESCRIPTION =
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
 * @param formFields - Other fields of the form, whose keys are rejected here.
 */
export function otherFieldsJson(
	formFields: Record<string, Field>,
	{ description = DESCRIPTION, example = '{"field": "value"}', pages }: OtherFieldsSettings = {},
): Field<JsonValue | undefined> {
	const field = json(DISPLAY_NAME, description, {
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
					DISPLAY_NAME,
					'Enter the fields in braces, for example {"field": "value"}.',
				);
			if (!parsed) return parsed;
			if (Object.hasOwn(parsed.value, '__proto__'))
				rejectInput(`'${DISPLAY_NAME}' cannot contain '__proto__'`, 'Remove this field.');
			const formKeys = [...collectBodyKeys(formFields), ...pageKeys];
			const duplicate = Object.keys(parsed.value).find((key) => formKeys.includes(key.toLowerCase()));
			if (duplicate === undefined) return parsed;
			const advice = 'This form contains the field. Fill it in there.';
			rejectInput(`'${DISPLAY_NAME}' cannot contain '${duplicate}'`, advice);
		},
		toBody: (value) => ({ ...(value?.value as IDataObject | undefined) }),
	};
}
