import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { Api } from './api.mts';
import { loadContract } from './contract.mts';
import { control } from './control.mts';
import { State } from './state.mts';
import type { Sandbox } from './types.mts';

export { AZURE_TEXTS, WRONG_ENVELOPES, envelope } from './answers.mts';
export { SANDBOX_SIGN_IN } from './signIn.mts';
export type { Hold } from './hold.mts';
export type { Answer, Behaviour, Fault, RateLimit, ReceivedRequest, Sandbox } from './types.mts';

const LOOPBACK = '127.0.0.1';

/**
 * Starts a local GoFive API that enforces the contract, on loopback only.
 * @param options `port`: 0 or absent for a free one
 * @throws Error (code EADDRINUSE) when the port is taken, or when the contract cannot be read or has operations that the sandbox does not answer
 */
export async function startSandbox({ port = 0 }: { port?: number } = {}): Promise<Sandbox> {
	const state = new State();
	const contract = await loadContract();
	const server = Fastify({
		// Hanging and dripping answers must not hold up the end.
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		// A misspelt key of a control call is refused, not dropped.
		ajv: { customOptions: { removeAdditional: false } },
		bodyLimit: 10 * 1024 * 1024,
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 },
	});
	const api = new Api(contract, state);
	server.register(async (scope) => control(scope, state), { prefix: '/__sandbox' });
	server.register(async (scope) => api.register(scope));
	await server.listen({ port, host: LOOPBACK });
	const address = server.server.address() as AddressInfo;
	return Object.assign(state, { url: `http://${LOOPBACK}:${address.port}`, close: () => server.close() });
}
