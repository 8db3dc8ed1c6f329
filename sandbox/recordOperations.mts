import type { Operation } from 'openapi-backend';
import { buildResponseBody, getExampleData, getRowsExtension, selectPage } from './exampleResponses.mts';
import type { OperationContext } from './operationHandlers.mts';
import type { RecordLists, SandboxRecord } from './recordLists.mts';
import {
	getGroupsExtension,
	getRecordsExtension,
	getRefusals,
	type RecordsExtension,
	type Refusal,
} from './recordsExtension.mts';
import { businessErrorResponse, jsonResponse, type SandboxResponse } from './responses.mts';

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
function findRecord(lists: RecordLists, { list, find = {} }: RecordsExtension, values: SandboxRecord) {
	const [[recordKey, requestKey] = []] = Object.entries(find);
	const value = requestKey === undefined ? undefined : values[requestKey];
	const isNamed = value !== undefined && value !== null && value !== '';
	const record = isNamed && recordKey !== undefined ? lists[list].findBy(recordKey, value) : undefined;
	return { record, isNamed };
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
	const extension = getRecordsExtension(operation) as RecordsExtension;
	const { list, belongsTo, keys, rows } = extension;
	const refusals = getRefusals(operation);
	const sent = { ...values, ...params };
	const { record, isNamed } = findRecord(records, extension, sent);
	const isUnknown = (isNamed && !record) || (belongsTo !== undefined && !findRecord(records, belongsTo, sent).record);
	const emptyValues = record && behaviour.clearsOmitted ? buildEmptyValues(operation, rows) : {};
	const storedValues = behaviour.normalizesTexts ? (normalizeTexts(values) as SandboxRecord) : values;
	const changes = renameKeys({ ...emptyValues, ...storedValues }, keys) as SandboxRecord;
	const isExisting = ({ key = '' }: Refusal) => {
		const other = records[list].findBy(key, changes[key]);
		return other !== undefined && other !== record;
	};
	const refusal = refusals.find((candidate) => (candidate.check === 'unknown' ? isUnknown : isExisting(candidate)));
	if (refusal) return { message: refusal.message };
	return { record: record ? records[list].change(record, changes) : records[list].insert(changes) };
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
	const { list, rows } = getRecordsExtension(operation) as RecordsExtension;
	const body = context.body as SandboxRecord;
	const sentRows = rows === undefined ? [body] : ((rows === true ? body : body[rows]) as SandboxRecord[]);
	const results = sentRows
		.flatMap((row) => context.records[list].split(row))
		.map((values) => writeRecord(operation, context, values));
	const example = getExampleData(operation);
	if (Array.isArray(example)) {
		const rowResults = results.map((result, index) => toRowResult(sentRows[index] ?? {}, result));
		return jsonResponse(200, buildResponseBody(operation, rowResults));
	}
	const refused = results.find((result) => 'message' in result);
	if (refused) return businessErrorResponse(refused.message);
	const [first] = results;
	const isConfirmation = typeof example !== 'object' || example === null || !first || !('record' in first);
	const data = isConfirmation ? example : selectShownValues(example as SandboxRecord, first.record);
	return jsonResponse(operation.responses?.['201'] ? 201 : 200, buildResponseBody(operation, data));
}

function readRecord(operation: Operation, { params, records, behaviour }: OperationContext): SandboxResponse {
	const extension = getRecordsExtension(operation) as RecordsExtension;
	const { record } = findRecord(records, extension, params);
	if (!record) return businessErrorResponse(`${operation.tags?.[0] ?? 'Record'} not found`);
	const shownRecord = records[extension.list].readOldVersion(record, behaviour.staleReadMs);
	return jsonResponse(200, buildResponseBody(operation, shownRecord));
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

/**
 * Reads or writes the records of the list that an operation declares in `x-records`.
 * @returns undefined if the operation declares none
 */
export function handleRecords(operation: Operation, context: OperationContext): SandboxResponse | undefined {
	const extension = getRecordsExtension(operation);
	if (!extension) return undefined;
	if (operation.method === 'get') return readRecord(operation, context);
	if (!getRowsExtension(operation)) return writeRecords(operation, context);
	const recordList = context.records[extension.list];
	const rows = recordList.find(context.body as SandboxRecord);
	const page = selectPage(rows, context, recordList);
	return jsonResponse(
		200,
		buildResponseBody(operation, context.behaviour.groupsRows ? groupRows(operation, page) : page),
	);
}
