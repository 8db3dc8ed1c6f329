import { GoFiveError } from '../api/errors/goFiveError';
import { joinNames } from '../shared/text';
import { truncateValue } from '../operation/invalidValue';

/** Maximum number of customer codes and of different reasons in a message, so that it stays readable. */
const MAX_NAMED_CODES = 20;
const MAX_REASONS = 3;
const TEMPORARY_CAUSES = ['temporarily-unavailable', 'rate-limited', 'quota-exhausted'];

/** Optional texts around the customer codes and the reasons. */
export interface ErrorWording {
	prefix?: string;
	/** Text after "could not be read". */
	suffix?: string;
	/** Last sentence of the description. */
	note?: string;
}

/** Whether the error remains until the user corrects something, for example the customer code. */
export const isPermanent = ({ cause, isCancellation }: GoFiveError): boolean =>
	!isCancellation && !TEMPORARY_CAUSES.includes(cause?.cause ?? '');

/**
 * Creates the error for customers that could not be read.
 * @param reasonsByCode - Errors by customer code, at least one.
 */
export function unreadableCustomersError(
	reasonsByCode: Map<string, GoFiveError>,
	{ prefix = '', suffix = '', note = '' }: ErrorWording = {},
): GoFiveError {
	const codeList = joinNames([...reasonsByCode.keys()].map(truncateValue), MAX_NAMED_CODES);
	const reasons = [...reasonsByCode.values()];
	const messageList = joinNames([...new Set(reasons.map(({ message }) => message))], MAX_REASONS, '; ');
	const descriptions = [...new Set(reasons.map(({ description }) => description))].slice(0, MAX_REASONS);
	const isUnknown = reasons.some(({ origin }) => origin.isBusinessError || origin.httpCode === '404');
	const advice = isUnknown ? "Correct the code in 'Customer Codes' (codes are case-sensitive), or remove it." : '';
	return new GoFiveError(
		{
			message: `${prefix}${codeList} could not be read${suffix}: ${messageList}`,
			description: [...descriptions, advice, note].filter(Boolean).join(' '),
			cause: reasons[0]?.cause,
		},
		reasons[0]?.origin,
	);
}
