import { GoFiveError } from '../api/errors';
import { joinNames } from '../shared/text';
import type { Source } from './source';

/** Maximum number of different reasons in a message, so that it stays readable. */
const MAX_REASONS = 3;
const TEMPORARY_CAUSES = ['temporarily-unavailable', 'rate-limited', 'quota-exhausted'];

/** Texts before the names of the parts, after "could not be read", and at the end of the description. */
export type ErrorWording = Partial<Record<'prefix' | 'suffix' | 'note', string>>;

/** Whether the error remains until the user corrects something, for example the customer code. */
export const isPermanent = (error?: GoFiveError): boolean =>
	error?.isCancellation === false && !TEMPORARY_CAUSES.includes(error.cause?.cause ?? '');

/**
 * Creates the error for parts that could not be read.
 * @param reasonsByKey - Errors by key of the part, at least one.
 */
export function unreadablePartsError(
	source: Source,
	reasonsByKey: Map<string, GoFiveError>,
	{ prefix = '', suffix = '', note = '' }: ErrorWording = {},
): GoFiveError {
	const subject = source.describeParts([...reasonsByKey.keys()]);
	const reasons = [...reasonsByKey.values()];
	const messageList = joinNames([...new Set(reasons.map(({ message }) => message))], MAX_REASONS, '; ');
	const descriptions = [...new Set(reasons.map(({ description }) => description))].slice(0, MAX_REASONS);
	const isUnknown = reasons.some(({ origin }) => origin.isBusinessError || origin.httpCode === '404');
	const advice = isUnknown ? source.unknownPartAdvice : undefined;
	const message = `${prefix}${subject} could not be read${suffix}: ${messageList}`;
	const description = [...descriptions, advice, note].filter(Boolean).join(' ');
	return new GoFiveError({ message, description, cause: reasons[0]?.cause }, reasons[0]?.origin);
}
