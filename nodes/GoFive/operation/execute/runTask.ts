import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { GoFiveError, toGoFiveError } from '../../api/errors';
import { ALREADY_PROCESSED, messages } from '../../api/messages';
import { findRowError } from '../../api/rowResults';
import type { Client } from '../../api/client';
import { withNames } from '../defineColumns';
import { describeUnknownRecord, getOnlyValue, readRecords, toKeyRecord, toSingleRecord } from '../records';
import type { Entity, Operation, Output } from '../types';
import { getRecordKey, type ColumnContext } from './columns';
import { createEmptyRecord, createFormatter, getOutput, toSelectedEntity } from './formatRecords';
import { mayHaveMoreHint, type Hints } from './hints';
import type { ItemResult } from './items';
import type { NameCache } from './names';
import { fetchPages, getPages } from './pagination';
import { isWrite, type Task } from './readTasks';
import { notFoundError, toIdData, withRecordReference } from './recordReference';

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

const getPluralName = ({ operation: { entity } }: OperationRun): string => entity?.pluralName ?? 'records';

/** Sends the request of a task and returns its output data. An error is returned, never thrown. */
export async function runTask(run: OperationRun, task: Task): Promise<ItemResult> {
	const data = await fetchData(run, task).catch(toGoFiveError);
	if (data instanceof GoFiveError) return withRecordReference(data, task.reference);
	return await toResult(run, task, data);
}

/** Fetches GoFive's data. For a list in pages it is an array of the rows of all pages. See `FetchedRows`. */
async function fetchData(run: OperationRun, { values, request }: Task): Promise<unknown> {
	const { client, operation } = run;
	const pages = getPages(operation, values);
	if (!pages) return await client.send(request);
	const { rows, mayHaveMore } = await fetchPages({
		request,
		pages,
		limit: values.limit,
		send: async (pageRequest) => await client.send(pageRequest),
		parseRows: (data) => readRecords(operation, data, values),
		rowKey: (row) => getRecordKey(row, operation.entity),
	});
	if (mayHaveMore) run.hints.add('mayHaveMore', mayHaveMoreHint(rows.length, getPluralName(run)));
	return rows;
}

/**
 * Converts what was thrown while a response was read. The text of JavaScript is dropped, since it names no cause that a
 * user knows. A write has been processed by then.
 */
function toResponseError(thrown: unknown, task: Task): GoFiveError {
	const unexpectedFormat = new GoFiveError(messages.unexpectedFormat, { httpCode: '200' });
	const error = thrown instanceof GoFiveError ? thrown : unexpectedFormat;
	if (!isWrite(task)) return error;
	const description = `${error.description} ${ALREADY_PROCESSED}`;
	return new GoFiveError(
		{ message: error.message, description, cause: error.cause },
		{ ...error.origin, isProcessed: true },
	);
}

/** Turns GoFive's data into output data, or into an error that says whether a write was processed. */
export async function toResult(run: OperationRun, task: Task, data: unknown): Promise<ItemResult> {
	try {
		return isWrite(task) ? await toWriteResult(run, task, data) : await toReadResult(run, task, data);
	} catch (error) {
		return toResponseError(error, task);
	}
}

async function toReadResult(run: OperationRun, task: Task, data: unknown): Promise<ItemResult> {
	const { operation } = run;
	const isPaged = getPages(operation, task.values) !== undefined;
	const records = isPaged ? (data as IDataObject[]) : readRecords(operation, data, task.values);
	if (records.length === 0) return await toNotFoundResult(run, task);
	return await formatItems(run, task, records);
}

async function toWriteResult(run: OperationRun, task: Task, data: unknown): Promise<ItemResult> {
	const { entity, receive } = run.operation;
	const hasRecords = getOnlyValue(data, entity) === undefined;
	let records: IDataObject[] = [];
	if (receive) records = receive(data, task.values);
	else if (hasRecords) records = toSingleRecord(data, entity);
	const { redactText } = run.client.redactor;
	const { labels, returnsFullBody } = task.request;
	const rowError = returnsFullBody ? undefined : findRowError(records, labels, redactText);
	if (rowError) return withRecordReference(rowError, task.reference);
	if (records.length === 0) records = [createWrittenRecord(entity, task, data)];
	return await formatItems(run, task, records);
}

/** Creates the record of a write for which GoFive returned none. */
function createWrittenRecord(
	entity: Entity | undefined,
	{ reference, sent, values }: Task,
	data: unknown,
): IDataObject {
	const value = getOnlyValue(data, entity) ?? null;
	if (entity && getOutput(values).mode !== 'raw') return toKeyRecord(value, entity, sent);
	return { ...toIdData(reference), value: value as IDataObject };
}

/** Limits and formats records. */
async function formatItems(run: OperationRun, task: Task, allRecords: IDataObject[]): Promise<IDataObject[]> {
	const { operation } = run;
	const { limit } = task.values;
	const output = getOutput(task.values);
	const entity = operation.entity ?? toSelectedEntity(output);
	const records = allRecords.slice(0, limit);
	addRecordHints(run, task, records, allRecords.length);
	addUnknownRecordHint(run, records, entity, output);
	// Of several written records, it is not known which one the sent values belong to. Entered columns are not completed.
	const completes = operation.entity !== undefined && !(isWrite(task) && records.length > 1);
	const sent = completes ? task.sent : undefined;
	const shownEntity = getShownEntity(entity, task);
	const context = await createColumnContext(run, task, shownEntity, records, sent);
	return records.flatMap(createFormatter(shownEntity, output, context));
}

/** Returns the entity with the columns of the output. A write may still have the option Add Names of another operation. */
const getShownEntity = (entity: Entity | undefined, task: Task): Entity | undefined =>
	entity && task.values.options.addNames && !isWrite(task) ? withNames(entity) : entity;

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

/** Adds the hints about a limit that cut the records, and about written records. */
function addRecordHints(run: OperationRun, { values }: Task, records: IDataObject[], recordCount: number): void {
	const { hints, operation } = run;
	// Of a list in pages, the records beyond the limit were not all read.
	const totalRecords = getPages(operation, values) ? undefined : recordCount;
	if (records.length < recordCount) hints.addLimit(records.length, totalRecords, getPluralName(run));
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
	if (ifNothingFound === 'error') return notFoundError(getPluralName(run), notFoundDescription, reference);
	const idData = toIdData(reference);
	const shownEntity = getShownEntity(run.operation.entity ?? toSelectedEntity(getOutput(values)), task);
	const context = await createColumnContext(run, task, shownEntity, [idData], undefined);
	return [createEmptyRecord(shownEntity, getOutput(values), idData, context)];
}
