import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters, WorkflowActivateMode } from 'n8n-workflow';
import { openTrigger } from './harness.cts';
import type { OpenTrigger, PollOptions, PollResult } from './harness.cts';

/** The static data of a workflow with the trigger's state in it. */
export const staticDataWith = (goFive: unknown): IDataObject => ({ 'node:GoFive Trigger': { goFive: goFive as IDataObject } });

/** n8n with one workflow that GoFive Trigger starts. Its database holds what n8n really stores, and no more. */
export class LiveWorkflow {
	private trigger?: OpenTrigger;
	/** Static data in the database. */
	stored: IDataObject = {};

	/** @param durable whether n8n's durable poller runs it: every poll loads the state, and stores it when it does not throw */
	constructor(
		private readonly credential: ICredentialDataDecryptedObject,
		private parameters: INodeParameters,
		private readonly durable = false,
	) {}

	get isActive(): boolean {
		return this.trigger !== undefined;
	}

	/** A copy of the static data in memory. */
	get memory(): IDataObject {
		return this.durable ? this.stored : (this.trigger?.staticData() ?? {});
	}

	/** Loads the workflow from the database and polls once; if that works, the state is stored, whatever came of it. */
	async activate(activation: WorkflowActivateMode = 'activate', change: INodeParameters = {}, options: PollOptions = {}): Promise<PollResult> {
		this.parameters = { ...this.parameters, ...change };
		this.trigger = undefined;
		const trigger = this.load();
		if (this.durable) {
			this.trigger = trigger;
			return await this.poll(options);
		}
		const result = await trigger.poll({ activation });
		if (!result.error) {
			this.trigger = trigger;
			this.store();
		}
		return result;
	}

	/** Publishes changed parameters. */
	async publish(change: INodeParameters): Promise<PollResult> {
		return await this.activate('update', change);
	}

	/** The server ends and starts again: what was in memory only is lost. */
	async restart(): Promise<PollResult> {
		return await this.activate('init');
	}

	/** A poll by schedule; the state is stored when it starts the workflow. */
	async poll(options: PollOptions = {}): Promise<PollResult> {
		if (this.durable) {
			const cursor = structuredClone(this.stored);
			const result = await this.pollUnstored({ ...options, cursor });
			if (!result.error) this.stored = cursor;
			return result;
		}
		const result = await this.pollUnstored(options);
		if (result.data !== null) this.store();
		return result;
	}

	/** A poll after which n8n is killed before it stores anything. @throws Error when the workflow is not active */
	async pollUnstored(options: PollOptions = {}): Promise<PollResult> {
		if (!this.trigger) throw new Error('The workflow is not active');
		if (!this.durable) return await this.trigger.poll(options);
		return await this.load().poll({ cursor: structuredClone(this.stored), activation: 'update', ...options });
	}

	/** The workflow as n8n loads it from its database. */
	load(): OpenTrigger {
		return openTrigger({ credential: this.credential, parameters: this.parameters, staticData: this.stored });
	}

	/** Stores what is in memory. */
	store(): void {
		this.stored = this.memory;
	}

	/** Takes the workflow out of memory. */
	deactivate(): void {
		this.trigger = undefined;
	}
}
