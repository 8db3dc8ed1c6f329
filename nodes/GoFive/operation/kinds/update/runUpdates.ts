import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, NOTHING_SENT } from '../../../api/errors';
import type { UpdateOperation } from './defineUpdate';
import { checkUpdate, findCheckError, readStateAgain, uncheckedError, type UpdateCheck } from './checkUpdate';
import { getOutput } from '../../records/formatRows';
import {
	findError,
	type ItemResult,
	type OperationRun,
	type Runner,
	type Step,
	type Steps,
	type TaskResult,
} from '../../run/step';
import { listRequiredNames, needsRecord, planUpdate, toNextState, UNREAD_STATE, type UpdatePlan } from './planUpdate';
import { quoteNames, readState, toCodeText, type CurrentState, type UpdateRun } from './readCurrent';
import { getSentValues, type Task } from '../../run/tasks';
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
async function sendAndCheck(run: UpdateRun, task: Task, plan: UpdatePlan): Promise<UpdateResult> {
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
	return { items: await toWriteResult(run, { ...task, sent: undefined }, () => records), state: check.state };
}

/** Sends a partial update. Nothing is read after it. */
async function sendOnly(run: UpdateRun, task: Task, plan: UpdatePlan, state: CurrentState): Promise<UpdateResult> {
	const { body, changes, request } = plan;
	const write = { ...task, request, sent: getSentValues(run.operation, task.values, body) };
	let data: unknown;
	try {
		data = await run.client.send(request);
	} catch (thrown) {
		return { items: [toItemError(run, task, thrown)] };
	}
	const items = await toWriteResult(run, write, () => {
		const written = toWrittenRecords(run, write, data);
		return written instanceof GoFiveError ? written : written.map((record) => withChanges(record, task, true, changes));
	});
	return findError(items) ? { items } : { items, state: toNextState(run, state, plan) };
}

/** Adds a hint for each field that an update clears. */
function addClearedHints({ hints }: OperationRun, { changes }: UpdatePlan): void {
	for (const { field, after } of changes)
		if (after === null) hints.add(`cleared ${field}`, `'${field}' will be cleared.`);
}

/** Returns the record of a task that is not written: of a preview, or because nothing changes. */
async function toUnsentResult(run: UpdateRun, task: Task, plan: UpdatePlan, hint: string): Promise<UpdateResult> {
	run.hints.add(hint, hint);
	const records = [{ record: withChanges(plan.record ?? {}, task, false, plan.changes) }];
	return { items: await formatItems(run, task, records) };
}

/**
 * Updates the record of a task.
 * @param known - State in which the record was read last.
 * @param isOnlyUpdate - Whether no other record is updated between the first read and the write.
 * @throws GoFiveError if nothing was sent
 */
async function runUpdate(
	run: UpdateRun,
	task: Task,
	known: CurrentState,
	isOnlyUpdate: boolean,
): Promise<UpdateResult> {
	const { isPartial } = run.operation.current;
	const readsAgain = !isPartial && !isOnlyUpdate;
	const state = readsAgain ? await readStateAgain(run, task, known) : known;
	if (state instanceof GoFiveError) return { items: [toUnsentError(run, task, state)], endsRun: true };
	const plan = await planUpdate(run, task, needsRecord(run, task) ? state : UNREAD_STATE);
	if (plan.changes.length === 0) return await toUnsentResult(run, task, plan, UNCHANGED_HINT);
	return isPartial ? await sendOnly(run, task, plan, state) : await sendAndCheck(run, task, plan);
}

/** Returns the planned changes of a preview. */
async function runPreview(run: UpdateRun, task: Task, plan: UpdatePlan): Promise<UpdateResult> {
	addClearedHints(run, plan);
	return await toUnsentResult(run, task, plan, PREVIEW_HINT);
}

/** Adds how to update without the record, if that is possible. */
function toReadError(run: UpdateRun, thrown: unknown): GoFiveError {
	const error = run.client.toError(thrown);
	if (!run.operation.current.isPartial) return error;
	const advice = `To update without reading the record, add ${quoteNames(listRequiredNames(run))} under 'Update Fields', and turn off 'Preview'.`;
	return error.with({ description: `${error.description} ${advice}` });
}

/** States of the records of a run, or why a record could not be read, by ID. */
type States = Map<string, CurrentState | GoFiveError>;

const getCode = ({ reference }: Task): string => toCodeText(reference?.value);

/** Reads each record that an update needs once. An error is returned, never thrown. */
async function readStates(run: UpdateRun, tasks: Task[]): Promise<States> {
	const firstTasks = new Map<string, Task>();
	for (const task of tasks) {
		if (needsRecord(run, task) && !firstTasks.has(getCode(task))) firstTasks.set(getCode(task), task);
	}
	const read = async ([code, task]: [string, Task]) =>
		[code, await readState(run, task).catch((error) => toReadError(run, error))] as const;
	return new Map(await Promise.all([...firstTasks].map(read)));
}

/** Returns the state that a task needs, or throws why it could not be read. */
function getNeededState(run: UpdateRun, task: Task, states: States): CurrentState {
	const state = states.get(getCode(task));
	if (!needsRecord(run, task) || !state) return UNREAD_STATE;
	if (state instanceof GoFiveError) throw state;
	return state;
}

/** Plans the updates of all tasks in their order, so that rows that name the same record see each other's change. */
async function planUpdates(
	run: UpdateRun,
	tasks: Task[],
	states: States,
): Promise<Map<Task, UpdatePlan | GoFiveError>> {
	const nextStates = new Map(states);
	const plans = new Map<Task, UpdatePlan | GoFiveError>();
	for (const task of tasks) {
		try {
			const plan = await planUpdate(run, task, getNeededState(run, task, nextStates));
			const state = nextStates.get(getCode(task));
			if (state && !(state instanceof GoFiveError)) nextStates.set(getCode(task), toNextState(run, state, plan));
			plans.set(task, plan);
		} catch (thrown) {
			plans.set(task, toUnsentError(run, task, thrown));
		}
	}
	return plans;
}

/** Creates the step of a planned task. What is thrown before anything is sent says so. */
function createStep(run: UpdateRun, task: Task, plan: UpdatePlan, states: States, isOnlyUpdate: boolean): Step {
	const execute = async (): Promise<TaskResult[]> => {
		const known = states.get(getCode(task));
		const state = known && !(known instanceof GoFiveError) ? known : UNREAD_STATE;
		const isPreview = task.values['preview'] === true;
		const update = isPreview ? runPreview(run, task, plan) : runUpdate(run, task, state, isOnlyUpdate);
		const result = await update.catch((error): UpdateResult => ({ items: [toUnsentError(run, task, error)] }));
		if (result.state) states.set(getCode(task), result.state);
		return [{ task, items: result.items, endsRunWith: result.endsRun && notSentError }];
	};
	return { tasks: [task], execute };
}

/** Reads and plans the updates of all tasks. Those that cannot be planned are the first step, so that they fail before a write. */
async function createUpdateSteps(operationRun: OperationRun<UpdateOperation>, tasks: Task[]): Promise<Steps> {
	const run: UpdateRun = { ...operationRun, lists: new Map(), responses: new Map() };
	const states = await readStates(run, tasks);
	const failed: TaskResult[] = [];
	const planned: Array<[Task, UpdatePlan]> = [];
	for (const [task, plan] of await planUpdates(run, tasks, states)) {
		if (plan instanceof GoFiveError) failed.push({ task, items: [plan] });
		else planned.push([task, plan]);
	}
	const isOnlyUpdate = states.size <= 1 && planned.length <= 1;
	const failedStep: Step = { tasks: failed.map(({ task }) => task), execute: async () => failed };
	return {
		inOrder: [failedStep, ...planned.map(([task, plan]) => createStep(run, task, plan, states, isOnlyUpdate))],
	};
}

/**
 * Updates the records of all tasks, one at a time. All are read and planned before the first one is written, and if On Error
 * stops, nothing is written if one of them cannot be updated.
 */
export const updateRunner: Runner<UpdateOperation> = { createSteps: createUpdateSteps };
