import { getEffect } from '../../../api/request';
import type { ReadOperation } from '../../operation';
import { buildRequest } from '../../reading/buildRequest';
import { runRead } from '../read/runReads';
import { createTaskSteps, type ItemResult, type OperationRun, type Runner } from '../../run/step';
import type { Task } from '../../run/tasks';
import { runWrite } from '../write/runWrites';
import type { EndpointOperation } from './defineEndpoint';

type EndpointRun = OperationRun<EndpointOperation>;

const changesData = ({ operation }: EndpointRun, { values }: Task): boolean =>
	getEffect(buildRequest(operation, values).request) === 'write';

/** Sends the request of a task that reads data. */
async function runEndpointRead(run: EndpointRun, task: Task): Promise<ItemResult> {
	const pages = run.operation.getPages(task.values);
	const operation: ReadOperation = { ...run.operation, kind: 'read', effect: 'read', isList: true, pages };
	return await runRead({ ...run, operation }, task);
}

/** Sends the requests of all tasks, in parallel. If one of them changes data, they are sent one at a time. */
export const endpointRunner: Runner<EndpointOperation> = {
	createSteps(run, tasks) {
		const writes = new Set(tasks.filter((task) => changesData(run, task)));
		const steps = createTaskSteps(tasks, async (task) =>
			writes.has(task) ? await runWrite(run, task) : await runEndpointRead(run, task),
		);
		return writes.size > 0 ? { inOrder: steps } : { inParallel: steps };
	},
};
