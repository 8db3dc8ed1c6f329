import Fastify from 'fastify';
import { Api } from '../../sandbox/api.mts';
import { loadContract, type Contract } from '../../sandbox/contract.mts';
import { State } from '../../sandbox/state.mts';
import { call } from './call.cts';

/** The contract with one operation more. */
async function contractWith(operationId: string, path: string): Promise<Contract> {
	const contract = await loadContract();
	const more = { ...contract.operations[0], operationId, path, method: 'get', security: [] } as Contract['operations'][number];
	return { ...contract, operations: [more, ...contract.operations], requestViolations: () => [] };
}

test('a fault sees the customer code in a path', async () => {
	const state = new State();
	const server = Fastify();
	new Api(await contractWith('getCustomerEventTypes', '/v1/customers/{customerCode}/types'), state).register(server);
	const url = await server.listen({ port: 0, host: '127.0.0.1' });
	const statusFor = async (code: string) => (await call(url, { path: `/v1/customers/${encodeURIComponent(code)}/types` })).status;
	state.faults.add({ match: { customerCode: 'a/b ../100%' }, times: 'always', answer: { status: 503 } });
	expect([await statusFor('C000055'), await statusFor('a/b ../100%'), await statusFor('a/b')]).toEqual([200, 503, 200]);
	await server.close();
});
