import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo, Server } from 'node:net';

/** Lets whatever is due in this process happen. */
export const flushEventLoop = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

/** Resolves once `met` holds; looked at again and again, so that nothing depends on how fast a machine is. */
export async function waitForCondition(condition: () => boolean): Promise<void> {
	while (!condition()) await flushEventLoop();
}

/** The port on which a server listens from now on, for this machine only. */
export async function listenOnLoopback(server: Server): Promise<number> {
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return (server.address() as AddressInfo).port;
}

/** Some requests of the test's own, there and back: what the node had sent before, or was answered, has come in by then. */
export async function flushNetwork(url: string): Promise<void> {
	for (let round = 0; round < 3; round++) {
		const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
		await once(response.resume(), 'end');
	}
}
