// Executes one operation of the GoFive node for all input items: order, errors and hints.
// Imported by GoFive.node.ts. The trigger imports single files of this folder.
// Start with executeOperation() below, then read runTask.ts for a single item.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { GoFiveError, toNodeError } from '../../api/errors/goFiveError';
import { Client } from '../../api/transport/client';
import { clock } from '../../time/clock';
import { readNodeOptions } from '../fields/nodeOptions';
import { truncateValue } from '../invalidValue';
import type { Batch, Operation } from '../types';
import { groupIntoBatches, sendBatch } from './batches';
import { TaskExecutor } from './runTask';
import { Hints } from './hints';
import { describeBatchProgress, describeProgress, toNodeItems, type ItemResult } from './items';
import { createExpressionCheck, isWrite, readTasks, taskKey, type InvalidItem, type Task } from './tasks';

/** Runs the tasks of one execution: reads in parallel, writes one at a time, batches with several items per request. */
class OperationRun {
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly inputItems: Array<Task | InvalidItem>,
		private readonly tasks: Task[],
		private readonly client: Client,
		private readonly hints: Hints,
		private readonly executor = new TaskExecutor(operation, client, hints),
		/** Results by input item: the error of an invalid item, and no records until a task is executed. */
		private readonly results = inputItems.map((item): ItemResult => ('error' in item ? item.error : [])),
	) {}

	/** @throws NodeApiError or NodeOperationError of the first item that fails, unless On Error continues */
	async execute(): Promise<INodeExecutionData[]> {
		this.throwFirstError(this.inputItems.keys());
		await this.runTasks();
		// A row or a record of a response may repeat a secret, so the errors about them are masked as well.
		// The items of a batch share the error of its request.
		const errors = new Set(this.results.filter((result) => result instanceof GoFiveError));
		const redactedErrors = new Map([...errors].map((error) => [error, this.client.redactor.redact(error)]));
		const results = this.results.map((result) => redactedErrors.get(result as GoFiveError) ?? result);
		this.addResultHints(results);
		this.hints.show(this.context, (text) => this.client.redactor.redactText(text));
		return toNodeItems(results, this.context, this.inputItems);
	}

	private async runTasks(): Promise<void> {
		const { batch } = this.operation;
		if (batch) return await this.runInBatches(batch);
		return await (this.tasks.some(isWrite) ? this.runSequentially() : this.runInParallel());
	}

	private async runInParallel(): Promise<void> {
		this.hintIfAllEqual();
		const runTask = async (task: Task) => {
			this.results[task.item] = await this.executor.execute(task);
			if (this.results[task.item] instanceof GoFiveError && !this.context.continueOnFail()) this.client.stop();
		};
		await Promise.all(this.tasks.map(runTask));
		this.throwFirstError(this.inputItems.keys());
	}

	private async runSequentially(): Promise<void> {
		for (const task of this.tasks) {
			this.results[task.item] = await this.executor.execute(task);
			this.throwFirstError([task.item], (item) => describeProgress(item, this.inputItems.length));
		}
	}

	/** Sends several items per request, one request at a time. */
	private async runInBatches(batch: Batch): Promise<void> {
		const sentItems = new Set<number>();
		for (const tasks of groupIntoBatches(this.tasks, batch)) {
			const rowResults = await sendBatch(tasks, batch, this.client);
			for (const [task, rowResult] of rowResults) {
				sentItems.add(task.item);
				this.results[task.item] =
					rowResult instanceof GoFiveError ? rowResult : await this.executor.toResult(task, [rowResult]);
			}
			this.throwFirstError(sentItems, () =>
				describeBatchProgress(this.results, sentItems, (item) => this.itemName(item)),
			);
		}
	}

	/**
	 * Ends the node with the error of the first item that failed, unless On Error continues. An execution that was
	 * cancelled continues as well, because n8n would otherwise show it as failed.
	 * @param describeProgressAt - Describes the other items, for the end of the error's description.
	 */
	private throwFirstError(items: Iterable<number>, describeProgressAt?: (item: number) => string): void {
		if (this.context.continueOnFail() || this.context.getExecutionCancelSignal()?.aborted) return;
		const failures = [...items].flatMap((item) => {
			const result = this.results[item];
			return result instanceof GoFiveError ? [{ item, error: result }] : [];
		});
		const failed = failures.find(({ error }) => !error.isCancellation) ?? failures[0];
		if (!failed) return;
		const { item, error } = failed;
		const description = error.description + (describeProgressAt?.(item) ?? '');
		throw toNodeError(this.context.getNode(), this.client.redactor.redact(error.withText({ description })), item);
	}

	/** Adds a hint if all items are equal reads, since each item then returns the same records. */
	private hintIfAllEqual(): void {
		const [firstTask, ...otherTasks] = this.tasks;
		if (!firstTask || otherTasks.length === 0 || this.tasks.length < this.inputItems.length) return;
		const firstKey = taskKey(firstTask);
		if (otherTasks.some((task) => taskKey(task) !== firstKey)) return;
		this.hints.addEqualItems(this.tasks.length, firstTask.reference?.text);
	}

	private addResultHints(results: ItemResult[]): void {
		const errors = results.filter((result) => result instanceof GoFiveError);
		const isRateLimited = errors.some(({ cause }) => cause?.cause === 'rate-limited');
		this.hints.addRateLimitWait(this.client.limiter.pausedMs, isRateLimited);
		this.hints.addRetries(this.client.retries);
		const names = results.flatMap((result, item) => (result instanceof GoFiveError ? [this.itemName(item)] : []));
		this.hints.addFailedItems(names, results.length);
	}

	/** Returns the name of an item in hints and messages: the ID of its record, else its number. */
	private itemName(item: number): string {
		const value = this.inputItems[item]?.reference?.value;
		return value === undefined ? `item ${item}` : truncateValue(String(value));
	}
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
	const inputItems = readTasks(context, operation, {
		now: clock.now(),
		addHint: (kind, text) => hints.add(kind, text),
		isExpression: createExpressionCheck(context.getNode()),
	});
	const tasks = inputItems.filter((inputItem) => 'request' in inputItem);
	// Concurrency and timeout apply to the whole execution, so the options of the first valid item count.
	const client = new Client(context, tasks[0]?.values.options ?? readNodeOptions({}));
	return [await new OperationRun(context, operation, inputItems, tasks, client, hints).execute()];
}
