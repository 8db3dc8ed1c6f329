import { UserFacingError } from '../../scripts/instance/userFacingError.mts';
import {
	FINAL_STATUSES,
	EXECUTION_POLL_INTERVAL_MS,
	EXECUTION_TIMEOUT_MS,
	RestClient,
	type FinishedExecution,
} from '../../scripts/instance/restClient.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import type { WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';

/** What a person does in n8n's editor beyond executing what is there. */
export class EditorRestClient extends RestClient {
	private readonly publishedIds = new Set<string>();

	/** @param rest the owner, signed in */
	constructor(script: ScriptContext, { url, cookie }: RestClient) {
		super(script, url, cookie);
	}

	/** Stores a workflow as a new one. @returns its id */
	async save(workflow: WorkflowDefinition): Promise<string> {
		const { id } = await this.requestData<{ id: string }>('POST', 'workflows', { ...workflow, id: undefined });
		return id;
	}

	/** Publishes a workflow that is stored: n8n listens to its trigger from now on. */
	async publish(id: string): Promise<void> {
		const { versionId, ...workflow } = await this.requestData<{ versionId: string }>('GET', `workflows/${id}`);
		const { ok } = await this.request('POST', `workflows/${id}/activate`, { versionId });
		// n8n 1 knows no versions to publish.
		if (!ok) await this.requestData('PATCH', `workflows/${id}`, { ...workflow, versionId, active: true });
		this.publishedIds.add(id);
	}

	/** Takes a published workflow back. */
	async unpublish(id: string): Promise<void> {
		const { ok } = await this.request('POST', `workflows/${id}/deactivate`, {});
		if (!ok) await this.requestData('PATCH', `workflows/${id}`, { active: false });
		this.publishedIds.delete(id);
	}

	/** The same with all that were published here. */
	async unpublishAll(): Promise<void> {
		for (const id of this.publishedIds) await this.unpublish(id);
	}

	/** Stops an execution, as the button "Stop" does. */
	async stop(executionId: string): Promise<void> {
		await this.requestData('POST', `executions/${executionId}/stop`);
	}

	/** The executions of a workflow that have ended by now, the newest first. */
	async listEndedExecutions(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.requestData<{ results: Array<{ id: string; status: string }> }>(
			'GET',
			`executions?filter=${filter}&limit=100`,
		);
		return results.filter(({ status }) => FINAL_STATUSES.includes(status));
	}

	/** Waits until a workflow has so many ended executions. @returns the newest of them */
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
