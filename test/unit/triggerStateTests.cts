import type { IDataObject } from 'n8n-workflow';
import { getRecordId, getRecordKey, toIdText } from '../../nodes/GoFive/operation/records/records';
import { toText } from '../../nodes/GoFive/shared/text';
import { sources } from '../../nodes/GoFive/trigger/sources';
import * as compareRecords from '../../nodes/GoFive/trigger/compareRecords';
import { computeDigest } from '../../nodes/GoFive/trigger/digest';
import * as triggerState from '../../nodes/GoFive/trigger/triggerState';

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2025-06-15T05:00:00Z');
const FINGERPRINTS = { scope: 'abcdef', watched: '' };

const parseSeen = (text: string) => triggerState.parseSeenRecords(text) ?? new Map<string, never>();

// The clock may be set back.
test.each([
	[49, true],
	[50, false],
	[-48, true],
	[-50, false],
])('record missing for %i hours; remembered: %p', (hours, isRemembered) => {
	const seenInPart = compareRecords.keepMissing(new Map([['1', { digest: '' }]]), new Set(), NOW);
	expect(compareRecords.keepMissing(seenInPart, new Set(), NOW + hours * HOUR_MS).has('1')).toBe(isRemembered);
});

test('escapes only blanks, dots and percent signs in a stored ID', () => {
	const seen = new Map([
		['ดีล-๑ "ใหม่"', { digest: 'abcdef' }],
		['a b.c%20d%2E', { digest: '', missedAt: 482_520 }],
	]);
	expect(triggerState.serializeSeenRecords(seen)).toBe('ดีล-๑%20"ใหม่".abcdef a%20b%2ec%2520d%252E..482520');
	expect(triggerState.parseSeenRecords(triggerState.serializeSeenRecords(seen))).toEqual(seen);
});

test.each([
	null,
	'a',
	'.abcdef',
	'a.abcde',
	'a.abcdefg',
	'a.abcde+',
	'a..12345678',
	'a..x',
	'a.abcdef.1.',
	'a.abcdef..',
	'a.abcdef.1.2.3.4',
	'a. b',
])('rejects the stored text %j', (text) => {
	expect(triggerState.parseSeenRecords(text)).toBeUndefined();
});

test('reads all forms of a stored record', () => {
	expect(triggerState.parseSeenRecords('')).toEqual(new Map());
	const text =
		'a.  b.-_09aZ c..1 %2e%25%20%41.abcdef.1234567 d.abcdef..482520 e...482520.14 f.abcdef.482530.482520.3650';
	const seen = triggerState.parseSeenRecords(text) ?? new Map<string, never>();
	expect(Object.fromEntries(seen)).toStrictEqual({
		a: { digest: '' },
		b: { digest: '-_09aZ' },
		c: { digest: '', missedAt: 1 },
		'.% %41': { digest: 'abcdef', missedAt: 1_234_567 },
		d: { digest: 'abcdef', unchangedSince: 482_520 },
		e: { digest: '', unchangedSince: 482_520, reportedDays: 14 },
		f: { digest: 'abcdef', missedAt: 482_530, unchangedSince: 482_520, reportedDays: 3650 },
	});
	expect(triggerState.parseSeenRecords(triggerState.serializeSeenRecords(seen))).toEqual(seen);
});

test.each<[unknown, unknown?]>([['A'], [5, {}], ['A', null], ['A', { seen: 'x' }], ['A', { failures: 1.5 }]])(
	'the stored part %j, %j starts again',
	(...part) => {
		const parts = [part, ['B', { seen: '1.', owed: 1 }], ['__proto__', { failures: 2, owed: true }]];
		expect([...triggerState.parseParts({ parts })]).toEqual([
			['B', { seen: new Map([['1', { digest: '' }]]), failures: 0, isOwed: false }],
			['__proto__', { failures: 2, isOwed: true }],
		]);
		expect(triggerState.parseParts({ parts: part })).toEqual(new Map());
		expect(triggerState.parseParts(part)).toEqual(new Map());
	},
);

test('a stored state is read with its own settings, and without digests for other watched columns', () => {
	const seen = new Map([['1', { digest: 'abcdef', missedAt: 5 }]]);
	const parts = new Map([
		['A', { seen, failures: 0, isOwed: false }],
		['B', { failures: 2, isOwed: true }],
	]);
	const stored = triggerState.serializeTriggerState({ parts }, FINGERPRINTS);
	const storedParts = [
		['A', { seen: '1.abcdef.5' }],
		['B', { failures: 2, owed: true }],
	];
	expect(stored).toStrictEqual({ ...FINGERPRINTS, parts: storedParts });
	expect(triggerState.parseTriggerState(stored, FINGERPRINTS)).toEqual({ parts });
	const otherColumns = triggerState.parseTriggerState(stored, { ...FINGERPRINTS, watched: 'x' });
	expect(otherColumns?.parts.get('A')?.seen?.get('1')).toEqual({ digest: '', missedAt: 5 });
	expect(triggerState.parseTriggerState(stored, { ...FINGERPRINTS, scope: 'x' })).toBeUndefined();
	for (const invalid of ['x', null, []]) expect(triggerState.parseTriggerState(invalid, FINGERPRINTS)).toBeUndefined();
});

test('a poll begins with added parts, then follows the order of the state', () => {
	const { parts } = triggerState.createFirstState(['C', 'A', 'B'], false);
	expect(triggerState.getReadingOrder(['A', 'D', 'B', 'E', 'C'], { parts })).toEqual(['D', 'E', 'C', 'A', 'B']);
	expect(triggerState.getReadingOrder(['B'], { parts })).toEqual(['B']);
});

const columns = { a: { displayName: 'A' }, b: { displayName: 'B', paths: ['x.y'] } };

test.each<[boolean, unknown, unknown]>([
	[true, 12, '12'],
	[true, null, ''],
	[true, { a: null, b: 1 }, { b: '1' }],
	[true, { __rl: true, mode: 'id', value: '5' }, 5],
	[true, { b: 1, a: { d: 2, c: 3 } }, { a: { c: 3, d: 2 }, b: 1 }],
	[true, [{ b: 1, a: 2 }], [{ a: 2, b: 1 }]],
	[false, { a: 1, b: 2 }, { a: 2, b: 1 }],
	[false, 0, ''],
	[false, false, ''],
	[false, [1, 2], [2, 1]],
])('has equal digests: %p, of %j and %j', (isEqual, first, second) => {
	expect(computeDigest([first]) === computeDigest([second])).toBe(isEqual);
});

test('a digest has six characters, and covers only the watched columns', () => {
	const record = { a: 1, x: { y: 2 }, other: 3 };
	const digest = compareRecords.computeRecordDigest(record, columns, ['a', 'b']);
	expect(digest).toMatch(/^[\w-]{6}$/);
	expect(digest).toBe(computeDigest([1, 2]));
	expect(compareRecords.computeRecordDigest({ ...record, other: 4 }, columns, ['a', 'b'])).toBe(digest);
	expect(compareRecords.computeRecordDigest({ ...record, x: { y: 3 } }, columns, ['a', 'b'])).not.toBe(digest);
	expect(compareRecords.computeRecordDigest(record, columns, [])).toBe('');
});

test('the ID of a record is the first filled column', () => {
	const entity = {
		pluralName: 'x',
		columns: { id: { displayName: 'ID' } },
		keyColumns: ['id'],
		idColumns: ['id', 'no'],
	};
	const records = [{ id: 5, no: 'A' }, { id: null, no: ' A ' }, { id: '', no: 0 }, { no: {} }, {}];
	expect(records.map((record) => getRecordId(record, entity))).toEqual(['5', 'A', undefined, undefined, undefined]);
	expect(getRecordId({ id: 5 }, { ...entity, idColumns: undefined })).toBe('5');
	expect(getRecordId({ id: 5 }, undefined)).toBeUndefined();
});

const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

test.each([0, '0', ' 0 ', '', ' ', null, undefined, -1, 1.5, 2 ** 53, NaN, true, {}, [], EMPTY_GUID])(
	'%j identifies nothing',
	(value) => {
		expect(toIdText(value)).toBe('');
	},
);

test.each([
	[1, '1'],
	[2 ** 53 - 1, '9007199254740991'],
	[' 12 ', '12'],
	['000', '000'],
	['9007199254740993', '9007199254740993'],
	['-1', '-1'],
])('%j identifies a record as %j', (value, id) => {
	expect(toIdText(value)).toBe(id);
});

test('the key of a record contains the column, unless that column identifies the other records', () => {
	const entity = { pluralName: 'x', columns: {}, keyColumns: ['no'], idColumns: ['id', 'no'] };
	const records = [{ id: 1, no: 'A' }, { id: 0, no: '1' }, { no: 'B' }, {}];
	expect(records.map((record) => getRecordKey(record, entity))).toEqual(['1', ' no 1', ' no B', undefined]);
	expect(records.map((record) => getRecordKey(record, entity, 'no'))).toEqual(['A', '1', 'B', undefined]);
	expect(getRecordKey({ id: 1 }, entity, 'no')).toBe(' id 1');
	expect(getRecordKey({ id: 1 }, undefined)).toBeUndefined();
});

// Stored states contain these IDs. Each entry was a key of GoFive's record before the columns identified it.
test.each<[string, string[]]>([
	['Event', ['eventId']],
	['Customer', ['customerId', 'customerCode']],
	['Deal', ['dealsId', 'dealNo']],
	['Expense', ['expenseId', 'expenseNo']],
	['Product', ['productCode']],
	['Quotation', ['quotationId', 'quotationNo']],
])('%s is stored under the first filled of %j', (name, keys) => {
	const entity = sources.find(({ value }) => value === name)?.entity;
	const values = [12, ' A1 ', '', null, undefined];
	for (const first of values)
		for (const second of values) {
			const record = { [keys[1] ?? 'other']: second, [keys[0] ?? '']: first } as IDataObject;
			const storedId = keys.map((key) => toText(record[key])).find(Boolean);
			expect(getRecordId(record, entity)).toBe(storedId);
		}
});

// Stored states contain these fingerprints. With another one, the first poll misses changes.
test.each<[string, string]>([
	['Event', 'DSGni_'],
	['Customer', 'xOCqwN'],
	['Deal', '7UNTyD'],
	['Expense', 'kTVB9y'],
	['Product', 'fyE8kM'],
	['Quotation', 'iPsDNn'],
])('%s: the columns watched by default have the fingerprint %s', (name, fingerprint) => {
	const { defaultWatchedColumns = [] } = sources.find(({ value }) => value === name) ?? {};
	expect(computeDigest(defaultWatchedColumns)).toBe(fingerprint);
});

// If this fails because an entity has another column, change the description of the field, and not the columns.
test.each(sources.filter(({ fixedColumnNames }) => !fixedColumnNames))(
	"$value: the columns watched by default are those of Simplified, as the description of 'Fields to Watch' says",
	({ defaultWatchedColumns, watchableColumns, entity }) => {
		const simplified = Object.keys(watchableColumns).filter((key) => !entity.columns[key]?.selectedOnly);
		expect(defaultWatchedColumns).toEqual(simplified);
	},
);

test.each([
	['1', 'abcdef', undefined],
	['1', 'bcdefg', 'changed'],
	['2', 'abcdef', undefined],
	['3', 'abcdef', 'new'],
])('record %s with digest %p is %p', (id, digest, change) => {
	expect(compareRecords.detectChange(id, digest, parseSeen('1.abcdef 2.'))).toBe(change);
});

test('keeps missing records with the hour in which they were first missing', () => {
	const seen = parseSeen('1.aaaaaa 2.bbbbbb.486096 3.cccccc.486051 4.dddddd');
	const foundIds = new Set(['4']);
	const kept = compareRecords.keepMissing(seen, foundIds, NOW + HOUR_MS / 2);
	expect(triggerState.serializeSeenRecords(kept)).toBe('1.aaaaaa.486101 2.bbbbbb.486096');
	const missing = compareRecords.keepMissing(seen, foundIds);
	expect(triggerState.serializeSeenRecords(missing)).toBe('1.aaaaaa 2.bbbbbb.486096 3.cccccc.486051');
});
