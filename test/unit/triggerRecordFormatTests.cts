// What the stored records of a trigger have in common, and which responses lack it. What a user notices is in
// engine/trigger/triggerResponseFormatTests.cts.
import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../nodes/GoFive/api/errors';
import * as recordFormat from '../../nodes/GoFive/trigger/recordFormat';
import { computeRecordDigest } from '../../nodes/GoFive/trigger/compareRecords';
import { eventSource } from '../../nodes/GoFive/trigger/eventSource';
import { sources } from '../../nodes/GoFive/trigger/sources';
import {
	parseTriggerState,
	serializeTriggerState,
	type RecordFormat,
	type SeenRecords,
	type TriggerState,
} from '../../nodes/GoFive/trigger/triggerState';
import type { WatchedResult } from '../../nodes/GoFive/trigger/watchedParts';

const source = sources.find(({ value }) => value === 'Deal') as (typeof sources)[number];
const rule = { watchedColumns: ['dealName', 'statusName'] } as never;
const values = { eventTypes: [] } as never;
const SETTINGS = { source, values, rule };
const FORMAT = { idColumn: 'dealId', watchedKeys: ['dealName', 'statusName'] };

const deal = (id: number): IDataObject => ({ dealsId: id, dealNo: `D${id}`, dealsName: null, statusName: 'Open' });
const buildDeals = (count: number): IDataObject[] => Array.from({ length: count }, (_, index) => deal(index + 1));
const omit = (records: IDataObject[], omitted: string) =>
	records.map((record): IDataObject => ({ ...record, [omitted]: undefined }));
const see = (ids: Array<string | number>, digest = 'abcdef'): SeenRecords =>
	new Map(ids.map((id) => [String(id), { digest }]));
const seeDeals = (count: number, digest?: string) =>
	see(
		buildDeals(count).map(({ dealsId }) => dealsId as number),
		digest,
	);
const toResults = (parts: Record<string, IDataObject[]>) => new Map(Object.entries(parts));

/** State in which each part has the same records. */
const toState = (seen: SeenRecords, keys = ['A']): TriggerState => ({
	parts: new Map(keys.map((key) => [key, { seen, failures: 0, isOwed: false }])),
});

function findErrors(
	parts: Record<string, IDataObject[]>,
	seenBefore: SeenRecords,
	format: RecordFormat | undefined = FORMAT,
	settings = SETTINGS,
) {
	const identified = recordFormat.identifyRecords(settings, format, toResults(parts));
	return recordFormat.findFormatErrors(settings, format, toState(seenBefore, Object.keys(parts)), identified);
}
const findKeys = (...args: Parameters<typeof findErrors>) => [...findErrors(...args).keys()];

describe('selectFormat', () => {
	const select = (records: IDataObject[], seenBefore = see([]), stored?: RecordFormat) =>
		recordFormat.selectFormat(SETTINGS, stored, seenBefore, toResults({ A: [], B: records }));

	test.each<[IDataObject[], string | undefined]>([
		[[deal(1)], 'dealId'],
		[[{ dealNo: 'D1' }, deal(1)], 'dealId'],
		[[{ dealsId: 0, dealNo: 'D1' }], 'dealNo'],
		[[{ dealsId: 0 }], undefined],
		[[], undefined],
	])('the first ID column that one of %j has identifies the records', (records, idColumn) => {
		expect(select(records)).toEqual(idColumn === undefined ? undefined : { idColumn });
	});

	test('the stored format stays while records are stored, or while there are none', () => {
		const stored = { idColumn: 'dealNo', watchedKeys: ['dealName'] };
		expect(select([deal(1)], see(['D1']), stored)).toBe(stored);
		expect(select([deal(1)], see(['D1']))).toBeUndefined();
		expect(select([], see([]), stored)).toBe(stored);
		expect(select([deal(1)], see([]), stored)).toEqual({ idColumn: 'dealId' });
	});

	test('a part that was not read is ignored', () => {
		const error = new GoFiveError({ message: 'No', description: 'Not now.' });
		const results = new Map<string, WatchedResult>([
			['A', error],
			['B', [deal(1)]],
		]);
		expect(recordFormat.selectFormat(SETTINGS, undefined, see([]), results)).toEqual({ idColumn: 'dealId' });
		expect([...recordFormat.identifyRecords(SETTINGS, FORMAT, results).keys()]).toEqual(['B']);
	});
});

describe('identifyRecords', () => {
	const RECORDS = [deal(1), { dealNo: 'D2' }, { dealsId: 0 }];
	const identify = (format?: RecordFormat) =>
		recordFormat
			.identifyRecords(SETTINGS, format, toResults({ A: RECORDS }))
			.get('A')
			?.map(({ id }) => id);

	test('the column of the format goes first, and an ID of another column names it', () => {
		expect(identify({ idColumn: 'dealId' })).toEqual(['1', ' dealNo D2']);
		expect(identify({ idColumn: 'dealNo' })).toEqual(['D1', 'D2']);
	});

	test('without a format, the first filled column counts, as in states without one', () => {
		expect(identify()).toEqual(['1', 'D2']);
	});

	test('only records that the source includes', () => {
		const events = [1, 2].map((eventType) => ({ eventId: eventType, eventType }));
		const settings = { source: eventSource, values: { eventTypes: [2] } as never, rule };
		const identified = recordFormat.identifyRecords(settings, { idColumn: 'eventId' }, toResults({ A: events }));
		expect(identified.get('A')).toEqual([{ id: '2', record: events[1] }]);
	});
});

describe('a missing ID column', () => {
	test.each([
		['one new record', 1, [], 0],
		['two new records', 2, [], 1],
		['two records of which one is stored', 2, [' dealNo D1'], 0],
		['three records of which one is stored', 3, [' dealNo D1'], 1],
		['four records of which two are stored', 4, [' dealNo D1', ' dealNo D2'], 0],
	])('%s', (_, count, ids, errorCount) => {
		expect(findKeys({ A: omit(buildDeals(count), 'dealsId') }, see(['7', ...ids]))).toHaveLength(errorCount);
	});

	test('a record with the ID clears its part, and the others count together', () => {
		const [first, second, third] = omit(buildDeals(3), 'dealsId') as [IDataObject, IDataObject, IDataObject];
		expect(findKeys({ A: [first, deal(9)], B: [second], C: [] }, see(['9']))).toEqual([]);
		expect(findKeys({ A: [first, deal(9)], B: [second], C: [], D: [third] }, see(['7', '9']))).toEqual(['B', 'D']);
	});

	const LOST = omit(buildDeals(2), 'dealsId');

	test.each([
		['identified a record of another part only', see(['7']), 'B'],
		['identified no record of the part', see([' dealNo D9']), 'A'],
		['identified a record that was missing before', new Map([['7', { digest: '', missedAt: 1 }]]), 'A'],
	])('is no error if it %s', (_, seen, storedPart) => {
		const identified = recordFormat.identifyRecords(SETTINGS, FORMAT, toResults({ A: LOST }));
		const errors = recordFormat.findFormatErrors(SETTINGS, FORMAT, toState(seen, [storedPart]), identified);
		expect(errors.size).toBe(0);
	});

	test('is no error if the identified record is in another part now, or if the column is empty', () => {
		expect(findKeys({ A: LOST, B: [deal(7)] }, see(['7']))).toEqual([]);
		for (const dealsId of [0, null, ''])
			expect(findKeys({ A: LOST.map((record) => ({ ...record, dealsId })) }, see(['7']))).toEqual([]);
	});

	test('is no error without stored records or their format', () => {
		const parts = { A: omit(buildDeals(20), 'dealsId') };
		expect(findKeys(parts, see([]))).toEqual([]);
		expect(findErrors(parts, see(['7']), undefined).size).toBe(1);
		const identified = recordFormat.identifyRecords(SETTINGS, undefined, toResults(parts));
		expect(recordFormat.findFormatErrors(SETTINGS, undefined, toState(see(['7'])), identified).size).toBe(0);
	});

	test('the message names it, also if a watched column is missing, too', () => {
		const records = omit(omit([...buildDeals(12)], 'dealsId'), 'statusName');
		const seen = see([...buildDeals(3).map(({ dealNo }) => ` dealNo ${dealNo as string}`), 7]);
		expect(findErrors({ A: records }, seen).get('A')).toMatchObject({
			kind: 'unclear',
			message: "GoFive returned deals without 'Deal ID', which identified them before",
			description: expect.stringMatching(
				/^All of them would count as new, so none starts the workflow\. The trigger continues when GoFive returns the field again\. To continue without it, rename the trigger\. .* The first record contains the fields dealsId, dealNo, dealsName, statusName\.$/,
			),
		});
	});
});

describe('a missing watched column', () => {
	const LOST = omit(buildDeals(12), 'statusName');

	test.each([
		['nine records are stored', 9, 'abcdef', 0],
		['ten records are stored', 10, 'abcdef', 1],
		['ten records are stored without a digest', 10, '', 0],
	])('%s', (_, count, digest, errorCount) => {
		expect(findKeys({ A: LOST }, seeDeals(count, digest))).toHaveLength(errorCount);
	});

	test('is no error if fewer than ten records would count as changed', () => {
		const { watchableColumns } = source;
		const seen: SeenRecords = new Map(
			LOST.map((record) => {
				const digest = computeRecordDigest(record, watchableColumns, ['dealName', 'statusName']);
				return [String(record.dealsId), { digest }];
			}),
		);
		expect(findKeys({ A: LOST }, seen)).toEqual([]);
		const change = (count: number) =>
			LOST.map((record, index) => (index < count ? { ...record, dealsName: 'x' } : record));
		expect(findKeys({ A: change(9) }, seen)).toEqual([]);
		expect(findKeys({ A: change(10) }, seen)).toEqual(['A']);
	});

	test('is one that all records had, and that none of a part has', () => {
		expect(findKeys({ A: LOST }, seeDeals(12), { ...FORMAT, watchedKeys: ['dealName'] })).toEqual([]);
		expect(findKeys({ A: LOST }, seeDeals(12), { idColumn: 'dealId' })).toEqual(['A']);
		expect(findKeys({ A: [...LOST, deal(13)] }, seeDeals(12))).toEqual([]);
		expect(findKeys({ A: omit(buildDeals(12), 'dealNo') }, seeDeals(12))).toEqual([]);
		expect(findKeys({ A: buildDeals(12) }, seeDeals(12))).toEqual([]);
	});

	test('parts that lack it count together', () => {
		const parts = { A: LOST.slice(0, 5), B: [deal(20)], C: [], D: LOST.slice(5, 10) };
		expect(findKeys(parts, seeDeals(12))).toEqual(['A', 'D']);
		expect(findKeys({ ...parts, D: LOST.slice(5, 9) }, seeDeals(12))).toEqual([]);
	});

	test('the message names it, and what the user can change', () => {
		expect(findErrors({ A: LOST }, seeDeals(12)).get('A')).toMatchObject({
			kind: 'unclear',
			message: "GoFive returned deals without the watched field 'Status Name'",
			description: expect.stringMatching(
				/^All of them would count as changed, so none starts .* To continue without it, select other fields in 'Fields to Watch', or rename the trigger\. /,
			),
		});
		const events = Array.from({ length: 10 }, (_, index) => ({ eventId: index + 1 }));
		const settings = { source: eventSource, values, rule: { watchedColumns: ['description'] } as never };
		const format = { idColumn: 'eventId' };
		expect(
			findErrors({ A: events }, see(events.map(({ eventId }) => eventId)), format, settings).get('A'),
		).toMatchObject({
			description: expect.stringContaining('To continue without it, rename the trigger.'),
		});
	});
});

describe('the stored format', () => {
	const update = (records: IDataObject[], format: RecordFormat | undefined = FORMAT) =>
		recordFormat.toStoredFormat(
			SETTINGS,
			format,
			recordFormat.identifyRecords(SETTINGS, FORMAT, toResults({ A: records })),
		);

	test('keeps the watched columns that all records have, and adds none', () => {
		expect(update(buildDeals(2))).toEqual(FORMAT);
		expect(update([])).toEqual(FORMAT);
		expect(update([deal(1), ...omit([deal(2)], 'statusName')])).toEqual({
			idColumn: 'dealId',
			watchedKeys: ['dealName'],
		});
		expect(update(buildDeals(2), { idColumn: 'dealId', watchedKeys: [] })).toEqual({
			idColumn: 'dealId',
			watchedKeys: [],
		});
		expect(update(buildDeals(2), { idColumn: 'dealId' })).toEqual(FORMAT);
		expect(update(buildDeals(2), { idColumn: 'x', watchedKeys: ['y', 'statusName', 'dealName'] })).toEqual({
			...FORMAT,
			idColumn: 'x',
		});
		const identified = recordFormat.identifyRecords(SETTINGS, undefined, toResults({ A: buildDeals(1) }));
		expect(recordFormat.toStoredFormat(SETTINGS, undefined, identified)).toBeUndefined();
	});

	test('is stored next to the fingerprints, and starts again with other watched columns', () => {
		const fingerprints = { scope: 'abcdef', watched: 'ghijkl' };
		const stored = serializeTriggerState({ parts: new Map(), format: FORMAT }, fingerprints);
		expect(stored).toStrictEqual({ ...fingerprints, ...FORMAT, parts: [] });
		expect(parseTriggerState(stored, fingerprints)?.format).toEqual(FORMAT);
		const other = parseTriggerState(stored, { ...fingerprints, watched: 'x' });
		expect(other?.format).toEqual({ idColumn: 'dealId' });
		expect(parseTriggerState({ ...stored, watchedKeys: 5 }, fingerprints)?.format).toEqual({ idColumn: 'dealId' });
		expect(parseTriggerState({ ...stored, idColumn: 5 }, fingerprints)?.format).toBeUndefined();
	});
});
