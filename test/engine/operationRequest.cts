import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import { findExampleData } from '../../sandbox/exampleResponses.mts';
import { getExampleParameters, buildOperationRequest, type OperationEntry } from '../support/operationParameters.cts';

interface MediaContent {
	content?: { 'application/json'?: { example?: unknown } };
}

/** Used part of an operation in the contract. */
interface DescribedOperation {
	operationId: string;
	path: string;
	parameters: Array<{ name: string; in: string; example?: unknown }>;
	requestBody?: MediaContent;
	responses: Record<string, MediaContent | undefined>;
}

/** Returns the example of a request or of a response. */
export const getExample = ({ content }: MediaContent = {}) => content?.['application/json']?.example;

/** @throws Error when the contract does not describe the request */
async function findContractOperation({ operation }: OperationEntry) {
	const contract = await loadContractValidator();
	return contract.findOperation(buildOperationRequest(operation, getExampleParameters(operation)));
}

/** @throws Error when the contract does not describe the request */
export const findDescription = async (entry: OperationEntry): Promise<DescribedOperation> =>
	(await findContractOperation(entry)) as unknown as DescribedOperation;

/**
 * Returns the `operationId` of an operation's request in the contract.
 * @throws Error when the contract does not describe the request
 */
export const findOperationId = async (entry: OperationEntry): Promise<string> =>
	(await findDescription(entry)).operationId;

/** Returns the data of the contract's example response, without the `{value}` of older pages. */
export const findContractData = async (entry: OperationEntry): Promise<unknown> =>
	findExampleData(await findContractOperation(entry));
