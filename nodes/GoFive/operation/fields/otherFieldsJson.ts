import type { IDataObject } from 'n8n-workflow';
import { rejectInput } from '../../api/errors';
import { invalidValueError } from './readValue';
import type { Field } from '../field';
import type { Pages } from '../operation';
import { json, type JsonValue } from './json';

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
 * @param displayName - Name of the field, for example "Other Fields (JSON)".
 * @param getFormFields - Returns the fields of the form, whose keys are rejected here. It is called after they are complete.
 */
export function otherFieldsJson(
	displayName: string,
	getFormFields: () => Record<string, Field>,
	{ description = DESCRIPTION, example = '{"field": "value"}', pages }: OtherFieldsSettings = {},
): Field<JsonValue | undefined> {
	const field = json(displayName, description, {
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
					displayName,
					'Enter the fields in braces, for example {"field": "value"}.',
				);
			if (!parsed) return parsed;
			if (Object.hasOwn(parsed.value, '__proto__'))
				rejectInput(`'${displayName}' cannot contain '__proto__'`, 'Remove this field.');
			const formKeys = [...collectBodyKeys(getFormFields()), ...pageKeys];
			const duplicate = Object.keys(parsed.value).find((key) => formKeys.includes(key.toLowerCase()));
			if (duplicate === undefined) return parsed;
			const advice = 'Other fields of this form set this key. Remove it here, and use those fields.';
			rejectInput(`'${displayName}' cannot contain '${duplicate}'`, advice);
		},
		toBody: (value) => ({ ...(value?.value as IDataObject | undefined) }),
	};
}
