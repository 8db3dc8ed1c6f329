import { UserFacingError } from '../../scripts/instance/userFacingError.mts';
import {
	FINAL_STATUSES,
	EXECUTION_POLL_INTERVAL_MS,
	EXECUTION_TIMEOUT_MS,
	RestClient,
	type FinishedExecution,
} from '../../scripts/instance/restClient.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';

/** REST client for what a user does in n8n's editor in addition to executing a workflow. */
export class EditorRestClient extends RestClient {
	/**
	 * @param rest - Client of the signed-in owner
	 * @param publishedIds - IDs of the workflows that the client before a restart of n8n published
	 */
	constructor(
		script: ScriptContext,
		{ url, cookie }: RestClient,
		readonly publishedIds = new Set<string>(),
	) {
		super(script, url, cookie);
	}

	/**
	 * Creates a credential.
	 * @returns the reference that a node stores
	 */
	async createCredential(name: string, type: string, data: object): Promise<{ id: string; name: string }> {
		const { id } = await this.requestData<{ id: string }>('POST', 'credentials', { name, type, data });
		return { id, name };
	}

	override async publish(id: string): Promise<void> {
		await super.publish(id);
		this.publishedIds.add(id);
	}

	override async unpublish(id: string): Promise<void> {
		await super.unpublish(id);
		this.publishedIds.delete(id);
	}

	/** Deactivates all workflows that this client published. */
	async unpublishAll(): Promise<void> {
		for (const id of this.publishedIds) await this.unpublish(id);
	}

	/** Cancels an execution, as the Stop button does. */
	async stop(executionId: string): Promise<void> {
		await this.requestData('POST', `executions/${executionId}/stop`);
	}

	/** Lists up to 100 executions of a workflow, newest first. */
	async listExecutions(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const path = `executions?filter=${filter}&limit=100`;
		return (await this.requestData<{ results: Array<{ id: string; status: string }> }>('GET', path)).results;
	}

	/** Lists the finished executions of a workflow, newest first. */
	async listEndedExecutions(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		return (await this.listExecutions(workflowId)).filter(({ status }) => FINAL_STATUSES.includes(status));
	}

	/**
	 * Waits until a workflow has `count` finished executions.
	 * @returns the newest one
	 */
	async waitForNewestExecution(workflowId: string, count = 1): Promise<FinishedExecution> {
		const findNewestId = async (): Promise<string | undefined> => {
			const endedExecutions = await this.listEndedExecutions(workflowId);
			return endedExecutions.length >= count ? endedExecutions[0]?.id : undefined;
		};
		const id = await this.script.waitFor(findNewestId, EXECUTION_TIMEOUT_MS, EXECUTION_POLL_INTERVAL_MS);
		if (id !== undefined) return await this.waitForExecution(id);
		throw new UserFacingError(`Workflow ${workflowId} was not executed.`, `See ${this.script.logFile}`);
	}
}
