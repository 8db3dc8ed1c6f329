import type { IPollFunctions } from 'n8n-workflow';
import type { GoFiveError } from '../api/errors/goFiveError';

/** Activation modes without a user, in which n8n itself activates the workflow. */
const UNATTENDED_ACTIVATION_MODES = ['init', 'leadershipChange'];

/** Stored objects whose activation has completed its first poll. n8n creates one such object per activation. */
const activatedStores = new WeakSet<object>();
/**
 * Errors of activations that failed because GoFive rejected a part, by stored object. n8n 2.41 repeats a failed
 * activation four times, and GoFive's response would be the same each time.
 */
const rejectedActivations = new WeakMap<object, GoFiveError>();

/**
 * Whether n8n stores the object after every poll, as its durable poller does, and passes another object to each poll.
 * Otherwise n8n observes the object, and stores it when a poll starts a workflow and when the activation ends.
 */
export const isDurable = (store: object): boolean => !('__dataChanged' in store);

/** Whether this is the first poll of an activation. The durable poller has no activations, and a manual test is none. */
export function isActivation(context: IPollFunctions): boolean {
	if (context.getMode() === 'manual') return false;
	const store = context.getWorkflowStaticData('node');
	return !isDurable(store) && !activatedStores.has(store);
}

/** Whether this is the first poll of an activation that no user has started, for example after a server start. */
export const isUnattendedActivation = (context: IPollFunctions): boolean =>
	isActivation(context) && UNATTENDED_ACTIVATION_MODES.includes(context.getActivationMode());

/** Records that the first poll of an activation has ended. */
export const completeActivation = (store: object) => activatedStores.add(store);

/** Records that GoFive rejected a part, so that repetitions of the activation fail without a request. */
export const rejectActivation = (store: object, error: GoFiveError) => rejectedActivations.set(store, error);

/** @throws GoFiveError if GoFive has rejected this activation before */
export function assertNotRejected(store: object): void {
	const error = rejectedActivations.get(store);
	if (error) throw error;
}
