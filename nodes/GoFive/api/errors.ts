import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';

/**
 * What is at fault. The texts in messages.ts state it. n8n's error class, n8n's cause, and the decisions of the node and
 * of the trigger follow from it.
 */
export type ErrorKind =
	/** A value or setting of the node, or nothing was found. */
	| 'input'
	/** Token, key or client of the credential. */
	| 'credential'
	/** Another setting of the credential, or the network. */
	| 'configuration'
	/** The client has no permission for this endpoint (HTTP 403). */
	| 'forbidden'
	/** HTTP 404 for a URL that identifies no record. */
	| 'unknownEndpoint'
	| 'quota'
	| 'rateLimit'
	/** GoFive or the network, for a time. */
	| 'unavailable'
	/** GoFive refuses the request with a message of its own. The same request would get the same response. */
	| 'refused'
	/** HTTP 404 for a URL that identifies a record. */
	| 'notFound'
	/** Any other HTTP status that rejects the request. */
	| 'rejected'
	/** The node sends no other update, because one was not confirmed or a value changed meanwhile. */
	| 'stopped'
	/** The response does not show what happened, or GoFive refuses a token request, which is about no record. */
	| 'unclear'
	| 'cancelled';

/** Text of an error: the message says what happened, the description how to resolve it. */
export interface ErrorText {
	/** Defaults to `input`. */
	kind?: ErrorKind;
	message: string;
	description: string;
	/** Time in ms until a retry makes sense. */
	retryAfterMs?: number;
}

/** Text of an error, and what is known about its request. */
export interface ErrorDetails extends ErrorText {
	/** HTTP status of the response, or the code of Node.js for a failed connection, for example ECONNRESET. n8n shows it. */
	httpCode?: string;
	/** Whether GoFive has processed the write. Not set if it has not, or if the request is a read. */
	processed?: 'maybe' | 'yes';
	/** Set if the request was aborted before GoFive responded: whether it had been sent. */
	aborted?: 'beforeSending' | 'inProgress';
	/** Record before an update that could not be confirmed, so that a person can restore it. */
	before?: IDataObject;
}

/** Cause of an error in n8n 2.41 and later. */
type N8nCause =
	| 'credential-invalid'
	| 'configuration-invalid'
	| 'quota-exhausted'
	| 'rate-limited'
	| 'temporarily-unavailable';

/**
 * Who has to act. The node and the trigger decide by it, unless only one kind is meant or the request was aborted:
 *
 * - `input`: the form. `record`: the values of this request, or its record. Other requests may succeed.
 * - `account`: credential, permission, quota or rate limit. `service`: GoFive or the network. Other requests probably fail.
 * - `response`: nobody knows. `run`: nobody, because the request was aborted.
 */
type Fault = 'input' | 'record' | 'account' | 'service' | 'response' | 'run';

/** Fault and n8n's cause by kind. */
const KINDS: Record<ErrorKind, { fault: Fault; cause?: N8nCause }> = {
	input: { fault: 'input' },
	refused: { fault: 'record' },
	notFound: { fault: 'record' },
	rejected: { fault: 'record' },
	stopped: { fault: 'record' },
	credential: { fault: 'account', cause: 'credential-invalid' },
	configuration: { fault: 'account', cause: 'configuration-invalid' },
	forbidden: { fault: 'account', cause: 'configuration-invalid' },
	unknownEndpoint: { fault: 'account', cause: 'configuration-invalid' },
	quota: { fault: 'account', cause: 'quota-exhausted' },
	rateLimit: { fault: 'account', cause: 'rate-limited' },
	unavailable: { fault: 'service', cause: 'temporarily-unavailable' },
	unclear: { fault: 'response' },
	cancelled: { fault: 'run' },
};

/** Last sentence of an error about an input item, whose request is not sent. */
export const NOTHING_SENT = 'Nothing was sent for this item.';

/** Error with a text for the user. The runner converts it to n8n's errors, see {@link toNodeError}. */
export class GoFiveError extends Error implements ErrorDetails {
	readonly kind: ErrorKind;
	readonly description: string;
	readonly retryAfterMs: ErrorDetails['retryAfterMs'];
	readonly httpCode: ErrorDetails['httpCode'];
	readonly processed: ErrorDetails['processed'];
	readonly aborted: ErrorDetails['aborted'];
	readonly before: ErrorDetails['before'];

	constructor(details: ErrorDetails) {
		super(details.message);
		this.kind = details.kind ?? 'input';
		this.description = details.description;
		this.retryAfterMs = details.retryAfterMs;
		this.httpCode = details.httpCode;
		this.processed = details.processed;
		this.aborted = details.aborted;
		this.before = details.before;
	}

	/** Message and description on one line, for places that show only one text. */
	get text(): string {
		return `${this.message}. ${this.description}`;
	}

	get fault(): Fault {
		return KINDS[this.kind].fault;
	}

	/** Whether the error concerns the record of the request. After a write that may be processed, the user has to check it. */
	get concernsRecord(): boolean {
		return this.fault === 'record' || this.processed === 'maybe';
	}

	/** Whether neither the record nor the request is at fault, so that other requests fail for the same reason. */
	get isCommon(): boolean {
		return this.fault === 'account' || this.fault === 'service';
	}

	/** Creates a copy with other details. Spreading an error omits its message. */
	with(changes: Partial<ErrorDetails>): GoFiveError {
		return new GoFiveError({ ...this, message: this.message, ...changes });
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

/**
 * Returns the index of the first error. One of an aborted request counts only if there is no other.
 * @returns -1 if there is none.
 */
export function findFirstError(errors: Array<GoFiveError | undefined>): number {
	const index = errors.findIndex((error) => error && !error.aborted);
	return index >= 0 ? index : errors.findIndex((error) => error);
}

/** Describes which field to check after an error of n8n. @param parameter - Name of the field, if n8n states it. */
const describeParameter = (parameter: unknown): string =>
	typeof parameter === 'string'
		? `Check the expression in the field '${parameter}' of this node.`
		: 'Check the expressions in the fields of this node.';

/** Converts a caught value. n8n's own errors, for example about an invalid expression, keep their texts. */
export function toGoFiveError(error: unknown): GoFiveError {
	if (error instanceof GoFiveError) return error;
	const message = error instanceof Error ? error.message : String(error);
	const { description, context } = (error ?? {}) as { description?: unknown; context?: { parameter?: unknown } };
	const hasDescription = typeof description === 'string' && description !== '';
	return new GoFiveError({
		message,
		description: hasDescription ? description : describeParameter(context?.parameter),
	});
}

/** Returns n8n's cause. None for a write that may be processed, since a temporary one would suggest trying again. */
function toCause({ kind, processed, retryAfterMs }: GoFiveError) {
	const { cause } = KINDS[kind];
	if (cause === undefined || processed === 'maybe') return undefined;
	return retryAfterMs === undefined ? { cause } : ({ cause, retryAfterMs } as { cause: 'rate-limited' });
}

/**
 * Converts to n8n's error: NodeOperationError if the input is at fault, otherwise NodeApiError.
 *
 * The AI Agent of n8n 2 shows its model only the message of a tool, whose type is the node's with `Tool` appended. In a
 * list that is not a resource locator, n8n's editor shows only the message, and a NodeApiError as "[object Object]". So
 * the message contains the description there.
 */
export function toNodeError(
	node: INode,
	error: GoFiveError,
	{ itemIndex, isInList = false }: { itemIndex?: number; isInList?: boolean } = {},
): NodeApiError | NodeOperationError {
	const showsOnlyMessage = isInList || node.type.endsWith('Tool');
	const message = showsOnlyMessage ? error.text : error.message;
	const description = showsOnlyMessage ? undefined : error.description;
	const options = { message, description, itemIndex, httpCode: error.httpCode, failure: toCause(error) };
	const nodeError =
		isInList || error.kind === 'input'
			? new NodeOperationError(node, message, options)
			: new NodeApiError(node, { message }, options);
	// n8n stores it with the execution, and the editor shows it in the details of the error.
	if (error.before) nodeError.context['data'] = { before: error.before };
	// n8n replaces a message that contains a code of Node.js such as ENOTFOUND, even inside a customer code.
	// It shows the message as text in the node, but as HTML in notifications. With a blank after `<`, both are the same.
	nodeError.message = message.replace(/<(?=\S)/g, '< ');
	// n8n's editor shows the description as HTML, and it may quote a value of the input or of GoFive.
	nodeError.description = description?.replaceAll('<', '&lt;');
	return nodeError;
}
