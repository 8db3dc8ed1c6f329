import type { IDataObject } from 'n8n-workflow';
import { formatItems, getFormat } from '../../run/formatItems';
import { emptyItemHint, failedPartsHint, mayHaveMoreHint } from '../../run/hints';
import { createTaskSteps, type ItemResult, type OperationRun, type Runner } from '../../run/step';
import { getSentValues, type Task } from '../../run/tasks';
import { notFoundError, toReferenceData } from '../../run/recordReference';
import { createEmptyRecord, getOutput } from '../../records/formatRows';
import type { ReadOperation } from '../../operation';
import { readAll, type ReadAllResult } from '../../reading/readAll';
import { formatTotals } from './formatTotals';

const DEFAULT_NOT_FOUND_DESCRIPTION =
	"Check the fields of this node, or select another value in the option 'If Nothing Found'.";

type ReadRun = OperationRun<ReadOperation>;

/** Reads the records of all tasks in parallel. */
export const readRunner: Runner<ReadOperation> = {
	createSteps: (run, tasks) => ({ inParallel: createTaskSteps(tasks, async (task) => await runRead(run, task)) }),
};

const getPluralName = ({ operation }: ReadRun, { values }: Task): string =>
	operation.pluralName?.(values) ?? operation.entity?.pluralName ?? 'records';

/**
 * Reads the records of a task.
 * @throws GoFiveError if they cannot be read
 */
export async function runRead(run: ReadRun, task: Task): Promise<ItemResult> {
	const { client, operation, hints, partFailurePolicy } = run;
	const { values } = task;
	const sent = getSentValues(operation, values);
	const { continueOnFail, onFailure } = partFailurePolicy;
	const addFilterHint = (text: string) => hints.add(text, text);
	const options = { ...getReadOptions(task), sent, continueOnFail, onFailure, addFilterHint };
	const read = await readAll(operation, values, client, options);
	const { rows, total, mayHaveMore, failures } = read;
	if (mayHaveMore) hints.add('mayHaveMore', mayHaveMoreHint(mayHaveMore));
	if (rows.length !== total) hints.addLimit(rows.length, total, getPluralName(run, task));
	if (failures.length > 0) hints.add('failedParts', failedPartsHint(failures.length));
	const { items, records } = await formatFound(run, task, read);
	const isNothingFound = records === 0 && failures.length === 0;
	// Totals of no records are zeros.
	const isReported = isNothingFound && (items.length === 0 || values.options.ifNothingFound === 'error');
	return isReported ? await toNotFoundResult(run, task) : [...items, ...failures];
}

/** Returns how many records are read. Totals of the first records would be wrong, and nobody waits for these. */
function getReadOptions({ values }: Task): { limit?: number; usesLargePages?: boolean } {
	return getOutput(values).mode === 'totals' ? { usesLargePages: true } : { limit: values.limit };
}

/** Turns what was read into output data, and returns the number of its records. */
async function formatFound(
	run: ReadRun,
	task: Task,
	read: ReadAllResult,
): Promise<{ items: IDataObject[]; records: number }> {
	const output = getOutput(task.values);
	if (output.mode === 'totals') return await formatTotals(run, task, output, read);
	return { items: await formatItems(run, task, read.rows), records: read.rows.length };
}

/** Applies the option If Nothing Found. */
async function toNotFoundResult(run: ReadRun, task: Task): Promise<ItemResult> {
	const { reference, values } = task;
	const { notFoundDescription = DEFAULT_NOT_FOUND_DESCRIPTION } = run.operation;
	const { ifNothingFound } = values.options;
	if (ifNothingFound === 'nothing') return [];
	const pluralName = getPluralName(run, task);
	if (ifNothingFound === 'error') return [notFoundError(pluralName, notFoundDescription, reference)];
	run.hints.add('emptyItem', emptyItemHint(pluralName));
	const referenceData = toReferenceData(reference);
	const format = getFormat(run, task);
	const lookupTables = await run.names.get([{ record: referenceData }], format);
	return [createEmptyRecord(format.entity, format.output, referenceData, { ...format, lookupTables })];
}
