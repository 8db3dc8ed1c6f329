import { parse } from 'flatted';
import type { SignIn } from './environment.mts';
import { PlainStop } from './plain.mts';
import type { Session } from './session.mts';

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
export const PATIENCE = 240_000;
/** Milliseconds between two looks at an execution. */
export const LOOK = 150;
export const DONE = ['success', 'error', 'canceled', 'crashed'];

/** n8n as its screen reaches it: by its REST interface, signed in as the owner. */
export class Rest {
	constructor(
		protected readonly session: Session,
		readonly url: string,
		/** Of the owner, signed in. */
		readonly cookie: string,
	) {}

	/** Signs in; the first to do so becomes the owner. @throws PlainStop when n8n does not accept the sign-in */
	static async open(session: Session, url: string, { email, password }: SignIn): Promise<Rest> {
		const post = (call: string, body: Record<string, string>): Promise<Response> =>
			fetch(`${url}/rest/${call}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
				signal: session.within(PATIENCE),
			});
		let answer = await post('login', { emailOrLdapLoginId: email, password });
		if (!answer.ok) answer = await post('owner/setup', { email, password, firstName: 'GoFive', lastName: 'Sandbox' });
		if (!answer.ok) throw new PlainStop('n8n does not accept the sign-in that was made for it.', `See ${session.log}`);
		const cookie = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
		return new Rest(session, url, cookie.join('; '));
	}

	/** A call below /rest whose answer is given whatever it says. */
	async ask(method: string, path: string, body?: unknown): Promise<Answer> {
		const answer = await fetch(`${this.url}/rest/${path}`, {
			method,
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			signal: this.session.within(PATIENCE),
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

	/** Waits for the end of an execution. */
	async ended(executionId: string): Promise<Execution> {
		const execution = await this.session.until(
			async () => {
				const { ok, data } = await this.ask('GET', `executions/${executionId}`);
				const { status = '', data: packed = '' } = (ok ? data : {}) as { status?: string; data?: string };
				// n8n 1 says that it is done before all of it is stored.
				const isStored = DONE.includes(status) && packed !== '' && Boolean(parse(packed));
				return isStored ? executionOf(executionId, status, packed) : undefined;
			},
			PATIENCE,
			LOOK,
		);
		if (execution) return execution;
		throw new PlainStop(`Execution ${executionId} did not end.`, `See ${this.session.log}`);
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
