import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../../api/errors';
import { clock, waitUntil } from '../../../time/clock';
import { isEmpty, listUnreadKeys, pickValues, type RepeatedValues } from './currentValues';
import { findDifferences, nameValues, toOutput, type NamedValues, type ValueChange } from './valueChanges';
import { listDerivedKeys, type UpdatePlan } from './planUpdate';
import {
	getLabelOf,
	quoteNames,
	readRecord,
	readState,
	repeatRecord,
	type CurrentState,
	type UpdateRun,
} from './readCurrent';
import type { Task } from '../../run/tasks';

/** How a record differs from the one that an update should leave. */
export interface UpdateCheck extends CurrentState {
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

/** Builds the error about values that an update has changed, although the form does not. */
const damageError = (names: string[]): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: "GoFive changed fields that are not in 'Update Fields'",
		description: `${quoteNames(names)} changed, too. The node did not send the remaining updates. Correct this record in Venio with the values under 'before', and ask GoFive support.`,
		processed: 'yes',
	});

/** Builds the error about a record that does not show the sent values. */
const notStoredError = (names: string[]): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: `GoFive does not show the new value of ${quoteNames(names)}`,
		description:
			'GoFive accepted the update, but for ten seconds the record did not show this value. The change may be saved, but the node could not check it. The node did not send the remaining updates. Check the record in Venio.',
		processed: 'maybe',
	});

/** Builds the error about a record that could not be read after its update. */
export const uncheckedError = (reason: string): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: 'The update may be saved, but could not be checked',
		description: `${reason} The node did not send the remaining updates. Check the record in Venio before you send this item again.`,
		processed: 'maybe',
	});

/** Builds the error about a record that no longer shows what an earlier item changed. */
const undoneError = (names: string[]): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: `GoFive no longer shows the new value of ${quoteNames(names)}`,
		description:
			'An earlier item changed this value, but for ten seconds GoFive returned another one. Each update sends all values of the record, so it could undo the change. The node did not send the remaining updates. Check the record in Venio, then run the workflow again with the remaining items.',
	});

/** Builds the error about a record whose stock changed while the node prepared the update. */
const volatileError = (names: string[]): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: `${quoteNames(names)} changed in Venio during the update`,
		description:
			'Each update sends all values of the record, so it could undo the change. The node did not send the remaining updates. Run the workflow again with the remaining items.',
	});

/** Returns the keys that could be sent back before an update, and that have another form after it. */
const listLostKeys = (before: RepeatedValues, after: RepeatedValues): string[] =>
	[...after.refused.keys()].filter((key) => !before.refused.has(key));

/**
 * Names the values of a record that an update must not change and that cannot be compared as values of the request: those in
 * other keys, and those in a form that the request does not accept, before the update or after it.
 */
function nameOtherValues(run: UpdateRun, record: IDataObject, plan: UpdatePlan, lostKeys: string[]): NamedValues {
	const { values, setByGoFive } = run.operation.current;
	const { formKeys, changedKeys, repeated } = plan;
	const unreadKeys = [...listUnreadKeys(repeated), ...lostKeys];
	const readKeys = Object.keys(values).filter((key) => !unreadKeys.includes(key));
	const keysFromOtherKeys = readKeys.filter((key) => !(key in plan.record));
	const otherKeys = [...changedKeys, ...keysFromOtherKeys].flatMap((key) => [
		values[key]?.otherKey,
		values[key]?.namesKey,
	]);
	const derivedKeys = listDerivedKeys(changedKeys, formKeys, values);
	const ignoredKeys = new Set([...setByGoFive, ...readKeys, ...changedKeys, ...otherKeys, ...derivedKeys]);
	return nameValues(record, {}, getLabelOf(run), (key) => !ignoredKeys.has(key));
}

/** Compares the record after an update with the one that the update should leave. */
async function checkRecord(run: UpdateRun, task: Task, plan: UpdatePlan, record: IDataObject): Promise<UpdateCheck> {
	const { values } = run.operation.current;
	const { body, formKeys, changedKeys, derivedKeys } = plan;
	const getLabel = getLabelOf(run);
	const repeated = await repeatRecord(run, task, record);
	const lostKeys = listLostKeys(plan.repeated, repeated);
	const unreadAfter = listUnreadKeys(repeated);
	const isLost = (key: string) => lostKeys.includes(key) && unreadAfter.includes(key) && !isEmpty(record[key]);
	const lostChanges = changedKeys.filter(isLost).map(getLabel);
	const uncheckedKeys = listUnreadKeys(plan.repeated).filter(
		(key) => changedKeys.includes(key) && unreadAfter.includes(key),
	);
	const name = (source: IDataObject) => nameValues(source, values, getLabel, (key) => !derivedKeys.includes(key));
	const sentNames = plan.changes.map(({ field }) => field);
	// A value of the form that equals the one of the record is sent and checked, too.
	const formNames = new Set([...sentNames, ...formKeys.map(getLabel)]);
	const unchecked = uncheckedKeys.map(getLabel);
	const actual = name({ ...repeated.body, ...pickValues(body, uncheckedKeys) });
	const differences = findDifferences(name(body), actual);
	const nameOthers = (source: IDataObject) => nameOtherValues(run, source, plan, lostKeys);
	const others = findDifferences(nameOthers(plan.record), nameOthers(record));
	return {
		record,
		repeated,
		changedNames: [...plan.changedNames, ...sentNames.filter((sentName) => !unchecked.includes(sentName))],
		unchecked,
		notShown: [...new Set([...differences.filter((difference) => formNames.has(difference)), ...lostChanges])],
		damaged: [...new Set([...differences.filter((difference) => !formNames.has(difference)), ...others])],
		changes: plan.changes.map((change) => ({ ...change, after: toOutput(actual.get(change.field)?.value) })),
	};
}

/** Names the values that have changed between two reads of a record, and that an update would send back. */
function findLaterChanges(run: UpdateRun, before: CurrentState, after: CurrentState) {
	const { values } = run.operation.current;
	const name = ({ repeated }: CurrentState) => nameValues(repeated.body, values, getLabelOf(run));
	const [valuesBefore, valuesAfter] = [name(before), name(after)];
	const differences = findDifferences(valuesBefore, valuesAfter);
	const isVolatile = (field: string) =>
		(valuesBefore.get(field) ?? valuesAfter.get(field))?.current?.isVolatile === true;
	const undoneNames = differences.filter((field) => before.changedNames.includes(field));
	const volatileNames = differences.filter((field) => isVolatile(field) && !undoneNames.includes(field));
	return { undoneNames, volatileNames };
}

/**
 * Reads a record again before its update. GoFive may return values that are older than the change of an earlier item, so the
 * record is read until it shows this change or the time is over.
 * @param last - State in which the record was read last
 * @returns the state, or the error that ends the run
 */
export async function readStateAgain(
	run: UpdateRun,
	task: Task,
	last: CurrentState,
): Promise<CurrentState | GoFiveError> {
	const signal = run.context.getExecutionCancelSignal();
	const endAt = clock.now() + CHECK_MS;
	for (;;) {
		const state = await readState(run, task);
		const { undoneNames, volatileNames } = findLaterChanges(run, last, state);
		if (volatileNames.length > 0) return volatileError(volatileNames);
		if (undoneNames.length === 0) return { ...state, changedNames: last.changedNames };
		if (clock.now() >= endAt) return undoneError(undoneNames);
		await waitUntil(clock.now() + CHECK_PAUSE_MS, signal);
	}
}

/**
 * Reads a record after its update, until it shows the sent values or the time is over.
 * @returns the last comparison. Undefined if the record was not found.
 * @throws GoFiveError if the record cannot be read
 */
export async function checkUpdate(run: UpdateRun, task: Task, plan: UpdatePlan): Promise<UpdateCheck | undefined> {
	const signal = run.context.getExecutionCancelSignal();
	const endAt = clock.now() + CHECK_MS;
	for (;;) {
		const record = await readRecord(run, task);
		const check = record && (await checkRecord(run, task, plan, record));
		if (check?.notShown.length === 0 || clock.now() >= endAt) return check;
		await waitUntil(clock.now() + CHECK_PAUSE_MS, signal);
	}
}

/** Returns the error of a record that does not contain exactly what the update should leave. */
export function findCheckError(check: UpdateCheck | undefined): GoFiveError | undefined {
	if (!check) return uncheckedError('GoFive did not find the record after the update.');
	if (check.damaged.length > 0) return damageError(check.damaged);
	return check.notShown.length > 0 ? notStoredError(check.notShown) : undefined;
}
