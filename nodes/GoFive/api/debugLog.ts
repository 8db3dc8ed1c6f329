import type { IExecuteFunctions } from 'n8n-workflow';
import type { RequestResult } from './failure';
import type { Outcome } from './outcome';
import type { ApiRequest } from './request';

/** Logger of n8n. It shows debug lines if N8N_LOG_LEVEL is `debug`. */
type Logger = Pick<IExecuteFunctions['logger'], 'debug' | 'error'>;

/** Number of stack frames that show where an exception was thrown. */
const MAX_LOGGED_FRAMES = 5;

/** Returns the HTTP status, the code of a failed connection, or why there is neither. */
function getStatus(outcome: Outcome): number | string {
	switch (outcome.kind) {
		case 'response':
			return outcome.status;
		case 'connectionError':
			return outcome.code;
		case 'aborted':
			return outcome.reason;
		case 'notSigned':
			return outcome.kind;
	}
}

/**
 * Writes what happened to a request to the debug log, so that the first response in an unknown form can be understood.
 * A line contains no value of the workflow, of the credential or of the response, except for the paging keys: their numbers
 * may follow from Limit and from the number of records.
 *
 * @param attempts - Number of attempts, including this one.
 */
export function logRequest(
	logger: Logger,
	{ method, route = '(entered path)', page }: ApiRequest,
	attempts: number,
	outcome: Outcome,
	result: RequestResult,
): void {
	const failure = 'error' in result ? { kind: result.error.kind, next: result.next } : {};
	const status = getStatus(outcome);
	logger.debug('GoFive request', { method, route, page, attempts, status, form: result.form, ...failure });
}

/** Logs an exception of JavaScript, which is a defect of this node. Its message may contain a value, so it is omitted. */
export function logDefect(logger: Logger, error: unknown): void {
	const { name = 'unknown', message = '', stack = '' } = error instanceof Error ? error : {};
	const lines = stack.replace(message, '').split('\n');
	const frames = lines.filter((line) => /^\s+at /.test(line)).slice(0, MAX_LOGGED_FRAMES);
	logger.error(`The GoFive node could not process a response (${name})`, { frames });
}
