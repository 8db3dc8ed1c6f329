import type { Effect } from '../api/request';

/** Source of a path that was not found in the public copy of GoFive's documentation. docs/maintainers/evidence.md shows it. */
export type PathEvidence = 'legacy' | 'observed' | 'inferred';

const OPERATION_MAY_NOT_WORK = 'This operation may not work with your account.';
const TRIGGER_MAY_NOT_WORK = 'This trigger may not work with your account.';

const addSentence = (description: string, sentence: string): string =>
	`${description.replace(/\.?$/, '.')} ${sentence}`;

/** Completes the description of an operation whose path is unconfirmed, or that first reads such a list. */
export const describeUnconfirmedOperation = (description: string): string =>
	addSentence(description, OPERATION_MAY_NOT_WORK);

/** Completes the description of an entry of Trigger On that reads a list with an unconfirmed path. */
export const describeUnconfirmedTrigger = (description: string): string =>
	addSentence(description, TRIGGER_MAY_NOT_WORK);

/** Builds the notice in the form of an operation whose path is unconfirmed, or that first reads such a list. */
export const buildOperationNotice = (effect: Effect): string =>
	`${OPERATION_MAY_NOT_WORK} ${effect === 'write' ? 'Try it with a test record first.' : 'Run Account > Check Access first.'}`;

/** Notice in the form of the trigger for records whose list has an unconfirmed path. */
export const TRIGGER_NOTICE = `${TRIGGER_MAY_NOT_WORK} Try it with 'Fetch Test Event' first.`;

/** Sentence about an unconfirmed path for the message of a 404. */
export const UNCONFIRMED_PATH_NOTE =
	"The path of this operation was not found in the public copy of GoFive's documentation, so it may be wrong. ";
