import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../../api/errors';
import type { ApiRequest } from '../../../api/request';
import { joinNames } from '../../../shared/text';
import { isEmpty, listUnreadKeys, mergeValues, pickValues, type RepeatedValues } from './currentValues';
import { buildBody } from '../../fields/fieldRecord';
import type { CurrentValue, CurrentValues } from './defineUpdate';
import { isEqual, listChanges, nameValues, type ValueChange } from './valueChanges';
import { buildRequest, getLabels } from '../../reading/buildRequest';
import { getLabelOf, quoteNames, type CurrentState, type UpdateRun } from './readCurrent';
import type { Task } from '../../run/tasks';

/** What an update sends, and what it changes. */
export interface UpdatePlan extends CurrentState {
	/** Values to send. */
	body: IDataObject;
	/** Keys of the request that the form contains. */
	formKeys: string[];
	/** Keys of the request whose value the form changes. */
	changedKeys: string[];
	/** Keys of the record that follow from a changed value, so that they are not sent. */
	derivedKeys: string[];
	changes: ValueChange[];
	request: ApiRequest;
}

/** A value that an update has to send, but that the record does not contain in a form that the request accepts. */
interface RefusedValue {
	/** Names of the field, or of the fields in it that cannot be sent back. */
	names: string[];
	/** Whether the form can replace the value. Fields and rows in a value may lack keys that the record has. */
	isInForm: boolean;
	/** Whether an update can be sent without it. */
	mayBeOmitted: boolean;
}

/** Lists the refused values of a record without the fields that the user has named to omit them. */
function listRefusedValues(
	run: UpdateRun,
	task: Task,
	{ refused, body }: RepeatedValues,
	keys: string[],
): RefusedValue[] {
	const { current, fields } = run.operation;
	const omittedNames = (task.values.options.fieldsGoFiveDoesNotReturn ?? []).map((name) => name.toLowerCase());
	const labels = getLabels(fields);
	const toRefusedValue = (key: string): RefusedValue => {
		const { required, isNeverOmitted, values: parts } = current.values[key] as CurrentValue;
		const isMissing = required === true && isEmpty(body[key]);
		const mayBeOmitted = !isMissing && !isNeverOmitted;
		const names = refused.get(key) ?? (isMissing ? [getLabelOf(run)(key)] : []);
		return {
			names: names.filter((name) => !mayBeOmitted || !omittedNames.includes(name.toLowerCase())),
			isInForm: key.toLowerCase() in labels && parts === undefined,
			mayBeOmitted,
		};
	};
	return keys.map(toRefusedValue).filter(({ names }) => names.length > 0);
}

const listNames = (refused: RefusedValue[]): string[] => refused.flatMap(({ names }) => names);

/** Builds the advice about values that an update can be sent without. */
function buildOmissionAdvice(refused: RefusedValue[], subject: string): string {
	const ways = [];
	if (refused.some(({ isInForm }) => isInForm)) ways.push("add them under 'Update Fields', as shown in Venio");
	if (refused.some(({ isInForm }) => !isInForm)) ways.push('change this record in Venio');
	return `If ${subject} are empty in Venio, enter their names in the option 'Fields GoFive Does Not Return'. GoFive may then clear their values. Otherwise, ${ways.join(', or ')}.`;
}

/** Builds the advice about refused values. */
function buildRefusedAdvice(refused: RefusedValue[]): string {
	if (refused.some(({ isInForm, mayBeOmitted }) => !isInForm && !mayBeOmitted))
		return 'Change this record in Venio instead.';
	const required = refused.filter(({ mayBeOmitted }) => !mayBeOmitted);
	const others = refused.filter(({ mayBeOmitted }) => mayBeOmitted);
	if (required.length === 0) return buildOmissionAdvice(others, 'these fields');
	const addAdvice = `Add ${quoteNames(listNames(required))} under 'Update Fields', as shown in Venio.`;
	return others.length === 0 ? addAdvice : `${addAdvice} ${buildOmissionAdvice(others, 'the other fields')}`;
}

/** @throws GoFiveError if the update would lose a value of the record. It names all of them. */
function assertRepeatable(run: UpdateRun, task: Task, repeated: RepeatedValues, keys: string[]): void {
	const refused = listRefusedValues(run, task, repeated, keys);
	if (refused.length === 0) return;
	throw new GoFiveError({
		message: 'The record was not updated, because fields could be lost',
		description: `GoFive did not return these fields, or returned a value that an update cannot send back: ${joinNames(listNames(refused), Infinity)}. ${buildRefusedAdvice(refused)}`,
	});
}

/** Returns the keys that follow from a changed one, so that GoFive sets them. A key of the form is sent in any case. */
export function listDerivedKeys(changedKeys: string[], formKeys: string[], values: CurrentValues): string[] {
	const derivedKeys = changedKeys.flatMap((key) => values[key]?.derived ?? []);
	return derivedKeys.filter((key) => !formKeys.includes(key));
}

/**
 * Plans the request that changes only the values of the form.
 * @throws GoFiveError if the other values of the record cannot be sent back unchanged
 */
export function planUpdate(run: UpdateRun, task: Task, state: CurrentState): UpdatePlan {
	const { operation } = run;
	const { values, validate } = operation.current;
	const { body: before } = state.repeated;
	const getLabel = getLabelOf(run);
	const changes = buildBody(operation.fields, task.values);
	const isReplaced = (key: string) => key in changes && values[key]?.rowKey === undefined;
	const repeatedKeys = Object.keys(values).filter((key) => !isReplaced(key));
	assertRepeatable(run, task, state.repeated, repeatedKeys);
	const merged = mergeValues(before, changes, values, getLabel);
	const unreadKeys = listUnreadKeys(state.repeated).filter((key) => key in changes);
	const formKeys = Object.keys(changes);
	const differentKeys = formKeys.filter((key) => !isEqual(before[key], merged[key]));
	const changedKeys = [...new Set([...differentKeys, ...unreadKeys])];
	// It is not known whether an unread value changes, and with it the values that follow from it. So they are sent.
	const derivedKeys = listDerivedKeys(
		changedKeys.filter((key) => !unreadKeys.includes(key)),
		formKeys,
		values,
	);
	const body = Object.fromEntries(Object.entries(merged).filter(([key]) => !derivedKeys.includes(key)));
	validate?.(body);
	const name = (source: IDataObject) => nameValues(source, values, getLabel, (key) => changedKeys.includes(key));
	const { request } = buildRequest(operation, task.values, body);
	const namedBefore = name({ ...before, ...pickValues(state.record, unreadKeys) });
	const valueChanges = listChanges(namedBefore, name(body), unreadKeys.map(getLabel));
	return { ...state, body, formKeys, changedKeys, derivedKeys, changes: valueChanges, request };
}

/** Returns the state of a record after a planned update, for the next row that names the same record. */
export const toNextState = ({ record, repeated, body, changedNames }: UpdatePlan): CurrentState => ({
	record,
	repeated: { ...repeated, body },
	changedNames,
});
