import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

/** Cause of an error, for the n8n releases that react to it (2.41 and later). */
export type ErrorCause =
	/** `retryAfterMs`: time in ms until a retry makes sense. */
	| { cause: 'rate-limited' | 'temporarily-unavailable'; retryAfterMs?: number }
	| { cause: 'quota-exhausted' | 'credential-invalid' | 'configuration-invalid' };

/** Text of an error: the message says what happened, the description how to resolve it. */
export interface ErrorText {
	message: string;
	description: string;
	cause?: ErrorCause;
}

/** Origin of an error. Empty if the input is at fault. */
export interface ErrorOrigin {
	/** HTTP status of the response, or the code of Node.js for a failed connection, for example ECONNRESET. */
	httpCode?: string;
	/**
	 * Reason of an error that has no `httpCode`:
	 *
	 * - `notSent`: the execution ended before the request was sent.
	 * - `cancelled`: the execution ended while the request was in progress.
	 * - `configuration`: a setting of the credential is invalid.
	 * - `connectionError`: the connection failed and Node.js has no code for it.
	 */
	reason?: 'notSent' | 'cancelled' | 'configuration' | 'connectionError';
	/** True if GoFive's business code reports the failure. The same request would get the same response. */
	isBusinessError?: boolean;
	/** True if the request is a write that GoFive may have processed despite the error. */
	mayBeProcessed?: boolean;
	/** True if the request is a write that GoFive has processed, although its response could not be read. */
	isProcessed?: boolean;
}

/** Last sentence of an error about an input item, whose request is not sent. */
export const NOTHING_SENT = 'Nothing was sent for this item.';

/** Error with a text for the user. The runner converts it to n8n's errors, see {@link toNodeError}. */
export class GoFiveError extends Error {
	readonly description: string;
	override readonly cause?: ErrorCause;

	/** @param origin - Empty if the input is at fault. */
	constructor(
		{ message, description, cause }: ErrorText,
		readonly origin: ErrorOrigin = {},
	) {
		super(message);
		this.description = description;
		this.cause = cause;
	}

	/** True if the only reason is that the execution was cancelled. */
	get isCancellation(): boolean {
		return this.origin.reason === 'notSent' || this.origin.reason === 'cancelled';
	}

	/** Message and description on one line, for places that show only one text. */
	get text(): string {
		return `${this.message}. ${this.description}`;
	}

	/** Creates a copy with another text. */
	withText(changes: Partial<Pick<ErrorText, 'message' | 'description'>>): GoFiveError {
		const { message, description, cause, origin } = this;
		return new GoFiveError({ message, description, cause, ...changes }, origin);
	}
}

/**
 * Rejects an input before any request is sent.
 *
 * @param description - Sentence that tells the user how to correct the input.
 * @throws GoFiveError always.
 */
export function rejectInput(message: string, description: string): never {
	throw new GoFiveError({ message, description });
}

/** Converts a caught value. n8n's own errors, for example about an invalid expression, keep their texts. */
export function toGoFiveError(error: unknown): GoFiveError {
	if (error instanceof GoFiveError) return error;
	const message = error instanceof Error ? error.message : String(error);
	const description = error instanceof Error && 'description' in error ? error.description : undefined;
	const hasDescription = typeof description === 'string' && description !== '';
	return new GoFiveError({ message, description: hasDescription ? description : 'Check the parameters of this node.' });
}

/**
 * Converts to n8n's error: NodeOperationError if the input is at fault, otherwise NodeApiError.
 *
 * @param showsOnlyMessage - True if n8n does not show the description, so that the message has to contain it. The AI
 * Agent of n8n 2 shows its model only the message of a tool, whose type is the node's with `Tool` appended.
 */
export function toNodeError(
	node: INode,
	goFiveError: GoFiveError,
	itemIndex?: number,
	showsOnlyMessage = node.type.endsWith('Tool'),
): NodeApiError | NodeOperationError {
	const { origin, cause } = goFiveError;
	const message = showsOnlyMessage ? goFiveError.text : goFiveError.message;
	const description = showsOnlyMessage ? undefined : goFiveError.description;
	const options = { message, description, itemIndex, httpCode: origin.httpCode, failure: cause };
	const error =
		Object.keys(origin).length === 0
			? new NodeOperationError(node, message, options)
			: new NodeApiError(node, { message }, options);
	// n8n replaces a message that contains a code of Node.js such as ENOTFOUND, even inside a customer code.
	// It shows the message as text in the node, but as HTML in notifications. With a blank after `<`, both are the same.
	error.message = message.replace(/<(?=\S)/g, '< ');
	// n8n's editor shows the description as HTML, and it may quote a value of the input or of GoFive.
	error.description = description?.replaceAll('<', '&lt;');
	return error;
}
