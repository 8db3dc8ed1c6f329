// Random sequences of polls in which GoFive renames an ID or watched fields, and names them back.
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import { compareParts } from '../../nodes/GoFive/trigger/compareParts';
import { changedRecords } from '../../nodes/GoFive/trigger/kinds/changedRecords';
import { sources } from '../../nodes/GoFive/trigger/sources';
import {
	createFirstState,
	parseTriggerState,
	serializeTriggerState,
	type TriggerState,
} from '../../nodes/GoFive/trigger/triggerState';

const NOW = Date.parse('2025-06-15T05:00:00Z');
const FINGERPRINTS = { scope: 'abcdef', watched: 'ghijkl' };
/** Number of records from the start, so that ten of them always have a value, and a missing field is no coincidence. */
const FIRST_COUNT = 40;

/** Sources with two ID columns, their ID keys, and the keys of two watched fields. */
const CASES: Array<[name: string, idKeys: string[], watchedKeys: string[]]> = [
	['Customer', ['customerId', 'customerCode'], ['customerName', 'customerPhone']],
	['Deal', ['dealsId', 'dealNo'], ['statusName', 'dealsValue']],
	['Expense', ['expenseId', 'expenseNo'], ['subject', 'remark']],
	['Quotation', ['quotationId', 'quotationNo'], ['quotationSubject', 'quotationStatus']],
];

const PART_KEYS = ['A', 'B', 'C'];

/** Record of the model. */
interface ModelRecord {
	id: number;
	part: string;
	values: [number | null, number | null];
}

/** What happens before a poll. */
const pollArbitrary = fc.record({
	added: fc.array(fc.tuple(fc.constantFrom(...PART_KEYS), fc.option(fc.nat(3)), fc.option(fc.nat(3))), {
		maxLength: 3,
	}),
	changed: fc.array(fc.tuple(fc.nat(20), fc.nat(1), fc.option(fc.nat(3))), { maxLength: 3 }),
	renamed: fc.subarray([0, 1, 2], { maxLength: 2 }),
	isReversed: fc.boolean(),
});

const rename = (record: IDataObject, keys: string[]): IDataObject =>
	Object.fromEntries(Object.entries(record).map(([key, value]) => [keys.includes(key) ? `${key}2` : key, value]));

test.each(CASES)(
	'%s: a renamed key reports nothing, and no new or changed record is lost',
	(name, idKeys, watchedKeys) => {
		const source = sources.find(({ value }) => value === name) as (typeof sources)[number];
		const values = { options: readNodeOptions({}) } as never;
		const settings = {
			source,
			values,
			rule: changedRecords.createRule(source, values, NOW),
			parts: new Map(PART_KEYS.map((key) => [key, {}])),
			now: NOW,
		};
		const renamedKeys = [idKeys[0] ?? '', ...watchedKeys];
		const toRecord = ({ id, values: [first, second] }: ModelRecord): IDataObject => ({
			[idKeys[0] ?? '']: id,
			// The number of a record may be the ID of another one.
			[idKeys[1] ?? '']: String(id + 1),
			[watchedKeys[0] ?? '']: first,
			[watchedKeys[1] ?? '']: second,
		});

		fc.assert(
			fc.property(fc.array(pollArbitrary, { minLength: 1, maxLength: 8 }), (polls) => {
				const records: ModelRecord[] = Array.from({ length: FIRST_COUNT }, (_, index) => ({
					id: index + 1,
					part: PART_KEYS[index % PART_KEYS.length] ?? '',
					values: [index, index],
				}));
				const reported = new Map<number, string>();
				let state: TriggerState = createFirstState(PART_KEYS, false);
				const run = (renamed: string[], isReversed = false) => {
					const shown = isReversed ? records.toReversed() : records;
					const results = new Map(
						PART_KEYS.map((key) => [
							key,
							shown.filter(({ part }) => part === key).map((record) => rename(toRecord(record), renamed)),
						]),
					);
					const result = compareParts(settings, state, results);
					const stored: unknown = JSON.parse(JSON.stringify(serializeTriggerState(result.state, FINGERPRINTS)));
					state = parseTriggerState(stored, FINGERPRINTS) as TriggerState;
					return result;
				};
				const remember = () => {
					for (const record of records) reported.set(record.id, JSON.stringify(record.values));
				};
				run([]);
				remember();
				for (const { added, changed, renamed, isReversed } of polls) {
					for (const [part, first, second] of added)
						records.push({ id: records.length + 1, part, values: [first, second] });
					for (const [index, valueIndex, value] of changed) {
						const record = records[index];
						if (record) record.values[valueIndex as 0 | 1] = value;
					}
					const keys = renamed.map((index) => renamedKeys[index] ?? '');
					const result = run(keys, isReversed);
					const isRenamed = keys.length > 0;
					const changedRecords = records.filter(({ id, values: now }) => reported.get(id) !== JSON.stringify(now));
					const expectedIds = isRenamed ? [] : changedRecords.map(({ id }) => id).sort();
					const unreadCount = isRenamed ? PART_KEYS.length : 0;
					expect(result.records.map(({ record }) => record[idKeys[0] ?? '']).sort()).toEqual(expectedIds);
					expect(result.unread.size).toBe(unreadCount);
					if (!isRenamed) remember();
				}
			}),
			{ numRuns: 200 },
		);
	},
);
