import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox/index.mts';
import type { PollOptions, PollResult } from '../harness.cts';
import { LiveWorkflow } from '../liveWorkflow.cts';
import { clock } from '../world.cts';
import { CODES, STRANGER, type Command, type Life, type Settings, type Trouble } from './commands.cts';
import { Wire } from './wire.cts';
import { judge, Knowledge, type LivingEvent } from './model.cts';

const HOUR = 3_600_000;
const BEGIN = Date.parse('2025-06-15T05:00:00Z');

/** How often what happened, over all lives of a test file. */
export const tally = { polls: 0, emitted: 0, refused: 0, undecided: 0, reports: 0, cut: 0 };

/** n8n, GoFive, and the model that judges every poll. */
export class SimulatedLife {
	private now: number;
	private readonly ids: number[] = [];
	private settings: Settings;
	private readonly emitExisting: boolean;
	private readonly workflow: LiveWorkflow;
	private memoryKnowledge = new Knowledge();
	private storedKnowledge = new Knowledge();

	constructor(
		private readonly sandbox: Sandbox,
		credential: ICredentialDataDecryptedObject,
		{ settings, emitExisting, begin }: Life,
		/** Whether the durable poller of n8n 2.x runs the workflow. */
		private readonly durable = false,
	) {
		this.settings = settings;
		this.emitExisting = emitExisting;
		this.now = BEGIN + begin * 60_000;
		this.workflow = new LiveWorkflow(credential, { output: 'raw' }, durable);
		sandbox.reset();
		for (const code of [...CODES, STRANGER]) sandbox.store.addCustomer(code);
		clock.now = () => this.now;
	}

	/** Lets one thing happen. @throws Error when a poll does what the model does not allow */
	async take(command: Command): Promise<void> {
		switch (command.do) {
			case 'create': {
				const { eventId } = this.sandbox.store.createEvent({ customerCode: command.customer, eventName: 'N', eventType: command.type, eventDate: this.wallText(command.hours) });
				this.ids.push(eventId);
				return;
			}
			case 'change':
				return this.change(command);
			case 'delete':
				return void this.sandbox.store.deleteEvent(this.pick(command.which) ?? 0);
			case 'clock':
				this.now += command.minutes * 60_000;
				return;
			case 'deactivate':
				return this.workflow.deactivate();
			case 'publish':
				this.settings = { ...this.settings, ...command.change };
				return await this.activate('update', command);
			case 'restart':
				if (command.stored && this.workflow.isActive) this.store();
				return await this.activate('init', command);
			case 'activate':
				return await this.activate('activate', command);
			case 'killedPoll':
				if (this.workflow.isActive) await this.judged(command, this.isFirst, async (options) => await this.workflow.pollUnstored(options));
				return await this.activate('init', { failing: [] });
			case 'poll': {
				if (!this.workflow.isActive) return await this.activate('activate', command);
				const before = JSON.stringify(this.workflow.memory);
				const { data, error } = await this.judged(command, this.isFirst, async (options) => await this.workflow.poll(options));
				if (error && JSON.stringify(this.workflow.memory) !== before) throw new Error('A poll that throws changes the state');
				if (data !== null || (this.durable && !error)) this.storedKnowledge = this.memoryKnowledge.copy();
			}
		}
	}

	private get parameters(): INodeParameters {
		const { codes, types, changes, lookBack, lookAhead } = this.settings;
		return {
			customerCodes: codes.join('\n'),
			eventTypes: types,
			triggerOn: changes ? 'newOrChangedEvent' : 'newEvent',
			options: { lookBack, lookAhead, emitExisting: this.emitExisting },
		};
	}

	/** Whether the durable poller, which knows no activation, still has no state. */
	private get isFirst(): boolean {
		return this.durable && this.storedKnowledge.baselines.size === 0;
	}

	private async activate(mode: 'activate' | 'init' | 'update', trouble: Trouble): Promise<void> {
		this.memoryKnowledge = this.storedKnowledge.copy();
		const { error } = await this.judged(trouble, !this.durable || this.isFirst, async (options) => await this.workflow.activate(mode, this.parameters, options), mode);
		if (!error) this.storedKnowledge = this.memoryKnowledge.copy();
	}

	private store(): void {
		this.workflow.store();
		this.storedKnowledge = this.memoryKnowledge.copy();
	}

	/** One poll, compared with what the model says of it. */
	private async judged(trouble: Trouble, activation: boolean, poll: (options: PollOptions) => Promise<PollResult>, mode?: string): Promise<PollResult> {
		const { settings, emitExisting, now, sandbox } = this;
		const watched = (codes: string[] = []) => codes.filter((code) => settings.codes.includes(code));
		const failing = watched(trouble.failing);
		const late = watched(this.durable ? trouble.late : []).filter((code) => !failing.includes(code));
		const empty = watched(trouble.empty).filter((code) => !failing.includes(code) && !late.includes(code));
		const wire = new Wire(sandbox);
		wire.spoil(failing, { status: 500 });
		wire.spoil(empty, { status: 200, body: { status: { code: '1000' }, data: [] } });
		wire.spoil(late, { kind: 'hang' });
		const result = late.length > 0 ? await wire.pollUntilQuiet(poll) : await poll({});
		const unsent = late.length > 0 ? settings.codes.filter((code) => !wire.asked.includes(code)) : [];
		const cut = late.filter((code) => !unsent.includes(code));
		const verdict = judge(this.memoryKnowledge, { settings, emitExisting, failing, empty, cut, unsent, now, activation, start: mode === 'init' && !this.durable, events: this.events() });
		sandbox.clearFaults();

		const told = result.items.map(({ eventId }) => Number(eventId));
		const reported = result.emittedErrors.map(({ message }) => message);
		const check = (right: boolean, what: string) => {
			if (right) return;
			const { must, may, refused, report, blind } = verdict;
			throw new Error(`${what}: ${JSON.stringify({ told, must: [...must], may: [...may], refused, error: result.error?.message, reported, report, blind })}`);
		};
		check((result.error === undefined) === (verdict.refused === undefined), 'The poll throws, or does not, against the model');
		check(new Set(told).size === told.length, 'An event is told twice in one poll');
		check([...verdict.must].every((id) => told.includes(id)), 'An event is lost');
		check(told.every((id) => verdict.must.has(id) || verdict.may.has(id)), 'An event is told that is not new');
		check(told.length > 0 || result.data === null, 'A poll without events starts the workflow');
		check(reported.length === (verdict.blind || verdict.report.length > 0 ? 1 : 0), 'What is reported is not what is due');
		check(verdict.report.every((code) => reported[0]?.includes(code)), 'A report does not name the customer');

		this.memoryKnowledge = verdict.after;
		tally.polls += 1;
		tally.emitted += told.length;
		tally.refused += result.error ? 1 : 0;
		tally.undecided += verdict.may.size;
		tally.cut += cut.length;
		tally.reports += reported.length;
		return result;
	}

	private events(): LivingEvent[] {
		return this.sandbox.store.events
			.filter(({ eventId }) => this.ids.includes(eventId))
			.map(({ eventId, customerCode, eventDate, eventType, eventName, description }) => ({
				id: eventId, customer: customerCode, wall: Date.parse(`${eventDate.slice(0, 19)}Z`), type: eventType, name: eventName, description,
			}));
	}

	private change({ which, to }: Command & { do: 'change' }): void {
		const id = this.pick(which);
		if (id === undefined || !this.sandbox.store.findEvent(id)) return;
		this.sandbox.store.updateEvent(id, {
			...(to.name !== undefined && { eventName: to.name }),
			...(to.description !== undefined && { description: to.description }),
			...(to.type !== undefined && { eventType: to.type }),
			...(to.customer !== undefined && { customerCode: to.customer }),
			...(to.hours !== undefined && { eventDate: this.wallText(to.hours) }),
		});
	}

	/** An event by its place among all, the newest first. */
	private pick(which: number): number | undefined {
		return this.ids.at(-1 - (which % Math.max(1, this.ids.length)));
	}

	/** GoFive's wall time, so many hours from now. */
	private wallText(hours: number): string {
		return new Date(this.now + (hours + 7) * HOUR).toISOString().slice(0, 19);
	}
}
