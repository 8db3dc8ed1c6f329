import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'flatted';
import type { SignIn } from './environment.mts';
import { PlainStop } from './plain.mts';
import { signInTo } from './server.mts';
import type { Session } from './session.mts';
import type { Workflow } from './workflows.mts';

/** The JSON of an item. */
export type Item = Record<string, unknown>;

/** What n8n keeps of something that went wrong. */
export interface Failure {
	message: string;
	description?: string | null;
}

interface Run {
	data?: { main: Array<Array<{ json: Item }> | null> };
	error?: Failure;
	hints?: Array<{ message: string }>;
}

/** What n8n stored of an execution, unpacked. */
interface Stored {
	resultData: { runData: Record<string, Run[]>; error?: Failure; lastNodeExecuted?: string };
}

/** An execution that has ended. */
export interface Execution {
	id: string;
	/** n8n's word: success, error, canceled, crashed. */
	status: string;
	/** What stopped it. */
	error?: Failure;
	/** What a node gave at an output (default the first), all its runs together. */
	items(node: string, output?: number): Item[];
	/** The hints that a node shows. */
	hints(node: string): string[];
}

/** An answer of n8n's REST interface. */
interface Answer {
	ok: boolean;
	status: number;
	/** Its `data`, which most answers have; else the whole of it. */
	data: unknown;
}

/** Milliseconds that an answer, and an execution, may take. */
const PATIENCE = 240_000;
/** Milliseconds between two looks at an execution. */
const LOOK = 150;
const DONE = ['success', 'error', 'canceled', 'crashed'];

/** n8n as its screen reaches it: by its REST interface, signed in as the owner. */
export class Rest {
	private readonly published = new Set<string>();

	private constructor(
		private readonly session: Session,
		readonly url: string,
		private readonly cookie: string,
	) {}

	/** @throws PlainStop when n8n does not accept the sign-in */
	static async open(session: Session, url: string, signIn: SignIn): Promise<Rest> {
		return new Rest(session, url, await signInTo(session, url, signIn));
	}

	/** A call below /rest whose answer is given whatever it says. */
	async ask(method: string, path: string, body?: unknown): Promise<Answer> {
		const answer = await fetch(`${this.url}/rest/${path}`, {
			method,
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			signal: AbortSignal.any([this.session.stopped, AbortSignal.timeout(PATIENCE)]),
		});
		const text = await answer.text();
		const json = text === '' ? undefined : (JSON.parse(text) as { data?: unknown });
		return { ok: answer.ok, status: answer.status, data: json && 'data' in json ? json.data : json };
	}

	/** A call below /rest. @returns its `data`; @throws PlainStop when n8n refuses it */
	async call<Data>(method: string, path: string, body?: unknown): Promise<Data> {
		const { ok, status, data } = await this.ask(method, path, body);
		if (ok) return data as Data;
		throw new PlainStop(`n8n refused ${method} /rest/${path}: ${status} ${JSON.stringify(data)}`, `See ${this.session.log}`);
	}

	/** Stores a workflow as a new one. @returns its id */
	async save(workflow: Workflow): Promise<string> {
		const { id } = await this.call<{ id: string }>('POST', 'workflows', { ...workflow, id: undefined });
		return id;
	}

	/** Publishes a workflow that is stored: n8n listens to its trigger from now on. */
	async publish(id: string): Promise<void> {
		const { versionId, ...whole } = await this.call<{ versionId: string }>('GET', `workflows/${id}`);
		const { ok } = await this.ask('POST', `workflows/${id}/activate`, { versionId });
		// n8n 1 knows no versions to publish.
		if (!ok) await this.call('PATCH', `workflows/${id}`, { ...whole, versionId, active: true });
		this.published.add(id);
	}

	/** Takes a published workflow back. */
	async unpublish(id: string): Promise<void> {
		const { ok } = await this.ask('POST', `workflows/${id}/deactivate`, {});
		if (!ok) await this.call('PATCH', `workflows/${id}`, { active: false });
		this.published.delete(id);
	}

	/** The same with all that were published here. */
	async unpublishAll(): Promise<void> {
		for (const id of this.published) await this.unpublish(id);
	}

	/**
	 * Starts a stored workflow at one of its triggers, as the button "Execute workflow" does.
	 * @returns the id of the execution
	 */
	async start(id: string, trigger: string): Promise<string> {
		// n8n 1 wants the whole workflow, n8n 2 takes the one of its database.
		const workflowData = await this.call<object>('GET', `workflows/${id}`);
		const body = { workflowData, triggerToStartFrom: { name: trigger } };
		const { executionId } = await this.call<{ executionId: string }>('POST', `workflows/${id}/run`, body);
		return executionId;
	}

	/** Executes a stored workflow from one of its triggers, and waits for its end. */
	async execute(id: string, trigger: string): Promise<Execution> {
		return await this.ended(await this.start(id, trigger));
	}

	/** Stops an execution, as the button "Stop" does. */
	async stop(executionId: string): Promise<void> {
		await this.call('POST', `executions/${executionId}/stop`);
	}

	/** Waits for the end of an execution. */
	async ended(executionId: string): Promise<Execution> {
		for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(LOOK, undefined, { signal: this.session.stopped })) {
			const { ok, data } = await this.ask('GET', `executions/${executionId}`);
			const { status = '', data: packed = '' } = (ok ? data : {}) as { status?: string; data?: string };
			// n8n 1 says that it is done before all of it is stored.
			if (DONE.includes(status) && packed !== '' && parse(packed)) return executionOf(executionId, status, packed);
		}
		throw new PlainStop(`Execution ${executionId} did not end.`, `See ${this.session.log}`);
	}

	/** The executions of a workflow that have ended by now, the newest first. */
	async executionsOf(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.call<{ results: Array<{ id: string; status: string }> }>('GET', `executions?filter=${filter}&limit=100`);
		return results.filter(({ status }) => DONE.includes(status));
	}

	/** Waits until a workflow has so many ended executions. @returns the newest of them */
	async newest(workflowId: string, count = 1): Promise<Execution> {
		for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(LOOK, undefined, { signal: this.session.stopped })) {
			const done = await this.executionsOf(workflowId);
			if (done[0] && done.length >= count) return await this.ended(done[0].id);
		}
		throw new PlainStop(`Workflow ${workflowId} was not executed.`, `See ${this.session.log}`);
	}
}

function executionOf(id: string, status: string, packed: string): Execution {
	const { runData, error } = ((parse(packed) as Partial<Stored>).resultData ?? { runData: {} });
	return {
		id,
		status,
		...(error ? { error } : {}),
		items: (node, output = 0) => (runData[node] ?? []).flatMap(({ data }) => data?.main[output] ?? []).map(({ json }) => json),
		hints: (node) => (runData[node] ?? []).flatMap(({ hints }) => hints ?? []).map(({ message }) => message),
	};
}
