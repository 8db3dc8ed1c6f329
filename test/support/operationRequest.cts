// Requests of the operations in the contract, the records in them, and the examples of their responses.
import type { IDataObject } from 'n8n-workflow';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import { getExampleParameters, buildOperationRequest, type OperationEntry } from './operationParameters.cts';

interface MediaContent {
	content?: { 'application/json'?: { example?: unknown } };
}

/** Used part of an operation in the contract, with resolved references. */
export interface DescribedOperation {
	operationId: string;
	method: string;
	path: string;
	parameters?: Array<{ name: string; in: string; example?: string | number }>;
	requestBody?: MediaContent;
	responses: Record<string, MediaContent | undefined>;
}

/** Returns the example of a request or of a response. */
export const getExample = ({ content }: MediaContent = {}) => content?.['application/json']?.example;

/** Builds a request from the examples of an operation. */
export function buildExampleRequest({ method, path, parameters = [], requestBody }: DescribedOperation) {
	const query: Record<string, string> = {};
	let requestPath = path;
	for (const { name, in: location, example } of parameters) {
		if (example === undefined) continue;
		if (location === 'query') query[name] = String(example);
		if (location === 'path') requestPath = requestPath.replace(`{${name}}`, encodeURIComponent(example));
	}
	const body = getExample(requestBody) as object | undefined;
	return { method: method.toUpperCase(), path: requestPath, query, body };
}

/** Lists the records in the body of a request. Some operations send a list, either bare or under a key. */
export function listSentRecords(body: unknown): IDataObject[] {
	const [firstValue, ...otherValues] = Object.values(body ?? {}) as unknown[];
	const isOnlyList = Array.isArray(firstValue) && otherValues.length === 0;
	return (Array.isArray(body) ? body : isOnlyList ? firstValue : [body ?? {}]) as IDataObject[];
}

/** @throws Error when the contract does not describe the request */
export async function findDescription({ operation }: OperationEntry): Promise<DescribedOperation> {
	const contract = await loadContractValidator();
	return contract.findOperation(
		buildOperationRequest(operation, getExampleParameters(operation)),
	) as unknown as DescribedOperation;
}

/**
 * Returns the `operationId` of an operation's request in the contract.
 * @throws Error when the contract does not describe the request
 */
export const findOperationId = async (entry: OperationEntry): Promise<string> =>
	(await findDescription(entry)).operationId;

/** Returns the data of the contract's example response, without the `{value}` of older pages. */
export async function findExampleData(entry: OperationEntry): Promise<unknown> {
	const [response] = Object.values((await findDescription(entry)).responses);
	const { data } = getExample(response) as { data: unknown };
	return typeof data === 'object' && data !== null && 'value' in data ? data.value : data;
}
