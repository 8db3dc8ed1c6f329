import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { snapshotOf, type Rows } from '../../scripts/reliability/database.mts';
import { SHORT_LEASE } from '../../scripts/reliability/engine.mts';
import { queries } from '../../scripts/reliability/queries.mts';
import type { Look } from '../../scripts/reliability/watch.mts';
import type { Running } from '../../scripts/start/bringUp.mts';
import { installPackage, newHome } from '../../scripts/start/home.mts';
import { freePort } from '../../scripts/start/machine.mts';
import { NEWEST } from '../../scripts/start/releases.mts';
import { answers, ready, startN8n, type N8nProcess } from '../../scripts/start/server.mts';
import type { Session } from '../../scripts/start/session.mts';
import { findPrograms, startPostgres, startRedis, type Postgres } from './programs.mts';
import { Whole } from './whole.mts';

/** Executions that a worker works on at once. */
const CONCURRENCY = 5;
/** n8n reads the credential for each request; with its two connections its own queries time out beside a poll of 500 customers. */
const CONNECTIONS = { DB_POSTGRESDB_POOL_SIZE: '10' };
/** By its own settings n8n takes up to two and a half minutes to see that the worker of an execution has died. */
const STALLED = { QUEUE_WORKER_LOCK_DURATION: '20000', QUEUE_WORKER_LOCK_RENEW_TIME: '5000', QUEUE_WORKER_STALLED_INTERVAL: '10000' };

/** n8n on more than one machine: a main and two workers, each with a home and the package of its own. */
export class Cluster {
	/** Executions that can be under way at once. */
	readonly width: number;

	private constructor(
		readonly main: Whole,
		readonly workers: Worker[],
		private readonly database: Postgres,
	) {
		this.width = workers.length * CONCURRENCY;
	}

	/** @throws PlainStop when Redis or PostgreSQL is missing */
	static async bringUp(session: Session): Promise<Cluster> {
		const programs = findPrograms();
		const redis = await startRedis(session, programs);
		const database = await startPostgres(session, programs);
		const key = randomBytes(24).toString('hex');
		const env = { ...redis, ...database.env, ...SHORT_LEASE, ...CONNECTIONS, ...STALLED, EXECUTIONS_MODE: 'queue', N8N_ENCRYPTION_KEY: key };
		const main = await Whole.bringUp(session, NEWEST, env);
		const workers = await Promise.all([1, 2].map(() => Worker.bringUp(session, main.running)));
		return new Cluster(main, workers, database);
	}

	/** Starts main where it does not run, as after a test that did not pass. */
	async revive(): Promise<void> {
		if (!(await answers(`${this.main.url}/healthz/readiness`))) await this.main.start();
	}

	/** Looks at what the database holds of a workflow, all of it at one moment. */
	look(workflow: string): Look {
		const rows = Object.entries(queries(workflow)).map(([name, sql]) => `'${name}', (SELECT coalesce(json_agg(row), '[]') FROM (${sql}) AS row)`);
		return async () => snapshotOf(JSON.parse(await this.database.ask(`SELECT json_build_object(${rows.join()})`)) as Rows);
	}
}

/** A worker of n8n. */
export class Worker {
	/** IDs of the executions that it began. */
	readonly began = new Set<string>();
	private process: N8nProcess | undefined;

	private constructor(
		private readonly session: Session,
		private readonly running: Pick<Running, 'n8n' | 'env'>,
	) {}

	static async bringUp(session: Session, { n8n, env, tarball }: Running): Promise<Worker> {
		const home = await newHome(session);
		await installPackage(session, home, tarball);
		const own = {
			N8N_USER_FOLDER: home,
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(await freePort()),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		};
		const worker = new Worker(session, { n8n, env: { ...env, ...own } });
		await worker.start();
		return worker;
	}

	/** Starts it, and waits until it takes executions. */
	async start(): Promise<void> {
		const { session, running } = this;
		this.process = startN8n(session, running, ['worker', `--concurrency=${CONCURRENCY}`]);
		createInterface({ input: this.process.output }).on('line', (line) => {
			const [, id] = /Worker started execution (\d+)/u.exec(line) ?? [];
			if (id) this.began.add(id);
		});
		await ready(session, this.process, [`http://127.0.0.1:${running.env['QUEUE_HEALTH_CHECK_PORT']}/healthz/readiness`]);
	}

	async kill(): Promise<void> {
		await this.process?.kill();
	}
}
