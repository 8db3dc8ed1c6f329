import { checkPort, getRandomPort } from 'get-port-please';
import { UserFacingError } from './userFacingError.mts';

const LOOPBACK = '127.0.0.1';

/** Finds a free loopback port. */
export const findFreePort = (): Promise<number> => getRandomPort(LOOPBACK);

/**
 * Checks that a loopback port is free.
 * @param option - Command line option that selects another port
 * @throws UserFacingError if it is in use
 */
export async function assertPortFree(port: number, option: string): Promise<void> {
	if (await checkPort(port, LOOPBACK)) return;
	throw new UserFacingError(
		`Port ${port} is in use by another program, for example another "npm start" or your own n8n.`,
		`Close that program, or select another port with "npm start -- ${option} ${port + 10}".`,
	);
}
