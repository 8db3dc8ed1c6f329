import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../../api/errors';
import { createTaskSteps, type ItemResult, type OperationRun, type Runner } from '../../run/step';
import type { Task } from '../../run/tasks';
import { createWrite, toWriteResult, toWrittenRecords } from '../../run/writtenRecords';
import type { RequestOperation } from '../../operation';
import type { WriteOperation } from './defineWrite';

/** Writes the records of all tasks, one at a time. */
export const writeRunner: Runner<WriteOperation> = {
	createSteps: (run, tasks) => ({ inOrder: createTaskSteps(tasks, async (task) => await runWrite(run, task)) }),
};

type WriteRun = OperationRun<Pick<WriteOperation, 'receive' | 'hintAfterWrite'> & RequestOperation>;

/**
 * Sends the request of a task.
 * @throws GoFiveError if GoFive rejects it, or may have processed it
 */
export async function runWrite(run: WriteRun, task: Task): Promise<ItemResult> {
	const write = createWrite(run.operation, task);
	const data = await run.client.send(write.request);
	return await toWriteResult(run, write, () => {
		const records = toWrittenRecords(run, write, data);
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
