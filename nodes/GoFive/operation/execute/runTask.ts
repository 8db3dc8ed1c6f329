import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, toGoFiveError } from '../../api/errors/goFiveError';
import { getEffect } from '../../api/request/request';
import { findFirstRowError } from '../../api/response/rowErrors';
import { toResponseError } from '../../api/response/outcomeToError';
import { withWriteStatus } from '../../api/response/writeStatus';
import type { Client } from '../../api/transport/client';
import type { Operation } from '../types';
import { getRecordKey } from './columns';
import { createEmptyRecord, createFormatter, getOutput, toSelectedEntity } from './formatRecords';
import { mayHaveMoreHint, type Hints } from './hints';
import type { ItemResult } from './items';
import { LookupCache } from './lookups';
import { fetchPages } from './pagination';
import { describeUnknownRecord, getOnlyValue, readRecords, toKeyRecord, toSingleRecord } from '../records';
import { notFoundError, toIdData, withRecordReference } from './recordReference';
import { isWrite, type Task } from './tasks';

const DEFAULT_NOT_FOUND_DESCRIPTION =
	"Check the values that were sent, or select another value in the option 'If Nothing Found'.";

/** Executes the tasks of one execution, each from its request to the data of its output items. */
export class TaskExecutor {
	constructor(
		private readonly operation: Operation,
		private readonly client: Client,
		private readonly hints: Hints,
		private readonly lookupCache = new LookupCache(client, (text) => hints.add(text, text)),
	) {}

	/** Sends the request of a task and returns its output data. An error is returned, never thrown. */
	async execute(task: Task): Promise<ItemResult> {
		const data = await this.fetchData(task).catch(toGoFiveError);
		return data instanceof GoFiveError ? withRecordReference(data, task.reference) : await this.toResult(task, data);
	}

	/** Fetches GoFive's data. For a list in pages it is an array of the rows of all pages, up to one more than the limit. */
	private async fetchData({ values, request }: Task): Promise<unknown> {
		const { entity, pages = values.paging } = this.operation;
		if (!pages) return await this.client.send(request);
		const { rows, mayHaveMore } = await fetchPages({
			request,
			pages,
			limit: values.limit,
			send: async (pageRequest) => await this.client.send(pageRequest),
			parseRows: (data) => readRecords(this.operation, data, values),
			rowKey: (row) => entity && getRecordKey(row, entity),
		});
		if (mayHaveMore) this.hints.add('mayHaveMore', mayHaveMoreHint(rows.length, entity?.pluralName ?? 'records'));
		return rows;
	}

	/** Turns GoFive's data into output data, or into an error that says whether a write was processed. */
	async toResult(task: Task, data: unknown): Promise<ItemResult> {
		const { reference, request, values } = task;
		const { pages = values.paging } = this.operation;
		try {
			if (isWrite(task)) {
				const rows = this.operation.receive?.(data, values) ?? this.toWrittenRows(data);
				const rowError = request.returnsFullBody ? undefined : findFirstRowError(rows, request.labels);
				if (rowError) return withRecordReference(rowError, reference);
				return await this.formatItems(rows.length > 0 ? rows : [this.createWrittenRecord(data, task)], task);
			}
			const records = pages ? (data as IDataObject[]) : readRecords(this.operation, data, values);
			if (records.length === 0) return this.toNotFoundResult(task);
			return await this.formatItems(records, task);
		} catch (error) {
			return withWriteStatus(toResponseError(error), 'done', getEffect(request));
		}
	}

	/** Extracts the records of a write. Empty if GoFive returned at most one text, number or flag. */
	private toWrittenRows(data: unknown): IDataObject[] {
		const { entity } = this.operation;
		return getOnlyValue(data, entity) === undefined ? toSingleRecord(data, entity) : [];
	}

	/** Creates the record of a write for which GoFive returned none. */
	private createWrittenRecord(data: unknown, { reference, sent, values }: Task): IDataObject {
		const { entity } = this.operation;
		const value = getOnlyValue(data, entity) ?? null;
		if (entity && getOutput(values).mode !== 'raw') return toKeyRecord(value, entity, sent);
		return { ...toIdData(reference), value: value as IDataObject };
	}

	/** Limits and formats records. */
	private async formatItems(allRecords: IDataObject[], task: Task): Promise<IDataObject[]> {
		const { values } = task;
		const { limit, options } = values;
		const { idField, hintAfterWrite, pages = values.paging } = this.operation;
		const output = getOutput(values);
		const entity = this.operation.entity ?? toSelectedEntity(output);
		const records = allRecords.slice(0, limit);
		if (records.length < allRecords.length)
			// Of a list in pages, only one record more than the limit was read.
			this.hints.addLimit(records.length, pages ? undefined : allRecords.length, entity?.pluralName ?? 'records');
		const unknownRecordText = entity && output.mode !== 'raw' && describeUnknownRecord(records, entity);
		if (unknownRecordText)
			this.hints.add('unknownRecord', `${unknownRecordText} To return the whole record, select 'Raw' in 'Output'.`);
		for (const record of records) {
			const text = hintAfterWrite?.(record, values);
			if (text) this.hints.add('afterWrite', text);
		}
		const lookupTables = entity ? await this.lookupCache.getTables(entity, output) : {};
		// Of several records, it is not known which one the sent values belong to.
		const sent = isWrite(task) && records.length > 1 ? undefined : task.sent;
		const columnContext = { timeZone: options.timeZone, lookupTables, sent, idField };
		return records.flatMap(createFormatter(entity, output, columnContext));
	}

	/** Applies the option If Nothing Found. */
	private toNotFoundResult({ reference, values }: Task): ItemResult {
		const { entity, notFoundDescription = DEFAULT_NOT_FOUND_DESCRIPTION } = this.operation;
		const { ifNothingFound } = values.options;
		if (ifNothingFound === 'nothing') return [];
		if (ifNothingFound === 'error')
			return notFoundError(entity?.pluralName ?? 'records', notFoundDescription, reference);
		return [createEmptyRecord(entity, getOutput(values), toIdData(reference))];
	}
}
