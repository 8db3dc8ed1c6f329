import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { SANDBOX_CREDENTIAL_DATA, startSandbox } from '../../sandbox/index.mts';
import type { ReceivedRequest, Sandbox } from '../../sandbox/index.mts';
import { runNode } from './harness.cts';
import { flushNetwork, flushEventLoop } from '../support/waitForCondition.cts';

type RunOptions = Parameters<typeof runNode>[0];

/** The clock of the built node; tests replace it so that nothing waits for a real back-off. */
export interface NodeClock {
	now(): number;
	sleep(milliseconds: number): Promise<void>;
	sleepBetweenChecks(milliseconds: number): Promise<void>;
	random(): number;
}

const CLOCK_MODULE_PATH = resolve(__dirname, '../../dist/nodes/GoFive/time/clock.js');
if (!existsSync(CLOCK_MODULE_PATH))
	throw new Error('The node is not built, and these tests run the built node. Run "npm run build" first.');
/** The clock module that the built node uses. */
export const { clock } = require(CLOCK_MODULE_PATH) as { clock: NodeClock };

/** What `skipWaiting` gives: what was slept, in milliseconds, and how to undo it. */
export interface SimulatedClock {
	sleepsMs: number[];
	/** Moves the clock on. */
	advance(milliseconds: number): void;
	restore(): void;
}

/** Makes waiting take no time: the clock stands still, on a whole second as HTTP dates do, and `sleep` moves it on instead. */
export function installSimulatedClock(): SimulatedClock {
	const realClock = { ...clock };
	const sleepsMs: number[] = [];
	let nowMs = Math.floor(realClock.now() / 1000) * 1000;
	clock.now = () => nowMs;
	clock.sleep = async (milliseconds) => {
		sleepsMs.push(milliseconds);
		nowMs += milliseconds;
		await Promise.resolve();
	};
	clock.random = () => 0.5;
	return {
		sleepsMs,
		advance: (milliseconds) => void (nowMs += milliseconds),
		restore: () => void Object.assign(clock, realClock),
	};
}

/** What `holdTime` gives. */
export interface PausedClock extends SimulatedClock {
	/** The steps in which requests were watched once time was let go on, in milliseconds. */
	watchStepsMs: number[];
	/** Resolves when something sleeps. */
	firstSleep: Promise<void>;
	/** Lets time go on; from then on it flies. */
	resume(): void;
}

/** As `skipWaiting`, but at first nobody wakes, and no request is given up. */
export function installPausedClock(): PausedClock {
	const simulated = installSimulatedClock();
	const { sleep } = clock;
	const watchStepsMs: number[] = [];
	let resume = (): void => undefined;
	const resumed = new Promise<void>((resolve) => (resume = resolve));
	let resolveFirstSleep = (): void => undefined;
	const firstSleep = new Promise<void>((resolve) => (resolveFirstSleep = resolve));
	clock.sleep = async (milliseconds) => {
		resolveFirstSleep();
		await resumed;
		await sleep(milliseconds);
	};
	clock.sleepBetweenChecks = async (milliseconds) => {
		await resumed;
		await flushEventLoop();
		watchStepsMs.push(milliseconds);
	};
	return { ...simulated, watchStepsMs, firstSleep, resume };
}

/** What was waited for altogether, in milliseconds. */
export const sumOf = (values: readonly number[]): number => values.reduce((sum, milliseconds) => sum + milliseconds, 0);

/** A sandbox and a credential for it, as the tests of one file share them. */
export class ExecutionFixture {
	sandbox!: Sandbox;

	async start(): Promise<void> {
		this.sandbox = await startSandbox();
	}

	async stop(): Promise<void> {
		await this.sandbox.close();
	}

	/** The credential in client credentials mode. */
	get credential(): ICredentialDataDecryptedObject {
		const { clientId, clientSecret, subscriptionApiKey } = SANDBOX_CREDENTIAL_DATA;
		return {
			authentication: 'clientCredentials',
			clientId,
			clientSecret,
			subscriptionApiKey,
			baseUrl: this.sandbox.url,
		};
	}

	/** Runs an operation: of Customer Event, unless the parameters name another `resource`. */
	async runOperation(operation: string, parameters: IDataObject, options: Omit<RunOptions, 'parameters'> = {}) {
		return await runNode({
			parameters: { resource: 'customerEvent', operation, ...parameters },
			...('credentialStore' in options ? {} : { credential: this.credential }),
			...options,
		});
	}

	/** The requests that the sandbox received for an operation of the contract. */
	findRequests(operationId: string): ReceivedRequest[] {
		return this.sandbox.requestLog.filter((receivedRequest) => receivedRequest.operationId === operationId);
	}

	/** Resolves when what the node has sent and the sandbox has answered so far has come in. */
	async waitUntilIdle(): Promise<void> {
		await flushNetwork(`${this.sandbox.url}/__sandbox/behaviour`);
	}
}

/** A world that is open while the tests of a file run. @param isFresh whether the sandbox begins anew with each test */
export function setupExecutionFixture({ isFresh = true } = {}): ExecutionFixture {
	const fixture = new ExecutionFixture();
	beforeAll(async () => await fixture.start());
	afterAll(async () => await fixture.stop());
	if (isFresh) beforeEach(() => fixture.sandbox.reset());
	return fixture;
}

/**
 * A world for the tests of one file: it starts anew for each test, and waiting takes no time in it.
 * Its `slept` tells what was waited for in the test, in milliseconds.
 * @param prepare called before each test, when the sandbox is as at its start
 */
export function setupFixtureWithSimulatedClock(
	prepare: (fixture: ExecutionFixture) => void = () => undefined,
): ExecutionFixture & { getSleepsMs(): number[] } {
	let simulatedClock: SimulatedClock;
	const world = Object.assign(setupExecutionFixture(), { getSleepsMs: () => simulatedClock.sleepsMs });
	beforeEach(() => {
		prepare(world);
		simulatedClock = installSimulatedClock();
	});
	afterEach(() => simulatedClock.restore());
	return world;
}
