/*
 * Model-based test of the trigger: random scenarios, a model that predicts every poll, and the comparison of both.
 * Imported by triggerModelBasedTests.cts only.
 * Start with `TriggerSimulation`.
 * Here: rules about which events a poll reports and what it stores. Not here: messages, and sources other than events.
 */
import type { INodeParameters, WorkflowActivateMode } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox/index.mts';
import type { SandboxRecord } from '../../../sandbox/recordLists.mts';
import type { PollOptions, TriggerPollResult } from '../harness.cts';
import { TriggerWorkflow } from '../triggerWorkflow.cts';
import { clock, type ExecutionFixture } from '../executionFixture.cts';
import {
	WATCHABLE_CODES,
	UNWATCHED_CODE,
	type ScenarioCommand,
	type TriggerScenario,
	type TriggerSettings,
	type PollFaults,
} from './triggerScenarios.cts';
import { PollRequestLog } from './pollRequestLog.cts';
import { predictPoll, ModelState, type ModelEvent } from './triggerModel.cts';

const HOUR_MS = 3_600_000;
/** State of the customers that the trigger lists. */
const LISTED_STATE = 11300;
/** State of the other customers. */
const UNLISTED_STATE = 11100;
const START_MS = Date.parse('2025-06-15T05:00:00Z');

/** Counts over all scenarios of a test. */
export class PollTally {
	pollCount = 0;
	emittedCount = 0;
	errorCount = 0;
	optionalCount = 0;
	reportCount = 0;
	unansweredCount = 0;
}

/** Runs a scenario in the trigger and compares every poll with the model. */
export class TriggerSimulation {
	private readonly sandbox: Sandbox;
	private nowMs: number;
	private readonly eventIds: number[] = [];
	private settings: TriggerSettings;
	private readonly failureStatus: number;
	/** Customers that the trigger lists. */
	private listedCodes: string[] = [];
	private readonly workflow: TriggerWorkflow;
	private memoryState = new ModelState();
	private storedState = new ModelState();

	constructor(
		fixture: ExecutionFixture,
		{ settings, ignoresDates, startMinutes, failureStatus, listedCodes }: TriggerScenario,
		private readonly pollTally: PollTally,
		/** Whether the durable poller of n8n 2.x runs the workflow. */
		private readonly isDurable = false,
	) {
		this.settings = settings;
		this.failureStatus = failureStatus;
		this.nowMs = START_MS + startMinutes * 60_000;
		this.workflow = new TriggerWorkflow(fixture.accessTokenCredential, { output: 'raw' }, isDurable);
		this.sandbox = fixture.sandbox;
		this.sandbox.reset();
		this.sandbox.setBehaviour({ dropGetBody: ignoresDates });
		// Only the events of the scenario, because each poll compares all of them with the model.
		this.sandbox.records.customerEvents.records = [];
		this.setList(listedCodes);
		clock.now = () => this.nowMs;
	}

	/**
	 * Executes a command.
	 * @throws Error when a poll differs from the model
	 */
	async execute(command: ScenarioCommand): Promise<void> {
		switch (command.kind) {
			case 'create': {
				const { eventId } = this.sandbox.records.customerEvents.createFromRequest({
					customerCode: command.customer,
					eventName: 'N',
					eventType: command.type,
					eventDate: this.formatWallTime(command.hours),
				});
				this.eventIds.push(Number(eventId));
				return;
			}
			case 'change':
				return this.changeEvent(command);
			case 'delete': {
				const event = this.pickEvent(command.eventIndex);
				if (event) this.sandbox.records.customerEvents.remove(event);
				return;
			}
			case 'clock':
				this.nowMs += command.minutes * 60_000;
				return;
			case 'deactivate':
				return this.workflow.deactivate();
			case 'list':
				return this.setList(command.codes);
			case 'publish':
				this.settings = { ...this.settings, ...command.settingsPatch };
				return await this.activate('update', command);
			case 'restart':
				if (command.isStateStored && this.workflow.isActive) this.storeState();
				return await this.activate(command.mode, command);
			case 'activate':
				return await this.activate('activate', command);
			case 'killedPoll':
				if (this.workflow.isActive)
					await this.pollAndCompare(
						command,
						this.isFirstDurablePoll,
						async (options) => await this.workflow.pollWithoutStoring(options),
					);
				return await this.activate('init', { failingCodes: [] });
			case 'poll': {
				if (!this.workflow.isActive) return await this.activate('activate', command);
				const previousMemory = JSON.stringify(this.workflow.memoryStaticData);
				const { data, error } = await this.pollAndCompare(
					command,
					this.isFirstDurablePoll,
					async (options) => await this.workflow.poll(options),
				);
				if (error && JSON.stringify(this.workflow.memoryStaticData) !== previousMemory)
					throw new Error('A poll that throws changes the state');
				if (data !== null || (this.isDurable && !error)) this.storedState = this.memoryState.clone();
			}
		}
	}

	private get parameters(): INodeParameters {
		const { watchesAll, customerCodes, eventTypes, includeChanged, ...options } = this.settings;
		return {
			customerSelection: watchesAll ? 'all' : 'codes',
			customerStateIds: [LISTED_STATE],
			customerCodes: customerCodes.join('\n'),
			eventTypes,
			triggerOn: includeChanged ? 'newOrChangedEvent' : 'newEvent',
			options,
		};
	}

	/** Whether the durable poller, which has no activation, has not stored a state yet. */
	private get isFirstDurablePoll(): boolean {
		return this.isDurable && this.storedState.settings === undefined;
	}

	private async activate(mode: WorkflowActivateMode, pollFaults: PollFaults): Promise<void> {
		this.memoryState = this.storedState.clone();
		const { error } = await this.pollAndCompare(
			pollFaults,
			!this.isDurable || this.isFirstDurablePoll,
			async (options) => await this.workflow.activate(mode, this.parameters, options),
			mode,
		);
		if (!error) this.storedState = this.memoryState.clone();
	}

	private storeState(): void {
		this.workflow.storeStaticData();
		this.storedState = this.memoryState.clone();
	}

	/** Polls and compares the result with the model. */
	private async pollAndCompare(
		pollFaults: PollFaults,
		isActivation: boolean,
		poll: (options: PollOptions) => Promise<TriggerPollResult>,
		mode?: WorkflowActivateMode,
	): Promise<TriggerPollResult> {
		const { settings, nowMs, sandbox } = this;
		const watchedCodes = settings.watchesAll ? this.listedCodes : settings.customerCodes;
		const isListFailing = settings.watchesAll && pollFaults.isListFailing === true;
		const onlyWatched = (customerCodes: string[] = []) =>
			isListFailing ? [] : customerCodes.filter((code) => watchedCodes.includes(code));
		// Whether a customer without a baseline prevents the start is not decided for one that may be forgotten.
		const failingCodes = onlyWatched(pollFaults.failingCodes).filter(
			(code) => !settings.watchesAll || !this.memoryState.mayHaveForgotten(code),
		);
		const lateCodes = onlyWatched(this.isDurable ? pollFaults.lateCodes : []).filter(
			(code) => !failingCodes.includes(code),
		);
		const emptyCodes = onlyWatched(pollFaults.emptyCodes).filter(
			(code) => !failingCodes.includes(code) && !lateCodes.includes(code),
		);
		const requestLog = new PollRequestLog(sandbox);
		if (isListFailing) sandbox.faults.add({ match: { operationId: 'findCustomers' }, answer: { kind: 'quota' } });
		requestLog.injectFault(failingCodes, { status: this.failureStatus });
		requestLog.injectFault(emptyCodes, { status: 200, body: { status: { code: '1000' }, data: [] } });
		requestLog.injectFault(lateCodes, { kind: 'hang' });
		const result = lateCodes.length > 0 ? await requestLog.pollUntilIdle(poll) : await poll({});
		const unrequestedCodes =
			lateCodes.length > 0 ? watchedCodes.filter((code) => !requestLog.requestedCodes.includes(code)) : [];
		const unansweredCodes = lateCodes.filter((code) => !unrequestedCodes.includes(code));
		const expectedPoll = predictPoll(this.memoryState, {
			settings,
			watchedCodes,
			isListFailing,
			failingCodes,
			isRejection: this.failureStatus === 400,
			emptyCodes,
			unansweredCodes,
			unrequestedCodes,
			nowMs,
			isActivation,
			isUnattended: ['init', 'leadershipChange'].includes(mode ?? '') && !this.isDurable,
			modelEvents: this.readEvents(),
		});
		sandbox.faults.clear();

		const emittedIds = result.items.map(({ eventId }) => Number(eventId));
		const reportMessages = result.emittedErrors.map(({ message }) => message);
		const { requiredIds, optionalIds, errorReason, reportedCodes, mustNotThrow } = expectedPoll;
		const isReportExpected = mustNotThrow === true || reportedCodes.length > 0;
		const isAllowed = (id: number) => requiredIds.has(id) || optionalIds.has(id);
		/** Conditions that have to hold, by the message for one that does not. */
		const conditions: Record<string, boolean> = {
			'The poll throws or succeeds contrary to the model': (result.error !== undefined) === (errorReason !== undefined),
			'An event is reported twice in one poll': new Set(emittedIds).size === emittedIds.length,
			'An event is lost': [...requiredIds].every((id) => emittedIds.includes(id)),
			'An event is reported that is not new': emittedIds.every(isAllowed),
			'A poll without events starts the workflow': emittedIds.length > 0 || result.data === null,
			'The reports are not the expected ones': reportMessages.length === (isReportExpected ? 1 : 0),
			'A report does not name the customer': reportedCodes.every((code) => reportMessages[0]?.includes(code)),
		};
		const [complaint] = Object.entries(conditions).find(([, isMet]) => !isMet) ?? [];
		if (complaint !== undefined)
			throw new Error(
				`${complaint}: ${JSON.stringify({ emittedIds, requiredIds: [...requiredIds], optionalIds: [...optionalIds], errorReason, error: result.error?.message, reportMessages, reportedCodes, mustNotThrow })}`,
			);

		this.memoryState = expectedPoll.nextState;
		this.pollTally.pollCount += 1;
		this.pollTally.emittedCount += emittedIds.length;
		this.pollTally.errorCount += result.error ? 1 : 0;
		this.pollTally.optionalCount += expectedPoll.optionalIds.size;
		this.pollTally.unansweredCount += unansweredCodes.length;
		this.pollTally.reportCount += reportMessages.length;
		return result;
	}

	/** Replaces the customers that the trigger lists. The others are customers in another state. */
	private setList(codes: string[]): void {
		const { customers } = this.sandbox.records;
		this.listedCodes = codes;
		customers.records = [];
		for (const customerCode of [...WATCHABLE_CODES, UNWATCHED_CODE].filter((code) => !codes.includes(code)))
			customers.create({ customerCode, customerType: UNLISTED_STATE });
		for (const customerCode of codes) customers.create({ customerCode, customerType: LISTED_STATE });
	}

	private readEvents(): ModelEvent[] {
		return this.sandbox.records.customerEvents.records.map(
			({ eventId, customerCode, eventDate, eventType, eventName, description }) => ({
				id: Number(eventId),
				customer: String(customerCode),
				wallTimeMs: Date.parse(`${String(eventDate).slice(0, 19)}Z`),
				type: Number(eventType),
				name: String(eventName),
				description: String(description),
			}),
		);
	}

	private changeEvent({ eventIndex, patch }: ScenarioCommand & { kind: 'change' }): void {
		const event = this.pickEvent(eventIndex);
		if (!event) return;
		this.sandbox.records.customerEvents.updateFromRequest(event, {
			...(patch.name !== undefined && { eventName: patch.name }),
			...(patch.description !== undefined && { description: patch.description }),
			...(patch.type !== undefined && { eventType: patch.type }),
			...(patch.customer !== undefined && { customerCode: patch.customer }),
			...(patch.hours !== undefined && { eventDate: this.formatWallTime(patch.hours) }),
		});
	}

	/** Returns an event by its index, newest first, unless it was deleted. */
	private pickEvent(eventIndex: number): SandboxRecord | undefined {
		const id = this.eventIds.at(-1 - (eventIndex % Math.max(1, this.eventIds.length)));
		return this.sandbox.records.customerEvents.findBy('eventId', id);
	}

	/** Formats GoFive's wall time a number of hours from now. */
	private formatWallTime(hours: number): string {
		return new Date(this.nowMs + (hours + 7) * HOUR_MS).toISOString().slice(0, 19);
	}
}
