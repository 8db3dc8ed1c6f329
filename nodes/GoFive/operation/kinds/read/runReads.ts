import { formatItems, getFormat } from '../../run/formatItems';
import { emptyItemHint, failedPartsHint, mayHaveMoreHint } from '../../run/hints';
import { createTaskSteps, type ItemResult, type OperationRun, type Runner } from '../../run/step';
import { getSentValues, type Task } from '../../run/tasks';
import { notFoundError, toReferenceData } from '../../run/recordReference';
import { createEmptyRecord } from '../../records/formatRows';
import type { ReadOperation } from '../../operation';
import { readAll } from '../../reading/readAll';

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
	const options = { limit: values.limit, sent, continueOnFail, onFailure, addFilterHint };
	const read = await readAll(operation, values, client, options);
	const { rows, total, mayHaveMore, failures } = read;
	if (mayHaveMore) hints.add('mayHaveMore', mayHaveMoreHint(mayHaveMore));
	if (rows.length !== total) hints.addLimit(rows.length, total, getPluralName(run, task));
	if (failures.length > 0) hints.add('failedParts', failedPartsHint(failures.length));
	if (rows.length === 0 && failures.length === 0) return await toNotFoundResult(run, task);
	return [...(await formatItems(run, task, rows)), ...failures];
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
