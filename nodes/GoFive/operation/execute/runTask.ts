import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import { ALREADY_PROCESSED } from '../../api/messages';
import { findRowError } from '../../api/rowResults';
import type { Client } from '../../api/client';
import { withNames } from '../defineColumns';
import { describeUnknownRecord, getOnlyValue, toKeyRecord, toSingleRecord } from '../records';
import type { Entity, Operation, Output } from '../types';
import type { ColumnContext } from './columns';
import { createEmptyRecord, createFormatter, getOutput, toSelectedEntity } from './formatRecords';
import { failedPartsHint, mayHaveMoreHint, type Hints } from './hints';
import type { ItemResult } from './items';
import type { NameCache } from './names';
import { readAll } from './readAll';
import type { Task } from './readTasks';
import { notFoundError, toReferenceData, withRecordReference } from './recordReference';

const DEFAULT_NOT_FOUND_DESCRIPTION =
	"Check the values that were sent, or select another value in the option 'If Nothing Found'.";

/** What the tasks of one execution share. */
export interface OperationRun {
	context: IExecuteFunctions;
	operation: Operation;
	client: Client;
	hints: Hints;
	nameCache: NameCache;
}

const getPluralName = ({ operation }: OperationRun, { values }: Task): string =>
	operation.pluralName?.(values) ?? operation.entity?.pluralName ?? 'records';

/** Runs a task and returns its output data. An error is returned, never thrown. */
export async function runTask(run: OperationRun, task: Task): Promise<ItemResult> {
	try {
		if (!task.isWrite) return await readItems(run, task);
		const data = await run.client.send(task.request);
		return await toWriteResult(run, task, () => toWrittenRecords(run, task, data));
	} catch (error) {
		return [withRecordReference(run.client.toError(error), task.reference)];
	}
}

async function readItems(run: OperationRun, task: Task): Promise<ItemResult> {
	const { client, operation, hints, context } = run;
	const { request, values } = task;
	const options = { limit: values.limit, request, continueOnFail: context.continueOnFail() };
	const { records, total, mayHaveMore, failures } = await readAll(operation, values, client, options);
	if (mayHaveMore) hints.add('mayHaveMore', mayHaveMoreHint(mayHaveMore));
	if (records.length !== total) hints.addLimit(records.length, total, getPluralName(run, task));
	if (failures.length > 0) hints.add('failedParts', failedPartsHint(failures.length));
	const isNothingFound = records.length === 0 && failures.length === 0;
	const items = isNothingFound ? await toNotFoundResult(run, task) : await formatItems(run, task, records);
	return [...items, ...failures];
}

/**
 * Turns the records of a write into output data. An error says that GoFive has processed the write.
 *
 * @param getRecords - Returns the records, or the error that a row of the response reports.
 */
export async function toWriteResult(
	run: OperationRun,
	task: Task,
	getRecords: () => IDataObject[] | GoFiveError,
): Promise<ItemResult> {
	try {
		const records = getRecords();
		return records instanceof GoFiveError ? [records] : await formatItems(run, task, records);
	} catch (thrown) {
		const error = run.client.toError(thrown);
		return [error.with({ description: `${error.description} ${ALREADY_PROCESSED}`, processed: 'yes' })];
	}
}

/** Extracts the records of a write, or the error that a row of its response reports. */
function toWrittenRecords(run: OperationRun, task: Task, data: unknown): IDataObject[] | GoFiveError {
	const { entity, receive } = run.operation;
	const hasRecords = getOnlyValue(data, entity) === undefined;
	let records: IDataObject[] = [];
	if (receive) records = receive(data, task.values);
	else if (hasRecords) records = toSingleRecord(data, entity);
	const { redactText } = run.client.redactor;
	const { labels, returnsFullBody } = task.request;
	const rowError = returnsFullBody ? undefined : findRowError(records, labels, redactText);
	if (rowError) return withRecordReference(rowError, task.reference);
	return records.length > 0 ? records : [createWrittenRecord(entity, task, data)];
}

/** Creates the record of a write for which GoFive returned none. */
function createWrittenRecord(
	entity: Entity | undefined,
	{ reference, sent, values }: Task,
	data: unknown,
): IDataObject {
	const value = getOnlyValue(data, entity) ?? null;
	if (entity && getOutput(values).mode !== 'raw') return toKeyRecord(value, entity, sent);
	return { ...toReferenceData(reference), value: value as IDataObject };
}

async function formatItems(run: OperationRun, task: Task, records: IDataObject[]): Promise<IDataObject[]> {
	const { operation } = run;
	const output = getOutput(task.values);
	const entity = operation.entity ?? toSelectedEntity(output);
	addWriteHints(run, task, records);
	addUnknownRecordHint(run, records, entity, output);
	// Of several written records, it is not known which one the sent values belong to. Entered columns are not completed.
	const completes = operation.entity !== undefined && !(task.isWrite && records.length > 1);
	const sent = completes ? task.sent : undefined;
	const shownEntity = getShownEntity(entity, task);
	const context = await createColumnContext(run, task, shownEntity, records, sent);
	return records.flatMap(createFormatter(shownEntity, output, context));
}

/** Returns the entity with the columns of the output. A write may still have the option Add Names of another operation. */
const getShownEntity = (entity: Entity | undefined, task: Task): Entity | undefined =>
	entity && task.values.options.addNames && !task.isWrite ? withNames(entity) : entity;

/** Collects what the columns of the output need in addition to the records. */
async function createColumnContext(
	{ operation, nameCache }: OperationRun,
	{ values, inputFields }: Task,
	entity: Entity | undefined,
	records: IDataObject[],
	sent: IDataObject | undefined,
): Promise<ColumnContext> {
	const context = { timeZone: values.options.timeZone, sent, idField: operation.idField, inputFields };
	const lookupTables = entity ? await nameCache.get(entity, getOutput(values), records, context) : {};
	return { ...context, lookupTables };
}

function addWriteHints({ hints, operation }: OperationRun, { values }: Task, records: IDataObject[]): void {
	for (const record of records) {
		const text = operation.hintAfterWrite?.(record, values);
		if (text) hints.add('afterWrite', text);
	}
}

function addUnknownRecordHint(run: OperationRun, records: IDataObject[], entity: Entity | undefined, output: Output) {
	if (!entity || output.mode === 'raw') return;
	const text = describeUnknownRecord(records, entity);
	if (text) run.hints.add('unknownRecord', `${text} To return the whole record, select 'Raw' in 'Output'.`);
}

/** Applies the option If Nothing Found. */
async function toNotFoundResult(run: OperationRun, task: Task): Promise<ItemResult> {
	const { reference, values } = task;
	const { notFoundDescription = DEFAULT_NOT_FOUND_DESCRIPTION } = run.operation;
	const { ifNothingFound } = values.options;
	if (ifNothingFound === 'nothing') return [];
	if (ifNothingFound === 'error') return [notFoundError(getPluralName(run, task), notFoundDescription, reference)];
	const referenceData = toReferenceData(reference);
	const shownEntity = getShownEntity(run.operation.entity ?? toSelectedEntity(getOutput(values)), task);
	const context = await createColumnContext(run, task, shownEntity, [referenceData], undefined);
	return [createEmptyRecord(shownEntity, getOutput(values), referenceData, context)];
}
