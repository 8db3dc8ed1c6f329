import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import type { DateTime } from 'luxon';
import { formatThaiTime } from '../../sandbox/seed/seedCalendar.mts';
import type { N8nRelease } from '../../scripts/instance/n8nReleases.mts';
import { startInstance, type PreparedInstance } from '../../scripts/instance/startInstance.mts';
import type { FinishedExecution } from '../../scripts/instance/restClient.mts';
import { startN8nServer, type N8nServer } from '../../scripts/instance/n8nProcess.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { UserFacingError } from '../../scripts/instance/userFacingError.mts';
import type { WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import { EditorRestClient } from './editorRestClient.mts';
import type { ReceivedRequest, Sandbox } from '../../sandbox/sandboxTypes.mts';

/** Time limit in ms for a process that has already started. */
const EVENTUALLY_TIMEOUT_MS = 60_000;

/** Asserts that an execution succeeded, and returns it. */
export function assertSucceeded(execution: FinishedExecution): FinishedExecution {
	const { status, error } = execution;
	assert.equal(status, 'success', `${error?.message} ${error?.description}`);
	return execution;
}

/**
 * n8n server with the packed package installed, and a sandbox for it. Tests are defined before a hook launches it, and
 * its instance and its REST client exist from then on.
 */
export class N8nTestServer {
	instance!: PreparedInstance;
	/** REST client of the server. Each restart creates another one. */
	rest!: EditorRestClient;
	private serverProcess: N8nServer | undefined;

	constructor(
		protected readonly script: ScriptContext,
		private readonly release: N8nRelease,
	) {}

	/**
	 * Installs n8n and the package, and starts n8n and the sandbox.
	 * @param env - Variables in addition to the usual environment
	 */
	async launch(env: NodeJS.ProcessEnv = {}): Promise<void> {
		const instance = await startInstance(this.script, { release: this.release, env });
		this.instance = instance;
		this.serverProcess = instance.server;
		this.rest = new EditorRestClient(this.script, instance.server.rest);
	}

	/** Adds hooks to the current tests, which start n8n before them, reset it before each one, and stop it after them. */
	addHooks(): void {
		before(() => this.launch());
		beforeEach(() => this.reset());
		after(() => this.stop());
	}

	get sandbox(): Sandbox {
		return this.instance.sandbox;
	}

	get url(): string {
		return this.rest.url;
	}

	/** Shuts n8n down gracefully, if it has started. */
	async stop(): Promise<void> {
		await this.serverProcess?.stop();
	}

	/** Kills n8n. */
	async kill(): Promise<void> {
		await this.serverProcess?.kill();
	}

	/**
	 * Starts n8n again after `stop` or `kill`.
	 * @param env - Variables in addition to those of the first start
	 */
	async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
		const { n8n, signIn } = this.instance;
		this.serverProcess = await startN8nServer(this.script, n8n, { ...this.instance.env, ...env }, signIn);
		this.rest = new EditorRestClient(this.script, this.serverProcess.rest, this.rest.publishedIds);
	}

	/** Stores a workflow and executes it from its first node, a manual trigger. */
	async execute(workflow: WorkflowDefinition): Promise<FinishedExecution> {
		return await this.rest.executeAndWait(await this.rest.save(workflow), workflow.nodes[0]?.name ?? '');
	}

	/** Sends a request to a published workflow. Repeats it on 404, because n8n 2 publishes before it listens. */
	readonly fetchPublished = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
		const signal = init.signal ?? this.script.stopOrTimeoutSignal(EVENTUALLY_TIMEOUT_MS);
		const deadlineMs = Date.now() + EVENTUALLY_TIMEOUT_MS;
		let response = await fetch(url, { ...init, signal });
		// Unlike `waitFor`, not after an error, because n8n may have received the request.
		while (response.status === 404 && Date.now() < deadlineMs) {
			await this.script.pause(100);
			response = await fetch(url, { ...init, signal });
		}
		assert.notEqual(response.status, 404, `n8n does not listen at ${String(url)}`);
		return response;
	};

	/** Calls a webhook with a JSON body. */
	async callWebhook(path: string, body: string): Promise<Response> {
		const headers = { 'content-type': 'application/json' };
		return await this.fetchPublished(`${this.url}/webhook/${path}`, { method: 'POST', headers, body });
	}

	/**
	 * Waits until a condition holds.
	 * @throws UserFacingError with the description after the time limit, and an Error when the user interrupts the run
	 */
	async waitFor(
		description: string,
		condition: () => boolean | Promise<boolean>,
		timeoutMs = EVENTUALLY_TIMEOUT_MS,
		intervalMs = 20,
	): Promise<void> {
		if (await this.script.waitFor(condition, timeoutMs, intervalMs)) return;
		const problem = `Within ${timeoutMs / 1_000} seconds it did not come to this: ${description}.`;
		throw new UserFacingError(problem, `See ${this.script.logFile}`);
	}

	/**
	 * Undoes what tests have changed: unpublishes their workflows, and restores the data and behaviour of the sandbox.
	 * Runs before each test, so tests clean nothing up. A hook `before` of some tests may only prepare other things.
	 * Executions stay, so a test that counts those of an example counts them before, too.
	 */
	async reset(): Promise<void> {
		await this.rest.unpublishAll();
		this.sandbox.restoreDefaults();
	}

	/**
	 * Creates an event of a customer in the sandbox.
	 * @returns its ID
	 */
	createEvent(customerCode: string, date: DateTime, eventName: string, eventType = 1, description = ''): number {
		const event = { customerCode, eventDate: formatThaiTime(date), eventName, eventType, description };
		return Number(this.sandbox.records.customerEvents.createFromRequest(event)['eventId']);
	}

	/** Number of requests received so far, for `getApiRequests` and the counts below. */
	get requestCount(): number {
		return this.sandbox.requestLog.length;
	}

	/** Returns the requests since a request count, without token requests. */
	getApiRequests(startIndex = 0): ReceivedRequest[] {
		return this.sandbox.requestLog.slice(startIndex).filter(({ operationId }) => operationId !== 'createToken');
	}

	/** Counts the successful requests for an operation since a request count. Defaults to the reads of events. */
	countAnsweredReads(startIndex: number, operation = 'getCustomerEvents'): number {
		return this.getApiRequests(startIndex).filter(
			({ operationId, status }) => operationId === operation && status === 200,
		).length;
	}

	/** Counts the token requests since a request count. */
	countTokenRequests(startIndex = 0): number {
		return this.sandbox.requestLog.slice(startIndex).filter(({ operationId }) => operationId === 'createToken').length;
	}
}
