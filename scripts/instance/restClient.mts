import { parse } from 'flatted';
import type { OwnerLogin } from './n8nEnvironment.mts';
import { UserFacingError } from './userFacingError.mts';
import type { ScriptContext } from './scriptContext.mts';

/** The JSON of an item. */
export type ItemJson = Record<string, unknown>;

/** What n8n keeps of something that went wrong. */
export interface StoredError {
	message: string;
	description?: string | null;
}

interface NodeRunData {
	data?: { main: Array<Array<{ json: ItemJson }> | null> };
	error?: StoredError;
	hints?: Array<{ message: string }>;
}

/** What n8n stored of an execution, unpacked. */
interface StoredExecutionData {
	resultData: { runData: Record<string, NodeRunData[]>; error?: StoredError; lastNodeExecuted?: string };
}

/** An execution that has ended. */
export interface FinishedExecution {
	id: string;
	/** n8n's word: success, error, canceled, crashed. */
	status: string;
	/** What stopped it. */
	error?: StoredError;
	/** What a node gave at an output (default the first), all its runs together. */
	items(node: string, output?: number): ItemJson[];
	/** The hints that a node shows. */
	hints(node: string): string[];
}

/** An answer of n8n's REST interface. */
interface RestResponse {
	ok: boolean;
	status: number;
	/** Its `data`, which most answers have; else the whole of it. */
	data: unknown;
}

/** Milliseconds that an answer, and an execution, may take. */
export const EXECUTION_TIMEOUT_MS = 240_000;
/** Milliseconds between two looks at an execution. */
export const EXECUTION_POLL_INTERVAL_MS = 150;
export const FINAL_STATUSES = ['success', 'error', 'canceled', 'crashed'];

/** n8n as its screen reaches it: by its REST interface, signed in as the owner. */
export class RestClient {
	constructor(
		protected readonly script: ScriptContext,
		readonly url: string,
		/** Of the owner, signed in. */
		readonly cookie: string,
	) {}

	/** Signs in; the first to do so becomes the owner. @throws UserFacingError when n8n does not accept the sign-in */
	static async logIn(script: ScriptContext, url: string, { email, password }: OwnerLogin): Promise<RestClient> {
		const post = (endpoint: string, body: Record<string, string>): Promise<Response> =>
			fetch(`${url}/rest/${endpoint}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
				signal: script.stopOrTimeoutSignal(EXECUTION_TIMEOUT_MS),
			});
		let response = await post('login', { emailOrLdapLoginId: email, password });
		if (!response.ok)
			response = await post('owner/setup', { email, password, firstName: 'GoFive', lastName: 'Sandbox' });
		if (!response.ok)
			throw new UserFacingError('n8n does not accept the sign-in that was made for it.', `See ${script.logFile}`);
		const cookie = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
		return new RestClient(script, url, cookie.join('; '));
	}

	/** A call below /rest whose answer is given whatever it says. */
	async request(method: string, path: string, body?: unknown): Promise<RestResponse> {
		const response = await fetch(`${this.url}/rest/${path}`, {
			method,
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			signal: this.script.stopOrTimeoutSignal(EXECUTION_TIMEOUT_MS),
		});
		const text = await response.text();
		const json = text === '' ? undefined : (JSON.parse(text) as { data?: unknown });
		return { ok: response.ok, status: response.status, data: json && 'data' in json ? json.data : json };
	}

	/** A call below /rest. @returns its `data`; @throws UserFacingError when n8n refuses it */
	async requestData<Data>(method: string, path: string, body?: unknown): Promise<Data> {
		const { ok, status, data } = await this.request(method, path, body);
		if (ok) return data as Data;
		throw new UserFacingError(
			`n8n refused ${method} /rest/${path}: ${status} ${JSON.stringify(data)}`,
			`See ${this.script.logFile}`,
		);
	}

	/**
	 * Starts a stored workflow at one of its triggers, as the button "Execute workflow" does.
	 * @returns the id of the execution
	 */
	async startWorkflow(id: string, trigger: string): Promise<string> {
		// n8n 1 wants the whole workflow, n8n 2 takes the one of its database.
		const workflowData = await this.requestData<object>('GET', `workflows/${id}`);
		const body = { workflowData, triggerToStartFrom: { name: trigger } };
		const { executionId } = await this.requestData<{ executionId: string }>('POST', `workflows/${id}/run`, body);
		return executionId;
	}

	/** Executes a stored workflow from one of its triggers, and waits for its end. */
	async executeAndWait(id: string, trigger: string): Promise<FinishedExecution> {
		return await this.waitForExecution(await this.startWorkflow(id, trigger));
	}

	/** Waits for the end of an execution. */
	async waitForExecution(executionId: string): Promise<FinishedExecution> {
		const execution = await this.script.waitFor(
			async () => {
				const { ok, data } = await this.request('GET', `executions/${executionId}`);
				const { status = '', data: flattedData = '' } = (ok ? data : {}) as { status?: string; data?: string };
				// n8n 1 says that it is done before all of it is stored.
				const isStored = FINAL_STATUSES.includes(status) && flattedData !== '' && Boolean(parse(flattedData));
				return isStored ? toFinishedExecution(executionId, status, flattedData) : undefined;
			},
			EXECUTION_TIMEOUT_MS,
			EXECUTION_POLL_INTERVAL_MS,
		);
		if (execution) return execution;
		throw new UserFacingError(`Execution ${executionId} did not end.`, `See ${this.script.logFile}`);
	}
}

function toFinishedExecution(id: string, status: string, flattedData: string): FinishedExecution {
	const { runData, error } = (parse(flattedData) as Partial<StoredExecutionData>).resultData ?? { runData: {} };
	return {
		id,
		status,
		...(error ? { error } : {}),
		items: (node, output = 0) =>
			(runData[node] ?? []).flatMap(({ data }) => data?.main[output] ?? []).map(({ json }) => json),
		hints: (node) => (runData[node] ?? []).flatMap(({ hints }) => hints ?? []).map(({ message }) => message),
	};
}
