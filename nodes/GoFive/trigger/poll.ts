// Runs a poll of the trigger: reads customers, reports events and errors, stores the state.
// Imported by GoFiveTrigger.node.ts only.
// Start with runPoll() below, then read compareEvents.ts, which decides whether an event is new.
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { GoFiveError, toGoFiveError, toNodeError, type ErrorText } from '../api/errors/goFiveError';
import { messages } from '../api/errors/messages';
import { Client } from '../api/transport/client';
import { createFormatter, getOutput, requiredLookups } from '../operation/execute/formatRecords';
import { LookupCache } from '../operation/execute/lookups';
import { readOperationValues } from '../operation/fields/operationValues';
import type { OperationValues } from '../operation/types';
import { clock, waitUntil } from '../time/clock';
import {
	assertNotRejected,
	completeActivation,
	isActivation,
	isDurable,
	isUnattendedActivation,
	rejectActivation,
} from './activation';
import { getReadingBudgetMs, limitTimeouts } from './pollBudget';
import { pollCustomers, type CustomerEvent, type PollResult } from './pollCustomers';
import { withPollLock } from './pollLock';
import { createPollSettings, type PollSettings, type TriggerDefinition, type TriggerFields } from './pollSettings';
import { fetchTestEvents } from './testEvents';
import { parseTriggerState } from './triggerState';
import { unreadableCustomersError, type ErrorWording } from './unreadableCustomers';

/** Number of consecutive failed polls of a customer per report. A single failed poll is often over by the next one. */
const FAILURES_PER_REPORT = 3;
const OUT_OF_TIME_TEXT: ErrorText = {
	message: 'n8n ended the poll before all customers could be read',
	description: "Watch fewer customers in one trigger, or increase 'Max Parallel Requests'.",
	cause: { cause: 'temporarily-unavailable' },
};

/**
 * Runs one poll. In manual mode, it fetches test events and leaves the stored state unchanged.
 * @returns Null if there is no new event.
 * @throws NodeApiError or NodeOperationError
 */
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
		const stopController = new AbortController();
		const readingBudgetMs = getReadingBudgetMs(context);
		const client = new Client(context, {
			...values.options,
			...limitTimeouts(values.options, readingBudgetMs),
			signal: stopController.signal,
		});
		const settings = createPollSettings(trigger, values, client);
		const run = new PollRun(context, trigger, values, settings, client, stopController);
		if (readingBudgetMs !== Infinity) void run.limitDuration(readingBudgetMs);
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
	/** Error of a customer for which the time was not enough. */
	private timeoutError = new GoFiveError(OUT_OF_TIME_TEXT, { reason: 'timeout' });
	/** Whether a newer activation has taken over. */
	private isSuperseded = false;

	constructor(
		private readonly context: IPollFunctions,
		private readonly trigger: TriggerDefinition,
		private readonly values: OperationValues<TriggerFields>,
		private readonly settings: PollSettings,
		private readonly client: Client,
		private readonly stopController: AbortController,
	) {}

	/** Fetches some of the newest events for a manual test. */
	async fetchTestItems(): Promise<INodeExecutionData[]> {
		return await this.toItems(await fetchTestEvents(this.settings, (error) => this.toReason(error)));
	}

	/** Finds the events that are new since the last poll, and stores the state. */
	async pollItems(): Promise<INodeExecutionData[]> {
		const { context } = this;
		const store = context.getWorkflowStaticData('node');
		const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
		const yieldToNewer = () => {
			this.isSuperseded = true;
			this.stop();
		};
		const lock = { key, store, perActivation: !isDurable(store), yieldToNewer };
		return (await withPollLock(lock, async () => await this.pollInLock(store))) ?? [];
	}

	private async pollInLock(store: IDataObject): Promise<INodeExecutionData[]> {
		assertNotRejected(store);
		const isFirstPoll = store.goFive === undefined;
		const result = await pollCustomers(this.settings, parseTriggerState(store.goFive), isFirstPoll);
		if (this.isSuperseded) return [];
		const missingBaselines = this.getRequiredBaselines(result, store, isFirstPoll);
		if (this.startsUnread(result, missingBaselines)) {
			completeActivation(store);
			return [];
		}
		this.throwIfUnread(result, missingBaselines, store);
		const items = await this.toItems(result.events);
		if (this.isSuperseded) return [];
		this.reportFailures(result);
		store.goFive = result.state as unknown as IDataObject;
		completeActivation(store);
		return items;
	}

	/**
	 * Whether the first poll after a server start ends without an error although no customer can be read. n8n 2.41
	 * deactivates a trigger permanently if that poll throws. If all customers have a baseline, the error is only reported,
	 * and the next poll continues.
	 */
	private startsUnread({ isAnyRead, errors }: PollResult, missingBaselines: string[]): boolean {
		if (isAnyRead || missingBaselines.length > 0 || !isUnattendedActivation(this.context)) return false;
		const [error] = errors.values();
		this.context.__emitError(toNodeError(this.context.getNode(), this.toReason(error)));
		return true;
	}

	/** Stops all requests and waits. */
	stop(): void {
		this.stopController.abort();
	}

	/**
	 * @throws GoFiveError if no customer can be read, or if the activation lacks a baseline that it needs. n8n shows the
	 * error as a failed execution, so `reportFailures` is not called for it.
	 */
	private throwIfUnread({ errors, isAnyRead }: PollResult, missingBaselines: string[], store: object): void {
		const failures = [...errors.values()];
		// If some customers used all the time, the next poll begins with the others, so the state has to be stored.
		const canContinue =
			failures.length < this.settings.customerCodes.length && failures.some(({ isCancellation }) => !isCancellation);
		const isNothingRead = !isAnyRead && !canContinue;
		const reason = this.toReason(failures[0]);
		// An error that concerns no single customer, for example a wrong subscription key, needs no list of customers.
		if (isNothingRead && reason.cause) throw reason;
		if (missingBaselines.length > 0) {
			const error = this.createUnreadableError(missingBaselines, errors, {
				prefix: 'The trigger cannot start because ',
				note: 'On first activation the trigger records the existing events. Publish the workflow again once all customers can be read.',
			});
			if (missingBaselines.some((code) => errors.get(code)?.origin.isBusinessError)) rejectActivation(store, error);
			throw error;
		}
		if (isNothingRead) throw this.createUnreadableError([...errors.keys()], errors);
	}

	/** Starts n8n's error workflow for customers that could not be read in three consecutive polls, and every three polls after. */
	private reportFailures({ errors, state }: PollResult): void {
		const reportableCodes = [...errors.keys()].filter(
			(code) => (state.customers[code]?.failures ?? 0) % FAILURES_PER_REPORT === 0,
		);
		if (reportableCodes.length === 0) return;
		const error = this.createUnreadableError(reportableCodes, errors, {
			suffix: ` ${FAILURES_PER_REPORT} times in a row`,
			note: 'Their new events will follow once they can be read again. The other customers are watched as usual.',
		});
		this.context.__emitError(toNodeError(this.context.getNode(), error));
	}

	private createUnreadableError(
		customerCodes: string[],
		errors: Map<string, GoFiveError>,
		wording?: ErrorWording,
	): GoFiveError {
		const reasonsByCode = new Map(customerCodes.map((code) => [code, this.toReason(errors.get(code))]));
		return unreadableCustomersError(reasonsByCode, wording);
	}

	private async toItems(events: CustomerEvent[]): Promise<INodeExecutionData[]> {
		const { entity } = this.trigger;
		const output = getOutput(this.values);
		const lookupColumns = events.length > 0 ? requiredLookups(entity, output) : [];
		const lookupTables = await new LookupCache(this.client, () => undefined).getTables(entity, lookupColumns);
		const { timeZone } = this.values.options;
		return events.flatMap(({ code, record }) => {
			const columnContext = { timeZone, lookupTables, sentValues: { customerCode: code } };
			return createFormatter(entity, output, columnContext)(record).map((json) => ({ json }));
		});
	}

	/** Lists the customers whose missing baseline makes the poll fail. */
	private getRequiredBaselines(
		{ missingBaselines, errors }: PollResult,
		store: object,
		isFirstPoll: boolean,
	): string[] {
		if (!isDurable(store)) return isActivation(this.context) ? missingBaselines : [];
		// The durable poller stores the state anyway, so the next polls continue with customers for which there was no time.
		return isFirstPoll ? missingBaselines.filter((code) => errors.get(code)?.isCancellation === false) : [];
	}

	/** Returns the error to show for a customer that was not read. A stopped request was out of time. */
	private toReason(error: GoFiveError | undefined): GoFiveError {
		return error && !error.isCancellation ? error : this.timeoutError;
	}

	/** Stops the poll after a duration in ms. If the rate limit pauses it at that time, the error says so. */
	async limitDuration(durationMs: number): Promise<void> {
		await waitUntil(clock.now() + durationMs, this.stopController.signal);
		const { pauseLeftMs } = this.client;
		if (pauseLeftMs > 0) this.timeoutError = new GoFiveError(messages.rateLimit(pauseLeftMs), { httpCode: '429' });
		this.stop();
	}
}
