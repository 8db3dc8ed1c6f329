import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import { getExampleParameters, buildOperationRequest, type OperationEntry } from '../support/operationParameters.cts';

/**
 * Returns the `operationId` of an operation's request in the contract.
 * @throws Error when the contract does not describe the request
 */
export async function findOperationId({ operation }: OperationEntry): Promise<string> {
	const contract = await loadContractValidator();
	const { operationId } = contract.findOperation(buildOperationRequest(operation, getExampleParameters(operation)));
	return operationId ?? '';
}
