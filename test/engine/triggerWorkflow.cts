import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters, WorkflowActivateMode } from 'n8n-workflow';
import { loadTrigger } from './harness.cts';
import type { LoadedTrigger, PollOptions, TriggerPollResult } from './harness.cts';

/** The static data of a workflow with the trigger's state in it. */
export const buildStaticData = (goFive: unknown): IDataObject => ({
	'node:GoFive Trigger': { goFive: goFive as IDataObject },
});

/** n8n with one workflow that GoFive Trigger starts. Its database holds what n8n really stores, and no more. */
export class TriggerWorkflow {
	private trigger?: LoadedTrigger;
	/** Static data in the database. */
	storedStaticData: IDataObject = {};

	/** @param isDurable whether n8n's durable poller runs it: every poll loads the state, and stores it when it does not throw */
	constructor(
		private readonly credential: ICredentialDataDecryptedObject,
		private parameters: INodeParameters,
		private readonly isDurable = false,
	) {}

	get isActive(): boolean {
		return this.trigger !== undefined;
	}

	/** A copy of the static data in memory. */
	get memoryStaticData(): IDataObject {
		return this.isDurable ? this.storedStaticData : (this.trigger?.staticData() ?? {});
	}

	/** Loads the workflow from the database and polls once; if that works, the state is stored, whatever came of it. */
	async activate(
		activation: WorkflowActivateMode = 'activate',
		parameterChanges: INodeParameters = {},
		options: PollOptions = {},
	): Promise<TriggerPollResult> {
		this.parameters = { ...this.parameters, ...parameterChanges };
		this.trigger = undefined;
		const trigger = this.load();
		if (this.isDurable) {
			this.trigger = trigger;
			return await this.poll(options);
		}
		const result = await trigger.poll({ activation });
		if (!result.error) {
			this.trigger = trigger;
			this.storeStaticData();
		}
		return result;
	}

	/** Publishes changed parameters. */
	async publish(parameterChanges: INodeParameters): Promise<TriggerPollResult> {
		return await this.activate('update', parameterChanges);
	}

	/** The server ends and starts again: what was in memory only is lost. */
	async restart(): Promise<TriggerPollResult> {
		return await this.activate('init');
	}

	/** A poll by schedule; the state is stored when it starts the workflow. */
	async poll(options: PollOptions = {}): Promise<TriggerPollResult> {
		if (this.isDurable) {
			const cursor = structuredClone(this.storedStaticData);
			const result = await this.pollWithoutStoring({ ...options, cursor });
			if (!result.error) this.storedStaticData = cursor;
			return result;
		}
		const result = await this.pollWithoutStoring(options);
		if (result.data !== null) this.storeStaticData();
		return result;
	}

	/** A poll after which n8n is killed before it stores anything. @throws Error when the workflow is not active */
	async pollWithoutStoring(options: PollOptions = {}): Promise<TriggerPollResult> {
		if (!this.trigger) throw new Error('The workflow is not active');
		if (!this.isDurable) return await this.trigger.poll(options);
		return await this.load().poll({ cursor: structuredClone(this.storedStaticData), activation: 'update', ...options });
	}

	/** The workflow as n8n loads it from its database. */
	load(): LoadedTrigger {
		return loadTrigger({ credential: this.credential, parameters: this.parameters, staticData: this.storedStaticData });
	}

	/** Stores what is in memory. */
	storeStaticData(): void {
		this.storedStaticData = this.memoryStaticData;
	}

	/** Takes the workflow out of memory. */
	deactivate(): void {
		this.trigger = undefined;
	}
}
