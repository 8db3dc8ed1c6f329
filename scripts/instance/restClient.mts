import { parse } from 'flatted';
import type { ExecutionError, IRunExecutionData } from 'n8n-workflow';
import type { OwnerLogin } from './n8nEnvironment.mts';
import { UserFacingError } from './userFacingError.mts';
import type { StoppableScript } from './stoppableScript.mts';
import type { WorkflowDefinition } from './workflowBuilder.mts';

/** JSON of an item. */
export type ItemJson = Record<string, unknown>;

/** Execution that has ended. */
export interface FinishedExecution {
	id: string;
	/** One of FINAL_STATUSES. */
	status: string;
	/** Error that stopped it. n8n stores its properties only. */
	error?: Pick<ExecutionError, 'message' | 'description'>;
	/** Returns the items of an output of a node, from all its runs. The output defaults to the first. */
	items(node: string, output?: number): ItemJson[];
	/** Returns the hints of a node. */
	hints(node: string): string[];
}

/** Response of n8n's REST API. */
interface RestResponse {
	ok: boolean;
	status: number;
	/** Property `data` of the body if there is one, else the body. */
	data: unknown;
}

/** Time limit in ms for a response to {@link fetchText}. */
const TEXT_TIMEOUT_MS = 30_000;
/** Time limit in ms until n8n accepts a login, after its first response. */
const LOGIN_TIMEOUT_MS = 180_000;
/** Time in ms between two logins. n8n limits their number. */
const LOGIN_INTERVAL_MS = 1_000;
/** Time limit in ms until n8n lists all nodes and credentials, after the login. */
const NODE_TYPES_TIMEOUT_MS = 180_000;
/** Time limit in ms for a response, and for an execution. */
export const EXECUTION_TIMEOUT_MS = 240_000;
/** Time in ms between two requests for the status of an execution. */
export const EXECUTION_POLL_INTERVAL_MS = 150;
/** Statuses of an execution that has ended. */
export const FINAL_STATUSES = ['success', 'error', 'canceled', 'crashed'];

/**
 * Sends a GET request to n8n.
 * @returns the complete body
 * @throws UserFacingError if n8n denies access, and an Error if there is no complete successful response
 */
export async function fetchText(
	script: StoppableScript,
	url: string,
	headers: Record<string, string> = {},
): Promise<string> {
	const response = await fetch(url, { headers, signal: script.stopOrTimeoutSignal(TEXT_TIMEOUT_MS) });
	const text = await response.text();
	assertSuccess(script, new URL(url).pathname, response);
	return text;
}

/**
 * Checks the status of a response.
 * @throws UserFacingError if n8n denies access, which another try would not change, and an Error after other statuses
 */
function assertSuccess(script: StoppableScript, path: string, { ok, status }: Pick<Response, 'ok' | 'status'>): void {
	if (ok) return;
	if (status === 401 || status === 403)
		throw new UserFacingError(`n8n denied access to ${path} (HTTP ${status}).`, script.retryStep);
	throw new Error(`n8n responded to ${path} with HTTP ${status}`);
}

/** Client of the REST API that n8n's editor uses, logged in as the owner. */
export class RestClient {
	constructor(
		protected readonly script: StoppableScript,
		readonly url: string,
		/** Session cookie of the owner. */
		readonly cookie: string,
	) {}

	/**
	 * Logs in. On the first login, creates the owner.
	 * @throws UserFacingError if n8n denies the login or takes too long
	 */
	static async logIn(script: StoppableScript, url: string, { email, password }: OwnerLogin): Promise<RestClient> {
		const client = new RestClient(script, url, '');
		const owner = { email, password, firstName: 'GoFive', lastName: 'Sandbox' };
		const tryToLogIn = async (): Promise<RestClient> => {
			let response = await client.send('POST', 'login', { emailOrLdapLoginId: email, password });
			if (!response.ok) response = await client.send('POST', 'owner/setup', owner);
			assertSuccess(script, '/rest/owner/setup', response);
			const cookie = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
			return new RestClient(script, url, cookie.join('; '));
		};
		const loggedInClient = await script.waitFor(tryToLogIn, LOGIN_TIMEOUT_MS, LOGIN_INTERVAL_MS);
		if (loggedInClient) return loggedInClient;
		throw new UserFacingError('n8n started, but accepted no login within three minutes.', script.retryStep);
	}

	/**
	 * Checks that n8n lists the node and the credential, because n8n skips a package that it cannot load.
	 * @throws UserFacingError if they are not listed in time, or if n8n denies access to its lists
	 */
	async assertNodeLoaded(): Promise<void> {
		const fetchTypes = async (kind: string): Promise<Array<{ name: string; authenticate?: object }>> => {
			const text = await fetchText(this.script, `${this.url}/types/${kind}.json`, { cookie: this.cookie });
			return JSON.parse(text) as Array<{ name: string }>;
		};
		const isListed = async (): Promise<boolean> =>
			(await fetchTypes('nodes')).some(({ name }) => name === 'n8n-nodes-gofive.goFive') &&
			(await fetchTypes('credentials')).some(({ name, authenticate }) => name === 'goFiveApi' && authenticate);
		// n8n writes its lists after its first response, so they may be missing or incomplete.
		if (await this.script.waitFor(isListed, NODE_TYPES_TIMEOUT_MS, 500)) return;
		throw new UserFacingError(
			'n8n started, but did not list the GoFive node and its credential within three minutes.',
			this.script.retryStep,
		);
	}

	private send(method: string, path: string, body?: unknown): Promise<Response> {
		return fetch(`${this.url}/rest/${path}`, {
			method,
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			signal: this.script.stopOrTimeoutSignal(EXECUTION_TIMEOUT_MS),
		});
	}

	/** Sends a request to /rest and returns the parsed response, whatever its status. */
	async request(method: string, path: string, body?: unknown): Promise<RestResponse> {
		const response = await this.send(method, path, body);
		const text = await response.text();
		const json = text === '' ? undefined : (JSON.parse(text) as { data?: unknown });
		return { ok: response.ok, status: response.status, data: json && 'data' in json ? json.data : json };
	}

	/**
	 * Sends a request to /rest.
	 * @returns property `data` of the response
	 * @throws UserFacingError if the status is not 2xx
	 */
	async requestData<Data>(method: string, path: string, body?: unknown): Promise<Data> {
		const { ok, status, data } = await this.request(method, path, body);
		if (ok) return data as Data;
		const problem = `n8n rejected ${method} /rest/${path}: ${status} ${JSON.stringify(data)}`;
		throw new UserFacingError(problem, this.script.retryStep);
	}

	/**
	 * Starts a stored workflow at a trigger, as the button "Execute workflow" does.
	 * @returns the id of the execution
	 */
	async startWorkflow(id: string, trigger: string): Promise<string> {
		// n8n 1 requires the complete workflow, n8n 2 reads it from its database.
		const workflowData = await this.requestData<object>('GET', `workflows/${id}`);
		const body = { workflowData, triggerToStartFrom: { name: trigger } };
		const { executionId } = await this.requestData<{ executionId: string }>('POST', `workflows/${id}/run`, body);
		return executionId;
	}

	/**
	 * Creates a workflow.
	 * @returns its ID
	 */
	async save(workflow: WorkflowDefinition): Promise<string> {
		const { id } = await this.requestData<{ id: string }>('POST', 'workflows', { ...workflow, id: undefined });
		return id;
	}

	/** Publishes a stored workflow, so that n8n activates its trigger. */
	async publish(id: string): Promise<void> {
		const { versionId } = await this.requestData<{ versionId: string }>('GET', `workflows/${id}`);
		await this.requestData('POST', `workflows/${id}/activate`, { versionId });
	}

	/** Deactivates a published workflow. */
	async unpublish(id: string): Promise<void> {
		await this.requestData('POST', `workflows/${id}/deactivate`, {});
	}

	/** Executes a stored workflow from a trigger and waits for its end. */
	async executeAndWait(id: string, trigger: string): Promise<FinishedExecution> {
		return await this.waitForExecution(await this.startWorkflow(id, trigger));
	}

	/**
	 * Waits for the end of an execution.
	 * @throws UserFacingError if it takes too long, or if n8n denies access to it
	 */
	async waitForExecution(executionId: string): Promise<FinishedExecution> {
		const readFinished = async (): Promise<FinishedExecution | undefined> => {
			const path = `executions/${executionId}`;
			const response = await this.request('GET', path);
			assertSuccess(this.script, `/rest/${path}`, response);
			const { status = '', data: flattedData = '' } = response.data as { status?: string; data?: string };
			// n8n 1 reports the final status before the data is stored.
			const isStored = FINAL_STATUSES.includes(status) && flattedData !== '' && Boolean(parse(flattedData));
			return isStored ? toFinishedExecution(executionId, status, flattedData) : undefined;
		};
		const execution = await this.script.waitFor(readFinished, EXECUTION_TIMEOUT_MS, EXECUTION_POLL_INTERVAL_MS);
		if (execution) return execution;
		throw new UserFacingError(`Execution ${executionId} did not end within four minutes.`, this.script.retryStep);
	}
}

function toFinishedExecution(id: string, status: string, flattedData: string): FinishedExecution {
	const { runData, error } = (parse(flattedData) as Partial<IRunExecutionData>).resultData ?? { runData: {} };
	return {
		id,
		status,
		...(error ? { error } : {}),
		items: (node, output = 0) =>
			(runData[node] ?? []).flatMap(({ data }) => data?.main?.[output] ?? []).map(({ json }) => json),
		hints: (node) => (runData[node] ?? []).flatMap(({ hints }) => hints ?? []).map(({ message }) => message),
	};
}
