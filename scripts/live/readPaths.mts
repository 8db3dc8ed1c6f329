import { addPageKeys } from '../../nodes/GoFive/operation/execute/readPart.ts';
import { buildRequest, completeValues, describeEndpoint } from '../../nodes/GoFive/operation/execute/buildRequest.ts';
import { checkAccess, getListParts } from '../../nodes/GoFive/operation/execute/checkAccess.ts';
import type { CheckedAccess } from '../../nodes/GoFive/operation/execute/accessResults.ts';
import { toPageKeys } from '../../nodes/GoFive/operation/execute/pagination.ts';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions.ts';
import { listMissingColumns, listOtherKeys } from '../../nodes/GoFive/operation/records.ts';
import type { Operation, Pages, Part } from '../../nodes/GoFive/operation/types.ts';
import type { ApiRequest } from '../../nodes/GoFive/api/request.ts';
import type { JsonObject } from '../../nodes/GoFive/shared/json.ts';
import { loadContractValidator, type ContractValidator } from '../../sandbox/contractValidator.mts';
import type { OperationEntry } from '../../test/support/operationParameters.cts';
import { allOperations, findOperation } from '../supportModules.mts';
import { collectKeys, describeReply, formatKeyTypes } from './keys.mts';
import type { LiveOptions, LiveSession, Reply } from './liveSession.mts';

const { checks = [], fields } = findOperation('account.checkAccess').operation;

/** Reads that the check of the access tries. */
const readChecks = checks.filter(({ operation }) => operation.effect === 'read');

/** Returns the pagination of an operation, unless it depends on its values. */
const getFixedPages = ({ pages }: Operation): Pages | undefined => (typeof pages === 'function' ? undefined : pages);

/** Builds the request of a page of a list. */
export function buildPageRequest(operation: Operation, take: number, skip = 0): ApiRequest {
	const [part] = getListParts(operation, {}) as Part[];
	const { request } = buildRequest(operation, completeValues(operation, { ...part?.values }));
	return addPageKeys(request, toPageKeys(getFixedPages(operation) as Pages, take, skip));
}

/** Returns the lists whose page size has this key and that have `skip`. */
export const getPagedLists = (takeKey: string): OperationEntry[] =>
	allOperations.filter(({ operation }) => {
		const pages = getFixedPages(operation);
		return pages?.takeKey === takeKey && pages.skipKey !== undefined;
	});

/** Returns the name of the environment variable with an ID, for example GOFIVE_CASE_NO for caseNo. */
const toVariableName = (idField: string): string => `GOFIVE_${idField.replace(/[A-Z]/g, '_$&').toUpperCase()}`;

/** Reads the IDs of records from the environment. */
function readRecordIds({ variables }: LiveOptions): JsonObject {
	const names = Object.keys(fields.recordIds?.nestedFields ?? {});
	const ids = names.map((name) => [name, variables[toVariableName(name)] || undefined]);
	return Object.fromEntries(ids) as JsonObject;
}

/** Lists the known keys of a response with their types, the columns that are missing in it, and its other keys. */
function describeRecords({ records, operation }: CheckedAccess, operationKeys: string[], contractKeys: string[]) {
	const { entity } = operation;
	const otherKeys = listOtherKeys(records, entity).filter((key) => !operationKeys.includes(key));
	const entries = records.flatMap((record) => Object.entries(record));
	const select = (isOther: boolean): JsonObject[] =>
		entries.filter(([key]) => otherKeys.includes(key) === isOther).map(([key, value]) => ({ [key]: value }));
	const knownKeys = entries.map(([key]) => key).filter((key) => !otherKeys.includes(key));
	const missingColumns = entity && records.length > 0 ? listMissingColumns(records, entity) : [];
	return [
		formatKeyTypes(select(false), knownKeys),
		missingColumns.join(', '),
		formatKeyTypes(select(true), contractKeys),
	];
}

/** Describes the result of a read, with its last response. */
function describeResult(
	{ operation, result, reason }: CheckedAccess,
	reply: Reply | undefined,
	contractKeys: string[],
) {
	const { idField } = operation;
	const needsId = result === 'Not Checked' && idField !== undefined;
	const explanation = needsId ? `${reply ? 'Check' : 'Set'} ${toVariableName(idField)}` : reason;
	const text = [result, explanation].filter(Boolean).join(': ');
	return reply ? `${text}. ${describeReply(reply, contractKeys)}` : `${text}.`;
}

/** Finds the keys of the responses to an operation in the contract. */
function findOperationKeys(contract: ContractValidator, endpoint: string): string[] {
	const [method = '', path = ''] = endpoint.split(' ');
	return collectKeys(contract.findOperation({ method, path }).responses);
}

/** Tries every read path of the node, as the operation Check Access does. Returns a row of the report for each. */
export async function readAllPaths(live: LiveSession): Promise<string[][]> {
	const contract = await loadContractValidator();
	const contractKeys = collectKeys(contract.operations);
	const replies = new Map<string, Reply>();
	const sender = live.createSender(({ method, route }, reply) => replies.set(`${method} ${route}`, reply));
	const values = { recordIds: readRecordIds(live.options), options: readNodeOptions({}) };
	const results = await checkAccess(readChecks, values, sender);
	return results.map((checked) => {
		const endpoint = describeEndpoint(checked.operation);
		const cells = [`${checked.resource} > ${checked.operation.name}`, endpoint];
		const keys = describeRecords(checked, findOperationKeys(contract, endpoint), contractKeys);
		return [...cells, describeResult(checked, replies.get(endpoint), contractKeys), ...keys];
	});
}
