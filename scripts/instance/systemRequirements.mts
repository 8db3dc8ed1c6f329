import { statfs } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { CACHE_FOLDER } from './pinnedPackages.mts';
import { UserFacingError } from './userFacingError.mts';

const BYTES_PER_GB = 1e9;

/**
 * @param neededGb gigabytes that have to be free where the cache folder is.
 * @throws UserFacingError when there is less.
 */
export async function assertFreeDiskSpace(neededGb: number): Promise<void> {
	const { bavail, bsize } = await statfs(CACHE_FOLDER);
	const freeGb = (bavail * bsize) / BYTES_PER_GB;
	if (freeGb >= neededGb) return;
	throw new UserFacingError(
		`n8n needs ${neededGb} GB of free disk space for its installation, and ${freeGb.toFixed(1)} GB are free at ${CACHE_FOLDER}.`,
		'Free some space, or let XDG_CACHE_HOME (Linux) name a folder on a larger disk, and run "npm start" again.',
	);
}

/** Listens on a loopback port for a moment; 0 takes any. Returns the port, undefined when it is taken. */
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

/** A loopback port that is free now. */
export async function findFreePort(): Promise<number> {
	const port = await probePort(0);
	if (port === undefined)
		throw new UserFacingError('This machine has no free port.', 'End some programs and try again.');
	return port;
}

/**
 * @param port a port on loopback.
 * @param option the command line option that chooses another one.
 * @throws UserFacingError when it is taken.
 */
export async function assertPortFree(port: number, option: string): Promise<void> {
	if ((await probePort(port)) !== undefined) return;
	throw new UserFacingError(
		`Port ${port} is taken by another program (perhaps another "npm start", or your own n8n).`,
		`End that program, or choose another port: npm start -- ${option} ${port + 10}`,
	);
}
