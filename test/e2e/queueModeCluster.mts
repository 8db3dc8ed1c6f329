import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { PreparedInstance } from '../../scripts/instance/startInstance.mts';
import { installCommunityPackage, createTempFolder } from '../../scripts/instance/userFolder.mts';
import { findFreePort } from '../../scripts/instance/ports.mts';
import { NEWEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';
import { startN8nProcess, waitUntilReachable, type N8nProcess } from '../../scripts/instance/n8nProcess.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { SHORT_LEASE_ENV } from './eventTrigger.mts';
import { findServiceBinaries, startPostgres, startRedis } from './queueModeServices.mts';
import { N8nTestServer } from './n8nTestServer.mts';

/** Number of concurrent executions per worker. */
const WORKER_CONCURRENCY = 5;
/** Without it, a poll creates an isolated JavaScript engine for each request, which takes most of the time. */
const LAZY_ISOLATE_ENV = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };
/** With its defaults n8n takes up to two and a half minutes to detect that a worker has died. */
const STALLED_JOB_ENV = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2500',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

/** n8n in queue mode: a main process and two workers, each with its own user folder and package. */
export class QueueModeCluster {
	readonly main: N8nTestServer;
	readonly workers: N8nWorker[];
	/** Number of concurrent executions of all workers. */
	readonly maxConcurrentExecutions: number;

	constructor(private readonly script: ScriptContext) {
		this.main = new N8nTestServer(script, NEWEST_RELEASE);
		this.workers = [1, 2].map(() => new N8nWorker(script));
		this.maxConcurrentExecutions = this.workers.length * WORKER_CONCURRENCY;
	}

	/**
	 * Starts Redis, PostgreSQL, the main process and the workers.
	 * @throws UserFacingError when Redis or PostgreSQL is not installed
	 */
	async launch(): Promise<void> {
		const { script, main, workers } = this;
		const programs = findServiceBinaries();
		const redis = await startRedis(script, programs);
		const database = await startPostgres(script, programs);
		const encryptionKey = randomBytes(24).toString('hex');
		const env = {
			...redis,
			...database,
			...SHORT_LEASE_ENV,
			...LAZY_ISOLATE_ENV,
			...STALLED_JOB_ENV,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: encryptionKey,
		};
		await main.launch(env);
		await Promise.all(workers.map((worker) => worker.launch(main.instance)));
	}

	/** Ends n8n. Redis and PostgreSQL, which then have nothing to do, end with the script. */
	async stop(): Promise<void> {
		await Promise.all([this.main.stop(), ...this.workers.map((worker) => worker.kill())]);
	}
}

/** Worker process of n8n. */
export class N8nWorker {
	/** IDs of the executions that the worker started. */
	readonly startedExecutionIds = new Set<string>();
	private instance!: Pick<PreparedInstance, 'n8n' | 'env'>;
	private process: N8nProcess | undefined;

	constructor(private readonly script: ScriptContext) {}

	/** Installs the package, and starts the worker. */
	async launch({ n8n, env, tarball }: PreparedInstance): Promise<void> {
		const home = await createTempFolder(this.script);
		await installCommunityPackage(this.script, home, tarball);
		const workerEnv = {
			N8N_USER_FOLDER: home,
			N8N_RUNNERS_BROKER_PORT: String(await findFreePort()),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(await findFreePort()),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		};
		this.instance = { n8n, env: { ...env, ...workerEnv } };
		await this.start();
	}

	/** Starts the worker and waits until it accepts executions. */
	async start(): Promise<void> {
		const { script, instance } = this;
		this.process = startN8nProcess(script, instance, ['worker', `--concurrency=${WORKER_CONCURRENCY}`]);
		createInterface({ input: this.process.output }).on('line', (line) => {
			const [, id] = /Worker started execution (\d+)/u.exec(line) ?? [];
			if (id) this.startedExecutionIds.add(id);
		});
		await waitUntilReachable(script, this.process, [
			`http://127.0.0.1:${instance.env['QUEUE_HEALTH_CHECK_PORT']}/healthz/readiness`,
		]);
	}

	async kill(): Promise<void> {
		await this.process?.kill();
	}
}
