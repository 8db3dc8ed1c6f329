import { getEffect } from '../../../api/request';
import type { ReadOperation } from '../../operation';
import { runRead } from '../read/runReads';
import type { ItemResult } from '../../run/results';
import { runInOrder, runInParallel, type OperationRun } from '../../run/operationRun';
import type { Task } from '../../run/tasks';
import { runWrite } from '../write/runWrites';
import type { EndpointOperation } from './defineEndpoint';

type EndpointRun = OperationRun<EndpointOperation>;

const changesData = ({ request }: Task): boolean => getEffect(request) === 'write';

/** Sends the request of a task that reads data. */
async function runEndpointRead(run: EndpointRun, task: Task): Promise<ItemResult> {
	const pages = run.operation.getPages(task.values);
	const operation: ReadOperation = { ...run.operation, kind: 'read', isList: true, pages };
	return await runRead({ ...run, operation }, task);
}

/** Sends the requests of all tasks, in parallel. If one of them changes data, they are sent one at a time. */
export async function runEndpoint(run: EndpointRun, tasks: Task[]): Promise<void> {
	const runTask = async (task: Task) =>
		changesData(task) ? await runWrite(run, task) : await runEndpointRead(run, task);
	await (tasks.some(changesData) ? runInOrder : runInParallel)(run, tasks, runTask);
}
