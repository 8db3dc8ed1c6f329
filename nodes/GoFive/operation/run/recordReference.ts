import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import { SILENT_CONTEXT } from '../fields/nodeOptions';
import { truncateValue } from '../fields/readValue';
import type { GetParameter } from '../field';
import type { OperationBase } from '../operation';

/** ID of the record that an input item reads or writes, or its name if the item creates it. */
export interface RecordReference {
	/** Name of the parameter. Output items contain the value under this name. */
	field: string;
	value: string | number;
	/** Text for messages, for example: customer code 'C000055'. */
	text: string;
}

/** Returns the reference of an item. Returns undefined if the operation has no field for it, or if the values are empty. */
export function toRecordReference(
	{ idField, nameField, fields }: OperationBase,
	values: Record<string, unknown>,
): RecordReference | undefined {
	const field = [idField, nameField].find((name) => name !== undefined && values[name] !== undefined);
	if (field === undefined) return undefined;
	const value = values[field];
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const displayName = fields[field]?.displayName ?? field;
	// Within a sentence, only abbreviations keep their capital letters, for example: event ID.
	const name = displayName.replace(/\p{Lu}\p{Ll}+/gu, (word) => word.toLowerCase());
	return { field, value, text: `${name} '${truncateValue(String(value))}'` };
}

/** Reads the reference of an item whose parameters are invalid. Returns undefined if the fields for it are invalid too. */
export function readRecordReference(operation: OperationBase, getParameter: GetParameter): RecordReference | undefined {
	const { idField, nameField, fields } = operation;
	const read = (field = ''): Record<string, unknown> => {
		try {
			return { [field]: fields[field]?.read(getParameter, field, SILENT_CONTEXT) };
		} catch {
			return {};
		}
	};
	return toRecordReference(operation, { ...read(idField), ...read(nameField) });
}

/**
 * Whether the value looks like several codes or a code with lower-case letters.
 * Only staff codes may contain lower-case letters.
 */
function isLikelyInvalidCode({ field, value }: RecordReference): boolean {
	if (typeof value !== 'string' || !/code$/i.test(field)) return false;
	return /[,;\n]/.test(value) || (field !== 'staffCode' && /\p{Ll}/u.test(value));
}

/** Error description for a value that is likely an invalid code. */
const INVALID_CODE_DESCRIPTION = 'Enter one code per item, exactly as shown in Venio. Upper and lower case may matter.';

/** Adds the reference to the text of an error that belongs to the record. */
export function withRecordReference(error: GoFiveError, reference: RecordReference | undefined): GoFiveError {
	const { processed, message, description } = error;
	if (!reference || !error.concernsRecord) return error;
	const codeDescription = !processed && isLikelyInvalidCode(reference) ? `${INVALID_CODE_DESCRIPTION} ` : '';
	return error.with({ message: `${message} for ${reference.text}`, description: codeDescription + description });
}

/**
 * Creates the error for an empty result.
 * @param advice - Error description: values for the user to check.
 */
export function notFoundError(pluralName: string, advice: string, reference?: RecordReference): GoFiveError {
	const referencePart = reference ? ` for ${reference.text}` : '';
	const codeDescription = reference && isLikelyInvalidCode(reference) ? ` ${INVALID_CODE_DESCRIPTION}` : '';
	const message = `No matching ${pluralName} found${referencePart}`;
	return new GoFiveError({ message, description: advice + codeDescription });
}

/** Returns the value of the reference under the name of its parameter. Empty if there is none. */
export const toReferenceData = (reference: RecordReference | undefined): IDataObject =>
	reference ? { [reference.field]: reference.value } : {};

/** Returns the name of an item in hints and messages: the ID or the name of its record, else its number. */
export function getItemName(item: number, reference: RecordReference | undefined): string {
	if (reference === undefined) return `item ${item}`;
	const text = truncateValue(String(reference.value));
	return /[\s,]/.test(text) ? `'${text}'` : text;
}
