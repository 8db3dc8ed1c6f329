// Requests of the operations in the contract, and the examples of their responses.
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import { getExampleParameters, buildOperationRequest, type OperationEntry } from './operationParameters.cts';

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
