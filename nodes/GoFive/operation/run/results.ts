import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Client } from '../../api/client';
import { findFirstError, GoFiveError, toNodeError } from '../../api/errors';
import { joinNames, MAX_LISTED_NAMES } from '../../shared/text';
import { truncateValue } from '../fields/invalidValue';
import type { Hints } from './hints';
import type { InvalidItem, Task } from './tasks';
import { toReferenceData } from './recordReference';

/** Output data of an input item, or its error. Errors of single parts follow the data of the others. */
export type ItemResult = Array<IDataObject | GoFiveError>;

/** Returns the first error of a result. */
const findError = (result: ItemResult | undefined): GoFiveError | undefined =>
	result?.find((entry) => entry instanceof GoFiveError);

/** What happened to the item of a write, in the order of a message. */
const WRITE_STATUSES = ['Processed', 'Not processed', 'Possibly processed', 'Not sent'] as const;

/** Statuses whose items are all named, because the user has to check each of them. */
const LISTED_IN_FULL = ['Not processed', 'Possibly processed'];

const RERUN_ADVICE = ' When you run the workflow again, omit the items that were already processed.';

function getWriteStatus(result: ItemResult, isSent: boolean): (typeof WRITE_STATUSES)[number] {
	if (!isSent) return 'Not sent';
	const error = findError(result);
	if (!error || error.processed === 'yes') return 'Processed';
	return error.processed ? 'Possibly processed' : 'Not processed';
}

/** Input item of a run: its task, or the error about its parameters. */
export type InputItem = Task | InvalidItem;

/**
 * Results of the input items, and what the error of one item means for the others. Nothing else reads On Error.
 *
 * - On Error continues: all items run, and an error becomes an output item. If only some parts of an item cannot be read,
 *   the others are returned.
 * - On Error stops: the first error ends the run. Nothing else is sent, and the node ends with the error of the first failed item.
 * - The execution is cancelled: no error is thrown, because n8n would otherwise show the execution as failed.
 */
export class Results {
	/** Whether On Error continues. */
	readonly continueOnFail: boolean;
	private readonly results: ItemResult[];
	private hasFailed = false;
	/** Items that ran. */
	private readonly ranItems = new Set<number>();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly client: Client,
		private readonly inputItems: InputItem[],
	) {
		this.continueOnFail = context.continueOnFail();
		this.results = inputItems.map((inputItem) => ('error' in inputItem ? [inputItem.error] : []));
	}

	get itemCount(): number {
		return this.inputItems.length;
	}

	/** Whether an error has ended the run. A runner that sends one request at a time sends no other one. */
	get hasEnded(): boolean {
		return this.hasFailed && this.isStopping;
	}

	/** Stores the result of an item that ran. */
	set({ item }: Task, result: ItemResult): void {
		this.results[item] = result;
		this.ranItems.add(item);
		if (!findError(result)) return;
		this.hasFailed = true;
		this.recordFailure();
	}

	/** Records that a request has failed, before its item ends. Requests that wait are then not sent, if On Error stops. */
	readonly recordFailure = (): void => {
		if (!this.continueOnFail) this.client.stop();
	};

	/**
	 * Ends the node with the error of the first item that failed, if On Error stops.
	 * @param isWrite - Whether the error describes what happened to the other items.
	 * @throws NodeApiError or NodeOperationError
	 */
	throwFirstError(isWrite = false): void {
		const item = findFirstError(this.results.map(findError));
		const error = findError(this.results[item]);
		if (!error || !this.isStopping) return;
		const progress = isWrite ? this.describeProgress() : '';
		const nodeError = this.client.redactor.redact(error.with({ description: error.description + progress }));
		throw toNodeError(this.context.getNode(), nodeError, { itemIndex: item });
	}

	/** Converts the results to n8n's items, in input order and paired, and adds hints about errors. */
	toNodeItems(hints: Hints): INodeExecutionData[] {
		const failedItems = [...this.results.keys()].filter((item) => findError(this.results[item]));
		const isRateLimited = this.results.some((result) => findError(result)?.kind === 'rateLimit');
		hints.addRateLimitWait(this.client.limiter.pausedMs, isRateLimited);
		hints.addRetries(this.client.retries);
		hints.addFailedItems(failedItems.map(this.getItemName), this.itemCount);
		return this.results.flatMap((result, item) =>
			result.map((entry) => ({
				json: entry instanceof GoFiveError ? this.toErrorItem(entry, item) : entry,
				pairedItem: { item },
			})),
		);
	}

	private get isStopping(): boolean {
		return !this.continueOnFail && !this.context.getExecutionCancelSignal()?.aborted;
	}

	/** Returns the name of an item in hints and messages: the ID or the name of its record, else its number. */
	private readonly getItemName = (item: number): string => {
		const value = this.inputItems[item]?.reference?.value;
		if (value === undefined) return `item ${item}`;
		const text = truncateValue(String(value));
		return /[\s,]/.test(text) ? `'${text}'` : text;
	};

	/** Returns the data of a failed item: the input item with the message. */
	private toErrorItem(unmasked: GoFiveError, item: number): IDataObject {
		// A row or a record of a response may repeat a secret, so the errors about them are masked as well.
		const { text, before } = this.client.redactor.redact(unmasked);
		const error = this.itemCount > 1 ? `${text} [Item ${item}]` : text;
		// On the error output n8n adds the input data, but only to an item that holds nothing but the error.
		if (this.context.getNode().onError === 'continueErrorOutput')
			return { error: before ? { message: error, before } : error };
		const input = this.context.getInputData()[item]?.json;
		return { ...toReferenceData(this.inputItems[item]?.reference), ...input, error, ...(before && { before }) };
	}

	/**
	 * Describes which writes were processed before an error stopped the node. Empty for a single item.
	 * The message is the only place for it, because n8n discards the output of a node that throws.
	 */
	private describeProgress(): string {
		if (this.itemCount === 1) return '';
		const namesByStatus = new Map<string, string[]>(WRITE_STATUSES.map((status) => [status, []]));
		for (const [item, result] of this.results.entries())
			namesByStatus.get(getWriteStatus(result, this.ranItems.has(item)))?.push(this.getItemName(item));
		let progress = '';
		for (const [status, names] of namesByStatus) {
			const maxNames = LISTED_IN_FULL.includes(status) ? Infinity : MAX_LISTED_NAMES;
			if (names.length > 0) progress += ` ${status}: ${joinNames(names, maxNames)}.`;
		}
		const hasProcessed = (namesByStatus.get('Processed') ?? []).length > 0;
		return hasProcessed ? progress + RERUN_ADVICE : progress;
	}
}
