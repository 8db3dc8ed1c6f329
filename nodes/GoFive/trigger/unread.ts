import { Failure } from '../api/words/failure';

const MOST_NAMED = 10;
const PASSING = ['temporarily-unavailable', 'rate-limited', 'quota-exhausted'];

/** What the message says around the codes and the reasons. */
export interface Words {
	before?: string;
	/** Follows "could not be read". */
	after?: string;
	/** What else there is to know. */
	more?: string;
}

/** Whether the reason stays until somebody corrects something, such as the code. */
export const isLasting = ({ cause, isStop }: Failure): boolean => !isStop && !PASSING.includes(cause?.cause ?? '');

/** That customers could not be read, and why. @param reasons by customer code, at least one */
export function unread(reasons: Map<string, Failure>, { before = '', after = '', more = '' }: Words = {}): Failure {
	const codes = [...reasons.keys()];
	const others = codes.length - MOST_NAMED;
	const named = codes.slice(0, MOST_NAMED).join(', ') + (others > 0 ? ` and ${others} more` : '');
	const all = [...reasons.values()];
	const each = (part: 'message' | 'description') => [...new Set(all.map((reason) => reason[part]))];
	const isUnknown = all.some(({ origin }) => origin.refused || origin.httpCode === '404');
	const advice = isUnknown
		? "Correct the code in 'Customer Codes', as GoFive writes it, capital letters included, or remove it."
		: '';
	return new Failure(
		{
			message: `${before}${named} could not be read${after}: ${each('message').join('; ')}`,
			description: [...each('description'), advice, more].filter(Boolean).join(' '),
			cause: all[0]?.cause,
		},
		all[0]?.origin,
	);
}
