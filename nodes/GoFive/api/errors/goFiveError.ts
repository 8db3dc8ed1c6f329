import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

/** Why something did not work, for n8n releases that act on it (2.41 and later). Times are milliseconds. */
export type ErrorCause =
	| { cause: 'rate-limited' | 'temporarily-unavailable'; retryAfterMs?: number }
	| { cause: 'quota-exhausted'; resetsAtEpochMs?: number }
	| { cause: 'credential-invalid' | 'configuration-invalid' };

/** What a person reads: what happened, and what to do next. */
export interface ErrorText {
	message: string;
	description: string;
	cause?: ErrorCause;
}

/** What made a request fail. */
export interface ErrorOrigin {
	/** The HTTP status of GoFive's answer, or Node's code for a connection that did not hold. */
	httpCode?: string;
	/**
	 * Set where neither GoFive nor the way to it decided: `unsent` and `stopped` when the run ended before the request was sent
	 * or while it was under way, `late` when a poll had no time for it, `setup` when the credential cannot be used as it is,
	 * `broken` when the connection did not hold and Node has no code for it.
	 */
	reason?: 'notSent' | 'cancelled' | 'timeout' | 'configuration' | 'connectionError';
	/** Whether GoFive's own business code said no: the same request would get the same answer. */
	isBusinessError?: boolean;
	/** Whether it is a write that GoFive may have carried out all the same. */
	mayBeProcessed?: boolean;
}

/** Ends the message for what is not accepted, before any call. */
export const NOTHING_SENT = 'Nothing was sent for this item.';

/** The one thing that our code throws for a person to read; the runner turns it into n8n's errors. */
export class GoFiveError extends Error {
	readonly description: string;
	override readonly cause?: ErrorCause;

	/** @param origin empty when the input was at fault */
	constructor(
		{ message, description, cause }: ErrorText,
		readonly origin: ErrorOrigin = {},
	) {
		super(message);
		this.description = description;
		this.cause = cause;
	}

	/** Whether it says no more than that the run was stopped. */
	get isCancellation(): boolean {
		return this.origin.reason === 'notSent' || this.origin.reason === 'cancelled';
	}

	/** The whole text on one line, for items that carry it. */
	get text(): string {
		return `${this.message}. ${this.description}`;
	}

	/** The same failure in other words. */
	withText(changes: Partial<Pick<ErrorText, 'message' | 'description'>>): GoFiveError {
		const { message, description, cause, origin } = this;
		return new GoFiveError({ message, description, cause, ...changes }, origin);
	}
}

/** Refuses what was given, before any call. @param remedy what to do about it @throws GoFiveError always */
export function rejectInput(message: string, remedy: string): never {
	throw new GoFiveError({ message, description: `${remedy} ${NOTHING_SENT}` });
}

/** Whatever was thrown, as a GoFiveError; n8n's own errors (a broken expression, say) keep their texts. */
export function toGoFiveError(error: unknown): GoFiveError {
	if (error instanceof GoFiveError) return error;
	const message = error instanceof Error ? error.message : String(error);
	const ownDescription = error instanceof Error && 'description' in error ? error.description : undefined;
	const description =
		typeof ownDescription === 'string' && ownDescription !== '' ? ownDescription : 'Check the parameters of this node.';
	return new GoFiveError({ message, description });
}

/** Whether the node serves an AI agent: n8n adds this to the name of its type. */
const isAiTool = ({ type }: INode): boolean => type.endsWith('Tool');

/** n8n's error for a GoFiveError: NodeOperationError when the input was at fault, else NodeApiError. */
export function toNodeError(node: INode, failure: GoFiveError, itemIndex?: number): NodeApiError | NodeOperationError {
	const { origin, cause } = failure;
	// The AI Agent of n8n 2 hands its model the message alone; others add the description, which must not come twice.
	const [message, description] = isAiTool(node) ? [failure.text, undefined] : [failure.message, failure.description];
	const { httpCode } = origin;
	const options = { message, description, itemIndex, httpCode, failure: cause };
	const error =
		Object.keys(origin).length === 0
			? new NodeOperationError(node, message, options)
			: new NodeApiError(node, { message }, options);
	// n8n swaps a text that contains a word such as ENOTFOUND, be it from a customer code.
	error.message = message;
	error.description = description;
	return error;
}
