import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { firstRowError } from '../../api/response/rowErrors';
import { toList, toRecords } from '../../api/response/envelope';
import { withWriteStatus } from '../../api/response/writeStatus';
import { getEffect } from '../../api/request/request';
import { Client } from '../../api/transport/client';
import { GoFiveError, toGoFiveError, toNodeError } from '../../api/errors/goFiveError';
import { clock } from '../../time/clock';
import { readNodeOptions } from '../fields/nodeOptions';
import type { Batch, Operation, OperationValues } from '../types';
import { groupIntoBatches, sendBatch, type BatchRequest } from './batches';
import { recordKey } from './columns';
import { Hints, repeatedPageHint } from './hints';
import { toNodeItems, describeProgress, describeBatchProgress, type ItemResult } from './items';
import { LookupCache } from './lookups';
import { fetchPages } from './pagination';
import { createEmptyRecord, requiredLookups, getOutput, createFormatter, sortRecords } from './formatRecords';
import { receiveRecords } from './receiveRecords';
import { toIdValues, notFoundError, withSubject } from './subject';
import { createExpressionCheck, isWrite, taskKey, readTasks, type Task } from './tasks';
import { getSentInputs, toWrittenRecord } from './sentValues';

const DEFAULT_NOT_FOUND_HINT =
	"Check the values that were sent, or choose another way in the option 'If Nothing Found'.";

/** A task whose values could be read. */
type ReadyInput = Exclude<Task['call'], GoFiveError>;

/** Runs one operation over the input items of one execution. */
class OperationRun {
	private readonly hints = new Hints();
	private readonly items: INodeExecutionData[];
	private readonly tasks: Task[];
	private readonly continueOnFail: boolean;
	private readonly client: Client;
	private readonly lookups: LookupCache;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
	) {
		this.items = context.getInputData();
		this.continueOnFail = context.continueOnFail();
		const addHint = (kind: string, text: string) => this.hints.add(kind, text);
		const readContext = { now: clock.now(), addHint, isExpression: createExpressionCheck(context.getNode()) };
		this.tasks = readTasks(context, operation, readContext);
		// Pace and time-out belong to the run, so the first item that can be read decides.
		const firstInput = this.tasks.map(({ call }) => call).find((ask) => !(ask instanceof GoFiveError));
		this.client = new Client(
			context,
			firstInput instanceof GoFiveError || !firstInput ? readNodeOptions({}) : firstInput.values.options,
		);
		this.lookups = new LookupCache(this.client, (text) => this.hints.add(text, text));
	}

	/** @throws NodeApiError or NodeOperationError of the first item that fails, unless On Error continues */
	async execute(): Promise<INodeExecutionData[]> {
		const invalidItem = this.tasks.findIndex(({ call }) => call instanceof GoFiveError);
		if (invalidItem >= 0 && !this.continueOnFail)
			this.throwNodeError(this.tasks[invalidItem]?.call as GoFiveError, invalidItem);

		this.hintIfAllEqual();
		const results = await this.runTasks();
		const isRateLimited = results.some(
			(result) => result instanceof GoFiveError && result.cause?.cause === 'rate-limited',
		);
		this.hints.addRateLimitWait(this.client.pausedMs, isRateLimited);
		this.hints.addRetries(this.client.retries);
		this.hints.addFailedItems(
			results.flatMap((result, item) => (result instanceof GoFiveError ? [this.itemName(item)] : [])),
			results.length,
		);
		this.hints.show(this.context);
		return toNodeItems(results, this.context, this.tasks);
	}

	private async runTasks(): Promise<ItemResult[]> {
		const { batch } = this.operation;
		if (batch) return await this.runInBatches(batch);
		return await (this.tasks.some(isWrite) ? this.runSequentially() : this.runInParallel());
	}

	private async runInParallel(): Promise<ItemResult[]> {
		const results = await Promise.all(
			this.tasks.map(async (task) => {
				const result = await this.runTask(task);
				if (result instanceof GoFiveError && !this.continueOnFail) this.client.stop();
				return result;
			}),
		);
		if (this.continueOnFail || this.isCancelled()) return results;
		const failures = results.flatMap((result, item) => (result instanceof GoFiveError ? [{ result, item }] : []));
		const failed = failures.find(({ result }) => !result.isCancellation) ?? failures[0];
		return failed ? this.throwNodeError(failed.result, failed.item) : results;
	}

	private async runSequentially(): Promise<ItemResult[]> {
		const results: ItemResult[] = [];
		for (const [item, task] of this.tasks.entries()) {
			const result = await this.runTask(task);
			if (result instanceof GoFiveError && !this.continueOnFail && !this.isCancelled())
				this.throwNodeError(
					result.withText({ description: result.description + describeProgress(item, this.items.length) }),
					item,
				);
			results.push(result);
		}
		return results;
	}

	/** Many items in one call, one call after the other. */
	private async runInBatches(batch: Batch): Promise<ItemResult[]> {
		const results: ItemResult[] = this.tasks.map(({ call }) => (call instanceof GoFiveError ? call : []));
		const rows = this.tasks.flatMap(({ call, subject }, item) =>
			call instanceof GoFiveError ? [] : [{ item, subject, request: call.request }],
		);
		const sentItems = new Set<number>();
		for (const batchRequest of groupIntoBatches(rows, batch)) {
			for (const [item, rowResult] of await sendBatch(
				batchRequest,
				batch,
				async (request) => await this.client.send(request),
			)) {
				const task = this.tasks[item] as Task;
				sentItems.add(item);
				results[item] =
					rowResult instanceof GoFiveError
						? rowResult
						: await this.toResult(task, [rowResult], task.call as ReadyInput);
			}
			this.failAfterBatch(batchRequest, results, sentItems);
		}
		return results;
	}

	/** Where the node stops at a failed item, it does so once the call that held it has ended. */
	private failAfterBatch({ rows }: BatchRequest, results: ItemResult[], sentItems: Set<number>): void {
		const failed = rows.find(({ item }) => results[item] instanceof GoFiveError);
		if (!failed || this.continueOnFail || this.isCancelled()) return;
		const error = results[failed.item] as GoFiveError;
		const progress = describeBatchProgress(results, sentItems, (item) => this.itemName(item));
		this.throwNodeError(error.withText({ description: error.description + progress }), failed.item);
	}

	/** A cancelled execution is no failed one, and n8n would take it for one if its node threw. */
	private isCancelled(): boolean {
		return this.context.getExecutionCancelSignal()?.aborted === true;
	}

	private throwNodeError(error: GoFiveError, item: number): never {
		throw toNodeError(this.context.getNode(), error, item);
	}

	private async runTask(task: Task): Promise<ItemResult> {
		const { call, subject } = task;
		if (call instanceof GoFiveError) return call;
		let data: unknown;
		try {
			data = await this.fetchData(call);
		} catch (error) {
			return withSubject(toGoFiveError(error), subject);
		}
		return await this.toResult(task, data, call);
	}

	/** GoFive's data for one item; of a list in pages all the rows that are wanted. */
	private async fetchData({ values, request }: ReadyInput): Promise<unknown> {
		const { entity, receive = toRecords, pages = values.paging } = this.operation;
		const send = async (pageRequest: typeof request) => await this.client.send(pageRequest);
		if (!pages) return await send(request);
		return await fetchPages({
			request,
			pages,
			limit: values.limit,
			send,
			parseRows: (data) => receive(request.fullResponse ? data : toList(data), values),
			rowKey: (row) => recordKey(row, entity ?? { columns: {} }),
			onPossiblyIncomplete: () => this.hints.add('same again', repeatedPageHint(entity?.pluralName ?? 'records')),
		});
	}

	/** What an item gives out of GoFive's data. */
	private async toResult(task: Task, data: unknown, { values, request }: ReadyInput): Promise<ItemResult> {
		const { pages = values.paging } = this.operation;
		try {
			const records = pages ? (data as IDataObject[]) : receiveRecords(this.operation, data, values, task);
			const rowError = isWrite(task) && !request.fullResponse ? firstRowError(records, request.labels) : undefined;
			if (rowError) return withSubject(rowError, task.subject);
			const usesSentValues = isWrite(task) && (records.length === 0 || typeof data !== 'object');
			const resultRecords = usesSentValues ? [{ ...toWrittenRecord(task), ...records[0] }] : records;
			if (resultRecords.length === 0) return this.toNotFoundResult(task, values);
			return await this.formatItems(resultRecords, task, values, pages !== undefined);
		} catch (error) {
			return withWriteStatus(toGoFiveError(error), 'carriedOut', getEffect(request));
		}
	}

	/** Sorts and cuts the records, and gives them the form that was chosen. @param hasMorePages whether there may be more of them */
	private async formatItems(
		all: IDataObject[],
		task: Task,
		values: OperationValues,
		hasMorePages: boolean,
	): Promise<IDataObject[]> {
		const { entity, hintAfterWrite } = this.operation;
		const { limit, options } = values;
		const output = getOutput(values);
		const records = sortRecords(all, entity, values).slice(0, limit);
		const pluralName = entity?.pluralName ?? 'records';
		if (records.length < all.length)
			this.hints.addLimit(records.length, hasMorePages ? undefined : all.length, pluralName);
		for (const record of records) {
			const text = hintAfterWrite?.(record, values);
			if (text) this.hints.add('notice', text);
		}
		const lookups = entity ? await this.lookups.fetch(entity, requiredLookups(entity, output)) : {};
		const columnContext = { timeZone: options.timeZone, lookups, inputs: getSentInputs(task, this.operation.fields) };
		return records.flatMap(createFormatter(entity, output, columnContext));
	}

	private toNotFoundResult({ subject }: Task, values: OperationValues): ItemResult {
		const { entity, notFoundHint = DEFAULT_NOT_FOUND_HINT } = this.operation;
		const { ifNothingFound } = values.options;
		if (ifNothingFound === 'nothing') return [];
		if (ifNothingFound === 'error') return notFoundError(entity?.pluralName ?? 'records', notFoundHint, subject);
		return [createEmptyRecord(entity, getOutput(values), toIdValues(subject))];
	}

	/** Many items that ask for one thing are hardly meant: each of them gives all of it. */
	private hintIfAllEqual(): void {
		const [firstInput, ...otherTasks] = this.tasks;
		if (!firstInput || otherTasks.length === 0) return;
		const firstKey = taskKey(firstInput);
		if (firstKey === undefined || otherTasks.some((task) => taskKey(task) !== firstKey)) return;
		this.hints.addEqualItems(this.tasks.length, firstInput.subject?.text);
	}

	/** How a hint names an item. */
	private itemName(item: number): string {
		const value = this.tasks[item]?.subject?.value;
		return value === undefined ? `item ${item}` : String(value);
	}
}

/** Executes an operation for every input item: output in input order, paired, failures as n8n's settings ask. */
export async function executeOperation(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	return [await new OperationRun(context, operation).execute()];
}
