import fc from 'fast-check';
import { loadContract } from '../../sandbox/contract.mts';
import { keepsRules, parametersOf, requestOf, type Listed } from '../operations.cts';
import { validOf } from '../values.cts';

const timeZone = fc.constantFrom('Asia/Bangkok', 'America/New_York', 'UTC', 'Asia/Kathmandu');

/** What an operation sends. */
interface Sends {
	/** `operationId` in the contract. */
	sends: string;
	/** Values that its parameters take, by their names. */
	item: fc.Arbitrary<object>;
}

/** @throws Error when the contract does not describe the request of an operation */
export async function sendsOf(listed: Listed): Promise<Sends> {
	const { operation } = listed;
	const { operationId = '' } = (await loadContract()).described(requestOf(operation, parametersOf(operation)));
	const given = validOf(operation).filter((one) => keepsRules(operation, one));
	return { sends: operationId, item: fc.record({ timeZone }).chain((zone) => given.map((one) => ({ ...one, ...zone }))) };
}
