import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../../api/errors';
import { clock, waitUntil } from '../../../time/clock';
import { isEmpty, listDeclaredKeys } from './currentValues';
import { findDifferences, nameValues, toOutput, type NamedValues, type ValueChange } from './valueChanges';
import type { UpdatePlan } from './planUpdate';
import {
	getLabelOf,
	quoteNames,
	readRecord,
	readRecordValues,
	readState,
	type CurrentState,
	type UpdateRun,
} from './readCurrent';
import type { Task } from '../../run/tasks';

/** How a record differs from the one that an update should leave. */
export interface UpdateCheck {
	record: IDataObject;
	/** State of the record after the update. */
	state: CurrentState;
	/** Names of the sent values that the record does not show. */
	notShown: string[];
	/** Names of the sent values that could be read neither before nor after the update. */
	unchecked: string[];
	/** Names of other values that have changed. */
	damaged: string[];
	/** What the update has changed. */
	changes: ValueChange[];
}

/** Time in ms for which a record is read after its update, until it shows the sent values. */
const CHECK_MS = 10_000;
/** Pause in ms between two of these reads. */
const CHECK_PAUSE_MS = 500;

const NOT_SENT = 'The node did not send the remaining updates.';

/** Builds the error about values that an update has changed, although the form does not. */
const damageError = (names: string[]): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: "GoFive changed fields that are not in 'Update Fields'",
		description: `${quoteNames(names)} changed, too. ${NOT_SENT} Correct this record in Venio with the values under 'before', and ask GoFive support.`,
		processed: 'yes',
	});

/** Builds the error about a record that does not show the sent values. */
const notStoredError = (names: string[]): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: `GoFive does not show the new value of ${quoteNames(names)}`,
		description: `GoFive accepted the update, but for ten seconds the record did not show this value. The change may be saved, but the node could not check it. ${NOT_SENT} Check the record in Venio.`,
		processed: 'maybe',
	});

/** Builds the error about a record that could not be read after its update. */
export const uncheckedError = (reason: string): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: 'The update may be saved, but could not be checked',
		description: `${reason} ${NOT_SENT} Check the record in Venio before you send this item again.`,
		processed: 'maybe',
	});

/** Builds the error about a record that no longer shows what an earlier item changed. */
const undoneError = (names: string[]): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: `GoFive no longer shows the new value of ${quoteNames(names)}`,
		description: `An earlier item changed this value, but for ten seconds GoFive returned another one. Each update sends all values of the record, so it could undo the change. ${NOT_SENT} Check the record in Venio, then run the workflow again with the remaining items.`,
	});

/** Reads until a read is complete or the time is over. Returns the last one. */
async function readUntil<T>(
	{ context }: UpdateRun,
	read: () => Promise<T>,
	isComplete: (result: T) => boolean,
): Promise<T> {
	const signal = context.getExecutionCancelSignal();
	const endAt = clock.now() + CHECK_MS;
	for (;;) {
		const result = await read();
		if (isComplete(result) || clock.now() >= endAt) return result;
		await waitUntil(clock.now() + CHECK_PAUSE_MS, signal);
	}
}

/** Lists the keys of the record that became empty, except keys that follow from a value of the form. */
function listLostKeys(run: UpdateRun, { record = {}, formKeys }: UpdatePlan, after: IDataObject): string[] {
	const { values } = run.operation.current;
	const expected = new Set(formKeys.flatMap((key) => values[key]?.dependentKeys ?? []));
	const declared = listDeclaredKeys(values);
	return Object.keys(record).filter(
		(key) => !declared.has(key) && !expected.has(key) && !isEmpty(record[key]) && isEmpty(after[key]),
	);
}

/** Compares the record after an update with the one that the update should leave. */
async function checkRecord(run: UpdateRun, task: Task, plan: UpdatePlan, record: IDataObject): Promise<UpdateCheck> {
	const { fields, current } = run.operation;
	const { body, before, formKeys, changes } = plan;
	const getLabel = getLabelOf(run);
	const after = await readRecordValues(run, task, record);
	const named = (source: IDataObject) => nameValues(source, current.values, getLabel);
	const sent = named(body);
	const actual = named(after.values);
	const uncheckedKeys = formKeys.filter((key) => before.refused.has(key) && after.refused.has(key));
	const unchecked = uncheckedKeys.map(getLabel);
	const changedNames = changes.map(({ field }) => field);
	// A value of the form that equals the one of the record is sent and checked, too.
	const formNames = new Set([...changedNames, ...formKeys.map(getLabel)]);
	const differences = findDifferences(sent, actual).filter((name) => !unchecked.includes(name));
	const isDamaged = (name: string): boolean => {
		const isVolatile = sent.get(name)?.current?.isVolatile && !isEmpty(actual.get(name)?.value);
		return !formNames.has(name) && !isVolatile;
	};
	const setNames = changedNames.filter((name) => !unchecked.includes(name));
	const setValues = new Map([...plan.setValues, ...[...actual].filter(([name]) => setNames.includes(name))]);
	return {
		record,
		state: { record, setValues },
		unchecked,
		notShown: differences.filter((name) => formNames.has(name)),
		damaged: [...differences.filter(isDamaged), ...listLostKeys(run, plan, record)],
		changes: changes.map((change) => ({
			...change,
			after: toOutput((unchecked.includes(change.field) ? sent : actual).get(change.field), fields),
		})),
	};
}

/** Names the values that earlier items have set, and that a record no longer shows. */
async function listUndoneNames(run: UpdateRun, task: Task, setValues: NamedValues, record: IDataObject) {
	const { values } = await readRecordValues(run, task, record);
	const actual = nameValues(values, run.operation.current.values, getLabelOf(run));
	return findDifferences(setValues, new Map([...actual].filter(([name]) => setValues.has(name))));
}

/**
 * Reads a record again before its update. GoFive may return values that are older than the change of an earlier item, so the
 * record is read until it shows this change or the time is over.
 * @param setValues - Values that earlier items of this execution have set.
 * @returns the state, or the error that ends the run
 */
export async function readStateAgain(
	run: UpdateRun,
	task: Task,
	{ setValues }: CurrentState,
): Promise<CurrentState | GoFiveError> {
	const read = async () => {
		const { record } = await readState(run, task);
		return { record, undoneNames: await listUndoneNames(run, task, setValues, record ?? {}) };
	};
	const { record, undoneNames } = await readUntil(run, read, (result) => result.undoneNames.length === 0);
	return undoneNames.length > 0 ? undoneError(undoneNames) : { record, setValues };
}

/**
 * Reads a record after its update, until it shows the sent values or the time is over.
 * @returns the last comparison. Undefined if the record was not found.
 * @throws GoFiveError if the record cannot be read
 */
export async function checkUpdate(run: UpdateRun, task: Task, plan: UpdatePlan): Promise<UpdateCheck | undefined> {
	const read = async () => {
		const record = await readRecord(run, task);
		return record && (await checkRecord(run, task, plan, record));
	};
	return await readUntil(run, read, (check) => check?.notShown.length === 0);
}

/** Returns the error of a record that does not contain exactly what the update should leave. */
export function findCheckError(check: UpdateCheck | undefined): GoFiveError | undefined {
	if (!check) return uncheckedError('GoFive did not find the record after the update.');
	if (check.damaged.length > 0) return damageError(check.damaged);
	return check.notShown.length > 0 ? notStoredError(check.notShown) : undefined;
}
