import { GoFiveError } from '../api/errors/goFiveError';

const MAX_NAMED_CODES = 10;
const TEMPORARY_CAUSES = ['temporarily-unavailable', 'rate-limited', 'quota-exhausted'];

/** What the message says around the codes and the reasons. */
export interface ErrorWording {
	prefix?: string;
	/** Follows "could not be read". */
	suffix?: string;
	/** What else there is to know. */
	note?: string;
}

/** Whether the reason stays until somebody corrects something, such as the code. */
export const isPermanent = ({ cause, isCancellation }: GoFiveError): boolean =>
	!isCancellation && !TEMPORARY_CAUSES.includes(cause?.cause ?? '');

/** That customers could not be read, and why. @param reasonsByCode by customer code, at least one */
export function unreadableCustomersError(
	reasonsByCode: Map<string, GoFiveError>,
	{ prefix = '', suffix = '', note = '' }: ErrorWording = {},
): GoFiveError {
	const codes = [...reasonsByCode.keys()];
	const unnamedCount = codes.length - MAX_NAMED_CODES;
	const codeList = codes.slice(0, MAX_NAMED_CODES).join(', ') + (unnamedCount > 0 ? ` and ${unnamedCount} more` : '');
	const reasons = [...reasonsByCode.values()];
	const uniqueTexts = (part: 'message' | 'description') => [...new Set(reasons.map((reason) => reason[part]))];
	const isUnknown = reasons.some(({ origin }) => origin.isBusinessError || origin.httpCode === '404');
	const advice = isUnknown
		? "Correct the code in 'Customer Codes', as GoFive writes it, capital letters included, or remove it."
		: '';
	return new GoFiveError(
		{
			message: `${prefix}${codeList} could not be read${suffix}: ${uniqueTexts('message').join('; ')}`,
			description: [...uniqueTexts('description'), advice, note].filter(Boolean).join(' '),
			cause: reasons[0]?.cause,
		},
		reasons[0]?.origin,
	);
}
