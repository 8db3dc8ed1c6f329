import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, type ErrorOrigin } from '../../nodes/GoFive/api/errors';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import { eventSource } from '../../nodes/GoFive/trigger/eventSource';
import { pollParts } from '../../nodes/GoFive/trigger/pollParts';
import { parseTriggerState, serializeTriggerState, type TriggerState } from '../../nodes/GoFive/trigger/triggerState';

const NOW = Date.parse('2025-06-15T05:00:00Z');
const FINGERPRINTS = { scope: 'abcdef', watched: '' };

const event = (eventId: number, eventName = `Event ${eventId}`): IDataObject => ({ eventId, eventName, eventType: 1 });

describe('poll', () => {
	const CODES = ['A', 'B', 'C', 'D'];
	const createFailure = (origin: ErrorOrigin) => new GoFiveError({ message: 'No', description: 'Not now.' }, origin);

	async function runOnePoll(answers: Record<string, IDataObject[] | GoFiveError>, before: TriggerState) {
		const requestedCodes: string[] = [];
		const settings = {
			source: eventSource,
			values: { options: readNodeOptions({}) } as never,
			parts: new Map(CODES.map((code) => [code, {} as never])),
			eventTypes: [],
			watchedColumns: [],
			now: NOW,
		};
		const result = await pollParts(settings, before, false, async (keys) => {
			requestedCodes.push(...keys);
			return await Promise.resolve(new Map(Object.entries(answers)));
		});
		return { requestedCodes, ...result };
	}
	const FIRST_ANSWERS: Record<string, IDataObject[]> = { A: [event(1)], B: [event(2)], C: [event(3)], D: [event(4)] };
	const EMPTY_STATE: TriggerState = { parts: new Map(), selected: [] };
	const store = (state: TriggerState) =>
		parseTriggerState(JSON.parse(JSON.stringify(serializeTriggerState(state, FINGERPRINTS))), FINGERPRINTS);

	test('begins with unread customers and ends with failed ones, and counts only failures', async () => {
		const { state } = await runOnePoll(FIRST_ANSWERS, EMPTY_STATE);
		const second = await runOnePoll(
			{
				...FIRST_ANSWERS,
				A: createFailure({ httpCode: '500' }),
				B: createFailure({ reason: 'notSent' }),
				C: createFailure({ reason: 'cancelled' }),
			},
			store(state),
		);
		expect(CODES.map((code) => second.state.parts.get(code)?.failures)).toEqual([1, 0, 1, 0]);
		expect((await runOnePoll(FIRST_ANSWERS, store(second.state))).requestedCodes).toEqual(['C', 'B', 'D', 'A']);
	});

	test('stores no key without a value, since the durable poller would store the state again each time', async () => {
		const { state } = await runOnePoll({ ...FIRST_ANSWERS, A: createFailure({ httpCode: '500' }) }, EMPTY_STATE);
		const stored = serializeTriggerState(state, FINGERPRINTS);
		expect(JSON.parse(JSON.stringify(stored))).toStrictEqual(stored);
	});

	test('reports an event in the responses of two customers once', async () => {
		const { state } = await runOnePoll(FIRST_ANSWERS, EMPTY_STATE);
		const answers = { ...FIRST_ANSWERS, B: [event(2), event(20)], C: [event(3), event(20)] };
		const second = await runOnePoll(answers, store(state));
		expect(second.records.map(({ partKey, record }) => [partKey, record.eventId])).toEqual([['B', 20]]);
		expect((await runOnePoll({ ...answers, B: [event(2)] }, store(second.state))).records).toEqual([]);
	});

	test('keeps the events of a customer who cannot be read, except events that moved to another', async () => {
		const { state } = await runOnePoll({ ...FIRST_ANSWERS, A: [event(1), event(11)] }, EMPTY_STATE);
		const second = await runOnePoll(
			{ ...FIRST_ANSWERS, A: createFailure({ httpCode: '500' }), B: [event(2), event(11)] },
			store(state),
		);
		expect(second.records).toEqual([]);
		expect([...(second.state.parts.get('A')?.seen?.keys() ?? [])]).toEqual(['1']);
		const third = await runOnePoll({ ...FIRST_ANSWERS, A: [event(1), event(12)] }, store(second.state));
		expect(third.records.map(({ record }) => record.eventId)).toEqual([12]);
	});
});
