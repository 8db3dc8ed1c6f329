// Executes one operation of the GoFive node for all input items.
// Imported by GoFive.node.ts.
// Start with executeOperation() below, then read the runner of a kind, and kinds/shared/results.ts for what an error does.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Client, type ClientOptions } from '../../api/client';
import { getEffect } from '../../api/request';
import { clock } from '../../time/clock';
import { readNodeOptions } from '../fields/nodeOptions';
import { CHECK_CLIENT_OPTIONS, runChecks } from '../kinds/access/checkAccess';
import { runBatches } from '../kinds/batch/runBatches';
import { runEndpoint } from '../kinds/endpoint/runEndpoint';
import type { Operation } from '../kinds';
import { ListNames } from '../reading/nameToId';
import { NameCache } from '../reading/idToName';
import { runReads } from '../kinds/read/runReads';
import { Hints } from './hints';
import type { OperationRun } from './operationRun';
import { createExpressionCheck, readTasks, type Task } from './tasks';
import { Results, type InputItem } from './results';
import { runUpdates } from '../kinds/update/runUpdates';
import { runWrites } from '../kinds/write/runWrites';

type Kind = Operation['kind'];

/** How the operations of a kind run. */
interface KindRunner<O extends Operation> {
	/** Runs the tasks, and stores their results. */
	run(run: OperationRun<O>, tasks: Task[]): Promise<void>;
	/** Options of the client. Defaults to those of the first task. */
	clientOptions?: ClientOptions;
}

const RUNNERS: { [K in Kind]: KindRunner<Extract<Operation, { kind: K }>> } = {
	read: { run: runReads },
	write: { run: runWrites },
	batch: { run: runBatches },
	update: { run: runUpdates },
	endpoint: { run: runEndpoint },
	access: { run: runChecks, clientOptions: CHECK_CLIENT_OPTIONS },
};

/**
 * Executes an operation for every input item. The output is in input order, and every output item is paired.
 * @throws NodeApiError or NodeOperationError of the first item that fails, unless On Error continues
 */
export async function executeOperation(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const { inputItems, hints } = await readInputItems(context, operation);
	const tasks = inputItems.filter((inputItem) => 'request' in inputItem);
	const runner: KindRunner<never> = RUNNERS[operation.kind];
	// Concurrency and timeout apply to the whole execution, so the options of the first valid item count. Only the lists that
	// `readInputItems` loads are read before, with the default options.
	const clientOptions = runner.clientOptions ?? tasks[0]?.values.options ?? readNodeOptions({});
	const client = new Client(context, clientOptions);
	const names = new NameCache(client, (text) => hints.add(text, text));
	const results = new Results(context, client, inputItems);

	results.throwFirstError();
	await runner.run({ context, operation: operation as never, client, hints, names, results }, tasks);
	results.throwFirstError(tasks.some(({ request }) => getEffect(request) === 'write'));
	names.reportMissingNames();
	const items = results.toNodeItems(hints);
	hints.show(context, (text) => client.redactor.redactText(text));
	return [items];
}

/** Reads the input items, and again with the loaded lists if they name entries of lists. */
async function readInputItems(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<{ inputItems: InputItem[]; hints: Hints }> {
	const listNames = new ListNames();
	const now = clock.now();
	const isExpression = createExpressionCheck(context.getNode());
	const read = () => {
		const hints = new Hints();
		const addHint = (kind: string, text: string) => hints.add(kind, text);
		const readContext = { now, addHint, isExpression, findListValue: listNames.find };
		return { inputItems: readTasks(context, operation, readContext), hints };
	};
	let result = read();
	while (listNames.needsLists) {
		await listNames.load(context);
		result = read();
	}
	return result;
}
