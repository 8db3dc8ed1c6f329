// What the stored records of a trigger have in common, and which responses lack it. What a user notices is in
// engine/trigger/triggerResponseFormatTests.cts.
import type { IDataObject } from 'n8n-workflow';
import { GoFiveError } from '../../nodes/GoFive/api/errors';
import * as recordFormat from '../../nodes/GoFive/trigger/recordFormat';
import { eventSource } from '../../nodes/GoFive/trigger/eventSource';
import { sources } from '../../nodes/GoFive/trigger/sources';
import {
	parseTriggerState,
	serializeTriggerState,
	type RecordFormat,
	type SeenRecords,
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
const see = (ids: string[]): SeenRecords => new Map(ids.map((id) => [id, { digest: 'abcdef' }]));
const toResults = (parts: Record<string, IDataObject[]>) => new Map(Object.entries(parts));

function findError(
	parts: Record<string, IDataObject[]>,
	seenBefore: SeenRecords,
	format: RecordFormat | undefined = FORMAT,
	settings = SETTINGS,
) {
	const identified = recordFormat.identifyRecords(settings, format, toResults(parts));
	return recordFormat.findFormatError(settings, format, seenBefore, identified);
}
const hasError = (...args: Parameters<typeof findError>): boolean => findError(...args) !== undefined;

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
	const LOST = omit(buildDeals(2), 'dealsId');

	test('is one that all stored records had, and that no record of the poll has', () => {
		expect(hasError({ A: LOST.slice(0, 1), B: [] }, see(['7']))).toBe(true);
		expect(hasError({ A: LOST, B: [deal(9)] }, see(['7']))).toBe(false);
		expect(hasError({ A: LOST }, see(['7', ' dealNo D9']))).toBe(false);
		for (const dealsId of [0, null, ''])
			expect(hasError({ A: LOST.map((record) => ({ ...record, dealsId })) }, see(['7']))).toBe(false);
	});

	test('is none without records, stored records or their format', () => {
		expect(hasError({ A: [] }, see(['7']))).toBe(false);
		expect(hasError({ A: LOST }, see([]))).toBe(false);
		const identified = recordFormat.identifyRecords(SETTINGS, undefined, toResults({ A: LOST }));
		expect(recordFormat.findFormatError(SETTINGS, undefined, see(['7']), identified)).toBeUndefined();
	});

	test('the message names it, also if a watched column is missing, too', () => {
		const records = omit(omit(buildDeals(12), 'dealsId'), 'statusName');
		expect(findError({ A: records }, see(['7']))).toMatchObject({
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

	test('is one that all stored records had, and that none of ten records or more has', () => {
		expect(hasError({ A: LOST.slice(0, 5), B: LOST.slice(5, 10) }, see(['1']))).toBe(true);
		expect(hasError({ A: LOST.slice(0, 5), B: LOST.slice(5, 9) }, see(['1']))).toBe(false);
		expect(hasError({ A: LOST, B: [deal(13)] }, see(['1']))).toBe(false);
		expect(hasError({ A: LOST }, see(['1']), { ...FORMAT, watchedKeys: ['dealName'] })).toBe(false);
		expect(hasError({ A: LOST }, see(['1']), { idColumn: 'dealId' })).toBe(false);
		expect(hasError({ A: omit(buildDeals(12), 'dealNo') }, see(['1']))).toBe(false);
	});

	test('the message names it, and what the user can change', () => {
		expect(findError({ A: LOST }, see(['1']))).toMatchObject({
			kind: 'unclear',
			message: "GoFive returned deals without the watched field 'Status Name'",
			description: expect.stringMatching(
				/^All of them would count as changed, so none starts .* To continue without it, select other fields in 'Fields to Watch', or rename the trigger\. /,
			),
		});
		const events = Array.from({ length: 10 }, (_, index) => ({ eventId: index + 1 }));
		const settings = { source: eventSource, values, rule: { watchedColumns: ['description'] } as never };
		const format = { idColumn: 'eventId', watchedKeys: ['description'] };
		expect(findError({ A: events }, see(['1']), format, settings)).toMatchObject({
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
