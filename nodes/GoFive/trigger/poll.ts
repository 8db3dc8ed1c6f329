// Runs a poll of the trigger: reads the parts of a source, reports records and errors, stores the state.
// Imported by GoFiveTrigger.node.ts only.
// Start with runPoll() below, then read pollParts.ts, which describes the states of a part.
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { GoFiveError, toGoFiveError, toNodeError } from '../api/errors/goFiveError';
import { messages } from '../api/errors/messages';
import { Client } from '../api/transport/client';
import { createFormatter, getOutput, requiredLookups } from '../operation/execute/formatRecords';
import { LookupCache } from '../operation/execute/lookups';
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
import { withPollLock } from './pollLock';
import { pollParts, type ChangedRecord, type PollResult } from './pollParts';
import { readPollSettings, type PollSettings } from './pollSettings';
import { readParts } from './readParts';
import { fetchTestRecords } from './testRecords';
import { parseTriggerState, serializeTriggerState } from './triggerState';
import { unreadablePartsError, type ErrorWording } from './unreadableParts';

/** Number of consecutive failed polls of a part per report. A single failed poll is often over by the next one. */
const FAILURES_PER_REPORT = 3;

/**
 * Runs one poll. In manual mode, it fetches test records and leaves the stored state unchanged.
 * @returns Null if there is no new record.
 * @throws NodeApiError or NodeOperationError
 */
export async function runPoll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		const settings = readPollSettings(context);
		const { options } = settings.values;
		const stopController = new AbortController();
		const readingBudgetMs = getReadingBudgetMs(context);
		const timeouts = limitTimeouts(options, readingBudgetMs);
		const client = new Client(context, { ...options, ...timeouts, signal: stopController.signal });
		const run = new PollRun(context, settings, client, stopController);
		if (readingBudgetMs !== Infinity) void run.limitDuration(readingBudgetMs);
		try {
			const items = context.getMode() === 'manual' ? await run.fetchTestItems() : await run.pollItems();
			return items.length > 0 ? [items] : null;
		} finally {
			stopController.abort();
		}
	} catch (error) {
		throw toNodeError(context.getNode(), toGoFiveError(error));
	}
}

class PollRun {
	/** Error of a part for which the time was not enough. */
	private timeoutError: GoFiveError;
	/** Whether a newer activation has taken over. */
	private isSuperseded = false;

	constructor(
		private readonly context: IPollFunctions,
		private readonly settings: PollSettings,
		private readonly client: Client,
		private readonly stopController: AbortController,
	) {
		this.timeoutError = new GoFiveError(messages.pollEnded(settings.source.narrowingAdvice), { reason: 'timeout' });
	}

	/** Fetches some of the newest records for a manual test. */
	async fetchTestItems(): Promise<INodeExecutionData[]> {
		const { settings, client } = this;
		return await this.toItems(await fetchTestRecords(settings, client, (error) => this.toReason(error)));
	}

	/** Finds the records that are new or changed since the last poll, and stores the state. */
	async pollItems(): Promise<INodeExecutionData[]> {
		const { context } = this;
		const store = context.getWorkflowStaticData('node');
		const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
		const yieldToNewer = () => {
			this.isSuperseded = true;
			this.stopController.abort();
		};
		const lock = { key, store, perActivation: !isDurable(store), yieldToNewer };
		return (await withPollLock(lock, async () => await this.pollInLock(store))) ?? [];
	}

	/** Stops the poll after a duration in ms. If the rate limit pauses it at that time, the error says so. */
	async limitDuration(durationMs: number): Promise<void> {
		await waitUntil(clock.now() + durationMs, this.stopController.signal);
		const { pauseLeftMs } = this.client.limiter;
		if (pauseLeftMs > 0) this.timeoutError = new GoFiveError(messages.rateLimit(pauseLeftMs), { httpCode: '429' });
		this.stopController.abort();
	}

	private async pollInLock(store: IDataObject): Promise<INodeExecutionData[]> {
		assertNotRejected(store);
		const isFirstPoll = store.goFive === undefined;
		const { fingerprints } = this.settings;
		const before = parseTriggerState(store.goFive, fingerprints);
		const result = await pollParts(
			this.settings,
			before,
			isFirstPoll,
			async (keys) => await readParts(this.settings, this.client, keys),
		);
		if (this.isSuperseded) return [];
		const missingBaselines = this.getRequiredBaselines(result, store, isFirstPoll);
		const error = this.findError(result, missingBaselines);
		if (error) {
			if (missingBaselines.some((key) => result.unread.get(key)?.origin.isBusinessError))
				rejectActivation(store, error);
			// n8n 2.41 deactivates a trigger permanently if the first poll after a server start throws. If all parts have a
			// baseline, the error is only reported, and the next poll continues.
			if (missingBaselines.length > 0 || !isUnattendedActivation(this.context)) throw error;
			this.emitError(error);
			completeActivation(store);
			return [];
		}
		const items = await this.toItems(result.records);
		if (this.isSuperseded) return [];
		this.reportFailures(result);
		store.goFive = serializeTriggerState(result.state, fingerprints);
		completeActivation(store);
		return items;
	}

	/** Lists the parts whose missing baseline makes the poll fail. */
	private getRequiredBaselines({ unread, state }: PollResult, store: object, isFirstPoll: boolean): string[] {
		const missingBaselines = [...unread.keys()].filter((key) => state.parts.get(key)?.seen === undefined);
		if (!isDurable(store)) return isActivation(this.context) ? missingBaselines : [];
		// The durable poller stores the state anyway, so the next polls continue with parts for which there was no time.
		return isFirstPoll ? missingBaselines.filter((key) => unread.get(key)?.isCancellation === false) : [];
	}

	/**
	 * Returns the error of a poll in which nothing can be read, or that lacks a baseline that it needs. n8n shows it as a
	 * failed execution, so `reportFailures` is not called for it.
	 */
	private findError({ unread }: PollResult, missingBaselines: string[]): GoFiveError | undefined {
		const errors = [...unread.values()];
		// If some parts used all the time, the next poll begins with the others, so the state has to be stored.
		const canContinue = errors.includes(undefined) && errors.some((error) => error?.isCancellation === false);
		const isNothingRead = unread.size === this.settings.partKeys.length && !canContinue;
		const reason = this.toReason(errors.find(Boolean));
		// An error that concerns no single part, for example a wrong subscription key, needs no list of parts.
		if (isNothingRead && reason.cause) return reason;
		if (missingBaselines.length > 0)
			return this.createUnreadableError(missingBaselines, unread, {
				prefix: 'The trigger cannot start because ',
				note: 'On first activation the trigger records what exists. Publish the workflow again once everything can be read.',
			});
		return isNothingRead ? this.createUnreadableError([...unread.keys()], unread) : undefined;
	}

	/** Starts n8n's error workflow for parts that could not be read in three consecutive polls, and every three polls after. */
	private reportFailures({ unread, state }: PollResult): void {
		const reportableKeys = [...unread].flatMap(([key, error]) =>
			error && (state.parts.get(key)?.failures ?? 0) % FAILURES_PER_REPORT === 0 ? [key] : [],
		);
		if (reportableKeys.length === 0) return;
		const suffix = ` ${FAILURES_PER_REPORT} times in a row`;
		const note = 'What is new there will follow once it can be read again. Everything else is watched as usual.';
		this.emitError(this.createUnreadableError(reportableKeys, unread, { suffix, note }));
	}

	private emitError(error: GoFiveError): void {
		this.context.__emitError(toNodeError(this.context.getNode(), error));
	}

	private createUnreadableError(keys: string[], unread: PollResult['unread'], wording?: ErrorWording): GoFiveError {
		const reasonsByKey = new Map(keys.map((key) => [key, this.toReason(unread.get(key))]));
		return unreadablePartsError(this.settings.source, reasonsByKey, wording);
	}

	/** Returns the error to show for a part that was not read. A stopped request was out of time. */
	private toReason(error: GoFiveError | undefined): GoFiveError {
		return error && !error.isCancellation ? error : this.timeoutError;
	}

	private async toItems(records: ChangedRecord[]): Promise<INodeExecutionData[]> {
		if (records.length === 0) return [];
		const { source, values } = this.settings;
		const { entity, parts } = source;
		const output = getOutput(values);
		const lookupCache = new LookupCache(this.client, () => undefined);
		const lookupTables = await lookupCache.getTables(entity, requiredLookups(entity, output));
		const { timeZone } = values.options;
		return records.flatMap(({ partKey, record, change }) => {
			const columnContext = { timeZone, lookupTables, sentValues: parts?.toValues(partKey) as IDataObject };
			const shownRecord = output.mode === 'raw' ? record : { ...record, change };
			return createFormatter(entity, output, columnContext)(shownRecord).map((json) => ({ json }));
		});
	}
}
