// Polls of a trigger for unchanged deals, without n8n and without requests.
// Imported by the unit tests of Unchanged.
import type { IDataObject } from 'n8n-workflow';
import type { GoFiveError } from '../../nodes/GoFive/api/errors';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import { HOUR_MS } from '../../nodes/GoFive/shared/units';
import { compareParts, type PollComparison } from '../../nodes/GoFive/trigger/compareParts';
import { changedRecords } from '../../nodes/GoFive/trigger/kinds/changedRecords';
import type { SilenceRule } from '../../nodes/GoFive/trigger/kinds/unchangedRecords';
import { unchangedRecords } from '../../nodes/GoFive/trigger/kinds/unchangedRecords';
import { sources } from '../../nodes/GoFive/trigger/sources';
import * as triggerState from '../../nodes/GoFive/trigger/triggerState';

const source = sources.find(({ name }) => name === 'Deal')!;

/** Rule of a trigger with the default settings. */
export const DEAL_RULE: SilenceRule = {
	days: 14,
	repeats: false,
	dateColumns: ['dateModified', 'dateCreated'],
	entity: source.entity,
	timeZone: 'Asia/Bangkok',
};

const FINGERPRINTS = { scope: 'abcdef', watched: 'abcdef' };
const WATCHED = ['dealStageId'];

/** Trigger with one part, whose state a test stores. */
export class UnchangedPolls {
	/** @param includeExistingRecords - Whether existing records are included */
	constructor(private readonly includeExistingRecords = false) {}

	memory?: triggerState.TriggerState;
	stored: unknown;

	poll(
		records: IDataObject[] | GoFiveError,
		silence: Partial<SilenceRule> | undefined,
		now: number,
		isTest = false,
	): PollComparison {
		const { days, repeats, dateColumns, timeZone } = { ...DEAL_RULE, ...silence };
		const options = { ...readNodeOptions({}), repeat: repeats, timeZone };
		const values = { options, daysWithoutChange: days, fieldsToWatch: WATCHED } as never;
		const watchedSource = { ...source, status: { ...source.status!, changeDateColumns: dateColumns } };
		const rule = (silence ? unchangedRecords : changedRecords).createRule(watchedSource, values, now);
		const settings = { source, values, rule, parts: new Map([['', {}]]), now, isTest };
		const before = this.memory ?? triggerState.createFirstState([''], this.includeExistingRecords);
		const comparison = compareParts(settings, before, new Map([['', records]]));
		this.memory = comparison.state;
		return comparison;
	}

	store(): void {
		this.stored = JSON.parse(JSON.stringify(triggerState.serializeTriggerState(this.memory!, FINGERPRINTS)));
	}

	restart(watched = FINGERPRINTS.watched): void {
		this.memory = triggerState.parseTriggerState(this.stored, { ...FINGERPRINTS, watched });
	}
}

/** Returns the IDs of the records that a poll reports. */
export const listIds = ({ records }: PollComparison) => records.map(({ record }) => record.dealsId);
/** Builds a deal as GoFive returns it. */
export const buildDeal = (dealsId: number, dealStageId = 1, dateModified: string | null = null) => ({
	dealsId,
	dealStageId,
	dateModified,
});

/** Formats an hour since 1970 as GoFive's date. */
export const dateOf = (hour: number) => new Date(hour * HOUR_MS).toISOString();
