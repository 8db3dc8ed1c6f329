import type { Effect } from '../api/request';

/** Source of a path that was not found in the public copy of GoFive's documentation. docs/maintainers/evidence.md shows it. */
export type PathEvidence = 'legacy' | 'observed' | 'inferred';

/** Operation to try. */
interface TriedOperation {
	effect: Effect;
	fields: { limit?: unknown };
}

/** Operation that reads a list. */
interface ListOperation {
	entity?: { pluralName: string };
}

const OPERATION_NOT_CONFIRMED = "This operation is not confirmed by GoFive's documentation.";

const describeList = ({ entity }: ListOperation): string =>
	`The list of ${entity?.pluralName} is not confirmed by GoFive's documentation.`;

const endWithPeriod = (sentence: string): string => sentence.replace(/\.?$/, '.');

/** Completes the description of an operation whose path is unconfirmed. */
export const describeUnconfirmedOperation = (description: string): string =>
	`${endWithPeriod(description)} ${OPERATION_NOT_CONFIRMED}`;

/** Completes the description of an operation or a trigger event for which a list with an unconfirmed path is read. */
export const describeUnconfirmedList = (description: string, list: ListOperation): string =>
	`${endWithPeriod(description)} ${describeList(list)}`;

/** Builds the notice in the form of an operation whose path is unconfirmed, with the smallest request to try. */
export function buildOperationNotice({ effect, fields }: TriedOperation): string {
	if (effect === 'write') return `${OPERATION_NOT_CONFIRMED} Try it with a test record first.`;
	return `${OPERATION_NOT_CONFIRMED} Try it with ${fields.limit ? "a 'Limit' of 1" : 'one item'} first.`;
}

/**
 * Builds the notice in the form of an operation that first reads a list whose path is unconfirmed.
 * @param list - Operation that reads the list.
 * @param tryList - Sentence about how to try the operation.
 */
export const buildListNotice = (list: ListOperation, tryList: string): string => `${describeList(list)} ${tryList}`;

/** Builds the notice in the form of the trigger for records that are listed by an operation with an unconfirmed path. */
export const buildTriggerNotice = (list: ListOperation): string =>
	buildListNotice(list, "Try it with 'Fetch Test Event' first.");

/** Sentence about an unconfirmed path for the message of a 404. */
export const UNCONFIRMED_PATH_NOTE =
	"This operation is not confirmed by GoFive's documentation, so GoFive may not support it. ";
