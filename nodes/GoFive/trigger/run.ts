import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { Client } from '../api/client';
import { Failure, failureOf, toNodeError } from '../api/failure';
import { messages } from '../api/messages';
import type { Output } from '../operation/fields';
import { LookupDesk } from '../operation/lookups';
import { choicesOf, neededLookups, present } from '../operation/output';
import type { Entity, Field, Names, Operation, Values } from '../operation/types';
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
		const values = readValues(
			trigger.fields,
			(name) => context.getNodeParameter(name, null),
			clock.now(),
			() => undefined,
		);
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
	private readonly done = new AbortController();
	private readonly watch: Watch;
	/** Whether a newer activation has taken over. */
	private left = false;
	private wake = (): void => undefined;

	constructor(
		private readonly context: IPollFunctions,
		private readonly trigger: Trigger,
		private readonly values: Values<TriggerFields>,
	) {
		const { codes, types, on, options } = values;
		const { source, isWanted } = trigger;
		this.client = new Client(context, options);
		const read: Watch['read'] = async (customerCode, range) => {
			const asked = { ...values, customerCode, range, types: [] };
			return source.receive(await this.client.send(source.request(asked)), asked);
		};
		const changes = on === 'newOrChangedEvent';
		this.watch = { codes, types, isWanted, changes, options, now: clock.now(), read, outOfTime: this.outOfTime() };
	}

	/** Up to ten of the newest events. Changes no state. */
	async sample(): Promise<INodeExecutionData[]> {
		const { watch } = this;
		const results = await readAll(watch, windowOf(watch.options, watch.now, watch.options.timeZone));
		const lists = [...results].filter((entry): entry is [string, IDataObject[]] => Array.isArray(entry[1]));
		const failure = [...results.values()].find((result) => result instanceof Failure);
		if (lists.length === 0 && failure) throw failure;
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
		const items = await inTurn(
			key,
			store,
			() => this.leave(),
			async () => {
				const first = store.goFive === undefined;
				const polled = await poll(this.watch, stateIn(store.goFive), first);
				if (this.left) return [];
				this.refuse(polled, isDurable(store) ? first : !activated.has(store));
				const items = await this.itemsOf(polled.found);
				if (this.left) return [];
				this.report(polled);
				store.goFive = polled.state as unknown as IDataObject;
				activated.add(store);
				return items;
			},
		);
		return items ?? [];
	}

	/** Lets go of what waits for the end of the budget. */
	end(): void {
		this.done.abort();
	}

	private leave(): void {
		this.left = true;
		this.client.stop();
		this.wake();
	}

	private refuse({ failed, anyRead, withoutBaseline }: Polled, activation: boolean): void {
		const [first] = failed.values();
		const reason = first ?? new Failure(messages.outOfTime, 'TIME');
		if (!anyRead) throw reason;
		if (!activation || withoutBaseline.length === 0) return;
		const { cause, httpCode } = failed.get(withoutBaseline[0] ?? '') ?? reason;
		const reasons = new Set(withoutBaseline.map((code) => (failed.get(code) ?? reason).text));
		throw new Failure(
			{
				message: `The trigger cannot start: what ${withoutBaseline.join(', ')} has so far could not be read`,
				description: `${[...reasons].join(' ')} Without it, it is not known what is new. Correct the codes and activate the workflow again.`,
				cause,
			},
			httpCode,
		);
	}

	/** Tells n8n's error workflow of customers that cannot be read for long, once per three polls. */
	private report({ failed, state }: Polled): void {
		const due = [...failed.keys()].filter((code) => (state.customers[code]?.failures ?? 0) % FAILURES_TO_REPORT === 0);
		const reason = failed.get(due[0] ?? '');
		if (!reason) return;
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
		const { client, watch, values, trigger } = this;
		const choices = choicesOf(values);
		const needed = found.length > 0 ? neededLookups(trigger.entity, choices) : [];
		const names = new LookupDesk(client, () => undefined).fetch(trigger.entity, needed);
		const known = await Promise.race([names, watch.outOfTime.then((): Names => ({}))]);
		return found.map(({ code, record }) => ({
			json: present(record, trigger.entity, { ...values, customerCode: code }, choices, known),
		}));
	}

	private async outOfTime(): Promise<void> {
		const left = new Promise<void>((resolve) => (this.wake = resolve));
		// n8n 1.x knows no budget.
		const budget = (this.context as IPollFunctions & { getPollBudgetMs?(): number }).getPollBudgetMs?.();
		if (budget === undefined) return await left;
		await Promise.race([left, waitUntil(clock.now() + budget * SHARE_OF_BUDGET, this.done.signal)]);
		this.client.stop();
	}
}
