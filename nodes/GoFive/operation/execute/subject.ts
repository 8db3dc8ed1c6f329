import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors/goFiveError';
import { truncateValue } from '../invalidValue';
import type { Operation, ReadContext, OperationValues } from '../types';

/** The record that an input item is about. */
export interface Subject {
	/** Name of the parameter with the ID, which is also the key in an item without data. */
	key: string;
	value: string | number;
	/** Text for messages, for example: customer code 'C000055'. */
	text: string;
}

/**
 * Converts a display name for use within a sentence.
 * @example toSentenceCase('Event ID') // 'event ID'
 */
function toSentenceCase(displayName: string): string {
	return displayName.replace(/\p{Lu}\p{Ll}+/gu, (word) => word.toLowerCase());
}

/** Returns the subject of an item. Undefined if the operation has no ID field or its value is empty. */
export function getSubject(operation: Operation, values: OperationValues): Subject | undefined {
	const { idField } = operation;
	return idField === undefined ? undefined : createSubject(operation, idField, values[idField]);
}

function createSubject({ fields }: Operation, key: string, value: unknown): Subject | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const name = toSentenceCase(fields[key]?.displayName ?? key);
	return { key, value, text: `${name} '${truncateValue(String(value))}'` };
}

/** Reads the subject of an item whose parameters are invalid. Undefined if the ID field is invalid too. */
export function readSubject(
	operation: Operation,
	get: (name: string) => unknown,
	context: ReadContext,
): Subject | undefined {
	const { idField, fields } = operation;
	if (idField === undefined) return undefined;
	try {
		return createSubject(operation, idField, fields[idField]?.read(get, idField, context));
	} catch {
		return undefined;
	}
}

/** Whether the value may be several codes or a misspelled one. All codes except staff codes are in capital letters. */
function mayBeMisspelled({ key, value }: Subject): boolean {
	if (typeof value !== 'string' || !/code$/i.test(key)) return false;
	return /[,;\n]/.test(value) || (key !== 'staffCode' && /\p{Ll}/u.test(value));
}

const ONE_CODE_ADVICE = 'Enter one code per item, exactly as GoFive writes it. Codes are case-sensitive.';

/** Whether an error concerns the record, unlike one of the credential or the network. */
export function isAboutRecord({ origin }: GoFiveError): boolean {
	return Boolean(origin.isBusinessError || origin.mayBeProcessed) || ['400', '404'].includes(origin.httpCode ?? '');
}

/** Adds the subject to the text of an error that concerns the record. */
export function withSubject(error: GoFiveError, subject: Subject | undefined): GoFiveError {
	const { origin, message, description } = error;
	if (!subject || !isAboutRecord(error)) return error;
	return error.withText({
		message: `${message}, for ${subject.text}`,
		description: !origin.mayBeProcessed && mayBeMisspelled(subject) ? `${ONE_CODE_ADVICE} ${description}` : description,
	});
}

/**
 * Creates the error for an empty result.
 * @param notFoundHint What the user can check.
 */
export function notFoundError(pluralName: string, notFoundHint: string, subject: Subject | undefined): GoFiveError {
	const subjectPart = subject ? `, for ${subject.text}` : '';
	const advice = subject && mayBeMisspelled(subject) ? ` ${ONE_CODE_ADVICE}` : '';
	return new GoFiveError({
		message: `No matching ${pluralName} found${subjectPart}`,
		description: notFoundHint + advice,
	});
}

/** Builds the data that identifies the record in an item without other data. */
export const toIdValues = (subject: Subject | undefined): IDataObject =>
	subject ? { [subject.key]: subject.value } : {};
