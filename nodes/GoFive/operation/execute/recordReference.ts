import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors/goFiveError';
import { truncateValue } from '../invalidValue';
import type { Operation, ReadContext, OperationValues } from '../types';

/** The record that an input item is about. */
export interface RecordReference {
	/** Name of the parameter with the ID, which is also the key in an item without data. */
	idParameter: string;
	value: string | number;
	/** Text for messages, for example: customer code 'C000055'. */
	text: string;
}

/**
 * Converts a display name for use within a sentence.
 * @example toSentenceCase('Event ID') // 'event ID'
 */
function toMidSentence(displayName: string): string {
	return displayName.replace(/\p{Lu}\p{Ll}+/gu, (word) => word.toLowerCase());
}

/** Returns the subject of an item. Undefined if the operation has no ID field or its value is empty. */
export function toRecordReference(operation: Operation, values: OperationValues): RecordReference | undefined {
	const { idField } = operation;
	return idField === undefined ? undefined : createRecordReference(operation, idField, values[idField]);
}

function createRecordReference({ fields }: Operation, key: string, value: unknown): RecordReference | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const name = toMidSentence(fields[key]?.displayName ?? key);
	return { idParameter: key, value, text: `${name} '${truncateValue(String(value))}'` };
}

/** Reads the subject of an item whose parameters are invalid. Undefined if the ID field is invalid too. */
export function readRecordReference(
	operation: Operation,
	getParameter: (name: string) => unknown,
	context: ReadContext,
): RecordReference | undefined {
	const { idField, fields } = operation;
	if (idField === undefined) return undefined;
	try {
		return createRecordReference(operation, idField, fields[idField]?.read(getParameter, idField, context));
	} catch {
		return undefined;
	}
}

/** Whether the value may be several codes or a misspelled one. All codes except staff codes are in capital letters. */
function isLikelyInvalidCode({ idParameter, value }: RecordReference): boolean {
	if (typeof value !== 'string' || !/code$/i.test(idParameter)) return false;
	return /[,;\n]/.test(value) || (idParameter !== 'staffCode' && /\p{Ll}/u.test(value));
}

const INVALID_CODE_DESCRIPTION = 'One item takes one code, written as GoFive writes it, capital letters included.';

/** Whether an error concerns the record, unlike one of the credential or the network. */
export function isRecordError({ origin }: GoFiveError): boolean {
	return Boolean(origin.isBusinessError || origin.mayBeProcessed) || ['400', '404'].includes(origin.httpCode ?? '');
}

/** Adds the subject to the text of an error that concerns the record. */
export function withRecordReference(error: GoFiveError, reference: RecordReference | undefined): GoFiveError {
	const { origin, message, description } = error;
	if (!reference || !isRecordError(error)) return error;
	return error.withText({
		message: `${message}, for ${reference.text}`,
		description:
			!origin.mayBeProcessed && isLikelyInvalidCode(reference)
				? `${INVALID_CODE_DESCRIPTION} ${description}`
				: description,
	});
}

/**
 * Creates the error for an empty result.
 * @param notFoundDescription What the user can check.
 */
export function notFoundError(
	pluralName: string,
	notFoundDescription: string,
	reference: RecordReference | undefined,
): GoFiveError {
	const referencePart = reference ? `, for ${reference.text}` : '';
	const codeDescription = reference && isLikelyInvalidCode(reference) ? ` ${INVALID_CODE_DESCRIPTION}` : '';
	return new GoFiveError({
		message: `GoFive has no ${pluralName} that match${referencePart}`,
		description: notFoundDescription + codeDescription,
	});
}

/** Builds the data that identifies the record in an item without other data. */
export const toIdData = (reference: RecordReference | undefined): IDataObject =>
	reference ? { [reference.idParameter]: reference.value } : {};
