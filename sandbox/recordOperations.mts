import type { Operation } from 'openapi-backend';
import { buildResponseBody, getExampleData, getRowsExtension, selectPage } from './exampleResponses.mts';
import { toRecordForm } from './recordForms.mts';
import type { RecordLists, SandboxRecord } from './recordLists.mts';
import {
	getGroupsExtension,
	getRecordsExtension,
	getRefusals,
	type RecordLookup,
	type RecordsExtension,
	type Refusal,
} from './recordsExtension.mts';
import { businessErrorResponse, jsonResponse, type SandboxResponse } from './responses.mts';
import type { OperationContext } from './sandboxTypes.mts';

/** Returns the extension `x-records` of an operation. `handleRecords` has checked that there is one. */
const getExtension = (operation: Operation): RecordsExtension => getRecordsExtension(operation) as RecordsExtension;

/** Result of a write: the record, or the message of a refusal. */
type WriteResult = { record: SandboxRecord } | { message: string };

/** Names the keys of a body, and of the rows in it, as in the record. */
function renameKeys(value: unknown, keys: Record<string, string | null> = {}): unknown {
	if (Array.isArray(value)) return value.map((element) => renameKeys(element, keys));
	if (typeof value !== 'object' || value === null) return value;
	const renamed = Object.entries(value).map(([key, child]) => [key in keys ? keys[key] : key, renameKeys(child, keys)]);
	return Object.fromEntries(renamed.filter(([key]) => key !== null));
}

/** Finds a record, and returns whether the request contains a value for it. */
function findRecord(lists: RecordLists, { list, idKey, sentAs = idKey }: RecordLookup, values: SandboxRecord) {
	if (idKey === undefined || sentAs === undefined) return { record: undefined, isNamed: false };
	const value = values[sentAs];
	const isNamed = value !== undefined && value !== null && value !== '';
	return { record: isNamed ? lists[list].findBy(idKey, value) : undefined, isNamed };
}

/**
 * Finds the first refusal in the contract that applies to a request, or to one of its rows.
 * @param sent - Values in the path, query and body
 * @param changes - Values to write, by their keys in the record
 */
function findRefusal(
	operation: Operation,
	lists: RecordLists,
	sent: SandboxRecord,
	changes: SandboxRecord = {},
): Refusal | undefined {
	const extension = getExtension(operation);
	const { list: ownList, belongsTo = [] } = extension;
	const { record, isNamed } = findRecord(lists, extension, sent);
	const listsWithoutRecord = belongsTo
		.filter((reference) => !findRecord(lists, reference, sent).record)
		.map(({ list }) => list);
	if (isNamed && !record) listsWithoutRecord.push(ownList);
	const isUnknown = ({ list }: Refusal) =>
		list === undefined ? listsWithoutRecord.length > 0 : listsWithoutRecord.includes(list);
	const isExisting = ({ key = '' }: Refusal) => {
		const other = lists[ownList].findBy(key, changes[key]);
		return other !== undefined && other !== record;
	};
	return getRefusals(operation).find((refusal) =>
		refusal.check === 'unknown' ? isUnknown(refusal) : isExisting(refusal),
	);
}

/** Part of a schema in the contract. */
interface BodySchema {
	type?: unknown;
	properties?: Record<string, BodySchema>;
	items?: BodySchema;
}

/** Empty values by type of the contract. A value that may be null becomes null. */
const EMPTY_VALUES: Record<string, unknown> = { string: '', number: 0, integer: 0, boolean: false };

function getEmptyValue({ type }: BodySchema): unknown {
	const types = [type].flat().map(String);
	if (types.includes('array')) return [];
	return types.includes('null') ? null : (EMPTY_VALUES[types[0] ?? ''] ?? null);
}

/** Returns an empty value for each key that a request, or one of its rows, may contain. */
function buildEmptyValues({ requestBody }: Operation, rows: RecordsExtension['rows']): SandboxRecord {
	const { content } = (requestBody ?? {}) as { content?: Record<string, { schema?: BodySchema }> };
	const schema = content?.['application/json']?.schema;
	const list = typeof rows === 'string' ? schema?.properties?.[rows] : schema;
	const { properties = {} } = (rows === undefined ? schema : list?.items) ?? {};
	return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, getEmptyValue(value)]));
}

/** Trims the texts of a value, and writes phone numbers with +66. */
function normalizeTexts(value: unknown, key = ''): unknown {
	if (Array.isArray(value)) return value.map((element) => normalizeTexts(element, key));
	if (typeof value === 'object' && value !== null)
		return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, normalizeTexts(child, name)]));
	if (typeof value !== 'string') return value;
	const text = value.trim();
	return /phone|mobile/i.test(key) ? text.replace(/^0/, '+66') : text;
}

/** Creates or changes the record that a request, or one of its rows, contains. */
function writeRecord(
	operation: Operation,
	{ params, records, behaviour }: OperationContext,
	values: SandboxRecord,
): WriteResult {
	const extension = getExtension(operation);
	const { list, keys, rows } = extension;
	const sent = { ...values, ...params };
	const { record } = findRecord(records, extension, sent);
	const emptyValues = record && behaviour.clearsOmitted ? buildEmptyValues(operation, rows) : {};
	const storedValues = behaviour.normalizesTexts ? (normalizeTexts(values) as SandboxRecord) : values;
	const changes = renameKeys({ ...emptyValues, ...storedValues }, keys) as SandboxRecord;
	const refusal = findRefusal(operation, records, sent, changes);
	if (refusal) return { message: refusal.message };
	return {
		record: record ? records[list].updateFromRequest(record, changes) : records[list].createFromRequest(changes),
	};
}

/** Returns the values that the example of a response shows, of the record where it has them. */
const selectShownValues = (example: SandboxRecord, record: SandboxRecord): SandboxRecord =>
	Object.fromEntries(Object.entries(example).map(([key, value]) => [key, key in record ? record[key] : value]));

/** Builds the result of one row of a batch. GoFive's page shows a row for each product, and no status. */
function toRowResult(row: SandboxRecord, result: WriteResult): SandboxRecord {
	const error = 'message' in result ? { statusCode: '4001', httpStatusCode: 400, message: result.message } : null;
	return { ...row, isSuccess: error === null, error };
}

function writeRecords(operation: Operation, context: OperationContext): SandboxResponse {
	const { list, rows } = getExtension(operation);
	const body = context.body as SandboxRecord;
	const sentRows = rows === undefined ? [body] : ((rows === true ? body : body[rows]) as SandboxRecord[]);
	const rowResults = sentRows.flatMap((row) =>
		context.records[list].split(row).map((values) => ({ row, result: writeRecord(operation, context, values) })),
	);
	const example = getExampleData(operation);
	if (Array.isArray(example)) {
		const data = rowResults.map(({ row, result }) => toRowResult(row, result));
		return jsonResponse(200, buildResponseBody(operation, data));
	}
	const results = rowResults.map(({ result }) => result);
	const refused = results.find((result) => 'message' in result);
	if (refused) return businessErrorResponse(refused.message);
	const [first] = results;
	const isConfirmation = typeof example !== 'object' || example === null || !first || !('record' in first);
	const data = isConfirmation ? example : selectShownValues(example as SandboxRecord, first.record);
	return jsonResponse(operation.responses?.['201'] ? 201 : 200, buildResponseBody(operation, data));
}

function readRecord(operation: Operation, { params, records, behaviour }: OperationContext): SandboxResponse {
	const extension = getExtension(operation);
	const { record } = findRecord(records, extension, params);
	if (!record) return businessErrorResponse(`${operation.tags?.[0] ?? 'Record'} not found`);
	const oldRecord = records[extension.list].readOldVersion(record, behaviour.staleReadMs);
	const shownRecord = toRecordForm(oldRecord, extension.list, behaviour.recordForm);
	return jsonResponse(200, buildResponseBody(operation, shownRecord));
}

/** Deletes a record, and confirms it as in the contract's example. */
function deleteRecord(operation: Operation, { params, records }: OperationContext): SandboxResponse {
	const extension = getExtension(operation);
	const refusal = findRefusal(operation, records, params);
	if (refusal) return businessErrorResponse(refusal.message);
	const { record } = findRecord(records, extension, params);
	if (record) records[extension.list].remove(record);
	return jsonResponse(200, buildResponseBody(operation, getExampleData(operation)));
}

/** Groups rows as `x-groups` in the contract describes. The first group is empty. */
function groupRows(operation: Operation, rows: SandboxRecord[]): SandboxRecord[] {
	const groups = getGroupsExtension(operation);
	if (!groups) return rows;
	const names = new Set(rows.map((row) => row[groups.by]));
	const fullGroups = [...names].map((name) => ({
		[groups.by]: name,
		[groups.list]: rows.filter((row) => row[groups.by] === name).map((row) => ({ ...row, [groups.by]: undefined })),
	}));
	return [{ [groups.by]: 'Empty', [groups.list]: [] }, ...fullGroups];
}

function readList(operation: Operation, context: OperationContext): SandboxResponse {
	const { query, body, records, behaviour } = context;
	const { list } = getExtension(operation);
	const recordList = records[list];
	const filters = { ...query, ...(body as SandboxRecord | undefined) };
	const refusal = findRefusal(operation, records, filters);
	if (refusal) return businessErrorResponse(refusal.message);
	const page = selectPage(recordList.find(filters), context, recordList);
	const rows = page.map((record) => toRecordForm(recordList.toRow(record), list, behaviour.recordForm));
	const data = behaviour.groupsRows ? groupRows(operation, rows) : rows;
	return jsonResponse(200, buildResponseBody(operation, data, behaviour.listIn));
}

/**
 * Reads, writes or deletes records of the list that an operation declares in `x-records`.
 * @returns undefined if the operation declares none
 */
export function handleRecords(operation: Operation, context: OperationContext): SandboxResponse | undefined {
	if (!getRecordsExtension(operation)) return undefined;
	if (getRowsExtension(operation)) return readList(operation, context);
	if (operation.method === 'get') return readRecord(operation, context);
	return operation.method === 'delete' ? deleteRecord(operation, context) : writeRecords(operation, context);
}
