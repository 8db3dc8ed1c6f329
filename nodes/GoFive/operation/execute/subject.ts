import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors/goFiveError';
import { truncateValue } from '../invalidValue';
import type { Operation, ReadContext, OperationValues } from '../types';

/** The record that an input item is about, by the field that names it. */
export interface Subject {
	/** The field's key, under which an item without data carries it. */
	key: string;
	value: string | number;
	/** As a message names it: customer code 'C000055'. */
	text: string;
}

/** A field's name within a sentence: "customer code", "event ID". */
function toSentenceCase(displayName: string): string {
	return displayName.replace(/\p{Lu}\p{Ll}+/gu, (word) => word.toLowerCase());
}

/** The record that values are about; undefined where the operation names none. */
export function getSubject(operation: Operation, values: OperationValues): Subject | undefined {
	const { idField } = operation;
	return idField === undefined ? undefined : createSubject(operation, idField, values[idField]);
}

function createSubject({ fields }: Operation, key: string, value: unknown): Subject | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const name = toSentenceCase(fields[key]?.displayName ?? key);
	return { key, value, text: `${name} '${truncateValue(String(value))}'` };
}

/** Which record an item is about whose values cannot all be read; undefined where its field cannot either. */
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

/** Whether GoFive may know the code in another form: one item takes one, and codes other than those of staff are written in capitals. */
function mayBeMisspelled({ key, value }: Subject): boolean {
	if (typeof value !== 'string' || !/code$/i.test(key)) return false;
	return /[,;\n]/.test(value) || (key !== 'staffCode' && /\p{Ll}/u.test(value));
}

const ONE_CODE_ADVICE = 'One item takes one code, written as GoFive writes it, capital letters included.';

/** Whether it is about what was sent, and not about the credential, the network or the like. */
export function isAboutRecord({ origin }: GoFiveError): boolean {
	return Boolean(origin.isBusinessError || origin.mayBeProcessed) || ['400', '404'].includes(origin.httpCode ?? '');
}

/** A failure that says which record GoFive does not accept or know; one that is about none stays as it is. */
export function withSubject(error: GoFiveError, subject: Subject | undefined): GoFiveError {
	const { origin, message, description } = error;
	if (!subject || !isAboutRecord(error)) return error;
	return error.withText({
		message: `${message}, for ${subject.text}`,
		description: !origin.mayBeProcessed && mayBeMisspelled(subject) ? `${ONE_CODE_ADVICE} ${description}` : description,
	});
}

/** What is told where GoFive has nothing. @param notFoundHint what to look at then */
export function notFoundError(pluralName: string, notFoundHint: string, subject: Subject | undefined): GoFiveError {
	const subjectPart = subject ? `, for ${subject.text}` : '';
	const advice = subject && mayBeMisspelled(subject) ? ` ${ONE_CODE_ADVICE}` : '';
	return new GoFiveError({
		message: `GoFive has no ${pluralName} that match${subjectPart}`,
		description: notFoundHint + advice,
	});
}

/** What an item without data carries, so that its row is found again. */
export const toIdValues = (subject: Subject | undefined): IDataObject =>
	subject ? { [subject.key]: subject.value } : {};
