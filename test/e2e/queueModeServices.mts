import { existsSync, readdirSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import path from 'node:path';
import { createTempFolder } from '../../scripts/instance/userFolder.mts';
import { findFreePort } from '../../scripts/instance/ports.mts';
import { UserFacingError } from '../../scripts/instance/userFacingError.mts';
import type { CommandOptions, ScriptContext } from '../../scripts/instance/scriptContext.mts';

/** Folder of PostgreSQL's releases on Debian. */
const POSTGRES_RELEASES_FOLDER = '/usr/lib/postgresql';
const OLDEST_POSTGRES_RELEASE = 15;
const INSTALL_HINT = 'Install them: apt-get install redis-server postgresql';
/** Time in ms within which a service has to answer. */
const SERVICE_START_TIMEOUT_MS = 30_000;

/** Folders of the binaries. */
interface ServiceBinaries {
	redis: string;
	postgres: string;
}

/**
 * Finds the binaries of Redis and PostgreSQL.
 * @throws UserFacingError when one is not installed
 */
export function findServiceBinaries(): ServiceBinaries {
	const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin'];
	const redis = folders.find((name) =>
		['redis-server', 'redis-cli'].every((file) => existsSync(path.join(name, file))),
	);
	if (redis === undefined)
		throw new UserFacingError('Redis is not on this machine, and the part "queue" needs it.', INSTALL_HINT);
	const releases = existsSync(POSTGRES_RELEASES_FOLDER) ? readdirSync(POSTGRES_RELEASES_FOLDER).map(Number) : [];
	const newest = Math.max(
		...releases.filter((release) =>
			existsSync(path.join(POSTGRES_RELEASES_FOLDER, String(release), 'bin', 'postgres')),
		),
	);
	if (!(newest >= OLDEST_POSTGRES_RELEASE))
		throw new UserFacingError(
			`PostgreSQL ${OLDEST_POSTGRES_RELEASE} or later is not on this machine, and the part "queue" needs it.`,
			INSTALL_HINT,
		);
	return { redis, postgres: path.join(POSTGRES_RELEASES_FOLDER, String(newest), 'bin') };
}

/** Starts Redis and returns n8n's environment variables for it. */
export async function startRedis(
	script: ScriptContext,
	{ redis: folder }: ServiceBinaries,
): Promise<NodeJS.ProcessEnv> {
	const [dir, port] = [await createTempFolder(script), String(await findFreePort())];
	const settings = { bind: '127.0.0.1', port, dir, save: '', appendonly: 'no' };
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
	void script.startProcess(path.join(folder, 'redis-server'), args);
	await waitUntilAnswering(script, path.join(folder, 'redis-cli'), ['-p', port, 'ping']);
	return { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: port };
}

/** Starts PostgreSQL and returns n8n's environment variables for it. */
export async function startPostgres(script: ScriptContext, { postgres }: ServiceBinaries): Promise<NodeJS.ProcessEnv> {
	const getBinaryPath = (name: string): string => path.join(postgres, name);
	const [folder, port] = [await createTempFolder(script), String(await findFreePort())];
	const options = await getUnprivilegedOptions(script, folder);
	const { ok } = await script.runCommand(
		getBinaryPath('initdb'),
		['-D', folder, '-U', 'n8n', '-E', 'UTF8', '--locale=C.UTF-8', '--auth=trust', '--no-sync'],
		options,
	);
	if (!ok) throw new UserFacingError('PostgreSQL made no database.', `What it printed is in ${script.logFile}`);
	// The data is temporary, so fsync is off. The server listens on loopback only.
	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'].flatMap((setting) => [
		'-c',
		setting,
	]);
	void script.startProcess(getBinaryPath('postgres'), ['-D', folder, '-p', port, ...settings], options);
	await waitUntilAnswering(script, getBinaryPath('pg_isready'), ['-h', '127.0.0.1', '-p', port]);
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: port,
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_PASSWORD: 'n8n',
	};
}

/** Returns options for a user other than root, as which PostgreSQL refuses to run. Debian creates the user. */
async function getUnprivilegedOptions(script: ScriptContext, folder: string): Promise<CommandOptions> {
	if (process.getuid?.() !== 0) return { cwd: folder };
	const readId = async (kind: string): Promise<number> => {
		const { ok, stdout } = await script.runCommand('id', [kind, 'postgres']);
		if (!ok) throw new UserFacingError('There is no user "postgres", and the part "queue" needs it.', INSTALL_HINT);
		return Number(stdout);
	};
	const user = { uid: await readId('-u'), gid: await readId('-g') };
	await chown(folder, user.uid, user.gid);
	return { cwd: folder, user };
}

/** Waits until a client program reports that its server answers. */
async function waitUntilAnswering(script: ScriptContext, file: string, args: string[]): Promise<void> {
	const isAnswering = async (): Promise<boolean> => (await script.runCommand(file, args)).ok;
	if (await script.waitFor(isAnswering, SERVICE_START_TIMEOUT_MS)) return;
	throw new UserFacingError(
		`${path.basename(file)} had no answer for ${SERVICE_START_TIMEOUT_MS / 1_000} seconds.`,
		`See ${script.logFile}`,
	);
}
