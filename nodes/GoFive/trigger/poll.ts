// Runs a poll of the trigger: reads the parts of a source, reports records and errors, stores the state.
// Imported by GoFiveTrigger.node.ts only.
// Start with runPoll() below, then read pollParts.ts, which describes the states of a part.
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { withCallerAdvice } from '../api/errors/callerAdvice';
import { GoFiveError, toGoFiveError, toNodeError } from '../api/errors/goFiveError';
import { messages } from '../api/errors/messages';
import { Client } from '../api/transport/client';
import { createFormatter, getOutput } from '../operation/execute/formatRecords';
import { NameCache } from '../operation/execute/names';
import { clock, waitUntil } from '../time/clock';
import { getRecordId } from './compareRecords';
import * as n8nPoller from './n8nPoller';
import { withPollLock } from './pollLock';
import { pollParts, type ChangedRecord, type PollResult } from './pollParts';
import { readPollSettings, type PollSettings } from './pollSettings';
import { readParts } from './readParts';
import { EMPTY_STATE, parseTriggerState, serializeTriggerState } from './triggerState';
import { isPermanent, unreadablePartsError, type ErrorWording } from './unreadableParts';

/** Number of consecutive failed polls of a part per report. A single failed poll is often over by the next one. */
const FAILURES_PER_REPORT = 3;

/** Maximum number of records that Fetch Test Event returns, enough to build a workflow with. */
const MAX_TEST_RECORDS = 10;

/**
 * Runs one poll. In manual mode, it fetches test records and leaves the stored state unchanged.
 * @returns Null if there is no new record.
 * @throws NodeApiError or NodeOperationError
 */
export async function runPoll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const stopController = new AbortController();
	try {
		const run = new PollRun(context, readPollSettings(context), stopController);
		void run.limitDuration();
		const items = context.getMode() === 'manual' ? await run.fetchTestItems() : await run.pollItems();
		return items.length > 0 ? [items] : null;
	} catch (error) {
		throw toNodeError(context.getNode(), withCallerAdvice(toGoFiveError(error), n8nPoller.getCaller(context)));
	} finally {
		stopController.abort();
	}
}

class PollRun {
	private readonly client: Client;
	private readonly readingBudgetMs: number;
	/** Error of a part for which the time was not enough. */
	private timeoutError: GoFiveError;
	/** Whether a newer activation has taken over. */
	private isSuperseded = false;

	constructor(
		private readonly context: IPollFunctions,
		private readonly settings: PollSettings,
		private readonly stopController: AbortController,
	) {
		const { options } = settings.values;
		this.readingBudgetMs = n8nPoller.getReadingBudgetMs(context);
		const timeouts = n8nPoller.limitTimeouts(options, this.readingBudgetMs);
		this.client = new Client(context, { ...options, ...timeouts, signal: stopController.signal });
		this.timeoutError = new GoFiveError(messages.pollEnded(settings.source.narrowingAdvice), { reason: 'timeout' });
	}

	/** Stops the poll at the end of its reading budget. If the rate limit pauses it at that time, the error says so. */
	async limitDuration(): Promise<void> {
		if (this.readingBudgetMs === Infinity) return;
		await waitUntil(clock.now() + this.readingBudgetMs, this.stopController.signal);
		const { pauseLeftMs } = this.client.limiter;
		if (pauseLeftMs > 0) this.timeoutError = new GoFiveError(messages.rateLimit(pauseLeftMs), { httpCode: '429' });
		this.stopController.abort();
	}

	/**
	 * Fetches records for a manual test. The records with the highest IDs come first.
	 * @throws GoFiveError if there is no record to show, or if an error would prevent publishing until the user corrects it
	 */
	async fetchTestItems(): Promise<INodeExecutionData[]> {
		const { entity, idKeys } = this.settings.source;
		// One page of ten records, because the reader requests one more than the limit.
		const read = async (keys: string[]) => await readParts(this.settings, this.client, keys, MAX_TEST_RECORDS - 1);
		const result = await pollParts(this.settings, EMPTY_STATE, true, read);
		const { records, unread } = result;
		const error = this.findError(result, []);
		if (error) throw error;
		const shownKeys = [...unread.keys()].filter((key) => records.length === 0 || isPermanent(unread.get(key)));
		if (shownKeys.length > 0) throw this.createUnreadableError(shownKeys, unread);
		if (records.length === 0)
			throw new GoFiveError({
				message: `No ${entity.pluralName} available as test data`,
				description: `No matching ${entity.pluralName} were found in GoFive. Check the settings of this node. The trigger works anyway and starts the workflow when there is a new record.`,
			});
		const getRank = ({ record }: ChangedRecord) => Number(getRecordId(record, idKeys));
		return await this.toItems(records.sort((a, b) => getRank(b) - getRank(a) || 0).slice(0, MAX_TEST_RECORDS));
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
		const lock = { key, store, perActivation: !n8nPoller.isDurable(store), yieldToNewer };
		return (await withPollLock(lock, async () => await this.pollInLock(store))) ?? [];
	}

	private async pollInLock(store: IDataObject): Promise<INodeExecutionData[]> {
		n8nPoller.assertNotRejected(store);
		const { values, fingerprints } = this.settings;
		const isFirstPoll = store.goFive === undefined;
		const before = parseTriggerState(store.goFive, fingerprints);
		const read = async (keys: string[]) => await readParts(this.settings, this.client, keys);
		const result = await pollParts(this.settings, before, isFirstPoll && values.options.emitExisting, read);
		if (this.isSuperseded) return [];
		const missingBaselines = this.getRequiredBaselines(result, store, isFirstPoll);
		const error = this.findError(result, missingBaselines);
		if (error) {
			const isRejected = missingBaselines.some((key) => result.unread.get(key)?.origin.isBusinessError);
			if (isRejected) n8nPoller.completeActivation(store, error);
			// n8n 2.41 deactivates a trigger permanently if the first poll after a server start throws. If all parts have a
			// baseline, the error is only reported, and the next poll continues.
			if (missingBaselines.length > 0 || !n8nPoller.isUnattendedActivation(this.context)) throw error;
			n8nPoller.completeActivation(store);
			this.emitError(error);
			return [];
		}
		const items = await this.toItems(result.records);
		if (this.isSuperseded) return [];
		this.reportFailures(result);
		store.goFive = serializeTriggerState(result.state, fingerprints);
		n8nPoller.completeActivation(store);
		return items;
	}

	/** Lists the parts whose missing baseline makes the poll fail. */
	private getRequiredBaselines({ unread, state }: PollResult, store: object, isFirstPoll: boolean): string[] {
		const missingBaselines = [...unread.keys()].filter((key) => state.parts.get(key)?.seen === undefined);
		if (!n8nPoller.isDurable(store)) return n8nPoller.isActivation(this.context) ? missingBaselines : [];
		// The durable poller stores the state anyway, so the next polls continue with parts for which there was no time.
		return isFirstPoll ? missingBaselines.filter((key) => unread.get(key)?.isCancellation === false) : [];
	}

	/**
	 * Returns the error of a poll in which nothing can be read, or that lacks a baseline that it needs. n8n shows it as a
	 * failed execution, so `reportFailures` is not called for it.
	 */
	private findError({ unread }: PollResult, missingBaselines: string[]): GoFiveError | undefined {
		const sentErrors = [...unread.values()].filter(({ origin }) => origin.reason !== 'notSent');
		// If some parts used all the time, the next poll begins with the others, so the state has to be stored.
		const canContinue = sentErrors.length < unread.size && sentErrors.some(({ isCancellation }) => !isCancellation);
		const isNothingRead = unread.size === this.settings.parts.size && !canContinue;
		const reason = this.toReason(sentErrors[0]);
		// An error that concerns no single part, for example a wrong subscription key, needs no list of parts.
		if (isNothingRead && reason.cause) return reason;
		if (missingBaselines.length > 0)
			return this.createUnreadableError(missingBaselines, unread, {
				prefix: 'The trigger cannot start because ',
				note: 'When you publish the workflow for the first time, the trigger stores all existing records. Publish (in n8n 1: activate) the workflow again once all of them can be read.',
			});
		return isNothingRead ? this.createUnreadableError([...unread.keys()], unread) : undefined;
	}

	/** Starts n8n's error workflow for parts that could not be read in three consecutive polls, and every three polls after. */
	private reportFailures({ unread, state }: PollResult): void {
		const sentKeys = [...unread.keys()].filter((key) => unread.get(key)?.origin.reason !== 'notSent');
		const reportedKeys = sentKeys.filter((key) => (state.parts.get(key)?.failures ?? 0) % FAILURES_PER_REPORT === 0);
		if (reportedKeys.length === 0) return;
		const suffix = ` in ${FAILURES_PER_REPORT} consecutive polls`;
		const note = 'The trigger reports new records once they can be read again. Everything else is watched as usual.';
		this.emitError(this.createUnreadableError(reportedKeys, unread, { suffix, note }));
	}

	private emitError(error: GoFiveError): void {
		this.context.__emitError(toNodeError(this.context.getNode(), withCallerAdvice(error, 'poll')));
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
		const { source, values, parts } = this.settings;
		const output = getOutput(values);
		const lookupTables = await new NameCache(this.client, () => undefined).get(source.entity, output);
		const { timeZone } = values.options;
		return records.flatMap(({ partKey, record, change }) => {
			const sent = parts.get(partKey) as IDataObject;
			const columnContext = { timeZone, lookupTables, sent, idField: source.operation.idField };
			const shownRecord = output.mode === 'raw' ? record : { ...record, change };
			return createFormatter(source.entity, output, columnContext)(shownRecord).map((json) => ({ json }));
		});
	}
}
