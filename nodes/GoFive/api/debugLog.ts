import type { IExecuteFunctions } from 'n8n-workflow';
import type { RequestResult } from './failure';
import type { Outcome } from './outcome';
import type { ApiRequest } from './request';

/** Logger of n8n. It shows debug lines if N8N_LOG_LEVEL is `debug`. */
type Logger = Pick<IExecuteFunctions['logger'], 'debug' | 'error'>;

/**
 * Writes what happened to a request to the debug log, so that the first response in an unknown form can be understood.
 * A line contains no value of the workflow, of the credential or of the response.
 */
export function logRequest(
	logger: Logger,
	{ method, route = '(entered path)', page }: ApiRequest,
	attempts: number,
	outcome: Outcome,
	result: RequestResult,
): void {
	const [status] = 'status' in outcome ? [outcome.status] : 'code' in outcome ? [outcome.code] : [outcome.kind];
	const failure = 'error' in result ? { kind: result.error.kind, next: result.next } : {};
	logger.debug('GoFive request', { method, route, page, attempts, status, form: result.form, ...failure });
}

/** Logs an exception of JavaScript, which is a defect of this node. Its message may contain a value, so it is omitted. */
export function logDefect(logger: Logger, error: unknown): void {
	const { name = 'unknown', stack = '' } = error instanceof Error ? error : {};
	const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
	logger.error(`The GoFive node could not process a response (${name})`, { frames: frames.slice(0, 5) });
}
