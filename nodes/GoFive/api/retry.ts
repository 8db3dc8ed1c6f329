import { clock } from '../time/clock';
import { isUnsent } from './explain';
import type { Outcome } from './outcome';
import { LONGEST_WAIT, retryAfter, SHORTEST_WAIT } from './retryAfter';

/** How a request has fared so far. */
export interface Tries {
	/** How often it was sent. */
	sent: number;
	/** How often of these it was refused with 429. */
	limited: number;
	/** Milliseconds that it waited for that reason. */
	refusedFor: number;
	/** How many requests of the run had got through when it was refused first. */
	through?: number;
}

/** A request that was sent once, and not refused. */
export const FIRST_TRY: Readonly<Tries> = { sent: 1, limited: 0, refusedFor: 0 };

/** How long to wait before the next attempt, and whether all requests of the run wait with it. */
export interface Wait {
	milliseconds: number;
	everybody: boolean;
}

/** What is sent: a write is not repeated where GoFive may have carried it out; a token may be asked for at any time. */
export type Kind = 'read' | 'write' | 'token';

const MOST_ATTEMPTS = 5;
const LONGEST_REFUSAL = 10 * 60_000;
const PASSING: Record<Kind, number[]> = {
	read: [429, 502, 503, 504],
	write: [429],
	token: [429, 500, 502, 503, 504],
};
const CUT = ['ECONNRESET', 'EPIPE', 'CUT'];

/** Whether GoFive's rate limit refused the request. */
export function isLimited(outcome: Outcome): boolean {
	return outcome.kind === 'answer' && outcome.status === 429;
}

/** Counts a refusal. @param through how many requests of the run have got through so far */
export function noteLimit(tries: Tries, through: number): void {
	tries.limited += 1;
	tries.through ??= through;
}

function backOff(times: number): number {
	const full = Math.min(SHORTEST_WAIT * 2 ** (times - 1), LONGEST_WAIT);
	return full * (0.5 + clock.random() / 2);
}

function isWorthwhile(outcome: Outcome, kind: Kind): boolean {
	if (outcome.kind === 'answer') return PASSING[kind].includes(outcome.status);
	if (outcome.code === 'CERTIFICATE') return false;
	return isUnsent(outcome.code) || (kind !== 'write' && CUT.includes(outcome.code));
}

/**
 * Whether and when to send a request again.
 * @param patience for how many milliseconds it may wait while it is refused
 * @returns undefined when the outcome stands
 */
export function waitBeforeRetry(
	outcome: Outcome,
	kind: Kind,
	{ sent, limited, refusedFor }: Tries,
	patience = LONGEST_REFUSAL,
): Wait | undefined {
	if (!isWorthwhile(outcome, kind)) return undefined;
	const refused = isLimited(outcome);
	const times = refused ? Math.max(limited, 1) : sent - limited;
	const asked = outcome.kind === 'answer' ? retryAfter(outcome.headers) : undefined;
	const milliseconds = asked ?? backOff(times);
	if (refused ? refusedFor + milliseconds > patience : times >= MOST_ATTEMPTS) return undefined;
	return { milliseconds, everybody: refused };
}
