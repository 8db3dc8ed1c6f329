import { clock } from '../time/clock';
import { isUnsent } from './explain';
import type { Outcome } from './outcome';
import { LONGEST_WAIT, retryAfter, SHORTEST_WAIT } from './retryAfter';

/** How a request has fared so far. */
export interface Tries {
	/** How often it was sent. */
	sent: number;
	/** Milliseconds that it waited because it was itself refused with 429. */
	refusedFor: number;
}

/** How long to wait before the next attempt, and whether all requests of the run wait with it. */
export interface Wait {
	milliseconds: number;
	everybody: boolean;
}

const MOST_ATTEMPTS = 5;
const LONGEST_REFUSAL = 10 * 60_000;
const PASSING = [429, 502, 503, 504];
const CUT = ['ECONNRESET', 'EPIPE', 'CUT'];

function backOff(sent: number): number {
	const full = Math.min(SHORTEST_WAIT * 2 ** (sent - 1), LONGEST_WAIT);
	return full * (0.5 + clock.random() / 2);
}

function isWorthwhile(outcome: Outcome, repeatable: boolean): boolean {
	if (outcome.kind === 'broken') {
		if (outcome.code === 'CERTIFICATE') return false;
		return isUnsent(outcome.code) || (repeatable && CUT.includes(outcome.code));
	}
	return outcome.status === 429 || (repeatable && PASSING.includes(outcome.status));
}

/**
 * Whether and when to send a request again.
 * @param repeatable false for a write that GoFive may have carried out: it goes again only after a 429 or when nothing was sent
 * @returns undefined when the outcome stands
 */
export function waitBeforeRetry(outcome: Outcome, repeatable: boolean, { sent, refusedFor }: Tries): Wait | undefined {
	if (!isWorthwhile(outcome, repeatable)) return undefined;
	const refused = outcome.kind === 'answer' && outcome.status === 429;
	const asked = outcome.kind === 'answer' ? retryAfter(outcome.headers) : undefined;
	const milliseconds = asked ?? backOff(sent);
	if (refused ? refusedFor + milliseconds > LONGEST_REFUSAL : sent >= MOST_ATTEMPTS) return undefined;
	return { milliseconds, everybody: refused };
}
