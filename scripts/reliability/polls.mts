import type { ReceivedRequest, Sandbox } from '../../sandbox/types.mts';
import { PlainStop } from '../start/plain.mts';
import type { Session } from '../start/session.mts';
import { CODES } from './workflow.mts';

/** Milliseconds between two looks at the sandbox. */
const LOOK = 2;
/** Milliseconds without a request for a customer's events after which the next one belongs to a new poll. */
const QUIET = 2_000;
/** Milliseconds in which the names of the event types are asked for, once there is something to tell. */
const NAMES = 400;

const isRead = ({ operationId }: ReceivedRequest): boolean => operationId === 'getCustomerEvents';
const isAnswered = ({ status, fault }: ReceivedRequest): boolean => status !== undefined || fault !== undefined;

/** The polls, as the sandbox sees them. */
export class Polls {
	constructor(
		private readonly sandbox: Sandbox,
		private readonly session: Session,
	) {}

	/** How many there were so far. */
	get count(): number {
		return this.sandbox.requests
			.filter(isRead)
			.filter(({ at }, index, reads) => at - (reads[index - 1]?.at ?? 0) > QUIET).length;
	}

	/**
	 * Waits for the next poll to begin.
	 * @param patience milliseconds
	 * @throws PlainStop when none began
	 */
	async begins(patience: number): Promise<void> {
		const from = this.sandbox.requests.length;
		if (await this.session.until(() => this.sandbox.requests.slice(from).some(isRead), patience, LOOK)) return;
		throw new PlainStop(`n8n did not poll for ${patience / 60_000} minutes.`, `See ${this.session.log}`);
	}

	/** Waits until the poll that is under way has its answers, those about the names of event types included. */
	async hasItsAnswers(patience: number): Promise<void> {
		const seen = this.current();
		await this.hasItsEvents(patience);
		const named = () => seen().filter(({ operationId }) => operationId === 'getCustomerEventTypes');
		await this.session.until(() => named().some(isAnswered), NAMES, LOOK);
	}

	/** Waits until the poll that is under way has the answers for all customers. */
	async hasItsEvents(patience: number): Promise<void> {
		const seen = this.current();
		await this.session.until(() => seen().filter(isRead).filter(isAnswered).length >= CODES.length, patience, LOOK);
	}

	/** The requests from the beginning of the latest poll on. */
	private current(): () => ReceivedRequest[] {
		const from = this.sandbox.requests.findLastIndex((request, index, all) => {
			const before = all.slice(0, index).findLast(isRead);
			return isRead(request) && request.at - (before?.at ?? 0) > QUIET;
		});
		return () => this.sandbox.requests.slice(from);
	}
}
