import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, NOTHING_SENT } from '../../../api/errors';
import type { UpdateOperation } from './defineUpdate';
import { checkUpdate, findCheckError, readStateAgain, uncheckedError, type UpdateCheck } from './checkUpdate';
import { getOutput } from '../../records/formatRows';
import type { ItemResult, OperationRun, Runner, Step, Steps, TaskResult } from '../../run/step';
import { planUpdate, toNextState, type UpdatePlan } from './planUpdate';
import { readState, toCodeText, type CurrentState, type UpdateRun } from './readCurrent';
import type { Task } from '../../run/tasks';
import { withRecordReference } from '../../run/recordReference';
import { formatItems } from '../../run/formatItems';
import { toWriteResult, toWrittenRecords } from '../../run/writtenRecords';

const PREVIEW_HINT =
	"No update was sent, because this is a preview. If the changes in the output are right, turn off 'Preview' and run the workflow again.";
const UNCHANGED_HINT = 'No update was sent, because Venio already contains these values.';

/** Result of an update. */
interface UpdateResult {
	items: ItemResult;
	/** State of the record after its update. */
	state?: CurrentState;
	/** Whether no other record may be updated in this execution. */
	endsRun?: true;
}

/** Error of an item that is not updated, because an earlier update could not be confirmed. */
const notSentError = new GoFiveError({
	kind: 'stopped',
	message: 'The update was not sent',
	description: `An earlier update was not sent or could not be confirmed, so the node does not send the remaining updates, even if 'On Error' is 'Continue'. Correct the cause of that item's error, then run the workflow with the remaining items. ${NOTHING_SENT}`,
});

const toItemError = ({ client }: OperationRun, { reference }: Task, thrown: unknown): GoFiveError =>
	withRecordReference(client.toError(thrown), reference);

/** Converts an error from before the write, and adds that nothing was sent. */
function toUnsentError(run: OperationRun, task: Task, thrown: unknown): GoFiveError {
	const error = toItemError(run, task, thrown);
	return error.with({ description: `${error.description} ${NOTHING_SENT}` });
}

/** Adds what was changed to a record, as columns. Raw is the record exactly as GoFive returns it. */
const withChanges = (record: IDataObject, { values }: Task, updated: boolean, changes: IDataObject[]): IDataObject =>
	getOutput(values).mode === 'raw' ? record : { ...record, updated, changes };

/** Sends a request. Returns the error, if GoFive rejects the update or may have processed it. */
async function sendPlan(run: UpdateRun, task: Task, { request }: UpdatePlan): Promise<GoFiveError | undefined> {
	try {
		const written = toWrittenRecords(run, { ...task, request }, await run.client.send(request));
		return written instanceof GoFiveError ? written : undefined;
	} catch (thrown) {
		return toItemError(run, task, thrown);
	}
}

/** Returns the result of an update after which the record could not be confirmed. */
const toFailure = (error: GoFiveError, { record }: UpdatePlan): UpdateResult => ({
	items: [error.with({ before: record })],
	endsRun: true,
});

/** Adds a hint for each sent value that could not be checked. */
function addUncheckedHints({ hints }: OperationRun, { unchecked }: UpdateCheck): void {
	for (const field of unchecked)
		hints.add(
			`unchecked ${field}`,
			`'${field}' was sent but not checked, because GoFive did not return it in a format that the node can read. Check it in Venio.`,
		);
}

/** Sends an update, and compares the record with the one before. */
async function sendUpdate(run: UpdateRun, task: Task, plan: UpdatePlan): Promise<UpdateResult> {
	const writeError = await sendPlan(run, task, plan);
	if (writeError && !writeError.processed) return { items: [writeError] };
	let check: UpdateCheck | undefined;
	try {
		check = await checkUpdate(run, task, plan);
	} catch (thrown) {
		const readError = uncheckedError(`${run.client.toError(thrown).message}.`);
		return toFailure(writeError ?? withRecordReference(readError, task.reference), plan);
	}
	const checkError = findCheckError(check);
	const error = checkError && withRecordReference(checkError, task.reference);
	if (!check || error) {
		// A damage is known. Otherwise the error of the write says more.
		const isDamage = error?.processed === 'yes';
		return toFailure((isDamage ? error : (writeError ?? error)) as GoFiveError, plan);
	}
	// A value that was not checked confirms no write whose response was lost.
	if (writeError && check.unchecked.length > 0) return toFailure(writeError, plan);
	addUncheckedHints(run, check);
	const records = [withChanges(check.record, task, true, check.changes)];
	return { items: await toWriteResult(run, { ...task, sent: undefined }, () => records), state: check };
}

/** Adds a hint for each field that an update clears. */
function addClearedHints({ hints }: OperationRun, { changes }: UpdatePlan): void {
	for (const { field, after } of changes)
		if (after === null) hints.add(`cleared ${field}`, `'${field}' will be cleared.`);
}

/** Returns the record of a task that is not written: of a preview, or because nothing changes. */
async function toUnsentResult(run: UpdateRun, task: Task, plan: UpdatePlan, hint: string): Promise<UpdateResult> {
	run.hints.add(hint, hint);
	const records = [{ record: withChanges(plan.record, task, false, plan.changes) }];
	return { items: await formatItems(run, task, records) };
}

/**
 * Updates the record of a task.
 * @param last - State in which the record was read last. Undefined if that was immediately before.
 * @throws GoFiveError if nothing was sent
 */
async function runUpdate(
	run: UpdateRun,
	task: Task,
	planned: UpdatePlan,
	last: CurrentState | undefined,
): Promise<UpdateResult> {
	if (task.values['preview'] === true) {
		addClearedHints(run, planned);
		return await toUnsentResult(run, task, planned, PREVIEW_HINT);
	}
	const state = last ? await readStateAgain(run, task, last) : planned;
	if (state instanceof GoFiveError) return { items: [toUnsentError(run, task, state)], endsRun: true };
	const plan = planUpdate(run, task, state);
	if (plan.changes.length === 0) return await toUnsentResult(run, task, plan, UNCHANGED_HINT);
	return await sendUpdate(run, task, plan);
}

/** Reads each record once. An error is returned, never thrown. */
async function readStates(run: UpdateRun, tasks: Task[]): Promise<Map<string, CurrentState | GoFiveError>> {
	const firstTasks = new Map<string, Task>();
	for (const task of tasks) {
		const code = toCodeText(task.reference?.value);
		if (!firstTasks.has(code)) firstTasks.set(code, task);
	}
	const read = async ([code, task]: [string, Task]) =>
		[code, await readState(run, task).catch((error) => run.client.toError(error))] as const;
	return new Map(await Promise.all([...firstTasks].map(read)));
}

/** Plans the updates of all tasks in their order, so that rows that name the same record see each other's change. */
function planUpdates(
	run: UpdateRun,
	tasks: Task[],
	states: ReadonlyMap<string, CurrentState | GoFiveError>,
): Map<Task, UpdatePlan | GoFiveError> {
	const nextStates = new Map(states);
	const plans = new Map<Task, UpdatePlan | GoFiveError>();
	for (const task of tasks) {
		const code = toCodeText(task.reference?.value);
		const state = nextStates.get(code);
		try {
			if (!state || state instanceof GoFiveError) throw state;
			const plan = planUpdate(run, task, state);
			nextStates.set(code, toNextState(plan));
			plans.set(task, plan);
		} catch (thrown) {
			plans.set(task, toUnsentError(run, task, thrown));
		}
	}
	return plans;
}

/** Sends the planned update of a task. What is thrown before anything is sent says so. */
async function runPlan(
	run: UpdateRun,
	task: Task,
	plan: UpdatePlan,
	states: Map<string, CurrentState | GoFiveError>,
	isOnlyRecord: boolean,
): Promise<TaskResult[]> {
	const code = toCodeText(task.reference?.value);
	const last = isOnlyRecord ? undefined : (states.get(code) as CurrentState);
	const { items, state, endsRun } = await runUpdate(run, task, plan, last).catch(
		(error): UpdateResult => ({
			items: [toUnsentError(run, task, error)],
		}),
	);
	if (state) states.set(code, state);
	return [{ task, items, endsRunWith: endsRun && notSentError }];
}

/** Reads and plans the updates of all tasks. Those that cannot be planned are the first step, so that they fail before a write. */
async function createUpdateSteps(operationRun: OperationRun<UpdateOperation>, tasks: Task[]): Promise<Steps> {
	const run: UpdateRun = { ...operationRun, lists: new Map() };
	const states = await readStates(run, tasks);
	const failed: TaskResult[] = [];
	const planned: Array<[Task, UpdatePlan]> = [];
	for (const [task, plan] of planUpdates(run, tasks, states)) {
		if (plan instanceof GoFiveError) failed.push({ task, items: [plan] });
		else planned.push([task, plan]);
	}
	const isOnlyRecord = states.size <= 1 && planned.length <= 1;
	const failedStep: Step = { tasks: failed.map(({ task }) => task), execute: async () => failed };
	const steps = planned.map(
		([task, plan]): Step => ({
			tasks: [task],
			execute: async () => await runPlan(run, task, plan, states, isOnlyRecord),
		}),
	);
	return { inOrder: [failedStep, ...steps] };
}

/**
 * Updates the records of all tasks, one at a time. All are read and planned before the first one is written, and if On Error
 * stops, nothing is written if one of them cannot be updated.
 */
export const updateRunner: Runner<UpdateOperation> = { createSteps: createUpdateSteps };
