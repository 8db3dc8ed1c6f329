import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../../api/errors';
import { createTaskSteps, type ItemResult, type OperationRun, type Runner } from '../../run/step';
import type { Task } from '../../run/tasks';
import { toWriteResult, toWrittenRecords } from '../../run/writtenRecords';
import type { WriteOperation } from './defineWrite';

/** Writes the records of all tasks, one at a time. */
export const writeRunner: Runner<WriteOperation> = {
	createSteps: (run, tasks) => ({ inOrder: createTaskSteps(tasks, async (task) => await runWrite(run, task)) }),
};

type WriteRun = OperationRun<Pick<WriteOperation, 'receive' | 'hintAfterWrite'> & OperationRun['operation']>;

/**
 * Sends the request of a task.
 * @throws GoFiveError if GoFive rejects it, or may have processed it
 */
export async function runWrite(run: WriteRun, task: Task): Promise<ItemResult> {
	const data = await run.client.send(task.request);
	return await toWriteResult(run, task, () => {
		const records = toWrittenRecords(run, task, data);
		if (!(records instanceof GoFiveError)) addHints(run, task, records);
		return records;
	});
}

function addHints({ hints, operation }: WriteRun, { values }: Task, records: IDataObject[]): void {
	for (const record of records) {
		const text = operation.hintAfterWrite?.(record, values);
		if (text) hints.add('afterWrite', text);
	}
}
