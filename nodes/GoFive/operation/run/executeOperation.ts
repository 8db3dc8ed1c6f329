// Executes one operation of the GoFive node for all input items: order, errors and hints.
// Imported by GoFive.node.ts. The trigger imports single files of this folder.
// Start with executeOperation() below, then read runTask.ts for a single item.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { findFirstError, GoFiveError, toNodeError } from '../../api/errors';
import { Client } from '../../api/client';
import { clock } from '../../time/clock';
import { readNodeOptions } from '../fields/nodeOptions';
import { truncateValue } from '../fields/invalidValue';
import type { Operation } from '../types';
import { groupTasks, sendBatch } from '../kinds/batch/runBatches';
import { CHECK_CLIENT_OPTIONS } from '../kinds/access/checkAccess';
import { Hints } from './hints';
import { describeProgress, findError, toNodeItems, type ItemResult } from './items';
import { ListNames } from '../reading/nameToId';
import { NameCache } from '../reading/idToName';
import { createExpressionCheck, readTasks, taskKey, type InvalidItem, type Task } from './tasks';
import { runTask, toWriteResult, type OperationRun } from './runTask';
import { runUpdates } from '../kinds/update/runUpdates';

type InputItem = Task | InvalidItem;

/**
 * Executes an operation for every input item. The output is in input order, and every output item is paired.
 * @throws NodeApiError or NodeOperationError of the first item that fails, unless On Error continues
 */
export async function executeOperation(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const { inputItems, hints } = await readInputItems(context, operation);
	const tasks = inputItems.filter((inputItem) => 'request' in inputItem);
	// Concurrency and timeout apply to the whole execution, so the options of the first valid item count. Only the lists that
	// `readInputItems` loads are read before, with the default options.
	const clientOptions = operation.checks ? CHECK_CLIENT_OPTIONS : tasks[0]?.values.options;
	const client = new Client(context, clientOptions ?? readNodeOptions({}));
	const nameCache = new NameCache(client, (text) => hints.add(text, text));
	const run = { context, operation, client, hints, nameCache };

	const results = inputItems.map((inputItem): ItemResult => ('error' in inputItem ? [inputItem.error] : []));
	throwFirstError(run, results);
	if (tasks.some(({ isWrite }) => isWrite)) await runWrites(run, inputItems, tasks, results);
	else await runReads(run, inputItems, tasks, results);
	// A row or a record of a response may repeat a secret, so the errors about them are masked as well.
	const redactedResults = results.map((result) =>
		result.map((entry) => (entry instanceof GoFiveError ? client.redactor.redact(entry) : entry)),
	);
	nameCache.reportMissingNames();
	addResultHints(run, inputItems, redactedResults);
	hints.show(context, (text) => client.redactor.redactText(text));
	return [toNodeItems(redactedResults, context, inputItems)];
}

/** Reads the input items, and again with the loaded lists if they name entries of lists. */
async function readInputItems(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<{ inputItems: InputItem[]; hints: Hints }> {
	const listNames = new ListNames();
	const now = clock.now();
	const isExpression = createExpressionCheck(context.getNode());
	const read = () => {
		const hints = new Hints();
		const addHint = (kind: string, text: string) => hints.add(kind, text);
		const readContext = { now, addHint, isExpression, findListValue: listNames.find };
		return { inputItems: readTasks(context, operation, readContext), hints };
	};
	let result = read();
	while (listNames.needsLists) {
		await listNames.load(context);
		result = read();
	}
	return result;
}

/** Runs reads in parallel. */
async function runReads(run: OperationRun, inputItems: InputItem[], tasks: Task[], results: ItemResult[]) {
	const isComplete = tasks.length === inputItems.length;
	if (isComplete && areEqual(tasks)) run.hints.addEqualItems(tasks.length, tasks[0]?.reference?.text);
	const runAndStore = async (task: Task) => {
		const result = await runTask(run, task);
		results[task.item] = result;
		if (findError(result) && !run.context.continueOnFail()) run.client.stop();
	};
	await Promise.all(tasks.map(runAndStore));
	throwFirstError(run, results);
}

/** Whether several tasks read the same, so that each item returns the same records. */
function areEqual(tasks: Task[]): boolean {
	const [firstTask, ...otherTasks] = tasks;
	if (!firstTask || otherTasks.length === 0) return false;
	const firstKey = taskKey(firstTask);
	return otherTasks.every((task) => taskKey(task) === firstKey);
}

/** Runs writes one request at a time, with one item per request unless the operation declares batches. */
async function runWrites(run: OperationRun, inputItems: InputItem[], tasks: Task[], results: ItemResult[]) {
	const sentItems = new Set<number>();
	const describeProgressOfRun = () =>
		describeProgress(results, sentItems, (item) => getItemName(inputItems[item], item));
	const { batchSize = 1, current } = run.operation;
	for (const group of current ? [tasks] : groupTasks(tasks, batchSize)) {
		for (const [task, result] of await runGroup(run, group)) {
			sentItems.add(task.item);
			results[task.item] = result;
		}
		throwFirstError(run, results, describeProgressOfRun);
	}
}

/** Sends the writes of one request, or all updates of records that are read before. */
async function runGroup(run: OperationRun, group: Task[]): Promise<Map<Task, ItemResult>> {
	const results = new Map<Task, ItemResult>();
	const { batchSize, current } = run.operation;
	if (current) return await runUpdates(run, group, current);
	if (batchSize === undefined) {
		for (const task of group) results.set(task, await runTask(run, task));
		return results;
	}
	for (const [task, row] of await sendBatch(group, run))
		results.set(task, row instanceof GoFiveError ? [row] : await toWriteResult(run, task, () => [row]));
	return results;
}

/**
 * Ends the node with the error of the first item that failed, unless On Error continues. An execution that was
 * cancelled continues as well, because n8n would otherwise show it as failed.
 * @param describeOtherItems - Describes the other items, for the end of the error's description.
 */
function throwFirstError({ context, client }: OperationRun, results: ItemResult[], describeOtherItems = () => '') {
	if (context.continueOnFail() || context.getExecutionCancelSignal()?.aborted) return;
	const item = findFirstError(results.map(findError));
	const error = findError(results[item]);
	if (!error) return;
	const description = error.description + describeOtherItems();
	throw toNodeError(context.getNode(), client.redactor.redact(error.with({ description })), { itemIndex: item });
}

function addResultHints({ client, hints }: OperationRun, inputItems: InputItem[], results: ItemResult[]): void {
	const isRateLimited = results.some((result) => findError(result)?.kind === 'rateLimit');
	hints.addRateLimitWait(client.limiter.pausedMs, isRateLimited);
	hints.addRetries(client.retries);
	const failedItems = [...results.keys()].filter((item) => findError(results[item]));
	const names = failedItems.map((item) => getItemName(inputItems[item], item));
	hints.addFailedItems(names, results.length);
}

/** Returns the name of an item in hints and messages: the ID or the name of its record, else its number. */
function getItemName(inputItem: InputItem | undefined, item: number): string {
	const value = inputItem?.reference?.value;
	if (value === undefined) return `item ${item}`;
	const text = truncateValue(String(value));
	return /[\s,]/.test(text) ? `'${text}'` : text;
}
