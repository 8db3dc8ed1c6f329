import fc from 'fast-check';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import {
	satisfiesFieldRules,
	getExampleParameters,
	buildOperationRequest,
	type OperationEntry,
} from '../support/operationParameters.cts';
import { createValidParametersArbitrary } from '../support/validParameters.cts';

const timeZone = fc.constantFrom('Asia/Bangkok', 'America/New_York', 'UTC', 'Asia/Kathmandu');

/** What an operation sends. */
interface OperationRequest {
	/** `operationId` in the contract. */
	operationId: string;
	/** Values that its parameters take, by their names. */
	itemArbitrary: fc.Arbitrary<object>;
}

/** @throws Error when the contract does not describe the request of an operation */
export async function loadOperationRequest(entry: OperationEntry): Promise<OperationRequest> {
	const { operation } = entry;
	const { operationId = '' } = (await loadContractValidator()).findOperation(
		buildOperationRequest(operation, getExampleParameters(operation)),
	);
	const parametersArbitrary = createValidParametersArbitrary(operation).filter((exampleValues) =>
		satisfiesFieldRules(operation, exampleValues),
	);
	return {
		operationId,
		itemArbitrary: fc
			.record({ timeZone })
			.chain((timeZoneValue) => parametersArbitrary.map((exampleValues) => ({ ...exampleValues, ...timeZoneValue }))),
	};
}
