import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters, WorkflowActivateMode } from 'n8n-workflow';
import { loadTrigger } from './harness.cts';
import type { LoadedTrigger, PollOptions, TriggerPollResult } from './harness.cts';

/** Workflow with GoFive Trigger in one n8n. Stores static data only when n8n would store it. */
export class TriggerWorkflow {
	private trigger?: LoadedTrigger;
	/** Static data as stored in the database. */
	storedStaticData: IDataObject = {};

	/** @param isDurable - Whether n8n's durable poller runs it, which loads and stores the state in every poll */
	constructor(
		private readonly credential: ICredentialDataDecryptedObject,
		private parameters: INodeParameters,
		private readonly isDurable = false,
	) {}

	get isActive(): boolean {
		return this.trigger !== undefined;
	}

	/** Copy of the static data in memory. */
	get memoryStaticData(): IDataObject {
		return this.isDurable ? this.storedStaticData : (this.trigger?.staticData() ?? {});
	}

	/** Loads the workflow from the database and polls once. Stores the state if the poll succeeds. */
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

	async publish(parameterChanges: INodeParameters): Promise<TriggerPollResult> {
		return await this.activate('update', parameterChanges);
	}

	/** Restarts the server. State that was only in memory is lost. */
	async restart(): Promise<TriggerPollResult> {
		return await this.activate('init');
	}

	/** Polls on schedule. Stores the state when the poll starts the workflow. */
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

	/**
	 * Polls without storing the state, as if n8n were killed after the poll.
	 * @throws Error when the workflow is not active
	 */
	async pollWithoutStoring(options: PollOptions = {}): Promise<TriggerPollResult> {
		if (!this.trigger) throw new Error('The workflow is not active');
		if (!this.isDurable) return await this.trigger.poll(options);
		return await this.load().poll({ cursor: structuredClone(this.storedStaticData), activation: 'update', ...options });
	}

	/** Loads the workflow from the database. */
	load(): LoadedTrigger {
		return loadTrigger({ credential: this.credential, parameters: this.parameters, staticData: this.storedStaticData });
	}

	/** Stores the static data in memory in the database. */
	storeStaticData(): void {
		this.storedStaticData = this.memoryStaticData;
	}

	deactivate(): void {
		this.trigger = undefined;
	}
}
