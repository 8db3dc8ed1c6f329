import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, type ErrorDetails } from '../../nodes/GoFive/api/errors';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import { eventSource } from '../../nodes/GoFive/trigger/eventSource';
import { compareParts } from '../../nodes/GoFive/trigger/compareParts';
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

	function runOnePoll(
		answers: Record<string, IDataObject[] | GoFiveError>,
		before: TriggerState,
		codes: string[] = CODES,
	) {
		const requestedCodes = getReadingOrder(codes, before);
		const settings = {
			source: eventSource,
			values: { options: readNodeOptions({}), eventTypes: [] } as never,
			parts: new Map(codes.map((code) => [code, {} as never])),
			watchedColumns: [],
			now: NOW,
		};
		const results = new Map(requestedCodes.map((code) => [code, answers[code] ?? []]));
		return { requestedCodes, ...compareParts(settings, before, results) };
	}
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
				B: createFailure({ ended: 'beforeSending' }),
				C: createFailure({ ended: 'inProgress' }),
			},
			store(state),
		);
		expect(CODES.map((code) => second.state.parts.get(code)?.failures)).toEqual([1, 0, 1, 0]);
		const third = runOnePoll(FIRST_ANSWERS, store(second.state));
		expect(third.requestedCodes).toEqual(['B', 'C', 'A', 'D']);
		expect([...third.state.parts.keys()]).toEqual(['B', 'C', 'A', 'D']);
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

	test('an event in the responses of an added and a watched customer belongs to the watched one, and is reported', () => {
		const { state } = runOnePoll({ A: [event(1)] }, createFirstState(['A'], false), ['A']);
		const second = runOnePoll({ B: [event(2), event(3)], A: [event(1), event(3)] }, store(state), ['B', 'A']);
		expect(second.records.map(({ partKey, record }) => [partKey, record.eventId])).toEqual([['A', 3]]);
		const seen = (code: string) => [...(second.state.parts.get(code)?.seen?.keys() ?? [])];
		expect([seen('A'), seen('B')]).toEqual([['1', '3'], ['2']]);
	});

	test('the events of a removed customer are forgotten, so one that moves to a watched customer is new', () => {
		const { state } = runOnePoll(FIRST_ANSWERS, FIRST_STATE);
		const second = runOnePoll(FIRST_ANSWERS, store(state), ['A']);
		expect([...second.state.parts.keys()]).toEqual(['A']);
		const third = runOnePoll({ A: [event(1), event(2)] }, store(second.state), ['A']);
		expect(third.records.map(({ record }) => record.eventId)).toEqual([2]);
	});
});
