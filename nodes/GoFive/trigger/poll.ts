// Runs a poll of the trigger: reads the parts of a source, reports records and errors, stores the state.
// Imported by GoFiveTrigger.node.ts only.
// Start with runPoll() below, then read compareParts.ts, which describes the states of a part.
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { toGoFiveError, toNodeError, type ErrorText, type GoFiveError } from '../api/errors';
import { messages } from '../api/messages';
import { Client } from '../api/client';
import { withNames } from '../operation/defineColumns';
import { createFormatter, getOutput } from '../operation/execute/formatRecords';
import { NameCache } from '../operation/execute/names';
import { clock, waitUntil } from '../time/clock';
import { compareParts, type ChangedRecord, type PollComparison } from './compareParts';
import * as n8nPoller from './n8nPoller';
import { withPollLock } from './pollLock';
import { createReport, createTestError, FAILURES_PER_REPORT, findPollError, type PartErrors } from './pollErrors';
import { readPollSettings, type PollSettings } from './pollSettings';
import { readParts } from './readParts';
import { createFirstState, getReadingOrder, parseTriggerState, serializeTriggerState } from './triggerState';

/** Maximum number of records that Fetch Test Event returns, enough to build a workflow with. */
const MAX_TEST_RECORDS = 10;

const withNextPollAdvice = (error: GoFiveError): GoFiveError =>
	error.with({ description: `${error.description} The trigger tries again at the next poll.` });

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
		const pollError = toGoFiveError(error);
		throw toNodeError(context.getNode(), n8nPoller.isScheduled(context) ? withNextPollAdvice(pollError) : pollError);
	} finally {
		stopController.abort();
	}
}

class PollRun {
	private readonly client: Client;
	private readonly readingBudgetMs: number;
	/** Text of the errors of parts for which the time was not enough. */
	private endText?: ErrorText;
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
		const { signal } = stopController;
		this.client = new Client(context, { ...options, ...timeouts, signal, getEndText: () => this.endText });
	}

	/** Stops the poll at the end of its reading budget. If the rate limit pauses it at that time, the error says so. */
	async limitDuration(): Promise<void> {
		if (this.readingBudgetMs === Infinity) return;
		await waitUntil(clock.now() + this.readingBudgetMs, this.stopController.signal);
		const { pauseLeftMs } = this.client.limiter;
		this.endText =
			pauseLeftMs > 0 ? messages.rateLimit(pauseLeftMs) : messages.pollEnded(this.settings.source.narrowingAdvice);
		this.stopController.abort();
	}

	/**
	 * Fetches records for a manual test, of all parts that can be read.
	 * @throws GoFiveError if there is no record to show
	 */
	async fetchTestItems(): Promise<INodeExecutionData[]> {
		const { source, parts } = this.settings;
		const keys = [...parts.keys()];
		const results = await readParts(this.settings, this.client, keys, MAX_TEST_RECORDS);
		const { records, unread } = compareParts(this.settings, createFirstState(keys, true), results);
		if (records.length === 0) throw createTestError(source, parts.size, unread);
		return await this.toItems(records.slice(0, MAX_TEST_RECORDS));
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
		const { context, settings } = this;
		const { source, parts, values, fingerprints } = settings;
		const keys = [...parts.keys()];
		const isFirstPoll = store.goFive === undefined;
		const before = isFirstPoll
			? createFirstState(keys, values.options.emitExisting)
			: parseTriggerState(store.goFive, fingerprints);
		const results = await readParts(settings, this.client, getReadingOrder(keys, before));
		if (this.isSuperseded) return [];
		const comparison = compareParts(settings, before, results);
		const missing = this.findMissing(comparison, store);
		const error = findPollError(source, parts.size, comparison.unread, missing);
		if (error) {
			// n8n 2.41 deactivates a trigger permanently if the first poll after a server start throws. If all parts have a
			// baseline, the error is only reported, and the next poll continues.
			if (missing.size > 0 || !n8nPoller.isUnattendedActivation(context)) throw error;
			n8nPoller.completeActivation(store);
			this.emitError(error);
			return [];
		}
		const items = await this.toItems(comparison.records);
		if (this.isSuperseded) return [];
		this.reportFailures(comparison);
		store.goFive = serializeTriggerState(comparison.state, fingerprints);
		n8nPoller.completeActivation(store);
		return items;
	}

	/** Returns the errors of the parts without which the trigger cannot start, because they have never been read. */
	private findMissing({ unread, state }: PollComparison, store: IDataObject): PartErrors {
		const isDurable = n8nPoller.isDurable(store);
		const isStart = isDurable ? store.goFive === undefined : n8nPoller.isActivation(this.context);
		const missing: PartErrors = new Map();
		if (!isStart) return missing;
		for (const [key, error] of unread) {
			const isNeverRead = state.parts.get(key)?.seen === undefined;
			// The durable poller stores the state anyway, so the next polls continue with parts for which there was no time.
			const isReadLater = isDurable && error.ended !== undefined;
			if (isNeverRead && !isReadLater) missing.set(key, error);
		}
		return missing;
	}

	/** Starts n8n's error workflow for parts that could not be read in three consecutive polls, and every three polls after. */
	private reportFailures({ unread, state }: PollComparison): void {
		const reported: PartErrors = new Map();
		for (const [key, error] of unread) {
			const failures = state.parts.get(key)?.failures ?? 0;
			const wasSent = error.ended !== 'beforeSending';
			if (wasSent && failures % FAILURES_PER_REPORT === 0) reported.set(key, error);
		}
		if (reported.size > 0) this.emitError(createReport(this.settings.source, reported));
	}

	/** Starts n8n's error workflow. */
	private emitError(error: GoFiveError): void {
		this.context.__emitError(toNodeError(this.context.getNode(), withNextPollAdvice(error)));
	}

	/** Builds the items of the records. Only these records get names, so that names are neither compared nor watched. */
	private async toItems(records: ChangedRecord[]): Promise<INodeExecutionData[]> {
		if (records.length === 0) return [];
		const { context, client } = this;
		const { source, values, parts } = this.settings;
		const { timeZone, addNames } = values.options;
		const output = getOutput(values);
		const entity = addNames ? withNames(source.entity) : source.entity;
		// n8n shows no hints for a trigger.
		const report = (text: string) => void context.logger.warn(client.redactor.redactText(text));
		const nameCache = new NameCache(client, report);
		const formatRecord = async ({ partKey, record, change }: ChangedRecord) => {
			// The values of the part by field name. The customer code or type fills a column that GoFive omits.
			const sent = parts.get(partKey) as IDataObject;
			const columnContext = { timeZone, sent, idField: source.operation.idField };
			const lookupTables = await nameCache.get(entity, output, [record], columnContext);
			const shownRecord = output.mode === 'raw' ? record : { ...record, change };
			return createFormatter(entity, output, { ...columnContext, lookupTables })(shownRecord);
		};
		const outputRecords = await Promise.all(records.map(formatRecord));
		nameCache.reportMissingNames();
		return outputRecords.flat().map((json) => ({ json }));
	}
}
