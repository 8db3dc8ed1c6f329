import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../../api/errors';
import type { ApiRequest } from '../../../api/request';
import { isBlank, joinNames } from '../../../shared/text';
import { mergeValues, type RepeatedValues } from './currentValues';
import { buildBody } from '../../fields/fieldRecord';
import { invalidValueError } from '../../fields/invalidValue';
import type { CurrentValues } from './defineUpdate';
import { isEqual, listChanges, nameValues, type ValueChange } from './valueChanges';
import { buildRequest } from '../../reading/buildRequest';
import { getLabelOf, type CurrentState, type UpdateRun } from './readCurrent';
import type { Write as Task } from '../../run/writtenRecords';

/** What an update sends, and what it changes. */
export interface UpdatePlan extends CurrentState {
	/** Values to send. */
	body: IDataObject;
	/** Keys of the request whose value the form changes. */
	changedKeys: string[];
	changes: ValueChange[];
	request: ApiRequest;
}

/** Advice for an added field that is empty, although GoFive requires it. */
const CLEARED_ADVICE = 'GoFive requires this field. Enter a value, or remove the field to keep the current value.';

const UNUSABLE_VALUE = "GoFive's response contains a value that an update cannot send back.";
const MISSING_VALUE = "GoFive requires a value in every update, and GoFive's response does not contain one.";

/** Whether the form can replace all these values. Fields and rows within a value may lack keys that the record has. */
function canReplace(keys: string[], values: CurrentValues, { request: { labels = {} } }: Task): boolean {
	return keys.every((key) => key.toLowerCase() in labels && values[key]?.values === undefined);
}

/** Builds the error about values of a record that an update has to send, but that are not known. */
function unknownValuesError(keys: string[], reason: string, values: CurrentValues, task: Task): GoFiveError {
	const names = joinNames(
		keys.map((key) => `'${getLabelOf(task)(key)}'`),
		Infinity,
	);
	const advice = canReplace(keys, values, task)
		? `Add ${names} under 'Update Fields', as shown in Venio.`
		: 'Change this record in Venio instead.';
	return new GoFiveError({
		message: `The current value of ${names} is not known`,
		description: `${reason} ${advice}`,
	});
}

/** @throws GoFiveError if the update would lose a value of the record */
function assertRepeatable(
	{ missing, unusableKeys }: RepeatedValues,
	keys: string[],
	values: CurrentValues,
	task: Task,
): void {
	const unusable = unusableKeys.filter((key) => keys.includes(key));
	if (unusable.length > 0) throw unknownValuesError(unusable, UNUSABLE_VALUE, values, task);
	const { fieldsNotReturned = [] } = task.values.options;
	const accepted = fieldsNotReturned.map((name) => name.toLowerCase());
	const findNames = (key: string) => (missing.get(key) ?? []).filter((name) => !accepted.includes(name.toLowerCase()));
	const lostKeys = keys.filter((key) => findNames(key).length > 0);
	if (lostKeys.length === 0) return;
	const names = joinNames(lostKeys.flatMap(findNames), Infinity);
	const advice = canReplace(lostKeys, values, task)
		? "add these fields under 'Update Fields', as shown in Venio"
		: 'change this record in Venio';
	throw new GoFiveError({
		message: 'The update might clear fields whose current value is not known',
		description: `GoFive's response does not contain these fields, or an update cannot send them back: ${names}. If these fields are empty in Venio, enter their names in the option 'Fields GoFive Does Not Return'. Otherwise, ${advice}.`,
	});
}

/** @throws GoFiveError for a value that GoFive requires */
function assertComplete(body: IDataObject, changedKeys: string[], values: CurrentValues, task: Task): void {
	const missingKeys = Object.keys(values).filter((key) => {
		const value = body[key];
		return values[key]?.required && (isBlank(value) || (Array.isArray(value) && value.length === 0));
	});
	const clearedKey = missingKeys.find((key) => changedKeys.includes(key));
	if (clearedKey !== undefined) throw invalidValueError(undefined, getLabelOf(task)(clearedKey), CLEARED_ADVICE);
	if (missingKeys.length === 0) return;
	throw unknownValuesError(missingKeys, MISSING_VALUE, values, task);
}

/** Returns the keys that follow from a changed one, so that GoFive sets them. */
export function listDerivedKeys(changedKeys: string[], values: CurrentValues): string[] {
	const derivedKeys = changedKeys.flatMap((key) => values[key]?.derived ?? []);
	return derivedKeys.filter((key) => !changedKeys.includes(key));
}

/**
 * Plans the request that changes only the values of the form.
 * @throws GoFiveError if the other values of the record cannot be sent back unchanged
 */
export function planUpdate({ operation }: UpdateRun, task: Task, state: CurrentState): UpdatePlan {
	const { values, validate } = operation.current;
	const { body: before } = state.repeated;
	const getLabel = getLabelOf(task);
	const changes = buildBody(operation.fields, task.values);
	const isReplaced = (key: string) => key in changes && values[key]?.rowKey === undefined;
	assertRepeatable(
		state.repeated,
		Object.keys(values).filter((key) => !isReplaced(key)),
		values,
		task,
	);
	const merged = mergeValues(before, changes, values, getLabel);
	const changedKeys = Object.keys(changes).filter((key) => !isEqual(before[key], merged[key]));
	const derivedKeys = listDerivedKeys(changedKeys, values);
	const body = Object.fromEntries(Object.entries(merged).filter(([key]) => !derivedKeys.includes(key)));
	assertComplete(body, Object.keys(changes), values, task);
	validate?.(body);
	const name = (source: IDataObject) => nameValues(source, values, getLabel, (key) => changedKeys.includes(key));
	const { request } = buildRequest(operation, task.values, body);
	return { ...state, body, changedKeys, changes: listChanges(name(before), name(body)), request };
}

/** Returns the state of a record after a planned update, for the next row that names the same record. */
export const toNextState = ({ record, repeated, body }: UpdatePlan): CurrentState => ({
	record,
	repeated: { ...repeated, body },
});
