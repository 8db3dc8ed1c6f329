import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { SANDBOX_SIGN_IN, startSandbox } from '../../sandbox/index.mts';
import type { ReceivedRequest, Sandbox } from '../../sandbox/index.mts';
import { runNode } from './harness.cts';
import { settle, turn } from '../until.cts';

type RunOptions = Parameters<typeof runNode>[0];

/** The clock of the built node; tests replace it so that nothing waits for a real back-off. */
export interface Clock {
	now(): number;
	sleep(milliseconds: number): Promise<void>;
	watch(milliseconds: number): Promise<void>;
	random(): number;
}

const clockFile = resolve(__dirname, '../../dist/nodes/GoFive/time/clock.js');
if (!existsSync(clockFile)) throw new Error('The node is not built, and these tests run the built node. Run "npm run build" first.');
/** The clock module that the built node uses. */
export const { clock } = require(clockFile) as { clock: Clock };

/** What `skipWaiting` gives: what was slept, in milliseconds, and how to undo it. */
export interface Skipped {
	slept: number[];
	/** Moves the clock on. */
	pass(milliseconds: number): void;
	restore(): void;
}

/** Makes waiting take no time: the clock stands still, on a whole second as HTTP dates do, and `sleep` moves it on instead. */
export function skipWaiting(): Skipped {
	const real = { ...clock };
	const slept: number[] = [];
	let now = Math.floor(real.now() / 1000) * 1000;
	clock.now = () => now;
	clock.sleep = async (milliseconds) => {
		slept.push(milliseconds);
		now += milliseconds;
		await Promise.resolve();
	};
	clock.random = () => 0.5;
	return { slept, pass: (milliseconds) => void (now += milliseconds), restore: () => void Object.assign(clock, real) };
}

/** What `holdTime` gives. */
export interface HeldTime extends Skipped {
	/** The steps in which requests were watched once time was let go on, in milliseconds. */
	watched: number[];
	/** Resolves when something sleeps. */
	asleep: Promise<void>;
	/** Lets time go on; from then on it flies. */
	letGo(): void;
}

/** As `skipWaiting`, but at first nobody wakes, and no request is given up. */
export function holdTime(): HeldTime {
	const skipped = skipWaiting();
	const { sleep } = clock;
	const watched: number[] = [];
	let letGo = (): void => undefined;
	const released = new Promise<void>((resolve) => (letGo = resolve));
	let fallAsleep = (): void => undefined;
	const asleep = new Promise<void>((resolve) => (fallAsleep = resolve));
	clock.sleep = async (milliseconds) => {
		fallAsleep();
		await released;
		await sleep(milliseconds);
	};
	clock.watch = async (milliseconds) => {
		await released;
		await turn();
		watched.push(milliseconds);
	};
	return { ...skipped, watched, asleep, letGo };
}

/** What was waited for altogether, in milliseconds. */
export const sumOf = (waits: readonly number[]): number => waits.reduce((sum, milliseconds) => sum + milliseconds, 0);

/** A sandbox and a credential for it, as the tests of one file share them. */
export class World {
	sandbox!: Sandbox;

	async open(): Promise<void> {
		this.sandbox = await startSandbox();
	}

	async close(): Promise<void> {
		await this.sandbox.close();
	}

	/** The credential in client credentials mode. */
	get credential(): ICredentialDataDecryptedObject {
		const { clientId, clientSecret, subscriptionApiKey } = SANDBOX_SIGN_IN;
		return { authentication: 'clientCredentials', clientId, clientSecret, subscriptionApiKey, baseUrl: this.sandbox.url };
	}

	/** Runs an operation: of Customer Event, unless the parameters name another `resource`. */
	async run(operation: string, parameters: IDataObject, options: Omit<RunOptions, 'parameters'> = {}) {
		return await runNode({
			parameters: { resource: 'customerEvent', operation, ...parameters },
			...('credentialStore' in options ? {} : { credential: this.credential }),
			...options,
		});
	}

	/** The requests that the sandbox received for an operation of the contract. */
	sent(operationId: string): ReceivedRequest[] {
		return this.sandbox.requests.filter((request) => request.operationId === operationId);
	}

	/** Resolves when what the node has sent and the sandbox has answered so far has come in. */
	async settle(): Promise<void> {
		await settle(`${this.sandbox.url}/__sandbox/behaviour`);
	}
}

/** A world that is open while the tests of a file run. @param isFresh whether the sandbox begins anew with each test */
export function openWorld({ isFresh = true } = {}): World {
	const world = new World();
	beforeAll(async () => await world.open());
	afterAll(async () => await world.close());
	if (isFresh) beforeEach(() => world.sandbox.reset());
	return world;
}

/**
 * A world for the tests of one file: it starts anew for each test, and waiting takes no time in it.
 * Its `slept` tells what was waited for in the test, in milliseconds.
 * @param prepare called before each test, when the sandbox is as at its start
 */
export function worldWithoutWaiting(prepare: (world: World) => void = () => undefined): World & { slept(): number[] } {
	let waiting: Skipped;
	const world = Object.assign(openWorld(), { slept: () => waiting.slept });
	beforeEach(() => {
		prepare(world);
		waiting = skipWaiting();
	});
	afterEach(() => waiting.restore());
	return world;
}
