import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo, Server } from 'node:net';

/** Lets whatever is due in this process happen. */
export const turn = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

/** Resolves once `met` holds; looked at again and again, so that nothing depends on how fast a machine is. */
export async function until(met: () => boolean): Promise<void> {
	while (!met()) await turn();
}

/** The port on which a server listens from now on, for this machine only. */
export async function listening(server: Server): Promise<number> {
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return (server.address() as AddressInfo).port;
}

/** Some requests of the test's own, there and back: what the node had sent before, or was answered, has come in by then. */
export async function settle(url: string): Promise<void> {
	for (let turn = 0; turn < 3; turn++) {
		const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
		await once(response.resume(), 'end');
	}
}
