/** Source of a path that was not found in the public copy of GoFive's documentation. */
export type PathEvidence = 'legacy' | 'observed' | 'inferred';

const PATH_SOURCES: Record<PathEvidence, string> = {
	legacy: 'taken from the 2021 partner portal',
	observed: 'taken from public client code',
	inferred: 'inferred from similar operations',
};

/** Operation that reads a list. */
interface ListOperation {
	evidence?: PathEvidence;
	entity?: { pluralName: string };
}

const UNCONFIRMED_MARK = ' (Unconfirmed)';

/** Name that n8n's lint rules fix for the value `getAll`. Only the description shows that its path is unconfirmed. */
const GET_MANY = 'Get Many';

/** Marks the name of an operation whose path is unconfirmed. */
export const markUnconfirmed = (name: string): string => (name === GET_MANY ? name : name + UNCONFIRMED_MARK);

/** Returns the name of an operation without the mark. */
export const removeUnconfirmedMark = (name: string): string => name.replace(UNCONFIRMED_MARK, '');

const describeMissingPage = (subject: string, consequence: string): string =>
	`The page of ${subject} was not found in the public copy of GoFive's documentation, so ${consequence}.`;

const OPERATION_MAY_NOT_WORK = describeMissingPage('this operation', 'the operation may not work');
const LIST_MAY_NOT_WORK = describeMissingPage('that list', 'the operation may not work');
const TRIGGER_MAY_NOT_WORK = describeMissingPage('the operation that lists these records', 'the trigger may not work');
const TRY_OPERATION = 'Try it with one record first.';
const TRY_TRIGGER = "Try it with 'Fetch Test Event' first.";

const endWithPeriod = (sentence: string): string => sentence.replace(/\.?$/, '.');

/** Completes the description of an operation whose path is unconfirmed. */
export const describeUnconfirmedOperation = (description: string): string =>
	`${endWithPeriod(description)} ${OPERATION_MAY_NOT_WORK} ${TRY_OPERATION}`;

const describeList = ({ entity }: ListOperation): string =>
	`This operation first reads the list of ${entity?.pluralName}. ${LIST_MAY_NOT_WORK}`;

/**
 * Completes the description of an operation that first reads a list whose path is unconfirmed.
 * @param list - Operation that reads the list.
 * @param tryList - Sentence about how to try the operation.
 */
export const describeUnconfirmedList = (description: string, list: ListOperation, tryList: string): string =>
	`${endWithPeriod(description)} ${describeList(list)} ${tryList}`;

/** Completes the description of a trigger event whose records are listed by an operation with an unconfirmed path. */
export const describeUnconfirmedEvent = (description: string): string =>
	`${endWithPeriod(description)} ${TRIGGER_MAY_NOT_WORK} ${TRY_TRIGGER}`;

/** Builds the notice in the form of an operation whose path is unconfirmed. */
export const buildOperationNotice = (evidence: PathEvidence): string =>
	`${OPERATION_MAY_NOT_WORK} The path of the operation is ${PATH_SOURCES[evidence]}. ${TRY_OPERATION}`;

/**
 * Builds the notice in the form of an operation that first reads a list whose path is unconfirmed.
 * @param list - Operation that reads the list.
 * @param tryList - Sentence about how to try the operation.
 */
export const buildListNotice = (list: ListOperation, tryList: string): string =>
	`${describeList(list)} The path of the list is ${PATH_SOURCES[list.evidence as PathEvidence]}. ${tryList}`;

/** Builds the notice in the form of the trigger for records that are listed by an operation with an unconfirmed path. */
export const buildTriggerNotice = (evidence: PathEvidence): string =>
	`${TRIGGER_MAY_NOT_WORK} The path of the operation is ${PATH_SOURCES[evidence]}. ${TRY_TRIGGER}`;

/** Sentence about an unconfirmed path for the message of a 404. */
export const UNCONFIRMED_PATH_NOTE = `${describeMissingPage('this endpoint', 'GoFive may not support it')} `;
