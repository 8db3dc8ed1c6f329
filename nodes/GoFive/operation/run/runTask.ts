import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import { ALREADY_PROCESSED } from '../../api/messages';
import { findRowError } from '../../api/rowResults';
import type { Client } from '../../api/client';
import { withNames } from '../records/defineColumns';
import { describeUnknownRecord, getOnlyValue, toKeyRecord, toSingleRecord } from '../records/records';
import type { Entity, Operation } from '../types';
import { describeAccess } from '../kinds/access/accessResults';
import { checkAccess } from '../kinds/access/checkAccess';
import type { Row, RowFormat } from '../records/columns';
import { createEmptyRecord, formatRows, getOutput, toSelectedEntity } from '../records/formatRows';
import { failedPartsHint, mayHaveMoreHint, type Hints } from './hints';
import type { ItemResult } from './items';
import type { NameCache } from '../reading/idToName';
import { readAll } from '../reading/readAll';
import type { Task } from './tasks';
import { notFoundError, toReferenceData, withRecordReference } from './recordReference';

const DEFAULT_NOT_FOUND_DESCRIPTION =
	"Check the fields of this node, or select another value in the option 'If Nothing Found'.";

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
	const { values } = task;
	if (operation.checks) {
		const records = await checkAccess(operation.checks, values, client);
		const access = describeAccess(records);
		hints.add(access, access);
		return await formatItems(
			run,
			task,
			records.map((record) => ({ record })),
		);
	}
	const continueOnFail = context.continueOnFail();
	const onFailure = () => (continueOnFail ? undefined : client.stop());
	const options = { limit: values.limit, sent: task.sent, continueOnFail, onFailure };
	const { rows, total, mayHaveMore, failures } = await readAll(operation, values, client, options);
	if (mayHaveMore) hints.add('mayHaveMore', mayHaveMoreHint(mayHaveMore));
	if (rows.length !== total) hints.addLimit(rows.length, total, getPluralName(run, task));
	if (failures.length > 0) hints.add('failedParts', failedPartsHint(failures.length));
	const isNothingFound = rows.length === 0 && failures.length === 0;
	const items = isNothingFound ? await toNotFoundResult(run, task) : await formatItems(run, task, rows);
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
		if (records instanceof GoFiveError) return [records];
		// Of several written records, it is not known which one the sent values belong to.
		const sent = records.length > 1 ? undefined : task.sent;
		return await formatItems(
			run,
			task,
			records.map((record) => ({ record, sent })),
		);
	} catch (thrown) {
		const error = run.client.toError(thrown);
		return [error.with({ description: `${error.description} ${ALREADY_PROCESSED}`, processed: 'yes' })];
	}
}

/** Extracts the records of a write, or the error that a row of its response reports. */
export function toWrittenRecords(run: OperationRun, task: Task, data: unknown): IDataObject[] | GoFiveError {
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
	{ reference, sent = {}, values }: Task,
	data: unknown,
): IDataObject {
	const value = getOnlyValue(data, entity) ?? null;
	if (entity && getOutput(values).mode !== 'raw') return toKeyRecord(value, entity, sent);
	return { ...toReferenceData(reference), value: value as IDataObject };
}

/** Turns rows into output data. */
export async function formatItems(run: OperationRun, task: Task, rows: Row[]): Promise<IDataObject[]> {
	addWriteHints(run, task, rows);
	const format = getFormat(run, task);
	addUnknownRecordHint(run, rows, format);
	return await formatRows(rows, format, run.nameCache);
}

/** Returns how the rows of a task become items. A write may still have the option Add Names of another operation. */
function getFormat({ operation }: OperationRun, { values, inputFields, isWrite }: Task): RowFormat {
	const output = getOutput(values);
	const { timeZone, addNames } = values.options;
	const entity = operation.entity ?? toSelectedEntity(output);
	const shownEntity = entity && addNames && !isWrite ? withNames(entity) : entity;
	return { entity: shownEntity, output, timeZone, idField: operation.idField, inputFields };
}

function addWriteHints({ hints, operation }: OperationRun, { values }: Task, rows: Row[]): void {
	for (const { record } of rows) {
		const text = operation.hintAfterWrite?.(record, values);
		if (text) hints.add('afterWrite', text);
	}
}

function addUnknownRecordHint({ hints }: OperationRun, rows: Row[], { entity, output }: RowFormat): void {
	if (!entity || output.mode === 'raw') return;
	const text = describeUnknownRecord(
		rows.map(({ record }) => record),
		entity,
	);
	if (text) hints.add('unknownRecord', `${text} To return the whole record, select 'Raw' in 'Output'.`);
}

/** Applies the option If Nothing Found. */
async function toNotFoundResult(run: OperationRun, task: Task): Promise<ItemResult> {
	const { reference, values } = task;
	const { notFoundDescription = DEFAULT_NOT_FOUND_DESCRIPTION } = run.operation;
	const { ifNothingFound } = values.options;
	if (ifNothingFound === 'nothing') return [];
	if (ifNothingFound === 'error') return [notFoundError(getPluralName(run, task), notFoundDescription, reference)];
	const referenceData = toReferenceData(reference);
	const format = getFormat(run, task);
	const lookupTables = await run.nameCache.get([{ record: referenceData }], format);
	return [createEmptyRecord(format.entity, format.output, referenceData, { ...format, lookupTables })];
}
