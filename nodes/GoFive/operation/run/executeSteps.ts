// Executes the steps of a run, and decides what a failure means for everything else.
// Imported by `executeOperation.ts`.
// Start with the list below, then read `executeSteps`. `Results` keeps what has happened.
//
// An operation runs in this order: the parameters of all items are read, the steps are created, and the steps are executed.
// A run ends early in one of these ways:
//
// 1. An item has invalid parameters, and On Error stops. Only lists whose entries the items name were read before.
// 2. A task fails, and On Error stops. Steps in order that have not started are not executed. Steps in parallel have all
//    started, so the client stops instead: requests that wait fail, and those in flight may end within one second. The
//    node ends with the error of the first failed item. After a write, the error says what happened to each other item.
// 3. The result of a task ends the run (`endsRunWith`), for example an update that could not be confirmed. No other step is
//    executed, even if On Error continues. The items of the others have the error that the result contains.
// 4. A failure that all requests share ends the requests of the run (`endRun` in api/failure.ts), for example a wrong
//    subscription key, or a server that is down. The steps continue, but each request fails without being sent.
// 5. The execution is cancelled. Requests fail without being sent, or are aborted. No error is thrown, because n8n would
//    show the execution as failed.
// 6. The time of Check Access is over. Its client stops, and what was not tried is 'Not Checked'.
//
// In all other cases, a failure concerns its own item only. If On Error continues, the error becomes an output item. If some parts of
// a list cannot be read, the records of the other parts are returned too (`resolvePartFailures` in reading/readAll.ts).
import { withRecordReference } from './recordReference';
import type { Results } from './results';
import type { OperationRun, Step, Steps, TaskResult } from './step';

/** Executes a step. What it throws is the result of each of its tasks. */
async function executeStep({ client }: OperationRun, { tasks, execute }: Step): Promise<TaskResult[]> {
	try {
		return await execute();
	} catch (thrown) {
		const error = client.toError(thrown);
		return tasks.map((task) => ({ task, items: [withRecordReference(error, task.reference)] }));
	}
}

/** Executes a step and stores the results, unless the run has ended. */
async function runStep(run: OperationRun, step: Step, results: Results): Promise<void> {
	if (results.isStopped) return;
	if (results.endError) results.addUnsent(step.tasks, results.endError);
	else for (const result of await executeStep(run, step)) results.add(result);
}

/** Executes the steps of a run, and stores the results of their tasks. */
export async function executeSteps(run: OperationRun, steps: Steps, results: Results): Promise<void> {
	if ('inOrder' in steps) for (const step of steps.inOrder) await runStep(run, step, results);
	else await Promise.all(steps.inParallel.map(async (step) => await runStep(run, step, results)));
}
