// What the runners of all kinds share: the run and its tasks.
// Imported by the runners of the kinds and by `executeOperation.ts`.
// Start with OperationRun, then results.ts (On Error) and formatItems.ts (from rows to output data).
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Client } from '../../api/client';
import type { NameLookup } from '../records/columns';
import type { OperationBase } from '../operation';
import type { Hints } from './hints';
import type { ItemResult, Results } from './results';
import type { Task } from './tasks';
import { withRecordReference } from './recordReference';

/** What the tasks of one execution share. */
export interface OperationRun<O extends OperationBase = OperationBase> {
	context: IExecuteFunctions;
	operation: O;
	client: Client;
	hints: Hints;
	names: NameLookup;
	results: Results;
}

/** Runs one task, and returns its output data. */
type RunTask = (task: Task) => Promise<ItemResult>;

/** Stores the result of a task, or the error that it throws. */
async function runAndStore({ client, results }: OperationRun, task: Task, runTask: RunTask): Promise<void> {
	const toResult = (error: unknown): ItemResult => [withRecordReference(client.toError(error), task.reference)];
	results.set(task, await runTask(task).catch(toResult));
}

/** Runs tasks that read, in parallel. The client limits the requests. */
export async function runInParallel(run: OperationRun, tasks: Task[], runTask: RunTask): Promise<void> {
	const isComplete = tasks.length === run.results.itemCount;
	if (isComplete && areEqual(tasks)) run.hints.addEqualItems(tasks.length, tasks[0]?.reference?.text);
	await Promise.all(tasks.map(async (task) => await runAndStore(run, task, runTask)));
}

/** Runs tasks one at a time, until an error ends the run. */
export async function runInOrder(run: OperationRun, tasks: Task[], runTask: RunTask): Promise<void> {
	for (const task of tasks) {
		if (run.results.hasEnded) return;
		await runAndStore(run, task, runTask);
	}
}

/** Whether several tasks read the same, so that each item returns the same records. */
function areEqual([firstTask, ...otherTasks]: Task[]): boolean {
	if (!firstTask || otherTasks.length === 0) return false;
	const firstKey = taskKey(firstTask);
	return otherTasks.every((task) => taskKey(task) === firstKey);
}

/**
 * Builds a key that is equal for reads with equal results. The request follows from the values.
 * JSON omits the `includes` function of a date range. The function is derived from `from` and `to` of the range and
 * from the option Time Zone, which are all part of the key. Ranges whose sides lie in the two readings of the hour that
 * daylight saving time repeats share a key. That is acceptable, because the key only decides about a hint.
 */
const taskKey = ({ values }: Task): string => JSON.stringify(values);
