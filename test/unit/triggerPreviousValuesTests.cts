// Values that the trigger stores, and what they say about a change.
import type { IDataObject } from 'n8n-workflow';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import { compareParts } from '../../nodes/GoFive/trigger/compareParts';
import {
	changedRecords,
	comparePrevious,
	formatDifference,
	toStoredValues,
} from '../../nodes/GoFive/trigger/kinds/changedRecords';
import type { StoredValues } from '../../nodes/GoFive/trigger/storedValues';
import { sources } from '../../nodes/GoFive/trigger/sources';
import * as triggerState from '../../nodes/GoFive/trigger/triggerState';

const quotation = sources.find(({ name }) => name === 'Quotation')!;
const KEYS = ['productCount', 'quotationDate', 'quotationNote', 'quotationStatusName', 'subTotal'];
const RECORD = {
	quotationDetails: [{ price: 5 }],
	quotationDate: '2025-06-01T09:30:00+0700',
	quotationNote: 'x'.repeat(101),
	quotationStatus: 3,
	subTotal: null,
};
const toValues = (changes = {}) => toStoredValues({ ...RECORD, ...changes }, quotation.watchableColumns, KEYS);
const DIGEST = expect.stringMatching(/^[\w-]{6}$/);

test('stores short values, and digests of rows and of long texts', () => {
	expect(toValues()).toEqual([[DIGEST], RECORD.quotationDate, [DIGEST], 3, null]);
	expect(toValues({ quotationNote: 'x'.repeat(100) })[2]).toBe('x'.repeat(100));
});

test.each([null, '', undefined])('stores %p as null', (subTotal) => {
	expect(toValues({ subTotal })[4]).toBeNull();
});

test('names the changed columns, and shows all values before the change like the output', () => {
	const changes = { quotationDetails: [], quotationNote: 'y', quotationStatus: '3', subTotal: 100 };
	const difference = comparePrevious(KEYS, toValues(changes), toValues());
	expect(formatDifference(difference, quotation.entity.columns, 'Asia/Bangkok')).toEqual({
		changedFields: ['productCount', 'quotationNote', 'subTotal'],
		previous: { quotationDate: '2025-06-01T09:30:00+07:00', quotationStatusName: 'Awaiting Send', subTotal: null },
	});
});

test('shows a date without an offset in the time zone of the account', () => {
	const before = toValues({ quotationDate: '2025-06-01T09:30:00' });
	const difference = comparePrevious(KEYS, toValues(), before);
	expect(formatDifference(difference, quotation.entity.columns, 'Asia/Tokyo')).toMatchObject({
		previous: { quotationDate: '2025-06-01T09:30:00+09:00' },
	});
});

test.each([[undefined], [[]], [[1, 2]]])('is null if the values before are %j', (before) => {
	const difference = comparePrevious(KEYS, toValues(), before);
	const unknown = { changedFields: null, previous: null };
	expect(formatDifference(difference, quotation.entity.columns, 'Asia/Bangkok')).toEqual(unknown);
});

const FINGERPRINTS = { scope: 'abcdef', watched: 'abcdef' };
const createPart = (allValues: Array<StoredValues | undefined>, firstId = 0) => ({
	seen: new Map(
		allValues.map((values, index) => [
			String(firstId + index),
			values ? { digest: 'abcdef', values } : { digest: 'abcdef' },
		]),
	),
	failures: 0,
	isOwed: false,
});
const store = (parts: Array<[string, ReturnType<typeof createPart>]>) =>
	triggerState.serializeTriggerState({ parts: new Map(parts) }, FINGERPRINTS);

test('the values are stored as a text next to the records, which an older version reads, too', () => {
	const part = createPart([[1, 'เจรจา "A"', true, null, ['aaaaaa']], undefined]);
	const stored = store([['A', part]]);
	expect(stored).toStrictEqual({
		...FINGERPRINTS,
		parts: [['A', { seen: '0.abcdef 1.abcdef', values: '[[1,"เจรจา \\"A\\"",true,null,["aaaaaa"]],null]' }]],
	});
	expect(triggerState.parseTriggerState(stored, FINGERPRINTS)?.parts.get('A')).toEqual(part);
	const otherColumns = triggerState.parseTriggerState(stored, { ...FINGERPRINTS, watched: 'x' });
	const seen = otherColumns?.parts.get('A')?.seen ?? [];
	expect(Object.fromEntries(seen)).toEqual({ 0: { digest: '' }, 1: { digest: '' } });
});

test.each(['x', '5', '[]', '[[1]]', '[[1],5]', '[[1],[2],[3]]', 7])('ignores the stored values %j', (values) => {
	const stored = { ...FINGERPRINTS, parts: [['A', { seen: '0.abcdef 1.abcdef', values }]] };
	const state = triggerState.parseTriggerState(stored, FINGERPRINTS);
	expect(state?.parts.get('A')).toEqual(createPart([undefined, undefined]));
});

test('stores at most a million characters of values, for the first records', () => {
	const row = ['x'.repeat(95)];
	const parts = [0, 8000].map((firstId): [string, ReturnType<typeof createPart>] => [
		String(firstId),
		createPart(
			Array.from({ length: 8000 }, () => row),
			firstId,
		),
	]);
	const stored = store(parts);
	const parsed = triggerState.parseTriggerState(stored, FINGERPRINTS)!;
	const counts = [...parsed.parts.values()].map(
		({ seen }) => [...seen!.values()].filter(({ values }) => values).length,
	);
	expect(counts).toEqual([8000, 2101]);
	expect(JSON.stringify(stored).length).toBeLessThan(1_400_000);
});

describe('a poll', () => {
	const NUMBER = { quotationNo: 'QT1', quotationStatus: 3, subTotal: 5 };

	interface PollSetup {
		includePreviousValues?: boolean;
		isTest?: boolean;
	}

	function poll(
		records: IDataObject[],
		before: triggerState.TriggerState,
		{ includePreviousValues = true, isTest }: PollSetup = {},
	) {
		const options = { ...readNodeOptions({}), includePreviousValues };
		const values = { options, fieldsToWatch: ['quotationStatusName', 'subTotal'] } as never;
		const now = Date.parse('2025-06-15T05:00:00Z');
		const rule = changedRecords.createRule(quotation, values, now);
		const settings = { source: quotation, values, rule, parts: new Map([['', {}]]), now, isTest };
		return compareParts(settings, before, new Map([['', records]]));
	}
	const FIRST_STATE = triggerState.createFirstState([''], false);

	test('stores the values, and compares a changed record with them', () => {
		const { state, records } = poll([NUMBER], FIRST_STATE);
		expect(records).toEqual([]);
		expect([...(state.parts.get('')?.seen?.values() ?? [])]).toMatchObject([{ values: [3, 5] }]);
		const next = poll(
			[
				{ ...NUMBER, subTotal: 7 },
				{ ...NUMBER, quotationNo: 'QT2' },
			],
			state,
		);
		expect(next.records).toMatchObject([
			{ change: 'changed', addedFields: { changedFields: ['subTotal'], previous: { subTotal: 5 } } },
			{ change: 'new', addedFields: { changedFields: [], previous: {} } },
		]);
	});

	test('after two changes, the values before are those of the first one', () => {
		const first = poll([NUMBER], FIRST_STATE);
		const second = poll([{ ...NUMBER, subTotal: 7 }], first.state);
		const third = poll([{ ...NUMBER, subTotal: 9 }], second.state);
		expect(third.records).toMatchObject([{ addedFields: { changedFields: ['subTotal'], previous: { subTotal: 7 } } }]);
	});

	test('without the option, stores and compares no values', () => {
		const { state } = poll([NUMBER], FIRST_STATE, { includePreviousValues: false });
		expect([...(state.parts.get('')?.seen?.values() ?? [])]).toEqual([{ digest: expect.any(String) }]);
		const { records } = poll([{ ...NUMBER, subTotal: 7 }], state, { includePreviousValues: false });
		expect(records).toEqual([expect.objectContaining({ change: 'changed', addedFields: {} })]);
	});

	test('turned on later, the values before are not known', () => {
		const { state } = poll([NUMBER], FIRST_STATE, { includePreviousValues: false });
		const { records } = poll([{ ...NUMBER, subTotal: 7 }], state);
		expect(records).toMatchObject([{ addedFields: { changedFields: null, previous: null } }]);
	});

	test('a test shows the values as the previous ones', () => {
		const { records } = poll([NUMBER], triggerState.createFirstState([''], true), { isTest: true });
		expect(records).toMatchObject([{ addedFields: { changedFields: [], previous: { subTotal: 5 } } }]);
	});
});
