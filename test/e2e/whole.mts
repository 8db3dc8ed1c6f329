import { setTimeout as sleep } from 'node:timers/promises';
import type { Release } from '../../scripts/start/releases.mts';
import { bringUp, type Running } from '../../scripts/start/bringUp.mts';
import type { Execution } from '../../scripts/start/rest.mts';
import { startServer, type Server } from '../../scripts/start/server.mts';
import type { Session } from '../../scripts/start/session.mts';
import type { Workflow } from '../../scripts/start/workflows.mts';
import { Editor } from './editor.mts';
import type { ReceivedRequest, Sandbox } from '../../sandbox/types.mts';

/** Milliseconds in which something has to happen that is under way already. */
const SOON = 60_000;
/** Milliseconds that the answer of a webhook may take. */
const HOOK_PATIENCE = 60_000;

/** Parameters of the node: an event is made for a customer. */
export const eventFor = (customerCode: string, eventName: string): Record<string, unknown> => ({
	resource: 'customerEvent', operation: 'create', customerCode, eventName, eventType: 1, eventDate: '2025-01-20T10:00:00', additionalFields: {},
});

/** A whole n8n with the packed package in it, beside the sandbox. */
export class Whole {
	/** Its REST interface; a new one after each restart. */
	rest: Editor;

	private constructor(
		private readonly session: Session,
		readonly running: Running,
		/** Its process; a new one after each restart. */
		public server: Server,
	) {
		this.rest = new Editor(session, server.rest);
	}

	/** @param env what n8n's environment has to say beside the usual */
	static async bringUp(session: Session, release: Release, env: NodeJS.ProcessEnv = {}): Promise<Whole> {
		const running = await bringUp(session, { release, env });
		return new Whole(session, running, running.server);
	}

	get sandbox(): Sandbox {
		return this.running.sandbox;
	}

	get url(): string {
		return this.rest.url;
	}

	/** Ends n8n in order. */
	stop(): Promise<void> {
		return this.server.stop();
	}

	/** A new process of the same n8n. @param env what its environment has to say beside that of the first one */
	async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
		const { n8n, signIn } = this.running;
		this.server = await startServer(this.session, n8n, { ...this.running.env, ...env }, signIn);
		this.rest = new Editor(this.session, this.server.rest);
	}

	/** Stores a workflow and executes it from its first node, a trigger by hand. */
	async execute(workflow: Workflow): Promise<Execution> {
		return await this.rest.execute(await this.rest.save(workflow), workflow.nodes[0]?.name ?? '');
	}

	/** Calls the path of a webhook, once n8n listens there: n8n 2 publishes before it does. */
	async hook(path: string, body: string): Promise<Response> {
		const signal = this.session.within(HOOK_PATIENCE);
		const call = () => fetch(`${this.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal });
		let answer = await call();
		for (let left = 50; left > 0 && answer.status === 404; left--) {
			await sleep(100);
			answer = await call();
		}
		return answer;
	}

	/** Waits for what has to happen soon. @throws Error that names it when a minute has passed, or the person stops */
	async until(what: string, happened: () => boolean): Promise<void> {
		if (!(await this.session.until(happened, SOON, 20))) throw new Error(`Within a minute it did not come to this: ${what}.`);
	}

	/** Forgets what a test has changed, however it ended. */
	async calm(): Promise<void> {
		this.sandbox.clearFaults();
		this.sandbox.set({ delayMs: 0, workers: null, rateLimit: null });
		await this.rest.unpublishAll();
	}

	/** How many requests have come by now; `received` and `tokens` take it. */
	get count(): number {
		return this.sandbox.requests.length;
	}

	/** What the sandbox received since `before` requests had come, sign-ins aside. */
	received(before = 0): ReceivedRequest[] {
		return this.sandbox.requests.slice(before).filter(({ operationId }) => operationId !== 'createToken');
	}

	/** How many tokens were fetched since `before` requests had come. */
	tokens(before = 0): number {
		return this.sandbox.requests.slice(before).filter(({ operationId }) => operationId === 'createToken').length;
	}
}
