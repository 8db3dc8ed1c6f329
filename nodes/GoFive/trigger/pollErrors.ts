import { GoFiveError } from '../api/errors';
import { joinTexts } from '../shared/text';
import type { TriggerSource } from './triggerSource';

/** Errors of the parts that were not read, by key of the part. */
export type PartErrors = Map<string, GoFiveError>;

/** Maximum number of different reasons in a message, so that it stays readable. */
const MAX_REASONS = 3;

/** Number of consecutive failed polls of a part per report. A single failed poll is often over by the next one. */
export const FAILURES_PER_REPORT = 3;

/** What the messages about unread parts have in common. */
interface UnreadText {
	/** Names of the parts. */
	subject: string;
	/** What happened. */
	reasons: string;
	/** How to resolve it. */
	advice: string;
}

function describeUnread(source: TriggerSource, errors: PartErrors): UnreadText {
	const messages = new Set<string>();
	const descriptions = new Set<string>();
	let isUnknownPart = false;
	for (const { message, description, fault } of errors.values()) {
		messages.add(message);
		descriptions.add(description);
		if (fault === 'record') isUnknownPart = true;
	}
	const advice = [...descriptions].slice(0, MAX_REASONS);
	if (isUnknownPart && source.unknownPartAdvice) advice.push(source.unknownPartAdvice);
	return {
		subject: source.describeParts([...errors.keys()]),
		reasons: joinTexts([...messages], MAX_REASONS, '; '),
		advice: advice.join(' '),
	};
}

/** Creates an error with the kind of the first part. */
function createPartsError(errors: PartErrors, message: string, description: string): GoFiveError {
	const [firstError] = errors.values();
	return (firstError as GoFiveError).with({ message, description });
}

/** Creates the error of parts that could not be read. */
function createUnreadError(source: TriggerSource, errors: PartErrors): GoFiveError {
	const { subject, reasons, advice } = describeUnread(source, errors);
	return createPartsError(errors, `${subject} could not be read: ${reasons}`, advice);
}

/** Creates the error of parts whose existing records cannot be stored. */
function createStartError(source: TriggerSource, errors: PartErrors): GoFiveError {
	const { subject, reasons, advice } = describeUnread(source, errors);
	return createPartsError(
		errors,
		`${subject} could not be read, so the trigger cannot start: ${reasons}`,
		`${advice} When you publish the workflow for the first time, the trigger stores all existing records. Publish (in n8n 1: activate) the workflow again once all records can be read.`,
	);
}

/**
 * Creates the error with which n8n's error workflow starts while the trigger continues.
 * @param storedKeys - Keys of the parts whose first read only stores their records.
 */
export function createReport(source: TriggerSource, errors: PartErrors, storedKeys: string[] = []): GoFiveError {
	const { subject, reasons, advice } = describeUnread(source, errors);
	const sentences = [advice];
	if (storedKeys.length < errors.size) sentences.push('The trigger reports these records once they can be read again.');
	if (storedKeys.length > 0)
		sentences.push(`${source.describeParts(storedKeys)}: The first poll that can read these records only stores them.`);
	sentences.push('Everything else is watched as usual.');
	return createPartsError(
		errors,
		`${subject} could not be read in ${FAILURES_PER_REPORT} consecutive polls: ${reasons}`,
		sentences.join(' '),
	);
}

/** Returns the error of all parts if it concerns none of them, for example a wrong subscription key. */
function findCommonError(errors: PartErrors): GoFiveError | undefined {
	const [firstError, ...otherErrors] = errors.values();
	const isCommon = firstError?.isCommon && otherErrors.every(({ kind }) => kind === firstError.kind);
	return isCommon ? firstError : undefined;
}

/**
 * Whether the next poll can read more although this one could read nothing: one part failed, for example by its timeout,
 * before the others were sent. The next poll begins with the others, so the state has to be stored. No poll can read more
 * with an account that GoFive rejects.
 */
function canContinue(errors: PartErrors): boolean {
	const allErrors = [...errors.values()];
	if (allErrors.some(({ fault }) => fault === 'account')) return false;
	const isPartUnsent = allErrors.some(({ aborted }) => aborted === 'beforeSending');
	return isPartUnsent && allErrors.some(({ aborted }) => !aborted);
}

/**
 * Returns the error with which a poll ends: that nothing can be read, or that the trigger cannot start.
 *
 * @param partCount - Number of all parts.
 * @param missing - Errors of the parts without which the trigger cannot start.
 */
export function findPollError(
	source: TriggerSource,
	partCount: number,
	unread: PartErrors,
	missing: PartErrors,
): GoFiveError | undefined {
	const isNothingRead = unread.size > 0 && unread.size === partCount && !canContinue(unread);
	const commonError = isNothingRead ? findCommonError(unread) : undefined;
	if (commonError) return commonError;
	if (missing.size > 0) return createStartError(source, missing);
	return isNothingRead ? createUnreadError(source, unread) : undefined;
}

/** Creates the error of a manual test that has no record to show. */
export function createTestError(source: TriggerSource, partCount: number, unread: PartErrors): GoFiveError {
	if (unread.size > 0) return findPollError(source, partCount, unread, new Map()) ?? createUnreadError(source, unread);
	const { pluralName } = source.entity;
	return new GoFiveError({
		message: `No ${pluralName} available as test data`,
		description: `No matching ${pluralName} were found in GoFive. Check the settings of this node. The trigger works anyway, and starts the workflow when there is a record to report.`,
	});
}
