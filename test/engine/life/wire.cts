import type { Sandbox } from '../../../sandbox/index.mts';
import type { PollOptions, PollResult } from '../harness.cts';
import { turn } from '../../until.cts';
import { clock } from '../world.cts';

type Answer = Parameters<Sandbox['addFault']>[0]['answer'];

/** Turns of the event loop without a request or an answer after which nothing more comes. */
const QUIET = 40;

/** What goes over the wire during one poll. */
export class Wire {
	private readonly begin: number;

	constructor(private readonly sandbox: Sandbox) {
		this.begin = sandbox.requests.length;
	}

	/** Lets the next request for the events of each customer have this answer. */
	spoil(codes: string[], answer: Answer): void {
		for (const customerCode of codes) this.sandbox.addFault({ match: { operationId: 'getCustomerEvents', customerCode }, answer });
	}

	/** Customers whose events were asked for. */
	get asked(): string[] {
		return this.requests.map(({ query }) => new URLSearchParams(query).get('customerCode') ?? '');
	}

	/** Polls with a budget that is used up as soon as GoFive leaves a request unanswered and nothing else goes on. */
	async pollUntilQuiet(poll: (options: PollOptions) => Promise<PollResult>): Promise<PollResult> {
		const { sleep } = clock;
		let ended = false;
		clock.sleep = async () => {
			for (let quiet = 0, last = ''; !ended && (quiet < QUIET || !this.isUnanswered); ) {
				await turn();
				const now = JSON.stringify(this.requests.map(({ status }) => status ?? null));
				quiet = now === last ? quiet + 1 : 0;
				last = now;
			}
		};
		try {
			// One step of the waiting.
			return await poll({ pollBudgetMs: 200 });
		} finally {
			ended = true;
			clock.sleep = sleep;
		}
	}

	private get isUnanswered(): boolean {
		return this.requests.some(({ status }) => status === undefined);
	}

	private get requests() {
		return this.sandbox.requests.slice(this.begin);
	}
}
