// Executes one operation of the GoFive node for all input items.
// Imported by GoFive.node.ts.
// Start with executeOperation() below, then read executeSteps.ts, which lists all ways in which a run ends, and the runner of a kind.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Client } from '../../api/client';
import { clock } from '../../time/clock';
import { readNodeOptions } from '../fields/nodeOptions';
import type { Operation, OperationKind, OperationsByKind } from '../kinds';
import { accessRunner } from '../kinds/access/checkAccess';
import { batchRunner } from '../kinds/batch/runBatches';
import { endpointRunner } from '../kinds/endpoint/runEndpoint';
import { readRunner } from '../kinds/read/runReads';
import { totalsRunner } from '../kinds/totals/runTotals';
import { updateRunner } from '../kinds/update/runUpdates';
import { writeRunner } from '../kinds/write/runWrites';
import { NamesById } from '../reading/idToName';
import { IdsByName } from '../reading/nameToId';
import { Hints } from './hints';
import { addFailureHints, toNodeItems } from './nodeItems';
import { Results } from './results';
import { executeSteps } from './executeSteps';
import type { OperationRun, Runner, Steps, TaskResult } from './step';
import { areEqual, createExpressionCheck, createTasks, type InputItem, type Task } from './tasks';

const RUNNERS: { [K in OperationKind]: Runner<OperationsByKind[K]> } = {
	read: readRunner,
	totals: totalsRunner,
	write: writeRunner,
	batch: batchRunner,
	update: updateRunner,
	endpoint: endpointRunner,
	access: accessRunner,
};

/** Divides the tasks of a run into steps. What is thrown meanwhile is the result of each task. */
async function createSteps<K extends OperationKind>(
	kind: K,
	run: OperationRun<OperationsByKind[K]>,
	tasks: Task[],
): Promise<Steps> {
	try {
		return await RUNNERS[kind].createSteps(run, tasks);
	} catch (error) {
		const execute = async () => await Promise.reject<TaskResult[]>(error as Error);
		return { inOrder: [{ tasks, execute }] };
	}
}

/**
 * Executes an operation for every input item. The output is in input order, and every output item is paired.
 * @throws NodeApiError or NodeOperationError of the first item that fails, unless On Error continues
 */
export async function executeOperation(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const now = clock.now();
	const { inputItems, hints } = await readInputItems(context, operation, now);
	const tasks = inputItems.filter((inputItem) => 'values' in inputItem);
	// Concurrency and timeout apply to the whole execution, so the options of the first valid item count. Only the lists that
	// `readInputItems` loads are read before, with the default options.
	const clientOptions = RUNNERS[operation.kind].clientOptions ?? tasks[0]?.values.options ?? readNodeOptions({});
	const client = new Client(context, clientOptions);
	const names = new NamesById(client, (text) => hints.add(text, text));
	const results = new Results(context, client, inputItems);
	const run = { context, operation, client, hints, names, partFailurePolicy: results, now };

	results.throwFirstError();
	const steps = await createSteps(operation.kind, run, tasks);
	const isRepeated = 'inParallel' in steps && tasks.length === inputItems.length && areEqual(tasks);
	if (isRepeated) hints.addEqualItems(tasks.length, tasks[0]?.reference?.text);
	await executeSteps(run, steps, results);
	// Steps are in order if one of them writes.
	results.throwFirstError('inOrder' in steps);

	names.reportMissingNames();
	addFailureHints(run, inputItems, results.byItem);
	hints.show(context, (text) => client.redactor.redactText(text));
	return [toNodeItems(context, client, inputItems, results.byItem)];
}

/** Reads the input items, and again with the loaded lists if they name entries of lists. */
async function readInputItems(
	context: IExecuteFunctions,
	operation: Operation,
	now: number,
): Promise<{ inputItems: InputItem[]; hints: Hints }> {
	const idsByName = new IdsByName();
	const isExpression = createExpressionCheck(context.getNode());
	const read = () => {
		const hints = new Hints();
		const readContext = { now, isExpression, findListValue: idsByName.find };
		return { inputItems: createTasks(context, operation, readContext, hints), hints };
	};
	let result = read();
	while (idsByName.needsLists) {
		await idsByName.load(context);
		result = read();
	}
	return result;
}
