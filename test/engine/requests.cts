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

const contract = loadContract();

/** @throws Error when the contract does not describe the request of an operation */
export async function sendsOf({ name, operation }: Listed): Promise<Sends> {
	const { method, path } = requestOf(operation, parametersOf(operation));
	// A path without variables is the better match.
	const found = (await contract).operations
		.filter((one) => one.method.toUpperCase() === method && new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
		.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
	if (!found?.operationId) throw new Error(`The contract does not describe ${method} ${path}, which '${name}' sends`);
	const given = validOf(operation).filter((one) => keepsRules(operation, one));
	return { sends: found.operationId, item: fc.record({ timeZone }).chain((zone) => given.map((one) => ({ ...one, ...zone }))) };
}
