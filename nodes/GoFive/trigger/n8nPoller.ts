// What differs between n8n's releases and its two pollers: activations, stored objects, and the time of a poll.
// Imported by poll.ts only.
// Start with isDurable() and isActivation().
import type { IPollFunctions } from 'n8n-workflow';
import type { RequestTimeouts } from '../api/request';
import { SECOND_MS } from '../shared/units';

/** Stored objects whose activation is completed. n8n creates one such object per activation. */
const completedActivations = new WeakSet<object>();

/**
 * Whether n8n stores the object after every poll, as its durable poller does, and passes another object to each poll.
 * Otherwise n8n observes the object, and stores it when a poll starts a workflow and when the activation ends.
 */
export const isDurable = (store: object): boolean => !('__dataChanged' in store);

/**
 * Whether this is the first poll of an activation, or a repetition of it after it failed. The durable poller has no
 * activations, and a manual test is none.
 */
export function isActivation(context: IPollFunctions): boolean {
	if (context.getMode() === 'manual') return false;
	const store = context.getWorkflowStaticData('node');
	return !isDurable(store) && !completedActivations.has(store);
}

/** Whether n8n polls again in any case. After a failed test or activation, a user has to act. */
export const isScheduled = (context: IPollFunctions): boolean =>
	context.getMode() !== 'manual' && !isActivation(context);

/** Whether this is the first poll of an activation that no user has started, for example after a server start. */
export const isUnattendedActivation = (context: IPollFunctions): boolean =>
	isActivation(context) && ['init', 'leadershipChange'].includes(context.getActivationMode());

/** Records that the first poll of an activation has ended. */
export const completeActivation = (store: object) => completedActivations.add(store);

/** Share of n8n's poll budget that reading may use. The rest is for comparing records and storing the state. */
const READING_BUDGET_SHARE = 0.8;

/** Budget in ms for the first poll of an activation. n8n 2.41 cancels an activation after 84 s, whatever budget it reports. */
const ACTIVATION_BUDGET_MS = 75_000;

/** Returns the time in ms that reading may take. Infinity in n8n 1.x, which has no poll budget. */
export function getReadingBudgetMs(context: IPollFunctions): number {
	const n8nBudgetMs = (context as IPollFunctions & { getPollBudgetMs?(): number }).getPollBudgetMs?.() ?? Infinity;
	const maxBudgetMs = n8nBudgetMs < Infinity && isActivation(context) ? ACTIVATION_BUDGET_MS : Infinity;
	return Math.min(n8nBudgetMs, maxBudgetMs) * READING_BUDGET_SHARE;
}

/**
 * Limits the timeouts to half of the reading budget, so that a customer without a response leaves time for the others.
 * The timeout for silence is shorter than the total timeout, so that a request without any data ends as silent. This
 * counts as a failure for the concurrency, while the end of the total time is ignored. See `ServerLoad`.
 */
export function limitTimeouts({ timeoutSeconds }: RequestTimeouts, readingBudgetMs: number): Required<RequestTimeouts> {
	const totalTimeoutSeconds = Math.max(2, Math.floor(readingBudgetMs / 2 / SECOND_MS));
	return { timeoutSeconds: Math.min(timeoutSeconds, totalTimeoutSeconds - 1), totalTimeoutSeconds };
}
