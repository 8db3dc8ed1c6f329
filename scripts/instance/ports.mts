import { once } from 'node:events';
import net from 'node:net';
import { UserFacingError } from './userFacingError.mts';

const LOOPBACK = '127.0.0.1';

/**
 * Opens a loopback port and closes it again.
 * @param port - 0 selects a free port
 * @returns the port
 * @throws Error if the port is in use
 */
async function tryPort(port: number): Promise<number> {
	const server = net.createServer().listen(port, LOOPBACK);
	await once(server, 'listening');
	const { port: openedPort } = server.address() as net.AddressInfo;
	server.close();
	await once(server, 'close');
	return openedPort;
}

/** Finds a free loopback port. */
export const findFreePort = (): Promise<number> => tryPort(0);

/** Ports that the user can select. */
export interface FixedPorts {
	/** Port of n8n. */
	port: number;
	sandboxPort: number;
	/** Port of the page that shows the emails. */
	mailPort: number;
}

/**
 * Checks that a loopback port is free.
 * @param ports - All ports. The message suggests other ones for all, because the others may be in use, too
 * @throws UserFacingError if it is in use
 */
export async function assertPortFree(checkedPort: number, ports: FixedPorts): Promise<void> {
	const isFree = await tryPort(checkedPort).then(
		() => true,
		() => false,
	);
	if (isFree) return;
	const { port, sandboxPort, mailPort } = ports;
	throw new UserFacingError(
		`Port ${checkedPort} is in use by another program, for example another "npm start" or your own n8n.`,
		`Close that program, or run "npm start -- --port ${port + 10} --sandbox-port ${sandboxPort + 10} --mail-port ${mailPort + 10}".`,
	);
}
