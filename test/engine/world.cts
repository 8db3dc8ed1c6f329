import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { SANDBOX_SIGN_IN, startSandbox } from '../../sandbox/index.mts';
import type { ReceivedRequest, Sandbox } from '../../sandbox/index.mts';
import { runNode } from './harness.cts';

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

/** Makes waiting take no time: `sleep` moves the clock on instead. Returns how to undo it, and what was slept. */
export function skipWaiting(): { slept: number[]; restore: () => void } {
	const real = { ...clock };
	const slept: number[] = [];
	let ahead = 0;
	clock.now = () => real.now() + ahead;
	clock.sleep = async (milliseconds) => {
		slept.push(milliseconds);
		ahead += milliseconds;
		await Promise.resolve();
	};
	clock.random = () => 0.5;
	return { slept, restore: () => void Object.assign(clock, real) };
}

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
}

/**
 * A world for the tests of one file: it starts anew for each test, and waiting takes no time in it.
 * Its `slept` tells what was waited for in the test, in milliseconds.
 * @param prepare called before each test, when the sandbox is as at its start
 */
export function worldWithoutWaiting(prepare: (world: World) => void = () => undefined): World & { slept(): number[] } {
	let waiting: ReturnType<typeof skipWaiting>;
	const world = Object.assign(new World(), { slept: () => waiting.slept });
	beforeAll(async () => await world.open());
	afterAll(async () => await world.close());
	beforeEach(() => {
		world.sandbox.reset();
		prepare(world);
		waiting = skipWaiting();
	});
	afterEach(() => waiting.restore());
	return world;
}
