import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../api/errors';
import { ALREADY_PROCESSED } from '../../api/messages';
import { findRowError } from '../../api/rowResults';
import type { ApiRequest } from '../../api/request';
import { buildRequest } from '../reading/buildRequest';
import { getOutput } from '../records/formatRows';
import { getOnlyValue, toKeyRecord, toSingleRecord } from '../records/records';
import type { OperationValues } from '../field';
import type { OperationBase, RequestOperation } from '../operation';
import { formatItems } from './formatItems';
import type { ItemResult, OperationRun } from './step';
import { getSentValues, type Task } from './tasks';
import { toReferenceData, withRecordReference } from './recordReference';

/** A task that writes, with its request. */
export interface Write extends Task {
	request: ApiRequest;
	/** Sent values by GoFive's key, with which the written records are completed. See `getSentValues`. */
	sent?: IDataObject;
}

/** Builds the request of a task that writes. */
export function createWrite(operation: RequestOperation, task: Task): Write {
	const { request, formBody } = buildRequest(operation, task.values);
	return { ...task, request, sent: getSentValues(operation, task.values, formBody) };
}

/** Operation whose response to a write contains records, or one that extracts them itself. */
interface WritingOperation extends OperationBase {
	receive?(data: unknown, values: OperationValues): IDataObject[];
}

/** Extracts the records of a write, or the error that a row of its response reports. */
export function toWrittenRecords(
	{ operation, client }: OperationRun<WritingOperation>,
	write: Write,
	data: unknown,
): IDataObject[] | GoFiveError {
	const { entity, receive } = operation;
	const hasRecords = getOnlyValue(data, entity) === undefined;
	let records: IDataObject[] = [];
	if (receive) records = receive(data, write.values);
	else if (hasRecords) records = toSingleRecord(data, entity);
	const { labels, returnsFullBody } = write.request;
	const rowError = returnsFullBody ? undefined : findRowError(records, labels, client.redactor.redactText);
	if (rowError) return withRecordReference(rowError, write.reference);
	return records.length > 0 ? records : [createWrittenRecord(operation, write, data)];
}

/** Creates the record of a write for which GoFive returned none. */
function createWrittenRecord(
	{ entity }: OperationBase,
	{ reference, sent = {}, values }: Write,
	data: unknown,
): IDataObject {
	const value = getOnlyValue(data, entity) ?? null;
	if (entity && getOutput(values).mode !== 'raw') return toKeyRecord(value, entity, sent);
	return { ...toReferenceData(reference), value: value as IDataObject };
}

/**
 * Turns the records of a write into output data. An error says that GoFive has processed the write.
 *
 * @param getRecords - Returns the records, or the error that a row of the response reports.
 */
export async function toWriteResult(
	run: OperationRun,
	write: Omit<Write, 'request'>,
	getRecords: () => IDataObject[] | GoFiveError,
): Promise<ItemResult> {
	try {
		const records = getRecords();
		if (records instanceof GoFiveError) return [records];
		// Of several written records, it is not known which one the sent values belong to.
		const sent = records.length > 1 ? undefined : write.sent;
		return await formatItems(
			run,
			write,
			records.map((record) => ({ record, sent })),
		);
	} catch (thrown) {
		const error = run.client.toError(thrown);
		return [error.with({ description: `${error.description} ${ALREADY_PROCESSED}`, processed: 'yes' })];
	}
}
