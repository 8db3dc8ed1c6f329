import { PlainStop } from '../../scripts/start/plain.mts';
import { DONE, LOOK, PATIENCE, Rest, type Execution } from '../../scripts/start/rest.mts';
import type { Session } from '../../scripts/start/session.mts';
import type { Workflow } from '../../scripts/start/workflows.mts';

/** What a person does in n8n's editor beyond executing what is there. */
export class Editor extends Rest {
	private readonly published = new Set<string>();

	/** @param rest the owner, signed in */
	constructor(session: Session, { url, cookie }: Rest) {
		super(session, url, cookie);
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

	/** Stops an execution, as the button "Stop" does. */
	async stop(executionId: string): Promise<void> {
		await this.call('POST', `executions/${executionId}/stop`);
	}

	/** The executions of a workflow that have ended by now, the newest first. */
	async executionsOf(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.call<{ results: Array<{ id: string; status: string }> }>('GET', `executions?filter=${filter}&limit=100`);
		return results.filter(({ status }) => DONE.includes(status));
	}

	/** Waits until a workflow has so many ended executions. @returns the newest of them */
	async newest(workflowId: string, count = 1): Promise<Execution> {
		const look = async (): Promise<string | undefined> => {
			const done = await this.executionsOf(workflowId);
			return done.length >= count ? done[0]?.id : undefined;
		};
		const id = await this.session.until(look, PATIENCE, LOOK);
		if (id !== undefined) return await this.ended(id);
		throw new PlainStop(`Workflow ${workflowId} was not executed.`, `See ${this.session.log}`);
	}
}
