import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../../api/errors';
import { joinNames } from '../../../shared/text';
import { clock, waitUntil } from '../../../time/clock';
import { findDifferences, listChanges, nameValues, type NamedValues, type ValueChange } from './valueChanges';
import { listDerivedKeys, type UpdatePlan } from './planUpdate';
import { getLabelOf, readRecord, repeatRecord, type CurrentState, type UpdateRun } from './readCurrent';
import type { Write as Task } from '../../run/writtenRecords';

/** How a record differs from the one that an update should leave. */
export interface UpdateCheck extends CurrentState {
	/** Names of the sent values that the record does not show. */
	notShown: string[];
	/** Names of other values that have changed. */
	damaged: string[];
	/** What the update has changed. */
	changes: ValueChange[];
}

/** Time in ms for which a record is read after its update, until it shows the sent values. */
const CHECK_MS = 10_000;
/** Pause in ms between two of these reads. */
const CHECK_PAUSE_MS = 500;

const quoteNames = (names: string[]): string =>
	joinNames(
		names.map((name) => `'${name}'`),
		Infinity,
	);

/** Builds the error about values that an update has changed, although the form does not. */
const damageError = (names: string[]): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: 'GoFive changed fields that the update did not contain',
		description: `GoFive has processed the update, but ${quoteNames(names)} changed too. The node updated no further record. The error contains the record before the update under 'before'. Correct the record in Venio, and ask GoFive support before you update other records.`,
		processed: 'yes',
	});

/** Builds the error about a record that does not show the sent values. */
const notStoredError = (names: string[]): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: `GoFive does not show the new value of ${quoteNames(names)}`,
		description:
			'GoFive accepted the update, but for ten seconds the record did not show this value. The change may be saved, but the node could not check it, so it updated no further record. Check the record in Venio.',
		processed: 'maybe',
	});

/** Builds the error about a record that could not be read after its update. */
export const uncheckedError = (reason: string): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: 'The update may be saved, but could not be checked',
		description: `${reason} The node updated no further record. Check the record in Venio before you send this item again.`,
		processed: 'maybe',
	});

/** Builds the error about a record whose stock changed while the node prepared the update. */
export const volatileError = (names: string[]): GoFiveError =>
	new GoFiveError({
		kind: 'stopped',
		message: `${quoteNames(names)} changed in Venio during the update`,
		description:
			'An update sends this value back, so it could undo the change. The node updated no further record. Run the workflow again with the remaining items.',
	});

/** Names the values of a record that the request cannot contain and GoFive does not set. */
function nameOtherValues({ operation }: UpdateRun, record: IDataObject, changedKeys: string[]): NamedValues {
	const { values, setByGoFive } = operation.current;
	const paths = Object.entries(values).flatMap(([key, { paths: ownPaths = [] }]) => [key, ...ownPaths]);
	const readKeys = paths.map((path) => path.split('.')[0]);
	const namesPaths = changedKeys.map((key) => values[key]?.namesPath);
	const ignoredKeys = new Set([...setByGoFive, ...readKeys, ...listDerivedKeys(changedKeys, values), ...namesPaths]);
	const isNamed = (key: string) => !ignoredKeys.has(key);
	return nameValues(record, {}, (key) => key, isNamed);
}

/** Compares the record after an update with the one that the update should leave. */
async function checkRecord(run: UpdateRun, task: Task, plan: UpdatePlan, record: IDataObject): Promise<UpdateCheck> {
	const { values } = run.operation.current;
	const { body, changedKeys } = plan;
	const repeated = await repeatRecord(run, task, record);
	const derivedKeys = listDerivedKeys(changedKeys, values);
	const isNamed = (key: string) => !derivedKeys.includes(key);
	const name = (source: IDataObject) => nameValues(source, values, getLabelOf(task), isNamed);
	const sentNames = plan.changes.map(({ field }) => field);
	const actual = name(repeated.body);
	const differences = findDifferences(name(body), actual);
	const others = findDifferences(
		nameOtherValues(run, plan.record, changedKeys),
		nameOtherValues(run, record, changedKeys),
	);
	return {
		record,
		repeated,
		notShown: differences.filter((difference) => sentNames.includes(difference)),
		damaged: [...differences.filter((difference) => !sentNames.includes(difference)), ...others],
		changes: listChanges(name(plan.repeated.body), actual, sentNames),
	};
}

/** Names the values that change without a user and that have changed between two reads of a record. */
export function findVolatileChanges(run: UpdateRun, task: Task, before: CurrentState, after: CurrentState): string[] {
	const { values } = run.operation.current;
	const isNamed = (key: string) => values[key]?.isVolatile === true;
	const name = ({ repeated }: CurrentState) => nameValues(repeated.body, values, getLabelOf(task), isNamed);
	return findDifferences(name(before), name(after));
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
