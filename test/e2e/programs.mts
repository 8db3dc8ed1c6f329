import { existsSync, readdirSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { newHome } from '../../scripts/start/home.mts';
import { freePort } from '../../scripts/start/machine.mts';
import { PlainStop } from '../../scripts/start/plain.mts';
import type { CommandOptions, Session } from '../../scripts/start/session.mts';

/** Where Debian puts each of PostgreSQL's releases. */
const RELEASES = '/usr/lib/postgresql';
const OLDEST = 15;
const MISSING = 'Install them: apt-get install redis-server postgresql';
/** Milliseconds until a program must answer. */
const PATIENCE = 30_000;

/** The folders of the programs. */
interface Programs {
	redis: string;
	postgres: string;
}

/** Looks for all programs before one is started. @throws PlainStop when one is missing */
export function findPrograms(): Programs {
	const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin'];
	const redis = folders.find((name) => ['redis-server', 'redis-cli'].every((file) => existsSync(path.join(name, file))));
	if (redis === undefined) throw new PlainStop('Redis is not on this machine, and the part "queue" needs it.', MISSING);
	const releases = existsSync(RELEASES) ? readdirSync(RELEASES).map(Number) : [];
	const newest = Math.max(...releases.filter((release) => existsSync(path.join(RELEASES, String(release), 'bin', 'postgres'))));
	if (!(newest >= OLDEST)) throw new PlainStop(`PostgreSQL ${OLDEST} or later is not on this machine, and the part "queue" needs it.`, MISSING);
	return { redis, postgres: path.join(RELEASES, String(newest), 'bin') };
}

/** Redis as n8n's environment names it. */
export async function startRedis(session: Session, { redis: folder }: Programs): Promise<NodeJS.ProcessEnv> {
	const [dir, port] = [await newHome(session), String(await freePort())];
	void session.start(path.join(folder, 'redis-server'), ['--bind', '127.0.0.1', '--port', port, '--dir', dir, '--save', '', '--appendonly', 'no']);
	await answers(session, path.join(folder, 'redis-cli'), ['-p', port, 'ping']);
	return { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: port };
}

/** A PostgreSQL: as n8n's environment names it, and a way to ask it. */
export interface Postgres {
	env: NodeJS.ProcessEnv;
	/** @returns the only value that a query gives, as text */
	ask(sql: string): Promise<string>;
}

export async function startPostgres(session: Session, { postgres }: Programs): Promise<Postgres> {
	const program = (name: string): string => path.join(postgres, name);
	const [folder, port] = [await newHome(session), String(await freePort())];
	const options = await unprivileged(folder);
	const { ok } = await session.run(program('initdb'), ['-D', folder, '-U', 'n8n', '-E', 'UTF8', '--locale=C.UTF-8', '--auth=trust', '--no-sync'], options);
	if (!ok) throw new PlainStop('PostgreSQL made no database.', `What it printed is in ${session.log}`);
	// Its data outlives no run, and it listens on loopback alone.
	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'].flatMap((setting) => ['-c', setting]);
	void session.start(program('postgres'), ['-D', folder, '-p', port, ...settings], options);
	const place = ['-h', '127.0.0.1', '-p', port];
	await answers(session, program('pg_isready'), place);
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: port,
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'n8n',
		},
		ask: async (sql) => (await execa(program('psql'), [...place, '-U', 'n8n', '-d', 'postgres', '-AtXc', sql], { maxBuffer: 1e9 })).stdout,
	};
}

/** PostgreSQL refuses to run as root; Debian's package makes a user for it. */
async function unprivileged(folder: string): Promise<CommandOptions> {
	if (process.getuid?.() !== 0) return { cwd: folder };
	const idOf = async (kind: string): Promise<number> => Number((await execa('id', [kind, 'postgres'])).stdout);
	const user = { uid: await idOf('-u'), gid: await idOf('-g') };
	await chown(folder, user.uid, user.gid);
	return { cwd: folder, user };
}

/** Waits until a program says that another one answers. */
async function answers(session: Session, file: string, args: string[]): Promise<void> {
	const answered = async (): Promise<boolean> => (await execa(file, args, { reject: false })).exitCode === 0;
	if (await session.until(answered, PATIENCE)) return;
	throw new PlainStop(`${path.basename(file)} had no answer for ${PATIENCE / 1_000} seconds.`, `See ${session.log}`);
}
