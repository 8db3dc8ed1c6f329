// Runs a poll of the trigger: reads the parts of a source, reports records and errors, stores the state.
// Imported by GoFiveTrigger.node.ts only.
// Start with runPoll() below, then read compareParts.ts, which describes the states of a part.
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { GoFiveError, toGoFiveError, toNodeError, type ErrorText } from '../api/errors';
import { messages } from '../api/messages';
import { Client } from '../api/client';
import { withNames } from '../operation/records/defineColumns';
import type { Row } from '../operation/records/columns';
import { formatRows, getOutput } from '../operation/records/formatRows';
import { NamesById } from '../operation/reading/idToName';
import type { Part } from '../operation/operation';
import { clock, waitUntil } from '../time/clock';
import { compareParts, type ChangedRecord, type PollComparison } from './compareParts';
import * as n8nPoller from './n8nPoller';
import { withPollLock } from './pollLock';
import { createReport, createTestError, FAILURES_PER_REPORT, findPollError, type PartErrors } from './pollErrors';
import { readPollSettings, type PollSettings } from './pollSettings';
import {
	createFirstState,
	forgetValues,
	getReadingOrder,
	parseTriggerState,
	serializeTriggerState,
	type TriggerState,
} from './triggerState';
import { findWatchedParts, readWatchedParts, type PartsByKey } from './watchedParts';

const withNextPollAdvice = (error: GoFiveError): GoFiveError =>
	error.with({ description: `${error.description} The trigger tries again at the next poll.` });

/** Adds to a record why it starts the workflow. */
const addChange = ({ record, change, addedFields }: ChangedRecord): Pick<Row, 'record' | 'addedFields'> => ({
	record: { ...record, change },
	addedFields,
});

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
	private abortText?: ErrorText;
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
		this.client = new Client(context, { ...options, ...timeouts, signal, getAbortText: () => this.abortText });
	}

	/** Stops the poll at the end of its reading budget. If the rate limit pauses it at that time, the error says so. */
	async limitDuration(): Promise<void> {
		if (this.readingBudgetMs === Infinity) return;
		await waitUntil(clock.now() + this.readingBudgetMs, this.stopController.signal);
		const { pauseLeftMs } = this.client.limiter;
		const { narrowingAdvice, durationAdvice = narrowingAdvice } = this.settings.source;
		this.abortText = pauseLeftMs > 0 ? messages.rateLimit(pauseLeftMs) : messages.pollEnded(durationAdvice);
		this.stopController.abort();
	}

	/**
	 * Fetches one record for a manual test, like n8n's own triggers, so that a test does not mail ten customers.
	 * @throws GoFiveError if there is no record to show
	 */
	async fetchTestItems(): Promise<INodeExecutionData[]> {
		const { settings, client } = this;
		const parts = await findWatchedParts(settings, client);
		const results = await readWatchedParts(settings, client, [...parts.values()], true);
		const before = createFirstState([...results.keys()], true);
		const { records, unread } = compareParts({ ...settings, parts, isTest: true }, before, results);
		if (records.length > 0) return await this.toItems(records.slice(0, 1), parts);
		throw createTestError(settings.source, parts.size, unread);
	}

	/** Finds the records that are new or changed since the last poll, and stores the state. */
	async pollItems(): Promise<INodeExecutionData[]> {
		const { context } = this;
		const store = context.getWorkflowStaticData('node');
		const key = `${context.getWorkflow().id ?? ''} ${context.getNode().name}`;
		const yieldToNewer = () => {
			this.isSuperseded = true;
			this.stopController.abort();
		};
		const lock = { key, store, perActivation: !n8nPoller.isDurable(store), yieldToNewer };
		return (await withPollLock(lock, async () => await this.pollInLock(store))) ?? [];
	}

	private async pollInLock(store: IDataObject): Promise<INodeExecutionData[]> {
		const { settings, client } = this;
		const parts = await findWatchedParts(settings, client).catch((error) => client.toError(error));
		if (this.isSuperseded) return [];
		if (parts instanceof GoFiveError) return this.endWithError(parts, store.goFive !== undefined, store);
		const before = this.readState([...parts.keys()], store);
		const order = getReadingOrder([...parts.keys()], before).map((key) => parts.get(key) as Part);
		const results = await readWatchedParts(settings, client, order);
		if (this.isSuperseded) return [];
		const comparison = compareParts({ ...settings, parts, isListed: this.isListed }, before, results);
		const missing = this.findMissing(comparison, store);
		const error = findPollError(settings.source, parts.size, comparison.unread, missing);
		if (error) return this.endWithError(error, missing.size === 0, store);
		const items = await this.toItems(comparison.records, parts);
		if (this.isSuperseded) return [];
		this.reportFailures(comparison);
		store.goFive = serializeTriggerState(comparison.state, settings.fingerprints);
		n8nPoller.completeActivation(store);
		return items;
	}

	/** Whether the parts are the records of a list, which the user cannot correct. */
	private get isListed(): boolean {
		return !Array.isArray(this.settings.parts);
	}

	/** Reads the state that the last poll stored. With other settings, the trigger starts again without reporting records. */
	private readState(keys: string[], store: IDataObject): TriggerState {
		const { values, fingerprints, rule } = this.settings;
		if (store.goFive === undefined) return createFirstState(keys, values.options.includeExistingRecords);
		const state = parseTriggerState(store.goFive, fingerprints) ?? createFirstState(keys, false);
		if (!rule.storesValues) forgetValues(state);
		return state;
	}

	/**
	 * Ends the poll with an error. n8n 2.41 deactivates a trigger permanently if the first poll after a server start throws.
	 * If all parts have a baseline, the error is only reported then, and the next poll continues.
	 */
	private endWithError(error: GoFiveError, hasBaseline: boolean, store: IDataObject): INodeExecutionData[] {
		if (!hasBaseline || !n8nPoller.isUnattendedActivation(this.context)) throw error;
		n8nPoller.completeActivation(store);
		this.emitError(error);
		return [];
	}

	/** Whether a poll with these settings has stored a state. */
	private hasState(store: IDataObject): boolean {
		return parseTriggerState(store.goFive, this.settings.fingerprints) !== undefined;
	}

	/**
	 * Returns the errors of the parts without which the trigger cannot start, because they have never been read. The records of
	 * a part that joined a list later are owed, so the trigger can start without it.
	 */
	private findMissing({ unread, state }: PollComparison, store: IDataObject): PartErrors {
		const isDurable = n8nPoller.isDurable(store);
		const isStart = isDurable ? store.goFive === undefined : n8nPoller.isActivation(this.context);
		const missing: PartErrors = new Map();
		if (!isStart || (this.isListed && this.hasState(store))) return missing;
		for (const [key, error] of unread) {
			const isNeverRead = state.parts.get(key)?.seen === undefined;
			// The durable poller stores the state anyway, so the next polls continue with parts for which there was no time.
			const isReadLater = isDurable && error.aborted !== undefined;
			const isCorrectable = !this.isListed || !error.concernsRecord;
			if (isNeverRead && !isReadLater && isCorrectable) missing.set(key, error);
		}
		return missing;
	}

	/** Starts n8n's error workflow for parts that could not be read in three consecutive polls, and every three polls after. */
	private reportFailures({ unread, state }: PollComparison): void {
		const reported: PartErrors = new Map();
		for (const [key, error] of unread) {
			const failures = state.parts.get(key)?.failures ?? 0;
			const wasSent = error.aborted !== 'beforeSending';
			if (wasSent && failures % FAILURES_PER_REPORT === 0) reported.set(key, error);
		}
		const isStoredFirst = (key: string) => {
			const part = state.parts.get(key);
			return part?.seen === undefined && part?.isOwed !== true;
		};
		const storedKeys = [...reported.keys()].filter(isStoredFirst);
		if (reported.size > 0) this.emitError(createReport(this.settings.source, reported, storedKeys));
	}

	/** Starts n8n's error workflow. */
	private emitError(error: GoFiveError): void {
		this.context.__emitError(toNodeError(this.context.getNode(), withNextPollAdvice(error)));
	}

	/** Builds the items of the records. Only these records get names, so that names are neither compared nor watched. */
	private async toItems(records: ChangedRecord[], parts: PartsByKey): Promise<INodeExecutionData[]> {
		if (records.length === 0) return [];
		const { context, client } = this;
		const { source, values } = this.settings;
		const { timeZone, addNames } = values.options;
		const output = getOutput(values);
		const entity = addNames ? withNames(source.entity) : source.entity;
		// n8n shows no hints for a trigger.
		const report = (text: string) => void context.logger.warn(client.redactor.redactText(text));
		const nameCache = new NamesById(client, report);
		// The values of the part: the customer code or type fills a column that GoFive omits.
		const rows = records.map((changed) => ({
			...(output.mode === 'raw' ? { record: changed.record } : addChange(changed)),
			sent: parts.get(changed.partKey)?.values as IDataObject | undefined,
		}));
		const { idField } = source.operation;
		const items = await formatRows(rows, { entity, output, timeZone, now: this.settings.now, idField }, nameCache);
		nameCache.reportMissingNames();
		return items.map((json) => ({ json }));
	}
}
