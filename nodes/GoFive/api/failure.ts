import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

/** Why something did not work, for n8n releases that act on it (2.41 and later). Times are milliseconds. */
export type Cause =
	| { cause: 'rate-limited' | 'temporarily-unavailable'; retryAfterMs?: number }
	| { cause: 'quota-exhausted'; resetsAtEpochMs?: number }
	| { cause: 'credential-invalid' | 'configuration-invalid' };

/** What a person reads: what happened, and what to do next. */
export interface Message {
	message: string;
	description: string;
	cause?: Cause;
}

/** `httpCode` of a failure that says no more than that the run was stopped while the request was under way. */
export const CANCELLED = 'CANCELLED';

/** As `CANCELLED`, of a request that was never sent. */
export const UNSENT = 'UNSENT';

/** The one thing that our code throws for a person to read; the runner turns it into n8n's errors. */
export class Failure extends Error {
	readonly description: string;
	override readonly cause?: Cause;

	/** @param httpCode set when GoFive or the way to it said no; without it the input was at fault */
	constructor(
		{ message, description, cause }: Message,
		readonly httpCode?: string,
	) {
		super(message);
		this.description = description;
		this.cause = cause;
	}

	/** Whether it only says that the run was stopped. */
	get isStop(): boolean {
		return this.httpCode === CANCELLED || this.httpCode === UNSENT;
	}

	/** The whole text on one line, for items that carry it. */
	get text(): string {
		return `${this.message}. ${this.description}`;
	}
}

/** Whatever was thrown, as a Failure; n8n's own errors (a broken expression, say) keep their texts. */
export function failureOf(thrown: unknown): Failure {
	if (thrown instanceof Failure) return thrown;
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	const told = thrown instanceof Error && 'description' in thrown ? thrown.description : undefined;
	const description = typeof told === 'string' && told !== '' ? told : 'Check the parameters of this node.';
	return new Failure({ message, description });
}

/** n8n's error for a Failure: NodeApiError when it has an `httpCode`, else NodeOperationError. */
export function toNodeError(node: INode, failure: Failure, itemIndex?: number): NodeApiError | NodeOperationError {
	const { message, description, httpCode, cause } = failure;
	const options = { message, description, itemIndex, httpCode, failure: cause };
	const error =
		httpCode === undefined
			? new NodeOperationError(node, message, options)
			: new NodeApiError(node, { message }, options);
	// n8n swaps a text that contains a word such as ENOTFOUND, be it from a customer code.
	error.message = message;
	error.description = description;
	return error;
}
