import { failedPartsHint, mayHaveMoreHint } from '../../run/hints';
import { notFoundError } from '../../run/recordReference';
import { createTaskSteps, type ItemResult, type OperationRun, type Runner } from '../../run/step';
import type { Task } from '../../run/tasks';
import { readAll } from '../../reading/readAll';
import type { TotalsOperation } from './defineTotals';
import { formatTotals } from './formatTotals';
import { toTotalsOutput } from './totalsPeriods';

/** Computes the totals of all tasks in parallel. */
export const totalsRunner: Runner<TotalsOperation> = {
	createSteps: (run, tasks) => ({ inParallel: createTaskSteps(tasks, async (task) => await runTotals(run, task)) }),
};

/**
 * Reads the records of a task, of both periods in one read, and computes their totals.
 * @throws GoFiveError if they cannot be read
 */
async function runTotals(run: OperationRun<TotalsOperation>, task: Task): Promise<ItemResult> {
	const { client, hints, operation, partFailurePolicy } = run;
	const { continueOnFail, onFailure } = partFailurePolicy;
	const output = toTotalsOutput(operation.totals, task.values);
	const values = { ...task.values, dateRange: output.comparison?.both ?? output.range };
	const addFilterHint = (text: string) => hints.add(text, text);
	// Totals of the first records would be wrong, and nobody waits for these.
	const options = { continueOnFail, onFailure, addFilterHint, usesLargePages: true };
	const read = await readAll(operation.list, values, client, options);
	if (read.mayHaveMore) hints.add('mayHaveMore', mayHaveMoreHint(read.mayHaveMore));
	if (read.failures.length > 0) hints.add('failedParts', failedPartsHint(read.failures.length));
	const { items, records } = await formatTotals(run, task, output, read);
	const isNothingFound = records === 0 && read.failures.length === 0;
	const { notFoundDescription = '', entity } = operation;
	if (isNothingFound && task.values.options.ifNothingFound === 'error')
		return [notFoundError(entity.pluralName, notFoundDescription, task.reference)];
	return [...items, ...read.failures];
}
