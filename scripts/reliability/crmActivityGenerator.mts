import type { FaultResponse, Sandbox } from '../../sandbox/sandboxTypes.mts';
import type { SeededRandom } from './seededRandom.mts';
import { EVENT_SOURCE, type RecordId } from './watchedSources.mts';

/** Faults that the trigger does not retry within a poll. */
const POLL_FAULTS: readonly FaultResponse[] = [
	{ status: 500 },
	{ kind: 'html' },
	{ status: 200, body: { status: { code: '5000', description: 'Busy' }, data: null } },
];

/** Creates and changes records in the sandbox, whether n8n runs or not. */
export class CrmActivityGenerator {
	/** IDs of the new and changed records that must start the workflow. */
	readonly expectedIds = new Set<RecordId>();
	createdCount = 0;
	changedCount = 0;
	/** Number of polls with a fault for one part, and for all. */
	readonly faultCounts = { onePart: 0, allParts: 0 };
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly sandbox: Sandbox,
		private readonly random: SeededRandom,
		private readonly source = EVENT_SOURCE,
	) {}

	/** Starts to create and change records at random times. */
	start(): void {
		const actAndReschedule = (): void => {
			this.performRandomAction();
			this.start();
		};
		this.timer = setTimeout(actAndReschedule, this.random.numberBetween(0, this.source.maxPauseMs));
	}

	/** Creates and changes records up to the limits of the source, then stops. */
	finish(): void {
		this.stop();
		const { created, changed } = this.source.limits ?? { created: 0, changed: 0 };
		this.createRecords(created - this.createdCount);
		while (this.changedCount < changed) this.changeRecord();
	}

	/** Stops creating and changing records. */
	stop(): void {
		clearTimeout(this.timer);
	}

	/** Creates records immediately, so that the next poll returns something new. */
	createRecords(count = this.random.integerBetween(1, 3)): void {
		for (let remaining = count; remaining > 0; remaining--) this.createRecord();
	}

	/** Adds a fault to the last request of the next poll, for one part or for all. */
	failNextPoll(): void {
		const { parts, operationId, requestsPerPart } = this.source;
		const affectsAllParts = this.random.happens(0.5) || parts.length === 1;
		this.faultCounts[affectsAllParts ? 'allParts' : 'onePart']++;
		const answer = affectsAllParts ? { status: 500 } : this.random.pick(POLL_FAULTS);
		for (const part of affectsAllParts ? parts : [this.random.pick(parts)])
			this.sandbox.addFault({ match: { ...part, operationId }, skip: requestsPerPart - 1, answer });
	}

	private performRandomAction(): void {
		if (this.createdCount > 0 && this.random.happens(this.source.changeProbability)) this.changeRecord();
		// Several in one second, as by an import.
		else if (this.random.happens(0.1)) this.createRecords(5);
		else this.createRecord();
	}

	private createRecord(): void {
		if (this.createdCount === this.source.limits?.created) return;
		this.expectedIds.add(this.source.createRecord(this.sandbox, this.random, ++this.createdCount));
	}

	private changeRecord(): void {
		if (this.changedCount === this.source.limits?.changed) return;
		this.changedCount++;
		const id = this.source.changeRecord(this.sandbox, this.random, [...this.expectedIds]);
		if (id !== undefined) this.expectedIds.add(id);
	}
}
