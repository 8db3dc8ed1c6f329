import type { FaultResponse, Sandbox } from '../../../sandbox/index.mts';
import type { PollOptions, TriggerPollResult } from '../harness.cts';
import { flushEventLoop } from '../../support/waitForCondition.cts';
import { clock } from '../executionFixture.cts';

/** Number of turns of the event loop without a request or response after which the poll counts as idle. */
const IDLE_TURNS = 40;

/** Requests of one poll. */
export class PollRequestLog {
	private readonly startIndex: number;

	constructor(private readonly sandbox: Sandbox) {
		this.startIndex = sandbox.requestLog.length;
	}

	/** Answers the next read of each customer's events with this fault. */
	injectFault(customerCodes: string[], answer: FaultResponse): void {
		for (const customerCode of customerCodes)
			this.sandbox.faults.add({ match: { operationId: 'getCustomerEvents', customerCode }, answer });
	}

	/** Customer codes of the reads. */
	get requestedCodes(): string[] {
		return this.loggedRequests.map(({ query }) => new URLSearchParams(query).get('customerCode') ?? '');
	}

	/** Polls with a budget that is used up once a request has no response and nothing else happens. */
	async pollUntilIdle(poll: (options: PollOptions) => Promise<TriggerPollResult>): Promise<TriggerPollResult> {
		const { sleep: originalSleep } = clock;
		let isEnded = false;
		clock.sleep = async () => {
			for (let idleTurns = 0, lastStatuses = ''; !isEnded && (idleTurns < IDLE_TURNS || !this.hasUnansweredRequest); ) {
				await flushEventLoop();
				const currentStatuses = JSON.stringify(this.loggedRequests.map(({ status }) => status ?? null));
				idleTurns = currentStatuses === lastStatuses ? idleTurns + 1 : 0;
				lastStatuses = currentStatuses;
			}
		};
		try {
			// The budget is one interval between two checks.
			return await poll({ pollBudgetMs: 200 });
		} finally {
			isEnded = true;
			clock.sleep = originalSleep;
		}
	}

	private get hasUnansweredRequest(): boolean {
		return this.loggedRequests.some(({ status }) => status === undefined);
	}

	private get loggedRequests() {
		return this.sandbox.requestLog.slice(this.startIndex);
	}
}
