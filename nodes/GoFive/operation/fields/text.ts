import { readText } from './readValue';
import { singleValueField, type FieldFactory } from './singleValueField';

/** Creates a field for a text. Surrounding blanks are removed. */
export const text: FieldFactory<string> = (displayName, description, settings) =>
	singleValueField(displayName, description, settings, { type: 'string' }, (input) => readText(input, displayName));

const MULTILINE = { type: 'string' as const, typeOptions: { rows: 3 } };

/** Creates a field for a text with several lines. */
export const multilineText: FieldFactory<string> = (displayName, description, settings) =>
	singleValueField(displayName, description, settings, MULTILINE, (input) => readText(input, displayName));
