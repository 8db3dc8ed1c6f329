import { multiValueField } from './multiValueField';
import { readText } from './readValue';
import { singleValueField, type FieldFactory } from './singleValueField';

/** Creates a field for a text. Surrounding blanks are removed. */
export const text: FieldFactory<string> = (displayName, description, settings) =>
	singleValueField(displayName, description, settings, { type: 'string' }, (input) => readText(input, displayName));

const MULTILINE = { type: 'string' as const, typeOptions: { rows: 3 } };

/** Creates a field for a text with several lines. */
export const multilineText: FieldFactory<string> = (displayName, description, settings) =>
	singleValueField(displayName, description, settings, MULTILINE, (input) => readText(input, displayName));

/** Creates a field for several texts, separated by commas or line breaks. */
export const commaSeparated: FieldFactory<string[]> = (displayName, description, settings) =>
	multiValueField(displayName, description, settings, (value) => readText(value, displayName));

const ONE_PER_LINE = { separator: /[\n\r]+/, editorRows: 2 };

/** Creates a field for several texts, one per line. For names, which may contain a comma ("Example Co., Ltd."). */
export const lineSeparated: FieldFactory<string[]> = (displayName, description, settings) =>
	multiValueField(displayName, description, settings, (value) => readText(value, displayName), ONE_PER_LINE);
