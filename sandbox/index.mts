/**
 * Local GoFive API that enforces the contract in contract/, for tests and for a real n8n. It is never published.
 * Tests and scripts start it with this file. Start reading at fakeApi.mts, which handles a request.
 */
import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { FakeApi } from './fakeApi.mts';
import { loadContractValidator } from './contractValidator.mts';
import { SandboxState } from './sandboxState.mts';
import type { Sandbox } from './sandboxTypes.mts';

export { GATEWAY_MESSAGES } from './responses.mts';
export { SANDBOX_CREDENTIAL_DATA } from './sandboxCredential.mts';
export type { ResponseGate } from './responseGate.mts';
export type { FaultResponse, Fault, ReceivedRequest, Sandbox } from './sandboxTypes.mts';

const LOOPBACK = '127.0.0.1';

/**
 * Starts a local GoFive API that enforces the contract, on loopback only. The port defaults to a free one.
 * @throws Error with code EADDRINUSE if the port is in use, or if the contract cannot be read
 */
export async function startSandbox({ port = 0 }: { port?: number } = {}): Promise<Sandbox> {
	const contractValidator = await loadContractValidator();
	const sandboxState = new SandboxState(contractValidator);
	const server = Fastify({
		// Hanging and slow responses must not delay the end.
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		bodyLimit: 10 * 1024 * 1024,
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1000 },
	});
	const fakeApi = new FakeApi(contractValidator, sandboxState);
	// Tests send requests here to wait for the network, because the request log does not contain them.
	server.get('/', async () => 'GoFive sandbox');
	server.register(async (scope) => fakeApi.registerRoutes(scope));
	await server.listen({ port, host: LOOPBACK });
	const address = server.server.address() as AddressInfo;
	return Object.assign(sandboxState, { url: `http://${LOOPBACK}:${address.port}`, close: () => server.close() });
}
