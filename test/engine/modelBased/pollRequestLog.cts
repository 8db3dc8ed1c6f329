import type { Sandbox } from '../../../sandbox/index.mts';
import type { PollOptions, TriggerPollResult } from '../harness.cts';
import { flushEventLoop } from '../../support/waitForCondition.cts';
import { clock } from '../executionFixture.cts';

type FaultAnswer = Parameters<Sandbox['addFault']>[0]['answer'];

/** Turns of the event loop without a request or an answer after which nothing more comes. */
const IDLE_TURNS = 40;

/** What goes over the wire during one poll. */
export class PollRequestLog {
	private readonly startIndex: number;

	constructor(private readonly sandbox: Sandbox) {
		this.startIndex = sandbox.requestLog.length;
	}

	/** Lets the next request for the events of each customer have this answer. */
	injectFault(customerCodes: string[], answer: FaultAnswer): void {
		for (const customerCode of customerCodes)
			this.sandbox.addFault({ match: { operationId: 'getCustomerEvents', customerCode }, answer });
	}

	/** Customers whose events were asked for. */
	get requestedCodes(): string[] {
		return this.loggedRequests.map(({ query }) => new URLSearchParams(query).get('customerCode') ?? '');
	}

	/** Polls with a budget that is used up as soon as GoFive leaves a request unanswered and nothing else goes on. */
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
			// One step of the waiting.
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
