// Executes one operation of the GoFive node for all input items: order, errors and hints.
// Imported by GoFive.node.ts. The trigger imports single files of this folder.
// Start with executeOperation() below, then read executeTask.ts for a single item.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { GoFiveError, toNodeError } from '../../api/errors/goFiveError';
import { Client } from '../../api/transport/client';
import { clock } from '../../time/clock';
import { readNodeOptions } from '../fields/nodeOptions';
import type { Batch, NodeOptions, Operation } from '../types';
import { groupIntoBatches, sendBatch, type BatchRequest } from './batches';
import { TaskExecutor } from './executeTask';
import { Hints } from './hints';
import { describeBatchProgress, describeProgress, toNodeItems, type ItemResult } from './items';
import { createExpressionCheck, isWrite, readTasks, taskKey, type OperationCall, type Task } from './tasks';

/** Runs the tasks of one execution: reads in parallel, writes one at a time, batches with several items per request. */
class OperationRun {
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly tasks: Task[],
		private readonly client: Client,
		private readonly hints: Hints,
		private readonly executor = new TaskExecutor(operation, client, hints),
	) {}

	/** @throws NodeApiError or NodeOperationError of the first item that fails, unless On Error continues */
	async execute(): Promise<INodeExecutionData[]> {
		const invalidItem = this.tasks.findIndex(({ callOrError }) => callOrError instanceof GoFiveError);
		if (invalidItem >= 0 && !this.continueOnFail)
			this.throwNodeError(this.tasks[invalidItem]?.callOrError as GoFiveError, invalidItem);

		this.hintIfAllEqual();
		// A row or a record of a response may repeat a secret, so the errors about them are masked as well.
		const results = (await this.runTasks()).map((result) =>
			result instanceof GoFiveError ? this.client.redactor.redact(result) : result,
		);
		this.addResultHints(results);
		this.hints.show(this.context, (text) => this.client.redactor.redactText(text));
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
				const result = await this.executor.execute(task);
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
			const result = await this.executor.execute(task);
			if (result instanceof GoFiveError && !this.continueOnFail && !this.isCancelled())
				this.throwNodeError(
					result.withText({ description: result.description + describeProgress(item, this.tasks.length) }),
					item,
				);
			results.push(result);
		}
		return results;
	}

	/** Sends several items per request, one request at a time. */
	private async runInBatches(batch: Batch): Promise<ItemResult[]> {
		const results: ItemResult[] = this.tasks.map(({ callOrError }) =>
			callOrError instanceof GoFiveError ? callOrError : [],
		);
		const rows = this.tasks.flatMap(({ callOrError, reference }, item) =>
			callOrError instanceof GoFiveError ? [] : [{ item, reference, request: callOrError.request }],
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
						: await this.executor.toResult(task, [rowResult], task.callOrError as OperationCall);
			}
			this.throwAfterBatch(batchRequest, results, sentItems);
		}
		return results;
	}

	/** Throws the first error of a batch unless On Error continues. All rows of the batch have a result by then. */
	private throwAfterBatch({ rows }: BatchRequest, results: ItemResult[], sentItems: Set<number>): void {
		const failed = rows.find(({ item }) => results[item] instanceof GoFiveError);
		if (!failed || this.continueOnFail || this.isCancelled()) return;
		const error = results[failed.item] as GoFiveError;
		const progress = describeBatchProgress(results, sentItems, (item) => this.itemName(item));
		this.throwNodeError(error.withText({ description: error.description + progress }), failed.item);
	}

	private get continueOnFail(): boolean {
		return this.context.continueOnFail();
	}

	/** Whether the execution was cancelled. If the node then threw, n8n would show the execution as failed. */
	private isCancelled(): boolean {
		return this.context.getExecutionCancelSignal()?.aborted === true;
	}

	private throwNodeError(error: GoFiveError, item: number): never {
		throw toNodeError(this.context.getNode(), this.client.redactor.redact(error), item);
	}

	/** Adds a hint if all items are equal reads, since each item then returns the same records. */
	private hintIfAllEqual(): void {
		const [firstTask, ...otherTasks] = this.tasks;
		if (!firstTask || otherTasks.length === 0) return;
		const firstKey = taskKey(firstTask);
		if (firstKey === undefined || otherTasks.some((task) => taskKey(task) !== firstKey)) return;
		this.hints.addEqualItems(this.tasks.length, firstTask.reference?.text);
	}

	private addResultHints(results: ItemResult[]): void {
		const isRateLimited = results.some(
			(result) => result instanceof GoFiveError && result.cause?.cause === 'rate-limited',
		);
		this.hints.addRateLimitWait(this.client.limiter.pausedMs, isRateLimited);
		this.hints.addRetries(this.client.retries);
		this.hints.addFailedItems(
			results.flatMap((result, item) => (result instanceof GoFiveError ? [this.itemName(item)] : [])),
			results.length,
		);
	}

	/** Returns the name of an item in hints and messages: the ID of its record, else its number. */
	private itemName(item: number): string {
		const value = this.tasks[item]?.reference?.value;
		return value === undefined ? `item ${item}` : String(value);
	}
}

/** Returns the options of the first valid item, because concurrency and timeout apply to the whole execution. */
function getClientOptions(tasks: Task[]): NodeOptions {
	const call = tasks.map((task) => task.callOrError).find((candidate) => !(candidate instanceof GoFiveError));
	return call instanceof GoFiveError || !call ? readNodeOptions({}) : call.values.options;
}

/**
 * Executes an operation for every input item. The output is in input order, and every output item is paired.
 * @throws NodeApiError or NodeOperationError of the first item that fails, unless On Error continues
 */
export async function executeOperation(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const hints = new Hints();
	const tasks = readTasks(context, operation, {
		now: clock.now(),
		addHint: (kind, text) => hints.add(kind, text),
		isExpression: createExpressionCheck(context.getNode()),
	});
	const client = new Client(context, getClientOptions(tasks));
	return [await new OperationRun(context, operation, tasks, client, hints).execute()];
}
