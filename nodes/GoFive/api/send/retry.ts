import { clock } from '../../time/clock';
import { isLimited, type Outcome } from '../answer/outcome';
import { isRepeatable, type Kind } from '../answer/repeatable';
import { LONGEST_WAIT, retryAfter, SHORTEST_WAIT } from '../answer/retryAfter';

/** What has happened to a request so far. */
export interface Tries {
	/** How often it was sent. */
	sent: number;
	/** How often of these the rate limit refused it. */
	limited: number;
	/** Milliseconds that it waited for that reason. */
	limitedFor: number;
	/** How many requests of the run had got through when it was refused first. */
	through?: number;
}

/** How long to wait before the next attempt, and whether all requests of the run wait with it. */
export interface Wait {
	milliseconds: number;
	everybody: boolean;
}

const MOST_ATTEMPTS = 5;
const LONGEST_LIMITED = 10 * 60_000;

/** Counts a refusal by the rate limit. @param through how many requests of the run have got through so far */
export function noteLimit(tries: Tries, through: number): void {
	tries.limited += 1;
	tries.through ??= through;
}

function backOff(times: number): number {
	const full = Math.min(SHORTEST_WAIT * 2 ** (times - 1), LONGEST_WAIT);
	return full * (0.5 + clock.random() / 2);
}

/**
 * Whether and when to send a request again.
 * @param patience for how many milliseconds it may wait while the rate limit refuses it
 * @returns undefined when the outcome stands
 */
export function waitBeforeRetry(
	outcome: Outcome,
	kind: Kind,
	{ sent, limited, limitedFor }: Tries,
	patience = LONGEST_LIMITED,
): Wait | undefined {
	if (!isRepeatable(outcome, kind)) return undefined;
	const everybody = isLimited(outcome);
	const times = everybody ? Math.max(limited, 1) : sent - limited;
	const asked = outcome.kind === 'answer' ? retryAfter(outcome.headers) : undefined;
	const milliseconds = asked ?? backOff(times);
	if (everybody ? limitedFor + milliseconds > patience : times >= MOST_ATTEMPTS) return undefined;
	return { milliseconds, everybody };
}
