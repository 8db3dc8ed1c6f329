import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../../api/errors';
import { joinNames, toText } from '../../../shared/text';
import { listNamedKeys, repeatValues, type ConversionContext, type RepeatedValues } from './currentValues';
import { readColumn } from '../../records/records';
import type { Field, ListSource } from '../../field';
import type { UpdateOperation } from './defineUpdate';
import { readEntries, type Entry } from '../../reading/entries';
import { getLabels } from '../../reading/buildRequest';
import { readAll } from '../../reading/readAll';
import type { Task } from '../../run/tasks';
import { notFoundError } from '../../run/recordReference';
import type { OperationRun } from '../../run/step';

/** What the updates of one execution share. */
export interface UpdateRun extends OperationRun<UpdateOperation> {
	/** Entries of the lists with the codes of names that a record contains. Each list is read once. */
	lists: Map<ListSource, Promise<Entry[]>>;
}

/** A record before an update. */
export interface CurrentState {
	/** Record as GoFive returned it. */
	record: IDataObject;
	/** Its values in the form of the request. */
	repeated: RepeatedValues;
	/** Names of the values that earlier items of this execution changed. */
	changedNames: string[];
}

const NOT_FOUND_ADVICE = 'Check the value. An update never creates a record.';

/** Returns the function that names a key as the form does. */
export const getLabelOf =
	({ operation }: UpdateRun) =>
	(key: string): string =>
		getLabels(operation.fields)[key.toLowerCase()] ?? key;

/** Builds the error about an ID that several records have, so that it is not known which of them to update. */
const severalRecordsError = ({ operation: { entity } }: UpdateRun, { reference }: Task): GoFiveError =>
	new GoFiveError({
		message: `GoFive returned several ${entity?.pluralName} for ${reference?.text}`,
		description: 'An update changes only one record. Change the record in Venio instead.',
	});

/** Names of fields in a message. */
export const quoteNames = (names: string[]): string =>
	joinNames(
		names.map((name) => `'${name}'`),
		Infinity,
	);

/** Text by which codes are compared, because GoFive may find a code in another spelling. */
export const toCodeText = (code: unknown): string => toText(code).toLowerCase();

/**
 * Reads the record that a task updates.
 * @returns undefined if GoFive has no record with this ID
 * @throws GoFiveError if GoFive has several
 */
export async function readRecord(run: UpdateRun, task: Task): Promise<IDataObject | undefined> {
	const { values } = task;
	const { idField, current } = run.operation;
	const { operation } = current;
	const readValues = { [idField]: values[idField], options: values.options };
	const { rows } = await readAll(operation, readValues, run.client);
	const readId = (record: IDataObject) => toCodeText(readColumn(record, idField, operation.entity));
	const [match, ...others] = rows.filter(({ record }) => readId(record) === toCodeText(values[idField]));
	if (others.length > 0) throw severalRecordsError(run, task);
	return match?.record;
}

/** Finds the list of the field that sends a key. */
function findList(fields: Record<string, Field>, key: string): ListSource | undefined {
	for (const [name, { bodyKey, list, nestedFields }] of Object.entries(fields)) {
		if ((bodyKey ?? name) === key) return list;
		const nestedList = nestedFields && bodyKey === null ? findList(nestedFields, key) : undefined;
		if (nestedList) return nestedList;
	}
	return undefined;
}

/** Loads the lists with the codes of the names that a record has in place of codes. */
async function loadNames(run: UpdateRun, keys: string[]): Promise<ConversionContext['findCode']> {
	const entriesByKey = new Map<string, Entry[]>();
	for (const key of keys) {
		const source = findList(run.operation.fields, key);
		if (!source) continue;
		const entries = run.lists.get(source) ?? readEntries(source, run.client);
		run.lists.set(source, entries);
		entriesByKey.set(key, await entries);
	}
	return (key, name) => {
		const matches = (entriesByKey.get(key) ?? []).filter((entry) => entry.name === name.trim());
		return matches.length === 1 ? matches[0]?.value : undefined;
	};
}

/** Returns the values of a record. Lists of names are read only if the record has names in place of codes. */
export async function repeatRecord(run: UpdateRun, task: Task, record: IDataObject): Promise<RepeatedValues> {
	const { values } = run.operation.current;
	const context = { timeZone: task.values.options.timeZone, getLabel: getLabelOf(run) };
	const namedKeys = listNamedKeys(record, values);
	const findCode = namedKeys.length > 0 ? await loadNames(run, namedKeys) : undefined;
	return repeatValues(record, values, { ...context, findCode });
}

/** @throws GoFiveError if there is no such record */
export async function readState(run: UpdateRun, task: Task): Promise<CurrentState> {
	const record = await readRecord(run, task);
	if (!record) throw notFoundError(run.operation.entity?.pluralName ?? 'records', NOT_FOUND_ADVICE, task.reference);
	return { record, repeated: await repeatRecord(run, task, record), changedNames: [] };
}
