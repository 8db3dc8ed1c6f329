import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { toRecords } from '../api/response/envelope';
import { Client } from '../api/transport/client';
import { GoFiveError, toGoFiveError, toNodeError, type ErrorText } from '../api/errors/goFiveError';
import { messages } from '../api/errors/messages';
import { readOperationValues } from '../operation/fields/operationValues';
import { LookupCache } from '../operation/execute/lookups';
import { requiredLookups, getOutput, createFormatter } from '../operation/execute/formatRecords';
import { buildRequest } from '../operation/execute/tasks';
import type { Entity, Field, Operation, Output, OperationValues } from '../operation/types';
import { clock, waitUntil } from '../time/clock';
import type { TriggerOn } from './triggerFields';
import { fetchTestEvents } from './testEvents';
import { getEventId } from './seenEvents';
import { parseTriggerState } from './triggerState';
import { withPollLock } from './pollLock';
import { unreadableCustomersError, type ErrorWording } from './unreadableCustomers';
import { pollCustomers, type FoundEvent, type PollResult, type PollSettings } from './pollCustomers';
import { SECOND_MS } from '../shared/units';

interface TriggerFields {
	triggerOn: Field<TriggerOn>;
	customerCodes: Field<string[]>;
	eventTypes: Field<number[]>;
	output: Field<Output>;
	[key: string]: Field;
}

/** What the trigger is made of. */
export interface TriggerDefinition {
	fields: TriggerFields;
	/** The operation that gets the events of one customer. */
	source: Operation;
	entity: Entity;
	matchesTypes(record: IDataObject, eventTypeIds: number[]): boolean;
}

const FAILURES_PER_REPORT = 3;
const OUT_OF_TIME_TEXT: ErrorText = {
	message: 'n8n gave the poll too little time to read all customers',
	description: "Watch fewer customers in one trigger, or raise 'Max Parallel Requests'.",
	cause: { cause: 'temporarily-unavailable' },
};
/** The share of the time that n8n gives a poll which reading may use up. */
const READING_BUDGET_SHARE = 0.8;

/** Milliseconds for the first poll of an activation: n8n 2.41 gives up on an activation after 84 s, whatever budget it names. */
const ACTIVATION_BUDGET_MS = 75_000;
/** Activations by n8n itself, when nobody is there to correct anything. */
const UNATTENDED_ACTIVATIONS = ['init', 'leadershipChange'];

/** Activations whose first poll has ended, by n8n's stored object: there is one per activation. */
const activatedStores = new WeakSet<object>();
/** Activations that failed because GoFive refused a code: n8n 2.41 repeats each four times, and GoFive would only say the same again. */
const rejectedActivations = new WeakMap<object, GoFiveError>();

/**
 * Whether n8n stores the object after every poll, as its durable poller does, and hands out a fresh one each time.
 * Otherwise it observes the object, and stores it when a poll starts a workflow and when activation ends.
 */
const isDurable = (store: object): boolean => !('__dataChanged' in store);

/** One poll, or a sample when the user tests the trigger. @returns null when there is nothing new; @throws NodeApiError, NodeOperationError */
export async function runPoll(
	context: IPollFunctions,
	trigger: TriggerDefinition,
): Promise<INodeExecutionData[][] | null> {
	try {
		const values = readOperationValues(trigger.fields, (name) => context.getNodeParameter(name, null), {
			now: clock.now(),
			addHint: () => undefined,
			isExpression: () => false,
		});
		const run = new PollRun(context, trigger, values);
		try {
			const items = context.getMode() === 'manual' ? await run.fetchTestItems() : await run.pollItems();
			return items.length > 0 ? [items] : null;
		} finally {
			run.stop();
		}
	} catch (error) {
		throw toNodeError(context.getNode(), toGoFiveError(error));
	}
}

class PollRun {
	private readonly client: Client;
	/** Aborted when nothing is waited for any longer. */
	private readonly stopController = new AbortController();
	private readonly settings: PollSettings;
	/** Why a customer for whom the time ran out was not read. */
	private timeoutError = new GoFiveError(OUT_OF_TIME_TEXT, { reason: 'late' });
	/** Whether a newer activation has taken over. */
	private isSuperseded = false;

	constructor(
		private readonly context: IPollFunctions,
		private readonly trigger: TriggerDefinition,
		private readonly values: OperationValues<TriggerFields>,
	) {
		const { customerCodes, eventTypes: eventTypeIds, triggerOn, options } = values;
		const { source, matchesTypes } = trigger;
		const { receive = toRecords } = source;
		// n8n 1.x has no budget.
		const n8nBudgetMs = (context as IPollFunctions & { getPollBudgetMs?(): number }).getPollBudgetMs?.() ?? Infinity;
		const budgetMs =
			n8nBudgetMs < Infinity && this.isActivation() ? Math.min(n8nBudgetMs, ACTIVATION_BUDGET_MS) : n8nBudgetMs;
		// A customer who never answers leaves half of the time to the others. The limit for silence is the shorter one, because
		// a silent request is less of a reason to slow down than an answer that trickles in.
		const totalTimeout = Math.max(2, Math.floor((budgetMs * READING_BUDGET_SHARE) / 2 / SECOND_MS));
		const timeout = Math.min(options.timeout, totalTimeout - 1);
		this.client = new Client(context, { ...options, timeout, totalTimeout, signal: this.stopController.signal });
		const readCustomer: PollSettings['readCustomer'] = async (customerCode, range) => {
			const sourceValues = { ...values, customerCode, dateRange: range, eventTypes: [] };
			const records = receive(await this.client.send(buildRequest(source, sourceValues)), sourceValues);
			if (records.length === 0 || records.some((record) => getEventId(record) !== undefined)) return records;
			throw new GoFiveError(messages.unexpectedFormat, { httpCode: '200' });
		};
		const includeChanged = triggerOn === 'newOrChangedEvent';
		this.settings = {
			customerCodes,
			eventTypeIds,
			matchesTypes,
			includeChanged,
			options,
			now: clock.now(),
			readCustomer,
		};
		if (budgetMs !== Infinity) void this.limitDuration(budgetMs * READING_BUDGET_SHARE);
	}

	/** Some of the newest events. Changes no state. */
	async fetchTestItems(): Promise<INodeExecutionData[]> {
		return await this.toItems(await fetchTestEvents(this.settings, (error) => this.reasonFor(error)));
	}

	/** What is new since the last poll. */
	async pollItems(): Promise<INodeExecutionData[]> {
		const { context } = this;
		const store = context.getWorkflowStaticData('node');
		const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
		const yieldToNewer = () => {
			this.isSuperseded = true;
			this.stop();
		};
		const items = await withPollLock({ key, store, perActivation: !isDurable(store), yieldToNewer }, async () => {
			const rejectedError = rejectedActivations.get(store);
			if (rejectedError) throw rejectedError;
			const isFirstPoll = store.goFive === undefined;
			const result = await pollCustomers(this.settings, parseTriggerState(store.goFive), isFirstPoll);
			if (this.isSuperseded) return [];
			const missingBaselines = this.getRequiredBaselines(result, store, isFirstPoll);
			if (this.startsUnread(result, missingBaselines)) {
				activatedStores.add(store);
				return [];
			}
			this.throwIfUnread(result, missingBaselines, store);
			const items = await this.toItems(result.foundEvents);
			if (this.isSuperseded) return [];
			this.reportFailures(result);
			store.goFive = result.state as unknown as IDataObject;
			activatedStores.add(store);
			return items;
		});
		return items ?? [];
	}

	/** Whether this is the first poll of an activation; the durable poller has no activations, and a test by the user is none. */
	private isActivation(): boolean {
		if (this.context.getMode() === 'manual') return false;
		const store = this.context.getWorkflowStaticData('node');
		return !isDurable(store) && !activatedStores.has(store);
	}

	/**
	 * n8n 2.41 gives up on a trigger for good when its first poll after a server start throws. So when nobody can be read but
	 * all have their baselines, that poll only reports it, and the next one carries on.
	 */
	private startsUnread({ isAnyRead, errors }: PollResult, missingBaselines: string[]): boolean {
		if (isAnyRead || missingBaselines.length > 0 || !this.isActivation()) return false;
		if (!UNATTENDED_ACTIVATIONS.includes(this.context.getActivationMode())) return false;
		const [error] = errors.values();
		this.context.__emitError(toNodeError(this.context.getNode(), this.reasonFor(error)));
		return true;
	}

	/** Ends everything that still waits. */
	stop(): void {
		this.stopController.abort();
	}

	/**
	 * Fails a poll in which nobody can be read, which n8n shows as a failed execution, so `report` does not count it; and a
	 * start without the baselines that it needs.
	 */
	private throwIfUnread({ errors, isAnyRead }: PollResult, missingBaselines: string[], store: object): void {
		const failures = [...errors.values()];
		// Where some took all the time, the next poll begins with the others, so the state has to be stored.
		const canContinue =
			failures.length < this.settings.customerCodes.length && failures.some(({ isCancellation }) => !isCancellation);
		const isNothingRead = !isAnyRead && !canContinue;
		const reason = this.reasonFor(failures[0]);
		// A reason that does not lie with a customer, such as a wrong key, says it all.
		if (isNothingRead && reason.cause) throw reason;
		if (missingBaselines.length > 0) {
			const error = this.unreadableError(missingBaselines, errors, {
				prefix: 'The trigger cannot start, because ',
				note: 'The trigger begins by taking note of the events that exist already: publish the workflow again once all customers can be read.',
			});
			if (missingBaselines.some((code) => errors.get(code)?.origin.rejected)) rejectedActivations.set(store, error);
			throw error;
		}
		if (isNothingRead) throw this.unreadableError([...errors.keys()], errors);
	}

	/** Tells n8n's error workflow about customers who could not be read in three polls in a row, and again every three polls. */
	private reportFailures({ errors, state }: PollResult): void {
		const reportableCodes = [...errors.keys()].filter(
			(code) => (state.customers[code]?.failures ?? 0) % FAILURES_PER_REPORT === 0,
		);
		if (reportableCodes.length === 0) return;
		const error = this.unreadableError(reportableCodes, errors, {
			suffix: ` ${FAILURES_PER_REPORT} times in a row`,
			note: 'Their new events will follow once they can be read again. The other customers are watched as usual.',
		});
		this.context.__emitError(toNodeError(this.context.getNode(), error));
	}

	private unreadableError(
		customerCodes: string[],
		failed: Map<string, GoFiveError>,
		words?: ErrorWording,
	): GoFiveError {
		return unreadableCustomersError(
			new Map(customerCodes.map((code) => [code, this.reasonFor(failed.get(code))])),
			words,
		);
	}

	private async toItems(foundEvents: FoundEvent[]): Promise<INodeExecutionData[]> {
		const { client, values, trigger } = this;
		const { entity } = trigger;
		const output = getOutput(values);
		const lookupColumns = foundEvents.length > 0 ? requiredLookups(entity, output) : [];
		const lookups = await new LookupCache(client, () => undefined).fetch(entity, lookupColumns);
		const { timeZone } = values.options;
		return foundEvents.flatMap(({ code, record }) =>
			createFormatter(entity, output, { timeZone, lookups, inputs: { customerCode: code } })(record).map((json) => ({
				json,
			})),
		);
	}

	/** Customers whose missing baseline makes the poll fail. */
	private getRequiredBaselines(
		{ missingBaselines, errors }: PollResult,
		store: object,
		isFirstPoll: boolean,
	): string[] {
		if (!isDurable(store)) return this.isActivation() ? missingBaselines : [];
		// n8n stores this state in any case, so the next polls carry on with those for whom there was no time.
		return isFirstPoll ? missingBaselines.filter((code) => errors.get(code)?.isCancellation === false) : [];
	}

	/** Why a customer was not read. */
	private reasonFor(error: GoFiveError | undefined): GoFiveError {
		return error && !error.isCancellation ? error : this.timeoutError;
	}

	private async limitDuration(durationMs: number): Promise<void> {
		await waitUntil(clock.now() + durationMs, this.stopController.signal);
		const { pauseLeftMs } = this.client;
		if (pauseLeftMs > 0) this.timeoutError = new GoFiveError(messages.rateLimit(pauseLeftMs), { httpCode: '429' });
		this.stop();
	}
}
