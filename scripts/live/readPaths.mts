import type { ApiRequest } from '../../nodes/GoFive/api/request.ts';
import { getValueAtPath } from '../../nodes/GoFive/operation/records.ts';
import type { Column, Operation } from '../../nodes/GoFive/operation/types.ts';
import type { JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import type { OperationEntry } from '../../test/support/operationParameters.cts';
import { allOperations, buildOperationRequest, getExampleParameters } from '../supportModules.mts';
import { collectKeys, describeReply, formatKeyTypes } from './keys.mts';
import { assertDecidable, NotDecidable, type LiveOptions, type LiveSession, type Reply } from './liveSession.mts';

/** Reads of the node except Any Endpoint. Lists come first, because a read of one record takes its ID from a list. */
const readOperations = allOperations
	.filter(({ operation, resource }) => operation.effect === 'read' && resource !== 'endpoint')
	.sort((a, b) => Number('idField' in a.operation) - Number('idField' in b.operation));

/** Returns the pagination of an operation, unless it depends on its values. */
const getFixedPages = ({ pages }: Operation) => (typeof pages === 'function' ? undefined : pages);

/** Builds the request of a read, with example values for all required parameters that are not given. */
export function buildReadRequest({ operation }: OperationEntry, values = {}, take = 2, skip = 0): ApiRequest {
	const parameters = { ...getExampleParameters(operation), dateRange: 'allDates', ...values };
	const request = buildOperationRequest(operation, parameters);
	const { takeKey, skipKey } = getFixedPages(operation) ?? {};
	const page = { ...(takeKey && { [takeKey]: take }), ...(skipKey && { [skipKey]: skip }) };
	return takeKey ? { ...request, body: { ...request.body, ...page } } : request;
}

/** Returns the lists whose page size has this key and that have `skip`. */
export const getPagedLists = (takeKey: string): OperationEntry[] =>
	readOperations.filter(({ operation }) => {
		const pages = getFixedPages(operation);
		return pages?.takeKey === takeKey && pages.skipKey !== undefined;
	});

/**
 * Finds a read of the node by its name.
 * @param name - `resource.operation`
 */
export const findRead = (name: string): OperationEntry =>
	readOperations.find((entry) => entry.name === name) as OperationEntry;

const getPaths = ([key, { paths, countPaths }]: [string, Column]): string[] => paths ?? countPaths ?? [key];

/** Returns the name of the environment variable with an ID, for example GOFIVE_CASE_NO for caseNo. */
const toVariableName = (idField: string): string => `GOFIVE_${idField.replace(/[A-Z]/g, '_$&').toUpperCase()}`;

/**
 * Finds the ID of a record to read: the value of a variable, or a value in a list of the same resource.
 * @throws NotDecidable if there is none
 */
function findId(idField: string, { entity }: Operation, { variables }: LiveOptions, records: JsonObject[]): unknown {
	const idColumn = Object.entries(entity?.columns ?? {}).find(([key]) => key === idField);
	const paths = idColumn ? getPaths(idColumn) : [];
	const ids = records.flatMap((record) => paths.map((path) => getValueAtPath(record, path)));
	const variableName = toVariableName(idField);
	const id = variables[variableName] || ids.find((value) => value !== undefined && value !== null);
	assertDecidable(id !== undefined, `Not read: no list returned an ID. Set ${variableName}.`);
	return id;
}

/** Lists the known keys of a response with their types, the columns that are missing in it, and its other keys. */
function describeRecords({ records }: Reply, { entity }: Operation, operationKeys: string[], contractKeys: string[]) {
	const columns = Object.entries(entity?.columns ?? {});
	const knownKeys = [...operationKeys, ...columns.flatMap(getPaths)];
	const entries = records.flatMap((record) => Object.entries(record));
	const select = (isKnown: boolean): JsonObject[] =>
		entries.filter(([key]) => knownKeys.includes(key) === isKnown).map(([key, value]) => ({ [key]: value }));
	const isMissing = (path: string): boolean => records.every((record) => getValueAtPath(record, path) === undefined);
	const missingColumns = columns.filter((column) => records.length > 0 && getPaths(column).every(isMissing));
	const notSeen = missingColumns.map(([key]) => key).join(', ');
	return [formatKeyTypes(select(true), knownKeys), notSeen, formatKeyTypes(select(false), contractKeys)];
}

/** Reads every read path of the node. Returns a row of the report for each. */
export async function readAllPaths(live: LiveSession): Promise<string[][]> {
	const contract = await loadContractValidator();
	const contractKeys = collectKeys(contract.operations);
	const recordsByResource = new Map<string, JsonObject[]>();
	const rows: string[][] = [];
	for (const entry of readOperations) {
		const { name, resource, operation } = entry;
		const { method, path, responses } = contract.findOperation(buildReadRequest(entry));
		const cells = [name, `${method.toUpperCase()} ${path}`];
		const listed = recordsByResource.get(resource) ?? [];
		try {
			const { idField } = operation;
			const values = idField && { [idField]: findId(idField, operation, live.options, listed) };
			const reply = await live.send(buildReadRequest(entry, values));
			if (!idField) recordsByResource.set(resource, [...listed, ...reply.records]);
			const keys = describeRecords(reply, operation, collectKeys(responses), contractKeys);
			rows.push([...cells, describeReply(reply, contractKeys), ...keys]);
		} catch (error) {
			const reason = error instanceof NotDecidable ? error.message : 'Not read: the ID of the record is not valid.';
			rows.push([...cells, reason, '', '', '']);
		}
	}
	return rows;
}
