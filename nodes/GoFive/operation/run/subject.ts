import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../api/words/failure';
import { brief } from '../text';
import type { Operation, ReadContext, Values } from '../types';

/** The record that an input item is about, by the field that names it. */
export interface Subject {
	/** The field's key, under which an item without data carries it. */
	key: string;
	value: string | number;
	/** As a message names it: customer code 'C000055'. */
	text: string;
}

/** A field's name within a sentence: "customer code", "event ID". */
function inSentence(displayName: string): string {
	return displayName.replace(/\p{Lu}\p{Ll}+/gu, (word) => word.toLowerCase());
}

/** The record that values are about; undefined where the operation names none. */
export function subjectIn(operation: Operation, values: Values): Subject | undefined {
	const { record } = operation;
	return record === undefined ? undefined : subjectOf(operation, record, values[record]);
}

function subjectOf({ fields }: Operation, key: string, value: unknown): Subject | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const name = inSentence(fields[key]?.properties(key)[0]?.displayName ?? key);
	return { key, value, text: `${name} '${brief(String(value))}'` };
}

/** Which record an item is about whose values cannot all be read; undefined where its field cannot either. */
export function readSubject(
	operation: Operation,
	get: (name: string) => unknown,
	context: ReadContext,
): Subject | undefined {
	const { record, fields } = operation;
	if (record === undefined) return undefined;
	try {
		return subjectOf(operation, record, fields[record]?.read(get, record, context));
	} catch {
		return undefined;
	}
}

/** Whether GoFive may know the code in another form: one item takes one, and codes other than those of staff are written in capitals. */
function mayBeMiswritten({ key, value }: Subject): boolean {
	if (typeof value !== 'string' || !/code$/i.test(key)) return false;
	return /[,;\n]/.test(value) || (key !== 'staffCode' && /\p{Ll}/u.test(value));
}

const ONE_CODE = 'One item takes one code, written as GoFive writes it, capital letters included.';

/** Whether it is about what was sent, and not about the credential, the network or the like. */
export function isAboutRecord({ origin }: Failure): boolean {
	return Boolean(origin.refused || origin.doubtful) || ['400', '404'].includes(origin.httpCode ?? '');
}

/** A failure that says which record GoFive does not accept or know; one that is about none stays as it is. */
export function withSubject(failure: Failure, subject: Subject | undefined): Failure {
	const { origin, message, description } = failure;
	if (!subject || !isAboutRecord(failure)) return failure;
	return failure.reworded({
		message: `${message}, for ${subject.text}`,
		description: !origin.doubtful && mayBeMiswritten(subject) ? `${ONE_CODE} ${description}` : description,
	});
}

/** What is told where GoFive has nothing. @param ifNone what to look at then */
export function nothingFor(plural: string, ifNone: string, subject: Subject | undefined): Failure {
	const whose = subject ? `, for ${subject.text}` : '';
	const miswritten = subject && mayBeMiswritten(subject) ? ` ${ONE_CODE}` : '';
	return new Failure({ message: `GoFive has no ${plural} that match${whose}`, description: ifNone + miswritten });
}

/** What an item without data carries, so that its row is found again. */
export const carried = (subject: Subject | undefined): IDataObject => (subject ? { [subject.key]: subject.value } : {});
