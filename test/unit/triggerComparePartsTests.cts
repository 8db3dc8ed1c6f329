import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, type ErrorDetails } from '../../nodes/GoFive/api/errors';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import { HOUR_MS } from '../../nodes/GoFive/shared/units';
import { eventSource } from '../../nodes/GoFive/trigger/eventSource';
import { compareParts, type PollComparison } from '../../nodes/GoFive/trigger/compareParts';
import { newRecords } from '../../nodes/GoFive/trigger/kinds/newRecords';
import {
	createFirstState,
	getReadingOrder,
	parseTriggerState,
	serializeTriggerState,
	type TriggerState,
} from '../../nodes/GoFive/trigger/triggerState';

const NOW = Date.parse('2025-06-15T05:00:00Z');
const FINGERPRINTS = { scope: 'abcdef', watched: '' };

const event = (eventId: number, eventName = `Event ${eventId}`): IDataObject => ({ eventId, eventName, eventType: 1 });

describe('compareParts', () => {
	const CODES = ['A', 'B', 'C', 'D'];
	const createFailure = (details: Partial<ErrorDetails>) =>
		new GoFiveError({ message: 'No', description: 'Not now.', ...details });

	interface PollSetup {
		codes?: string[];
		isListed?: boolean;
		eventTypes?: number[];
		source?: typeof eventSource;
		now?: number;
	}

	function runOnePoll(
		answers: Record<string, IDataObject[] | GoFiveError>,
		before: TriggerState,
		{ codes = CODES, eventTypes = [], now = NOW, source = eventSource, isListed }: PollSetup = {},
	) {
		const requestedCodes = getReadingOrder(codes, before);
		const values = { options: readNodeOptions({}), eventTypes } as never;
		const settings = {
			source,
			values,
			parts: new Map(codes.map((code) => [code, {} as never])),
			rule: newRecords.createRule(source, values, now),
			now,
			isListed,
		};
		const results = new Map(requestedCodes.map((code) => [code, answers[code] ?? []]));
		return { requestedCodes, ...compareParts(settings, before, results) };
	}
	const listReported = ({ records }: PollComparison) => records.map(({ partKey, record }) => [partKey, record.eventId]);
	const listSeen = ({ state }: PollComparison, code: string) => [...(state.parts.get(code)?.seen?.keys() ?? [])];
	const FIRST_ANSWERS: Record<string, IDataObject[]> = { A: [event(1)], B: [event(2)], C: [event(3)], D: [event(4)] };
	const FIRST_STATE = createFirstState(CODES, false);
	const store = (state: TriggerState) =>
		parseTriggerState(
			JSON.parse(JSON.stringify(serializeTriggerState(state, FINGERPRINTS))),
			FINGERPRINTS,
		) as TriggerState;

	test('begins with customers that were out of time, in the order of reading, and counts only failures', () => {
		const { state } = runOnePoll(FIRST_ANSWERS, FIRST_STATE);
		const second = runOnePoll(
			{
				...FIRST_ANSWERS,
				A: createFailure({ httpCode: '500' }),
				B: createFailure({ aborted: 'beforeSending' }),
				C: createFailure({ aborted: 'inProgress' }),
			},
			store(state),
		);
		expect(CODES.map((code) => second.state.parts.get(code)?.failures)).toEqual([1, 0, 1, 0]);
		const third = runOnePoll(FIRST_ANSWERS, store(second.state));
		expect(third.requestedCodes).toEqual(['B', 'C', 'A', 'D']);
		expect([...third.state.parts.keys()]).toEqual(['B', 'C', 'A', 'D']);
		expect(CODES.map((code) => third.state.parts.get(code)?.failures)).toEqual([0, 0, 0, 0]);
	});

	test('stores no key without a value, since the durable poller would store the state again each time', () => {
		const { state } = runOnePoll({ ...FIRST_ANSWERS, A: createFailure({ httpCode: '500' }) }, FIRST_STATE);
		const stored = serializeTriggerState(state, FINGERPRINTS);
		expect(JSON.parse(JSON.stringify(stored))).toStrictEqual(stored);
	});

	test('reports an event in the responses of two customers once', () => {
		const { state } = runOnePoll(FIRST_ANSWERS, FIRST_STATE);
		const answers = { ...FIRST_ANSWERS, B: [event(2), event(20)], C: [event(3), event(20)] };
		const second = runOnePoll(answers, store(state));
		expect(second.records.map(({ partKey, record }) => [partKey, record.eventId])).toEqual([['B', 20]]);
		expect(runOnePoll({ ...answers, B: [event(2)] }, store(second.state)).records).toEqual([]);
	});

	test('keeps the events of a customer who cannot be read, except events that moved to another', () => {
		const { state } = runOnePoll({ ...FIRST_ANSWERS, A: [event(1), event(11)] }, FIRST_STATE);
		const second = runOnePoll(
			{ ...FIRST_ANSWERS, A: createFailure({ httpCode: '500' }), B: [event(2), event(11)] },
			store(state),
		);
		expect(second.records).toEqual([]);
		expect([...(second.state.parts.get('A')?.seen?.keys() ?? [])]).toEqual(['1']);
		const third = runOnePoll({ ...FIRST_ANSWERS, A: [event(1), event(12)] }, store(second.state));
		expect(third.records.map(({ record }) => record.eventId)).toEqual([12]);
	});

	test('stores the first records of a customer, and reports them only if the customer joins a list', () => {
		const first = runOnePoll(FIRST_ANSWERS, FIRST_STATE);
		expect(listReported(first)).toEqual([]);
		for (const [isListed, expected] of [
			[false, []],
			[true, [['E', 5]]],
		] as const) {
			const setup = { codes: [...CODES, 'E'], isListed };
			const second = runOnePoll({ ...FIRST_ANSWERS, E: [event(5)] }, store(first.state), setup);
			expect(listReported(second)).toEqual(expected);
			expect(second.state.parts.get('E')).toEqual({
				seen: new Map([['5', { digest: '' }]]),
				failures: 0,
				isOwed: false,
			});
		}
	});

	test('reports the records of a customer who joins a list also if the first request fails', () => {
		const { state } = runOnePoll(FIRST_ANSWERS, FIRST_STATE);
		const setup = { codes: [...CODES, 'E'], isListed: true };
		const failed = runOnePoll({ ...FIRST_ANSWERS, E: createFailure({ httpCode: '500' }) }, store(state), setup);
		expect(failed.unread.size).toBe(1);
		expect(failed.state.parts.get('E')).toEqual({ failures: 1, isOwed: true });
		expect(listReported(runOnePoll({ ...FIRST_ANSWERS, E: [event(5)] }, store(failed.state), setup))).toEqual([
			['E', 5],
		]);
	});

	test.each<[string, ErrorDetails['kind'], boolean, Array<[string, number]>]>([
		['reports the first event of a listed customer whom GoFive rejects before', 'rejected', true, [['E', 5]]],
		['only stores the first events of a listed customer if GoFive was not available before', 'unavailable', true, []],
		['only stores the first events of a selected customer whom GoFive rejects before', 'rejected', false, []],
	])('%s', (_, kind, isListed, expected) => {
		const setup = { codes: ['E'], isListed };
		const failed = runOnePoll({ E: createFailure({ kind }) }, createFirstState(['E'], false), setup);
		expect(failed.unread.size).toBe(1);
		expect(listReported(runOnePoll({ E: [event(5)] }, store(failed.state), setup))).toEqual(expected);
	});

	test('keeps existing records to report while GoFive rejects their customer', () => {
		const setup = { codes: ['E'], isListed: true };
		const failed = runOnePoll({ E: createFailure({ kind: 'rejected' }) }, createFirstState(['E'], true), setup);
		expect(failed.state.parts.get('E')).toEqual({ failures: 1, isOwed: true });
	});

	test('keeps the records of a customer who leaves a list for two days, unless the list is empty', () => {
		const setup = { isListed: true };
		const { state } = runOnePoll(FIRST_ANSWERS, FIRST_STATE, setup);
		const withoutD = { ...setup, codes: ['A', 'B', 'C'] };
		const left = runOnePoll(FIRST_ANSWERS, store(state), withoutD);
		expect(left.state.parts.get('D')).toMatchObject({ failures: 0, isOwed: false });
		expect(listSeen(left, 'D')).toEqual(['4']);
		// The customer returns with an old event and a new one.
		const returned = runOnePoll({ ...FIRST_ANSWERS, D: [event(4), event(40)] }, store(left.state), setup);
		expect(listReported(returned)).toEqual([['D', 40]]);
		const threeDaysLater = { ...withoutD, now: NOW + 72 * HOUR_MS };
		expect(runOnePoll(FIRST_ANSWERS, store(left.state), threeDaysLater).state.parts.has('D')).toBe(false);
		// An empty list may be a fault of GoFive, so the two days neither start nor end.
		const emptyList = { isListed: true, codes: [], now: NOW + 72 * HOUR_MS };
		expect([...runOnePoll({}, store(left.state), emptyList).state.parts.keys()]).toEqual(['A', 'B', 'C', 'D']);
		expect([...runOnePoll({}, store(state), emptyList).state.parts.get('D')!.seen!.values()]).toEqual([{ digest: '' }]);
	});

	test('forgets a customer of a list who has left it without records', () => {
		const { state } = runOnePoll({ ...FIRST_ANSWERS, D: createFailure({ httpCode: '500' }) }, FIRST_STATE);
		const listed = runOnePoll({ A: [event(1)], B: [event(3)] }, store(state), { codes: ['A', 'B'], isListed: true });
		// The event of C is now in the response of B, and D was never read.
		expect([...listed.state.parts.keys()]).toEqual(['A', 'B']);
	});

	test('keeps a missing record for two days, which neither an empty response nor a failed request ends', () => {
		const { state } = runOnePoll({ A: [event(1), event(11)] }, FIRST_STATE);
		const missing = runOnePoll({ A: [event(1)] }, store(state));
		expect(listSeen(missing, 'A')).toEqual(['1', '11']);
		const empty = runOnePoll({ A: [] }, store(missing.state), { now: NOW + 72 * HOUR_MS });
		expect(listSeen(empty, 'A')).toEqual(['1', '11']);
		const failure = createFailure({ httpCode: '500' });
		const failed = runOnePoll({ A: failure }, store(missing.state), { now: NOW + 72 * HOUR_MS });
		expect(listSeen(failed, 'A')).toEqual(['1', '11']);
		const later = runOnePoll({ A: [event(1)] }, store(missing.state), { now: NOW + 72 * HOUR_MS });
		expect(listSeen(later, 'A')).toEqual(['1']);
	});

	test('the two days start again for a record that returns', () => {
		const { state } = runOnePoll({ A: [event(1), event(11)] }, FIRST_STATE);
		const missing = runOnePoll({ A: [event(1)] }, store(state));
		const returned = runOnePoll({ A: [event(1), event(11)] }, store(missing.state), { now: NOW + 24 * HOUR_MS });
		const missingAgain = runOnePoll({ A: [event(1)] }, store(returned.state), { now: NOW + 72 * HOUR_MS });
		expect(listSeen(missingAgain, 'A')).toEqual(['1', '11']);
	});

	test('ignores records without an ID, and records that the source does not include', () => {
		const { state } = runOnePoll(FIRST_ANSWERS, FIRST_STATE);
		const answers = { A: [event(1), event(12), { ...event(13), eventType: 2 }, { ...event(0), eventId: null }] };
		const second = runOnePoll(answers, store(state), { eventTypes: [1] });
		expect(listReported(second)).toEqual([['A', 12]]);
		expect(listSeen(second, 'A')).toEqual(['1', '12']);
		const source = { ...eventSource, includesRecord: undefined };
		expect(listReported(runOnePoll(answers, store(state), { eventTypes: [1], source }))).toEqual([
			['A', 12],
			['A', 13],
		]);
	});

	test('an event in the responses of an added and a watched customer belongs to the watched one, and is reported', () => {
		const { state } = runOnePoll({ A: [event(1)] }, createFirstState(['A'], false), { codes: ['A'] });
		const second = runOnePoll({ B: [event(2), event(3)], A: [event(1), event(3)] }, store(state), {
			codes: ['B', 'A'],
		});
		expect(listReported(second)).toEqual([['A', 3]]);
		expect([listSeen(second, 'A'), listSeen(second, 'B')]).toEqual([['1', '3'], ['2']]);
	});

	test('the events of a removed customer are forgotten, so one that moves to a watched customer is new', () => {
		const { state } = runOnePoll(FIRST_ANSWERS, FIRST_STATE);
		const second = runOnePoll(FIRST_ANSWERS, store(state), { codes: ['A'] });
		expect([...second.state.parts.keys()]).toEqual(['A']);
		const third = runOnePoll({ A: [event(1), event(2)] }, store(second.state), { codes: ['A'] });
		expect(listReported(third)).toEqual([['A', 2]]);
	});
});
