import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { recordsOf } from '../api/answer/envelope';
import { Client } from '../api/send/client';
import { Failure, failureOf, toNodeError, type Message } from '../api/words/failure';
import { messages } from '../api/words/messages';
import { readValues } from '../operation/fields/values';
import { LookupDesk } from '../operation/run/lookups';
import { neededLookups, outputOf, presenter } from '../operation/run/present';
import { requestOf } from '../operation/run/task';
import type { Entity, Field, Operation, Output, Values } from '../operation/types';
import { clock, waitUntil } from '../time/clock';
import type { TriggerOn } from './fields';
import { sample } from './sample';
import { idOf } from './seen';
import { stateIn } from './state';
import { inTurn } from './turn';
import { unread, type Words } from './unread';
import { poll, type Found, type Polled, type Watch } from './watch';

interface TriggerFields {
	triggerOn: Field<TriggerOn>;
	customerCodes: Field<string[]>;
	eventTypes: Field<number[]>;
	output: Field<Output>;
	[key: string]: Field;
}

/** What the trigger is made of. */
export interface Trigger {
	fields: TriggerFields;
	/** The operation that gets the events of one customer. */
	source: Operation;
	entity: Entity;
	isWanted(record: IDataObject, types: number[]): boolean;
}

const FAILURES_TO_REPORT = 3;
const OUT_OF_TIME: Message = {
	message: 'n8n gave the poll too little time to read all customers',
	description: "Watch fewer customers in one trigger, or raise 'Max Parallel Requests'.",
	cause: { cause: 'temporarily-unavailable' },
};
/** The share of the time that n8n gives a poll which reading may use up. */
const SHARE_OF_BUDGET = 0.8;

/** Milliseconds for the first poll of an activation: n8n 2.41 gives up on an activation after 84 s, whatever budget it names. */
const BUDGET_OF_ACTIVATION = 75_000;
/** Activations by n8n itself, when nobody is there to correct anything. */
const UNATTENDED = ['init', 'leadershipChange'];

/** Activations whose first poll has ended, by n8n's stored object: there is one per activation. */
const activated = new WeakSet<object>();
/** Activations that failed because GoFive refused a code: n8n 2.41 repeats each four times, and GoFive would only say the same again. */
const refused = new WeakMap<object, Failure>();

/**
 * Whether n8n stores the object after every poll, as its durable poller does, and hands out a fresh one each time.
 * Otherwise it observes the object, and stores it when a poll starts a workflow and when activation ends.
 */
const isDurable = (store: object): boolean => !('__dataChanged' in store);

/** One poll, or a sample when the user tests the trigger. @returns null when there is nothing new; @throws NodeApiError, NodeOperationError */
export async function runPoll(context: IPollFunctions, trigger: Trigger): Promise<INodeExecutionData[][] | null> {
	try {
		const values = readValues(trigger.fields, (name) => context.getNodeParameter(name, null), {
			now: clock.now(),
			hint: () => undefined,
			isExpression: () => false,
		});
		const run = new PollRun(context, trigger, values);
		try {
			const items = context.getMode() === 'manual' ? await run.sample() : await run.newItems();
			return items.length > 0 ? [items] : null;
		} finally {
			run.end();
		}
	} catch (thrown) {
		throw toNodeError(context.getNode(), failureOf(thrown));
	}
}

class PollRun {
	private readonly client: Client;
	/** Aborted when nothing is waited for any longer. */
	private readonly over = new AbortController();
	private readonly watch: Watch;
	/** Why a customer for whom the time ran out was not read. */
	private late = new Failure(OUT_OF_TIME, { reason: 'late' });
	/** Whether a newer activation has taken over. */
	private left = false;

	constructor(
		private readonly context: IPollFunctions,
		private readonly trigger: Trigger,
		private readonly values: Values<TriggerFields>,
	) {
		const { customerCodes: codes, eventTypes: types, triggerOn, options } = values;
		const { source, isWanted } = trigger;
		const { receive = recordsOf } = source;
		// n8n 1.x has no budget.
		const toldBudget = (context as IPollFunctions & { getPollBudgetMs?(): number }).getPollBudgetMs?.() ?? Infinity;
		const budget =
			toldBudget < Infinity && this.isActivation() ? Math.min(toldBudget, BUDGET_OF_ACTIVATION) : toldBudget;
		// A customer who never answers leaves half of the time to the others. The limit for silence is the shorter one, because
		// a silent request is less of a reason to slow down than an answer that trickles in.
		const longest = Math.max(2, Math.floor((budget * SHARE_OF_BUDGET) / 2 / 1000));
		const timeout = Math.min(options.timeout, longest - 1);
		this.client = new Client(context, { ...options, timeout, longest, signal: this.over.signal });
		const read: Watch['read'] = async (customerCode, range) => {
			const asked = { ...values, customerCode, dateRange: range, eventTypes: [] };
			const records = receive(await this.client.send(requestOf(source, asked)), asked);
			if (records.length === 0 || records.some((record) => idOf(record) !== undefined)) return records;
			throw new Failure(messages.unexpectedForm, { httpCode: '200' });
		};
		const changes = triggerOn === 'newOrChangedEvent';
		this.watch = { codes, types, isWanted, changes, options, now: clock.now(), read };
		if (budget !== Infinity) void this.keepTo(budget * SHARE_OF_BUDGET);
	}

	/** Some of the newest events. Changes no state. */
	async sample(): Promise<INodeExecutionData[]> {
		return await this.itemsOf(await sample(this.watch, (failure) => this.reason(failure)));
	}

	/** What is new since the last poll. */
	async newItems(): Promise<INodeExecutionData[]> {
		const { context } = this;
		const store = context.getWorkflowStaticData('node');
		const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
		const leave = () => {
			this.left = true;
			this.end();
		};
		const items = await inTurn({ key, store, perActivation: !isDurable(store), leave }, async () => {
			const told = refused.get(store);
			if (told) throw told;
			const first = store.goFive === undefined;
			const polled = await poll(this.watch, stateIn(store.goFive), first);
			if (this.left) return [];
			const missing = this.required(polled, store, first);
			if (this.startsBlind(polled, missing)) {
				activated.add(store);
				return [];
			}
			this.failIfUnread(polled, missing, store);
			const items = await this.itemsOf(polled.found);
			if (this.left) return [];
			this.report(polled);
			store.goFive = polled.state as unknown as IDataObject;
			activated.add(store);
			return items;
		});
		return items ?? [];
	}

	/** Whether this is the first poll of an activation; the durable poller has no activations, and a test by the user is none. */
	private isActivation(): boolean {
		if (this.context.getMode() === 'manual') return false;
		const store = this.context.getWorkflowStaticData('node');
		return !isDurable(store) && !activated.has(store);
	}

	/**
	 * n8n 2.41 gives up on a trigger for good when its first poll after a server start throws. So when nobody can be read but
	 * all have their baselines, that poll only reports it, and the next one carries on.
	 */
	private startsBlind({ anyRead, failed }: Polled, missing: string[]): boolean {
		if (anyRead || missing.length > 0 || !this.isActivation()) return false;
		if (!UNATTENDED.includes(this.context.getActivationMode())) return false;
		const [failure] = failed.values();
		this.context.__emitError(toNodeError(this.context.getNode(), this.reason(failure)));
		return true;
	}

	/** Ends everything that still waits. */
	end(): void {
		this.over.abort();
	}

	/**
	 * Fails a poll in which nobody can be read, which n8n shows as a failed execution, so `report` does not count it; and a
	 * start without the baselines that it needs.
	 */
	private failIfUnread({ failed, anyRead }: Polled, missing: string[], store: object): void {
		const failures = [...failed.values()];
		// Where some took all the time, the next poll begins with the others, so the state has to be stored.
		const othersMayDo = failures.length < this.watch.codes.length && failures.some(({ isStop }) => !isStop);
		const nobody = !anyRead && !othersMayDo;
		const reason = this.reason(failures[0]);
		// A reason that does not lie with a customer, such as a wrong key, says it all.
		if (nobody && reason.cause) throw reason;
		if (missing.length > 0) {
			const failure = this.unread(missing, failed, {
				before: 'The trigger cannot start, because ',
				more: 'The trigger begins by taking note of the events that exist already: publish the workflow again once all customers can be read.',
			});
			if (missing.some((code) => failed.get(code)?.origin.refused)) refused.set(store, failure);
			throw failure;
		}
		if (nobody) throw this.unread([...failed.keys()], failed);
	}

	/** Tells n8n's error workflow about customers who could not be read in three polls in a row, and again every three polls. */
	private report({ failed, state }: Polled): void {
		const due = [...failed.keys()].filter((code) => (state.customers[code]?.failures ?? 0) % FAILURES_TO_REPORT === 0);
		if (due.length === 0) return;
		const failure = this.unread(due, failed, {
			after: ` ${FAILURES_TO_REPORT} times in a row`,
			more: 'Their new events will follow once they can be read again. The other customers are watched as usual.',
		});
		this.context.__emitError(toNodeError(this.context.getNode(), failure));
	}

	private unread(codes: string[], failed: Map<string, Failure>, words?: Words): Failure {
		return unread(new Map(codes.map((code) => [code, this.reason(failed.get(code))])), words);
	}

	private async itemsOf(found: Found[]): Promise<INodeExecutionData[]> {
		const { client, values, trigger } = this;
		const { entity } = trigger;
		const output = outputOf(values);
		const needed = found.length > 0 ? neededLookups(entity, output) : [];
		const names = await new LookupDesk(client, () => undefined).fetch(entity, needed);
		const { timeZone } = values.options;
		return found.flatMap(({ code, record }) =>
			presenter(entity, output, { timeZone, names, sent: { customerCode: code } })(record).map((json) => ({ json })),
		);
	}

	/** Customers whose missing baseline makes the poll fail. */
	private required({ withoutBaseline, failed }: Polled, store: object, first: boolean): string[] {
		if (!isDurable(store)) return this.isActivation() ? withoutBaseline : [];
		// n8n stores this state in any case, so the next polls carry on with those for whom there was no time.
		return first ? withoutBaseline.filter((code) => failed.get(code)?.isStop === false) : [];
	}

	/** Why a customer was not read. */
	private reason(failure: Failure | undefined): Failure {
		return failure && !failure.isStop ? failure : this.late;
	}

	private async keepTo(milliseconds: number): Promise<void> {
		await waitUntil(clock.now() + milliseconds, this.over.signal);
		const { pauseLeft } = this.client;
		if (pauseLeft > 0) this.late = new Failure(messages.rateLimit(pauseLeft), { httpCode: '429' });
		this.end();
	}
}
