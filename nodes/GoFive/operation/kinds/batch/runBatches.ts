import type { IDataObject } from 'n8n-workflow';
import { rowsToError } from '../../../api/rowResults';
import { GoFiveError, toGoFiveError } from '../../../api/errors';
import type { Redact } from '../../../api/redactor';
import { truncateValue } from '../../fields/readValue';
import { readColumn } from '../../records/records';
import type { Entity } from '../../entity';
import { withRecordReference } from '../../run/recordReference';
import { isObject } from '../../../shared/json';
import { joinNames, toText } from '../../../shared/text';
import type { Task } from '../../run/tasks';
import type { OperationRun, Runner, TaskResult } from '../../run/step';
import { createWrite, toWriteResult, type Write } from '../../run/writtenRecords';
import type { BatchOperation } from './defineBatch';

type BatchRun = OperationRun<BatchOperation>;

/** Results of the writes of a batch: the row of the response that belongs to the write, or its error. */
type BatchResults = Map<Write, IDataObject | GoFiveError>;

const rowCode = ({ reference }: Task): string => String(reference?.value);

/** Returns the code in lower case, because GoFive's spelling may differ from the user's. */
const codeKey = (task: Task): string => rowCode(task).toLowerCase();

/**
 * Groups tasks in their order. A code occurs only once per group, because GoFive's documentation does not say which of two
 * rows of a batch counts.
 */
function groupTasks(tasks: Task[], size: number): Task[][] {
	const groups: Task[][] = [];
	for (const task of tasks) {
		const lastGroup = groups.at(-1);
		const hasRoom = lastGroup !== undefined && lastGroup.length < size;
		if (hasRoom && !lastGroup.some((other) => codeKey(other) === codeKey(task))) lastGroup.push(task);
		else groups.push([task]);
	}
	return groups;
}

/**
 * Matches the rows of a response to the tasks by code, never by position. The result is unknown if a row is missing,
 * unclear or contradicts another one.
 */
function matchRows(writes: Write[], data: unknown, entity: Entity | undefined, redact: Redact): BatchResults {
	// An unreadable response throws no error here, because GoFive may have processed some of the rows.
	const responseRows = [data].flat().filter(isObject) as IDataObject[];
	// One pass, because a response may have any number of rows.
	const rowsByCode = new Map(writes.map((write) => [codeKey(write), [] as IDataObject[]]));
	const codeField = writes[0]?.reference?.field ?? '';
	for (const row of responseRows) rowsByCode.get(toText(readColumn(row, codeField, entity)).toLowerCase())?.push(row);
	return new Map(
		writes.map((write) => {
			const records = rowsByCode.get(codeKey(write)) as IDataObject[];
			const rowError = rowsToError(records, write.request.labels, redact);
			return [write, rowError ? withRecordReference(rowError, write.reference) : (records[0] as IDataObject)];
		}),
	);
}

/** Rewords the error of a batch request for each of its items. */
function toBatchError(error: GoFiveError, tasks: Task[]): GoFiveError {
	const [firstTask, ...others] = tasks;
	if (others.length === 0) return withRecordReference(error, firstTask?.reference);
	if (!error.concernsRecord) return error;
	const names = joinNames(tasks.map((task) => truncateValue(rowCode(task))));
	const note = `The request contained ${tasks.length} items, and this applies to all of them: ${names}.`;
	return error.with({ description: `${error.description} ${note}` });
}

/** Sends the writes of a batch in one request. If the request fails, all of them have the same error. */
async function sendBatch({ client, operation }: BatchRun, writes: Write[]): Promise<BatchResults> {
	// The body of each write is a list of one row.
	const body = writes.flatMap(({ request }) => request.body as unknown[]);
	const data = await client.send({ ...(writes[0] as Write).request, body }).catch(toGoFiveError);
	if (!(data instanceof GoFiveError)) return matchRows(writes, data, operation.entity, client.redactor.redactText);
	const batchError = toBatchError(data, writes);
	return new Map(writes.map((write) => [write, batchError]));
}

/** Writes the records of the tasks of a batch. */
async function runBatch(run: BatchRun, tasks: Task[]): Promise<TaskResult[]> {
	const results: TaskResult[] = [];
	const writes = tasks.map((task) => createWrite(run.operation, task));
	for (const [write, row] of await sendBatch(run, writes)) {
		const items = row instanceof GoFiveError ? [row] : await toWriteResult(run, write, () => [row]);
		results.push({ task: write, items });
	}
	return results;
}

/** Writes the records of all tasks, one batch at a time. */
export const batchRunner: Runner<BatchOperation> = {
	createSteps(run, tasks) {
		const batches = groupTasks(tasks, run.operation.batchSize);
		return { inOrder: batches.map((batch) => ({ tasks: batch, execute: async () => await runBatch(run, batch) })) };
	},
};
