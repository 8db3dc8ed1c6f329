import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo, Server } from 'node:net';

/** Waits for one turn of the event loop. */
export const flushEventLoop = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

/** Waits until a condition holds. Checks it in every turn of the event loop, so that no test depends on timing. */
export async function waitForCondition(condition: () => boolean): Promise<void> {
	while (!condition()) await flushEventLoop();
}

/**
 * Starts a server on a free loopback port.
 * @returns the port
 */
export async function listenOnLoopback(server: Server): Promise<number> {
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return (server.address() as AddressInfo).port;
}

/** Sends three requests in turn, so that everything sent before has arrived in both directions. */
export async function flushNetwork(url: string): Promise<void> {
	for (let round = 0; round < 3; round++) {
		const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
		await once(response.resume(), 'end');
	}
}
