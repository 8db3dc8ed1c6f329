import { statfs } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { cacheFolder } from './paths.mts';
import { PlainStop } from './plain.mts';

const GIGABYTE = 1e9;

/**
 * @param needed gigabytes that have to be free where the cache folder is.
 * @throws PlainStop when there is less.
 */
export async function requireFreeDisk(needed: number): Promise<void> {
	const { bavail, bsize } = await statfs(cacheFolder);
	const free = (bavail * bsize) / GIGABYTE;
	if (free >= needed) return;
	throw new PlainStop(
		`n8n needs ${needed} GB of free disk space for its installation, and ${free.toFixed(1)} GB are free at ${cacheFolder}.`,
		'Free some space, or let XDG_CACHE_HOME (Linux) name a folder on a larger disk, and run "npm start" again.',
	);
}

/** Listens on a loopback port for a moment; 0 takes any. Returns the port, undefined when it is taken. */
function tryPort(port: number): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const { port: taken } = server.address() as AddressInfo;
			server.close(() => resolve(taken));
		});
	});
}

/** A loopback port that is free now. */
export async function freePort(): Promise<number> {
	const port = await tryPort(0);
	if (port === undefined) throw new PlainStop('This machine has no free port.', 'End some programs and try again.');
	return port;
}

/**
 * @param port a port on loopback.
 * @param option the command line option that chooses another one.
 * @throws PlainStop when it is taken.
 */
export async function requireFreePort(port: number, option: string): Promise<void> {
	if ((await tryPort(port)) !== undefined) return;
	throw new PlainStop(
		`Port ${port} is taken by another program (perhaps another "npm start", or your own n8n).`,
		`End that program, or choose another port: npm start -- ${option} ${port + 10}`,
	);
}
