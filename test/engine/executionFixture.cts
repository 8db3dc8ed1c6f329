/*
 * What every engine test runs in: a sandbox, a credential for it, and the clock of the built node.
 * Imported by the tests of this folder only.
 * Start with `setupExecutionFixture`.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { sealToken } from '../../nodes/GoFive/api/signing';
import { SANDBOX_CREDENTIAL_DATA, startSandbox } from '../../sandbox/index.mts';
import type { Fault, ReceivedRequest, Sandbox } from '../../sandbox/index.mts';
import { runNode } from './harness.cts';
import { findOperation, getExampleParameters } from '../support/operationParameters.cts';
import { success } from '../support/responses.cts';
import { flushNetwork } from '../support/waitForCondition.cts';
import { findOperationId } from '../support/operationRequest.cts';

type RunOptions = Parameters<typeof runNode>[0];

/** Clock of the built node. Tests replace it, so that no backoff takes real time. */
export interface NodeClock {
	now(): number;
	sleep(milliseconds: number): Promise<void>;
	timeoutSignal(milliseconds: number): AbortSignal;
	random(): number;
}

const CLOCK_MODULE_PATH = resolve(__dirname, '../../dist/nodes/GoFive/time/clock.js');
if (!existsSync(CLOCK_MODULE_PATH))
	throw new Error('The node is not built, and these tests run the built node. Run "npm run build" first.');
/** Clock object of the built node. */
export const { clock } = require(CLOCK_MODULE_PATH) as { clock: NodeClock };

/** Creates a signal that aborts when a promise resolves. */
export function abortWhen(promise: Promise<unknown>): AbortSignal {
	const abortController = new AbortController();
	void promise.then(() => abortController.abort());
	return abortController.signal;
}

/** Clock on which waiting takes no real time. */
export interface SimulatedClock {
	/** Durations of all sleeps, in ms. */
	sleepsMs: number[];
	restore(): void;
}

/**
 * Installs a clock that stands still and that `sleep` moves forward.
 * It starts on a full second, because HTTP dates have no milliseconds.
 */
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
		restore: () => void Object.assign(clock, realClock),
	};
}

/** Simulated clock on which nothing wakes until `resume`. */
export interface PausedClock extends SimulatedClock {
	/** Resolves when the first sleep begins. */
	firstSleep: Promise<void>;
	/** Ends all sleeps; later ones take no real time. */
	resume(): void;
}

/** Installs a simulated clock on which no sleep ends until `resume`. Then one second passes for requests in flight. */
export function installPausedClock(): PausedClock {
	const simulatedClock = installSimulatedClock();
	const { sleep } = clock;
	let resume = (): void => undefined;
	const resumed = new Promise<void>((resolve) => (resume = resolve));
	let resolveFirstSleep = (): void => undefined;
	const firstSleep = new Promise<void>((resolve) => (resolveFirstSleep = resolve));
	clock.sleep = async (milliseconds) => {
		resolveFirstSleep();
		await resumed;
		await sleep(milliseconds);
	};
	// A stopped run gives its requests one second. The timeouts of requests are longer.
	clock.timeoutSignal = (milliseconds) => abortWhen(milliseconds <= 1000 ? resumed : new Promise(() => undefined));
	return { ...simulatedClock, firstSleep, resume };
}

export const sumOf = (values: readonly number[]): number => values.reduce((sum, milliseconds) => sum + milliseconds, 0);

/** Sandbox and credential that the tests of one file share. */
export class ExecutionFixture {
	sandbox!: Sandbox;

	/** @param hasToken - Whether executions find the token of an earlier one, so that they send no request for it */
	constructor(private readonly hasToken = false) {}

	async start(): Promise<void> {
		this.sandbox = await startSandbox();
	}

	async stop(): Promise<void> {
		await this.sandbox.close();
	}

	/** Credential in client credentials mode. */
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

	/** Credential in client credentials mode with a token that an earlier execution has stored. */
	get credentialWithToken(): ICredentialDataDecryptedObject {
		const { credential, sandbox } = this;
		return { ...credential, sessionToken: sealToken(sandbox.tokens.issue(sandbox.behaviour), credential) };
	}

	/** Credential with a pasted access token. */
	get accessTokenCredential(): ICredentialDataDecryptedObject {
		return { ...this.credential, authentication: 'accessToken', accessToken: SANDBOX_CREDENTIAL_DATA.accessToken };
	}

	/** Runs an operation: of Customer Event, unless the parameters name another `resource`. */
	async runOperation(operation: string, parameters: IDataObject, options: Omit<RunOptions, 'parameters'> = {}) {
		// With Last Month, the default, the results of tests would depend on the day.
		const dates = operation === 'getByCustomerCode' ? { dateRange: 'custom' } : {};
		return await runNode({
			parameters: { resource: 'customerEvent', operation, ...dates, ...parameters },
			...('credentialStore' in options
				? {}
				: { credential: this.hasToken ? this.credentialWithToken : this.credential }),
			...options,
		});
	}

	/**
	 * Runs an operation with example values in the required inputs that have no other value.
	 * @param name - `resource.operation`
	 */
	async runExample(name: string, parameters: IDataObject = {}, options: Omit<RunOptions, 'parameters'> = {}) {
		const { resource, operation } = findOperation(name);
		const exampleParameters = getExampleParameters(operation) as IDataObject;
		return await this.runOperation(operation.value, { resource, ...exampleParameters, ...parameters }, options);
	}

	/**
	 * Expects that the body with these parameters differs from the example in these keys only.
	 * @returns the hints
	 */
	async expectBodyChanges(name: string, parameters: IDataObject, changes: object): Promise<string[]> {
		const operationId = await findOperationId(findOperation(name));
		const runAndGetBody = async (exampleOrChanged: IDataObject) => {
			this.sandbox.reset();
			const { error, hints } = await this.runExample(name, { returnAll: true, ...exampleOrChanged });
			expect(error).toBeUndefined();
			return { hints, body: this.getSentBodies(operationId)[0] };
		};
		const example = await runAndGetBody({});
		const { body, hints } = await runAndGetBody(parameters);
		expect(body).toEqual({ ...example.body, ...changes });
		return hints.map(({ message }) => message);
	}

	/** Expects that an operation rejects parameters before it sends a request, with advice in the description. */
	async expectRejection(
		name: string,
		parameters: IDataObject,
		message: unknown,
		...advice: Array<string | RegExp>
	): Promise<void> {
		const { error } = await this.runExample(name, parameters);
		expect(error?.message).toEqual(message);
		for (const text of advice) expect(error?.description).toMatch(text);
		expect(this.sandbox.requestLog).toEqual([]);
	}

	/** Runs Get by Customer Code with one item per code and continues after failed items. */
	async readEventsOf(codes: string[], parameters: IDataObject = {}, options: Omit<RunOptions, 'parameters'> = {}) {
		return await this.runOperation(
			'getByCustomerCode',
			{ customerCode: '={{ $json.code }}', dateRange: 'allDates', output: 'raw', ...parameters },
			{ items: codes.map((code) => ({ code })), onError: 'continueRegularOutput', ...options },
		);
	}

	/**
	 * Adds a fault.
	 * @param match - `operationId` of the contract, or the complete condition
	 */
	addFault(match: string | Fault['match'], answer: Fault['answer'], options: Pick<Fault, 'skip' | 'times'> = {}): void {
		this.sandbox.faults.add({ match: typeof match === 'string' ? { operationId: match } : match, answer, ...options });
	}

	/** Answers with a successful envelope around `data`, once by default, after processing the request. */
	respondWithData(match: string | Fault['match'], data: unknown, options?: Pick<Fault, 'times'>): void {
		this.addFault(match, { ...success(data), acts: true }, options);
	}

	/** Removes the type of all customers, because only a customer without one may have both kinds of contacts. */
	removeCustomerTypes(): void {
		for (const customer of this.sandbox.records.customers.records) customer['customerType'] = null;
	}

	/** Returns the requests that the sandbox received for an operation of the contract. */
	findRequests(operationId: string): ReceivedRequest[] {
		return this.sandbox.requestLog.filter((receivedRequest) => receivedRequest.operationId === operationId);
	}

	/** Returns the parsed bodies of these requests. */
	getSentBodies(operationId: string): IDataObject[] {
		return this.findRequests(operationId).map(({ body }) => JSON.parse(body) as IDataObject);
	}

	/** Returns the requests of all operations without token requests. */
	get apiRequests(): ReceivedRequest[] {
		return this.sandbox.requestLog.filter(({ operationId }) => operationId !== 'createToken');
	}

	/** Resolves when every request and response that was sent so far has arrived. */
	async waitUntilIdle(): Promise<void> {
		await flushNetwork(this.sandbox.url);
	}
}

/**
 * Starts a fixture for the tests of a file.
 * @param resetsForEachTest - Whether the sandbox is reset before each test
 * @param hasToken - Whether executions find the token of an earlier one
 */
export function setupExecutionFixture({ resetsForEachTest = true, hasToken = false } = {}): ExecutionFixture {
	const fixture = new ExecutionFixture(hasToken);
	beforeAll(async () => await fixture.start());
	afterAll(async () => await fixture.stop());
	if (resetsForEachTest) beforeEach(() => fixture.sandbox.reset());
	return fixture;
}

/**
 * Starts a fixture that is reset for each test and in which waiting takes no real time.
 * @param prepare - Called before each test, after the reset
 */
export function setupFixtureWithSimulatedClock(
	prepare: (fixture: ExecutionFixture) => void = () => undefined,
	options: Parameters<typeof setupExecutionFixture>[0] = {},
): ExecutionFixture & { getSleepsMs(): number[] } {
	let simulatedClock: SimulatedClock;
	const fixture = Object.assign(setupExecutionFixture(options), { getSleepsMs: () => simulatedClock.sleepsMs });
	beforeEach(() => {
		prepare(fixture);
		simulatedClock = installSimulatedClock();
	});
	afterEach(() => simulatedClock.restore());
	return fixture;
}
