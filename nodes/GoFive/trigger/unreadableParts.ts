import { GoFiveError } from '../api/errors/goFiveError';
import { joinNames } from '../shared/text';
import { truncateValue } from '../operation/invalidValue';
import type { Source } from './source';

/** Maximum number of parts and of different reasons in a message, so that it stays readable. */
const MAX_NAMED_PARTS = 20;
const MAX_REASONS = 3;
const TEMPORARY_CAUSES = ['temporarily-unavailable', 'rate-limited', 'quota-exhausted'];

/** Optional texts around the names of the parts and the reasons. */
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
 * Creates the error for parts that could not be read.
 * @param reasonsByKey - Errors by key of the part, at least one.
 */
export function unreadablePartsError(
	source: Source,
	reasonsByKey: Map<string, GoFiveError>,
	{ prefix = '', suffix = '', note = '' }: ErrorWording = {},
): GoFiveError {
	const { parts, entity } = source;
	const names = parts ? joinNames([...reasonsByKey.keys()].map(truncateValue), MAX_NAMED_PARTS) : entity.pluralName;
	const reasons = [...reasonsByKey.values()];
	const messageList = joinNames([...new Set(reasons.map(({ message }) => message))], MAX_REASONS, '; ');
	const descriptions = [...new Set(reasons.map(({ description }) => description))].slice(0, MAX_REASONS);
	const isUnknown = reasons.some(({ origin }) => origin.isBusinessError || origin.httpCode === '404');
	const advice = isUnknown ? parts?.unknownAdvice : undefined;
	const message = `${prefix}${names} could not be read${suffix}: ${messageList}`;
	return new GoFiveError(
		{
			message: parts ? message : message.charAt(0).toUpperCase() + message.slice(1),
			description: [...descriptions, advice, note].filter(Boolean).join(' '),
			cause: reasons[0]?.cause,
		},
		reasons[0]?.origin,
	);
}
