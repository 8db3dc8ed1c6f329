import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { Ledger, type Verdict } from '../../scripts/reliability/ledger.mts';
import { Life } from '../../scripts/reliability/life.mts';
import { Polls } from '../../scripts/reliability/polls.mts';
import { Random } from '../../scripts/reliability/random.mts';
import { baseline, watch, type Look } from '../../scripts/reliability/watch.mts';
import { startWitness, type Witness } from '../../scripts/reliability/witness.mts';
import { watched } from '../../scripts/reliability/workflow.mts';
import type { Session } from '../../scripts/start/session.mts';
import type { Cluster } from './cluster.mts';

/** Milliseconds to the next poll: a restart of n8n, and a minute. */
const POLL_PATIENCE = 150_000;
const ANSWER_PATIENCE = 20_000;
const TELL_PATIENCE = 60_000;

/** A published workflow with GoFive Trigger, and the account of what it was started with. */
export class TriggerRun {
	readonly life: Life;
	readonly ledger: Ledger;
	private readonly sandboxPolls: Polls;

	private constructor(
		private readonly session: Session,
		private readonly cluster: Cluster,
		readonly id: string,
		readonly witness: Witness,
		readonly look: Look,
	) {
		const { sandbox } = cluster.main;
		this.life = new Life(sandbox, new Random(2026));
		this.ledger = new Ledger(this.life.created);
		this.sandboxPolls = new Polls(sandbox, session);
	}

	static async publish(session: Session, cluster: Cluster): Promise<TriggerRun> {
		const witness = await startWitness(session);
		const { rest } = cluster.main;
		const id = await rest.save(watched(witness.url));
		await rest.publish(id);
		return new TriggerRun(session, cluster, id, witness, cluster.look(id));
	}

	/** Waits until the trigger has taken note of what is there. */
	async baseline(durable: boolean): Promise<void> {
		await baseline(this.session, this.look, this.cluster.main.server, durable);
	}

	/** Waits until the next poll begins. */
	async polls(): Promise<void> {
		await this.sandboxPolls.begins(POLL_PATIENCE);
	}

	/** Waits until the next poll has its answers, and so many milliseconds more. */
	async polled(more: number): Promise<void> {
		await this.polls();
		await this.sandboxPolls.hasItsAnswers(ANSWER_PATIENCE);
		await this.session.pause(more);
	}

	/** Makes new events. @returns their ids */
	create(count: number): number[] {
		const { created } = this.life;
		const before = created.size;
		this.life.createSome(count);
		return [...created].slice(before);
	}

	/** Waits until running executions have told of so many of some events. @returns the execution that told the last one */
	async tells(events: number[], count: number): Promise<number> {
		const told = () => this.witness.told.filter(({ eventId }) => events.includes(eventId));
		const inTime = await this.session.until(() => told().length >= count, TELL_PATIENCE, 20);
		assert.ok(inTime, `${told().length} of ${count} events were told`);
		return told().at(-1)?.executionId ?? 0;
	}

	/** Watches the database until something has come. */
	async until(come: Promise<unknown>): Promise<void> {
		const watching = watch(this.look, this.ledger);
		try {
			await Promise.race([come, watching.failed]);
		} finally {
			await watching.end();
		}
	}

	/**
	 * What became of each event. The trigger itself loses none, doubles none and tells none that is not new; what n8n's
	 * default engine loses between its two writes is counted apart.
	 */
	async verdict(t: TestContext): Promise<Verdict> {
		const verdict = this.ledger.verdict(await this.look(), this.witness.told);
		const counts = Object.entries(verdict).map(([name, ids]: [string, number[]]) => `${name} ${ids.length}`);
		t.diagnostic(`${this.life.created.size} events: ${counts.join(', ')}`);
		const { lost, doubled, uncalledFor, withoutExecution, unreadable, doubledBetweenWrites } = verdict;
		assert.deepEqual([lost, doubled, uncalledFor, withoutExecution, unreadable], [[], [], [], [], []]);
		const told = this.witness.told.map(({ eventId }) => eventId).filter((id) => !doubledBetweenWrites.includes(id));
		const again = told.filter((id, place) => told.indexOf(id) < place);
		assert.deepEqual(again, [], 'running executions told of these events more than once');
		return verdict;
	}
}
