import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../../api/errors';
import { joinNames, toText } from '../../../shared/text';
import { buildBody, findField } from '../../fields/fieldRecord';
import { SILENT_CONTEXT } from '../../fields/nodeOptions';
import { invalidValueError } from '../../fields/readValue';
import { listNamedKeys, PART_SEPARATOR, readValues, type ReadingContext, type RecordValues } from './currentValues';
import { readColumn } from '../../records/records';
import type { ListSource } from '../../field';
import type { UpdateOperation } from './defineUpdate';
import type { NamedValues } from './valueChanges';
import { readEntries, type Entry } from '../../reading/entries';
import { getLabels } from '../../reading/buildRequest';
import { readAll, type ReadAllResult } from '../../reading/readAll';
import type { Task } from '../../run/tasks';
import { notFoundError } from '../../run/recordReference';
import type { OperationRun } from '../../run/step';

/** What the updates of one execution share. */
export interface UpdateRun extends OperationRun<UpdateOperation> {
	/** Entries of the lists with the codes of names that a record contains. Each list is read once. */
	lists: Map<ListSource, Promise<Entry[]>>;
	/** Responses that several updates use, for example the events of a customer. */
	responses: Map<string, Promise<ReadAllResult>>;
}

/** A record before an update. */
export interface CurrentState {
	/** Undefined if the update needs no value of the record. */
	record: IDataObject | undefined;
	/** Values that earlier items of this execution have set. */
	setValues: NamedValues;
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

/** Reads the response that contains a record. If nothing is checked after sending, an execution reads it once. */
async function readResponse(run: UpdateRun, { values }: Task): Promise<ReadAllResult> {
	const { operation, parameters = {}, isPartial } = run.operation.current;
	const shared = Object.keys(operation.fields).filter((name) => name in run.operation.fields && name !== 'output');
	const set = Object.entries(operation.fields).filter(([name]) => name in parameters);
	const readingValues: Record<string, unknown> = Object.fromEntries([
		...shared.map((name): [string, unknown] => [name, values[name]]),
		...set.map(([name, field]): [string, unknown] => [
			name,
			field.read((parameter) => parameters[parameter], name, SILENT_CONTEXT),
		]),
	]);
	const read = async () => await readAll(operation, { ...readingValues, options: values.options }, run.client);
	if (!isPartial) return await read();
	const key = JSON.stringify(readingValues);
	const response = run.responses.get(key) ?? read();
	run.responses.set(key, response);
	return await response;
}

/**
 * Reads the record that a task updates.
 * @returns undefined if GoFive has no record with this ID
 * @throws GoFiveError if GoFive has several
 */
export async function readRecord(run: UpdateRun, task: Task): Promise<IDataObject | undefined> {
	const { idField, current } = run.operation;
	const { rows } = await readResponse(run, task);
	const readId = (record: IDataObject) => toCodeText(readColumn(record, idField, current.operation.entity));
	const [match, ...others] = rows.filter(({ record }) => readId(record) === toCodeText(task.values[idField]));
	if (others.length > 0) throw severalRecordsError(run, task);
	return match?.record;
}

/** @throws GoFiveError if there is no such record */
export async function readState(run: UpdateRun, task: Task): Promise<CurrentState> {
	const record = await readRecord(run, task);
	if (!record) throw notFoundError(run.operation.entity?.pluralName ?? 'records', NOT_FOUND_ADVICE, task.reference);
	return { record, setValues: new Map() };
}

/** Loads the lists with the codes of the names that a record has in place of codes. */
async function loadNames(run: UpdateRun, record: IDataObject): Promise<ReadingContext['findCode']> {
	const { fields, current } = run.operation;
	const entriesByKey = new Map<string, Entry[]>();
	for (const key of listNamedKeys(record, current.values)) {
		const source = findField(fields, key)?.list;
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

/**
 * Returns the names that a task omits.
 * @throws GoFiveError for a name that is no field of the operation
 */
function readOmittedNames(run: UpdateRun, { values: { options } }: Task): string[] {
	const names = options.valuesThatMayBeLost ?? [];
	const labels = Object.keys(run.operation.current.values).map(getLabelOf(run));
	const known = labels.map((label) => label.toLowerCase());
	const unknown = names.find((name) => !known.includes((name.split(PART_SEPARATOR)[0] as string).toLowerCase()));
	if (unknown !== undefined)
		throw invalidValueError(unknown, 'Values That May Be Lost', `Use these fields: ${joinNames(labels, Infinity)}.`);
	return names.map((name) => name.toLowerCase());
}

/**
 * Returns the values of a record for a task. Lists of names are read only if the record has names in place of codes.
 * @throws GoFiveError if Values That May Be Lost contains an unknown name
 */
export async function readRecordValues(run: UpdateRun, task: Task, record: IDataObject): Promise<RecordValues> {
	const { values } = run.operation.current;
	const omittedNames = readOmittedNames(run, task);
	const getLabel = getLabelOf(run);
	const formKeys = Object.keys(buildBody(run.operation.fields, task.values));
	const isKept = (key: string) => values[key]?.required === true || formKeys.includes(key);
	const keptNames = Object.keys(values).filter(isKept).map(getLabel);
	const isOmitted = (name: string) => omittedNames.includes(name.toLowerCase()) && !keptNames.includes(name);
	const findCode = await loadNames(run, record);
	return readValues(record, values, { timeZone: task.values.options.timeZone, getLabel, findCode, isOmitted });
}
