import { createServer, type AddressInfo } from 'node:net';
import { UserFacingError } from './userFacingError.mts';

/** Listens on a loopback port temporarily (0 for any). Returns the port, or undefined if it is in use. */
function probePort(port: number): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const { port: boundPort } = server.address() as AddressInfo;
			server.close(() => resolve(boundPort));
		});
	});
}

/**
 * Finds a free loopback port.
 * @throws UserFacingError if there is none
 */
export async function findFreePort(): Promise<number> {
	const port = await probePort(0);
	if (port === undefined)
		throw new UserFacingError('This machine has no free port.', 'Close some programs and try again.');
	return port;
}

/**
 * Checks that a loopback port is free.
 * @param option - Command line option that selects another port
 * @throws UserFacingError if it is in use
 */
export async function assertPortFree(port: number, option: string): Promise<void> {
	if ((await probePort(port)) !== undefined) return;
	throw new UserFacingError(
		`Port ${port} is in use by another program, for example another "npm start" or your own n8n.`,
		`Close that program, or select another port with "npm start -- ${option} ${port + 10}".`,
	);
}
