import type { IPollFunctions } from 'n8n-workflow';
import type { RequestTimeouts } from '../api/request/request';
import { SECOND_MS } from '../shared/units';
import { isActivation } from './activation';

/** Share of n8n's poll budget that reading may use. The rest is for comparing events and storing the state. */
const READING_BUDGET_SHARE = 0.8;

/** Budget in ms for the first poll of an activation. n8n 2.41 cancels an activation after 84 s, whatever budget it reports. */
const ACTIVATION_BUDGET_MS = 75_000;

/** Returns the time in ms that reading may take. Infinity in n8n 1.x, which has no poll budget. */
export function getReadingBudgetMs(context: IPollFunctions): number {
	const n8nBudgetMs = (context as IPollFunctions & { getPollBudgetMs?(): number }).getPollBudgetMs?.() ?? Infinity;
	const budgetMs =
		n8nBudgetMs < Infinity && isActivation(context) ? Math.min(n8nBudgetMs, ACTIVATION_BUDGET_MS) : n8nBudgetMs;
	return budgetMs * READING_BUDGET_SHARE;
}

/**
 * Limits the timeouts to half of the reading budget, so that a customer without a response leaves time for the others.
 * The timeout for silence is shorter than the total timeout, because a silent request is a weaker sign of overload than
 * a slow response.
 */
export function limitTimeouts({ timeout }: RequestTimeouts, readingBudgetMs: number): Required<RequestTimeouts> {
	const totalTimeout = Math.max(2, Math.floor(readingBudgetMs / 2 / SECOND_MS));
	return { timeout: Math.min(timeout, totalTimeout - 1), totalTimeout };
}
