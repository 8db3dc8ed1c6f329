import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { Client } from '../api/client';
import { Failure, failureOf, toNodeError } from '../api/failure';
import { messages } from '../api/messages';
import type { Output } from '../operation/fields';
import { LookupDesk } from '../operation/lookups';
import { choicesOf, neededLookups, present } from '../operation/output';
import type { Entity, Field, Operation, Values } from '../operation/types';
import { readValues } from '../operation/values';
import { clock, waitUntil } from '../time/clock';
import type { TriggerOn } from './fields';
import { idOf } from './seen';
import { stateIn } from './state';
import { inTurn } from './turn';
import { poll, readAll, type Found, type Polled, type Watch } from './watch';
import { windowOf } from './window';

interface TriggerFields {
	on: Field<TriggerOn>;
	codes: Field<string[]>;
	types: Field<number[]>;
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

const SAMPLE = 10;
const FAILURES_TO_REPORT = 3;
/** The part of n8n's budget for a poll that may be used up by reading. */
const SHARE_OF_BUDGET = 0.8;

/** Milliseconds for the first poll of an activation: n8n 2.41 gives an activation up after 84 s, whatever budget it tells. */
const BUDGET_OF_ACTIVATION = 75_000;
/** Activations that nobody watches, who could correct something. */
const UNATTENDED = ['init', 'leadershipChange'];

/** Activations whose first poll has come to its end; n8n has one stored object per activation. */
const activated = new WeakSet<object>();

/**
 * Whether n8n stores the object after every poll, as its durable poller does, and hands out a fresh one each time.
 * Else it observes the object, and stores it when a poll starts a workflow and when activation ends.
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
		const run = new Run(context, trigger, values);
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

class Run {
	private readonly client: Client;
	/** Set when nothing is waited for any more. */
	private readonly over = new AbortController();
	private readonly watch: Watch;
	/** Why a customer for whom the time ran out was not read. */
	private late = new Failure(messages.outOfTime, 'TIME');
	/** Whether a newer activation has taken over. */
	private left = false;

	constructor(
		private readonly context: IPollFunctions,
		private readonly trigger: Trigger,
		private readonly values: Values<TriggerFields>,
	) {
		const { codes, types, on, options } = values;
		const { source, isWanted } = trigger;
		// n8n 1.x knows no budget.
		const toldBudget = (context as IPollFunctions & { getPollBudgetMs?(): number }).getPollBudgetMs?.() ?? Infinity;
		const budget =
			toldBudget < Infinity && this.isActivation() ? Math.min(toldBudget, BUDGET_OF_ACTIVATION) : toldBudget;
		// A customer that never answers leaves as much time to the others. Silence is noticed first, since it is less of a
		// reason to go on carefully than a request that trickles.
		const longest = Math.max(2, Math.floor((budget * SHARE_OF_BUDGET) / 2 / 1000));
		const timeout = Math.min(options.timeout, longest - 1);
		this.client = new Client(context, { ...options, timeout, longest, signal: this.over.signal });
		const read: Watch['read'] = async (customerCode, range) => {
			const asked = { ...values, customerCode, range, types: [] };
			const records = source.receive(await this.client.send(source.request(asked)), asked);
			if (records.length === 0 || records.some((record) => idOf(record) !== undefined)) return records;
			throw new Failure(messages.unexpectedForm, '200');
		};
		const changes = on === 'newOrChangedEvent';
		this.watch = { codes, types, isWanted, changes, options, now: clock.now(), read };
		if (budget !== Infinity) void this.keepTo(budget * SHARE_OF_BUDGET);
	}

	/** Up to ten of the newest events. Changes no state. */
	async sample(): Promise<INodeExecutionData[]> {
		const { watch } = this;
		const results = await readAll(watch, windowOf(watch.options, watch.now, watch.options.timeZone));
		const lists = [...results].filter((entry): entry is [string, IDataObject[]] => Array.isArray(entry[1]));
		if (lists.length === 0) throw this.reason([...results.values()].find((result) => result instanceof Failure));
		const found = lists
			.flatMap(([code, records]) => records.map((record) => ({ code, record })))
			.filter(({ record }) => watch.isWanted(record, watch.types))
			.sort((a, b) => Number(idOf(b.record)) - Number(idOf(a.record)));
		if (found.length > 0) return await this.itemsOf(found.slice(0, SAMPLE));
		throw new Failure({
			message: 'There is no event to show as a sample',
			description: `The customers have no events of these types from ${watch.options.lookBack} days ago to ${watch.options.lookAhead} days ahead. The trigger works all the same: it starts the workflow when a new event comes.`,
		});
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
			const first = store.goFive === undefined;
			const polled = await poll(this.watch, stateIn(store.goFive), first);
			if (this.left) return [];
			const missing = this.required(polled, store, first);
			if (this.startsBlind(polled, missing)) {
				activated.add(store);
				return [];
			}
			this.refuse(polled, missing);
			const items = await this.itemsOf(polled.found);
			if (this.left) return [];
			this.report(polled);
			store.goFive = polled.state as unknown as IDataObject;
			activated.add(store);
			return items;
		});
		return items ?? [];
	}

	/** Whether it is the first poll of an activation; the durable poller knows none, and a test none either. */
	private isActivation(): boolean {
		if (this.context.getMode() === 'manual') return false;
		const store = this.context.getWorkflowStaticData('node');
		return !isDurable(store) && !activated.has(store);
	}

	/**
	 * n8n 2.41 gives a trigger up for good when the first poll after a start of the server throws. Where nobody can be read,
	 * and all have their baselines, that poll only reports, and the next one goes on.
	 */
	private startsBlind({ anyRead, failed }: Polled, missing: string[]): boolean {
		if (anyRead || missing.length > 0 || !this.isActivation()) return false;
		if (!UNATTENDED.includes(this.context.getActivationMode())) return false;
		const [failure] = failed.values();
		this.context.__emitError(toNodeError(this.context.getNode(), this.reason(failure)));
		return true;
	}

	/** Ends all that still waits. */
	end(): void {
		this.over.abort();
	}

	/**
	 * Refuses a poll in which nobody can be read, which n8n shows as a failed execution, so it counts for none of the
	 * reports below; and a start without the baselines that it needs.
	 */
	private refuse({ failed, anyRead }: Polled, missing: string[]): void {
		const failures = [...failed.values()];
		// Where some took all the time, the next poll begins with the others, so what is known of it has to be stored.
		const othersMayDo = failures.length < this.watch.codes.length && failures.some(({ isStop }) => !isStop);
		if (!anyRead && !othersMayDo) throw this.reason(failures[0]);
		const [first] = missing;
		if (first === undefined) return;
		const { cause, httpCode } = this.reason(failed.get(first));
		const reasons = new Set(missing.map((code) => this.reason(failed.get(code)).text));
		throw new Failure(
			{
				message: `The trigger cannot start: what ${missing.join(', ')} has so far could not be read`,
				description: `${[...reasons].join(' ')} Without it, it is not known what is new. Correct the codes and activate the workflow again.`,
				cause,
			},
			httpCode,
		);
	}

	/** Tells n8n's error workflow of customers that cannot be read for long, once per three polls. */
	private report({ failed, state }: Polled): void {
		const due = [...failed.keys()].filter((code) => (state.customers[code]?.failures ?? 0) % FAILURES_TO_REPORT === 0);
		if (due.length === 0) return;
		const reason = this.reason(failed.get(due[0] ?? ''));
		const { description, cause, httpCode } = reason;
		const message = `${due.join(', ')} could not be read ${FAILURES_TO_REPORT} times in a row: ${reason.message}`;
		const more = 'Their new events come as soon as they can be read again; the other customers are watched as always.';
		this.context.__emitError(
			toNodeError(
				this.context.getNode(),
				new Failure({ message, description: `${description} ${more}`, cause }, httpCode),
			),
		);
	}

	private async itemsOf(found: Found[]): Promise<INodeExecutionData[]> {
		const { client, values, trigger } = this;
		const choices = choicesOf(values);
		const needed = found.length > 0 ? neededLookups(trigger.entity, choices) : [];
		const names = await new LookupDesk(client, () => undefined).fetch(trigger.entity, needed);
		return found.map(({ code, record }) => ({
			json: present(record, trigger.entity, { ...values, customerCode: code }, choices, names),
		}));
	}

	/** Customers without whose baseline the poll is refused. */
	private required({ withoutBaseline, failed }: Polled, store: object, first: boolean): string[] {
		if (!isDurable(store)) return this.isActivation() ? withoutBaseline : [];
		// n8n stores this state whatever comes of the poll, so the next ones go on from it where time was short.
		return first ? withoutBaseline.filter((code) => failed.get(code)?.isStop === false) : [];
	}

	/** Why a customer was not read. */
	private reason(failure: Failure | undefined): Failure {
		return failure && !failure.isStop ? failure : this.late;
	}

	private async keepTo(milliseconds: number): Promise<void> {
		await waitUntil(clock.now() + milliseconds, this.over.signal);
		const { pauseLeft } = this.client;
		if (pauseLeft > 0) this.late = new Failure(messages.rateLimit(pauseLeft), '429');
		this.end();
	}
}
