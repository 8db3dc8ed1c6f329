import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../../api/errors';
import type { ApiRequest } from '../../../api/request';
import { isBlank, joinNames, toText } from '../../../shared/text';
import { buildBody } from '../../fields/fieldRecord';
import { invalidValueError } from '../../fields/readValue';
import { isEmpty, listKeys, type RecordValues } from './currentValues';
import type { CurrentRecord } from './defineUpdate';
import { listChanges, nameValues, type ValueChange } from './valueChanges';
import { readColumn } from '../../records/records';
import { buildRequest } from '../../reading/buildRequest';
import { getLabelOf, readRecordValues, type CurrentState, type UpdateRun } from './readCurrent';
import type { Task } from '../../run/tasks';

/** What an update sends, and what it changes. */
export interface UpdatePlan extends CurrentState {
	/** Values of the record before. */
	before: RecordValues;
	/** Values to send. */
	body: IDataObject;
	/** Keys of the request that the form contains. */
	formKeys: string[];
	changes: ValueChange[];
	request: ApiRequest;
}

const NO_VALUES: RecordValues = { values: {}, refused: new Map() };

/** State of a record of which an update needs no value. */
export const UNREAD_STATE: CurrentState = { record: undefined, setValues: new Map() };

/** Advice for a key that several rows of the record have, so that it is not known which of them to change. */
const SEVERAL_ROWS_ADVICE = 'The record contains this value more than once. Change this record in Venio instead.';

/** Finds the row that a row of the form changes: the one with its key, or without a key the only one. */
function findRowIndex(rows: IDataObject[], key: unknown, rowKey: string, displayName: string): number {
	if (isBlank(key) && rows.length === 1) return 0;
	const matches = [...rows.keys()].filter((index) => toText(rows[index]?.[rowKey]) === toText(key));
	if (matches.length > 1) throw invalidValueError(key, displayName, SEVERAL_ROWS_ADVICE);
	if (matches[0] !== undefined) return matches[0];
	const names = joinNames(
		rows.map((row) => toText(row[rowKey])),
		Infinity,
	);
	const missing = `The record has no '${displayName}' to change. Add it in Venio first.`;
	throw invalidValueError(key, displayName, names === '' ? missing : `Use one of these values: ${names}.`);
}

/** Changes the rows of a record that the form names. All other rows, and all other values of a row, stay the same. */
function mergeRows(rows: IDataObject[], changes: IDataObject[], rowKey: string, displayName: string): IDataObject[] {
	const merged = [...rows];
	for (const { [rowKey]: key, ...change } of changes) {
		const index = findRowIndex(merged, key, rowKey, displayName);
		merged[index] = { ...merged[index], ...change };
	}
	return merged;
}

/** Puts the values of the form over those of the record. */
function mergeValues(run: UpdateRun, before: IDataObject, form: IDataObject): IDataObject {
	const merged: IDataObject = { ...before };
	for (const [key, change] of Object.entries(form)) {
		const rowKey = run.operation.current.values[key]?.rowKey;
		const rows = (before[key] ?? []) as IDataObject[];
		const isChangeOfRows = rowKey !== undefined && Array.isArray(change);
		merged[key] = isChangeOfRows ? mergeRows(rows, change as IDataObject[], rowKey, getLabelOf(run)(rowKey)) : change;
	}
	return merged;
}

const listRequiredKeys = ({ values }: CurrentRecord): string[] =>
	Object.keys(values).filter((key) => values[key]?.required);

/** Whether an update needs values of its record. */
export function needsRecord({ operation }: UpdateRun, { values }: Task): boolean {
	const { current, fields } = operation;
	const form = buildBody(fields, values);
	const isComplete = listRequiredKeys(current).every((key) => key in form);
	return !current.isPartial || values['preview'] === true || !isComplete;
}

/** Returns the names of the required fields, as messages show them. */
export const listRequiredNames = (run: UpdateRun): string[] =>
	listRequiredKeys(run.operation.current).map(getLabelOf(run));

/** @throws GoFiveError if a value that the form does not replace cannot be sent back. It names all of them. */
function assertReadable(run: UpdateRun, { values: before, refused }: RecordValues, formKeys: string[]): void {
	const { values, isPartial } = run.operation.current;
	const keys = Object.keys(values).filter((key) => !formKeys.includes(key) || values[key]?.rowKey !== undefined);
	const names = keys.flatMap((key) => {
		const isMissing = values[key]?.required === true && isEmpty(before[key]);
		return refused.get(key) ?? (isMissing ? [getLabelOf(run)(key)] : []);
	});
	if (names.length === 0) return;
	const omissionAdvice = isPartial
		? ''
		: " If a field is empty in Venio, or if its value may be lost, enter its name in the option 'Values That May Be Lost' instead. Otherwise, change this record in Venio.";
	throw new GoFiveError({
		message: 'The record was not updated, because not all of its values are known',
		description: `GoFive did not return these fields, or returned a value that an update cannot send back: ${joinNames(names, Infinity)}. Add them under 'Update Fields', as shown in Venio.${omissionAdvice}`,
	});
}

/** Returns the values of a record that the form changes and the request does not repeat. */
function readOtherValues({ operation }: UpdateRun, record: IDataObject, keys: string[]): IDataObject {
	const { entity } = operation.current.operation;
	const read = (key: string) => record[key] ?? (entity?.columns[key] && readColumn(record, key, entity));
	return Object.fromEntries(keys.map((key) => [key, read(key) as IDataObject]));
}

/**
 * Plans the request that changes only the values of the form.
 * @throws GoFiveError if the other values of the record cannot be sent back unchanged
 */
export async function planUpdate(run: UpdateRun, task: Task, state: CurrentState): Promise<UpdatePlan> {
	const { operation } = run;
	const { values, validate } = operation.current;
	const getLabel = getLabelOf(run);
	const form = buildBody(operation.fields, task.values);
	const formKeys = Object.keys(form);
	const before = state.record ? await readRecordValues(run, task, state.record) : NO_VALUES;
	if (state.record) assertReadable(run, before, formKeys);
	const body = mergeValues(run, before.values, form);
	validate?.(body);
	const otherKeys = formKeys.filter((key) => !(key in values));
	const otherValues = readOtherValues(run, state.record ?? {}, otherKeys);
	const unreadNames = formKeys.filter((key) => before.refused.has(key)).map(getLabel);
	const named = (source: IDataObject) => nameValues(source, values, getLabel);
	const namedBefore = named({ ...before.values, ...otherValues });
	const listed = listChanges(namedBefore, named(body), operation.fields, unreadNames);
	// Without the record, it is not known what changes.
	const changes = state.record ? listed : listed.map(({ field, after }) => ({ field, after }));
	const { request } = buildRequest(operation, task.values, body);
	return { ...state, before, body, formKeys, changes, request };
}

/** Returns the state of a record after a planned update, for the next row that names the same record. */
export function toNextState(run: UpdateRun, state: CurrentState, { body, formKeys }: UpdatePlan): CurrentState {
	if (!state.record) return state;
	const { values } = run.operation.current;
	const record: IDataObject = { ...state.record };
	for (const key of formKeys) {
		const current = values[key];
		// An empty value beside a filled one in another key would not be clear.
		if (current && isEmpty(body[key])) for (const other of listKeys(key, current)) record[other] = undefined;
		record[key] = body[key];
	}
	return { ...state, record };
}
