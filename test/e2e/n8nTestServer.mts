import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nRelease } from '../../scripts/instance/n8nReleases.mts';
import { startInstance, type PreparedInstance } from '../../scripts/instance/startInstance.mts';
import type { FinishedExecution } from '../../scripts/instance/restClient.mts';
import { startN8nServer, type N8nServer } from '../../scripts/instance/n8nProcess.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import type { WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import { EditorRestClient } from './editorRestClient.mts';
import type { ReceivedRequest, Sandbox } from '../../sandbox/sandboxTypes.mts';

/** Milliseconds in which something has to happen that is under way already. */
const EVENTUALLY_TIMEOUT_MS = 60_000;
/** Milliseconds that the answer of a webhook may take. */
const WEBHOOK_TIMEOUT_MS = 60_000;

/** Parameters of the node: an event is made for a customer. */
export const buildCreateEventParameters = (customerCode: string, eventName: string): Record<string, unknown> => ({
	resource: 'customerEvent',
	operation: 'create',
	customerCode,
	eventName,
	eventType: 1,
	eventDate: '2025-01-20T10:00:00',
	additionalFields: {},
});

/** A whole n8n with the packed package in it, beside the sandbox. */
export class N8nTestServer {
	/** Its REST interface; a new one after each restart. */
	rest: EditorRestClient;

	private constructor(
		private readonly script: ScriptContext,
		readonly instance: PreparedInstance,
		/** Its process; a new one after each restart. */
		public serverProcess: N8nServer,
	) {
		this.rest = new EditorRestClient(script, serverProcess.rest);
	}

	/** @param env what n8n's environment has to say beside the usual */
	static async launch(script: ScriptContext, release: N8nRelease, env: NodeJS.ProcessEnv = {}): Promise<N8nTestServer> {
		const instance = await startInstance(script, { release, env });
		return new N8nTestServer(script, instance, instance.server);
	}

	get sandbox(): Sandbox {
		return this.instance.sandbox;
	}

	get url(): string {
		return this.rest.url;
	}

	/** Ends n8n in order. */
	stop(): Promise<void> {
		return this.serverProcess.stop();
	}

	/** A new process of the same n8n. @param env what its environment has to say beside that of the first one */
	async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
		const { n8n, signIn } = this.instance;
		this.serverProcess = await startN8nServer(this.script, n8n, { ...this.instance.env, ...env }, signIn);
		this.rest = new EditorRestClient(this.script, this.serverProcess.rest);
	}

	/** Stores a workflow and executes it from its first node, a trigger by hand. */
	async execute(workflow: WorkflowDefinition): Promise<FinishedExecution> {
		return await this.rest.executeAndWait(await this.rest.save(workflow), workflow.nodes[0]?.name ?? '');
	}

	/** Calls the path of a webhook, once n8n listens there: n8n 2 publishes before it does. */
	async callWebhook(path: string, body: string): Promise<Response> {
		const signal = this.script.stopOrTimeoutSignal(WEBHOOK_TIMEOUT_MS);
		const postBody = () =>
			fetch(`${this.url}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body,
				signal,
			});
		let response = await postBody();
		for (let attemptsLeft = 50; attemptsLeft > 0 && response.status === 404; attemptsLeft--) {
			await sleep(100);
			response = await postBody();
		}
		return response;
	}

	/** Waits for what has to happen soon. @throws Error that names it when a minute has passed, or the person stops */
	async waitFor(description: string, condition: () => boolean): Promise<void> {
		if (!(await this.script.waitFor(condition, EVENTUALLY_TIMEOUT_MS, 20)))
			throw new Error(`Within a minute it did not come to this: ${description}.`);
	}

	/** Forgets what a test has changed, however it ended. */
	async resetState(): Promise<void> {
		this.sandbox.clearFaults();
		this.sandbox.setBehaviour({ delayMs: 0, workers: null, rateLimit: null });
		await this.rest.unpublishAll();
	}

	/** How many requests have come by now; `received` and `tokens` take it. */
	get requestCount(): number {
		return this.sandbox.requestLog.length;
	}

	/** What the sandbox received since `before` requests had come, sign-ins aside. */
	getApiRequests(startIndex = 0): ReceivedRequest[] {
		return this.sandbox.requestLog.slice(startIndex).filter(({ operationId }) => operationId !== 'createToken');
	}

	/** How many tokens were fetched since `before` requests had come. */
	countTokenRequests(startIndex = 0): number {
		return this.sandbox.requestLog.slice(startIndex).filter(({ operationId }) => operationId === 'createToken').length;
	}
}
