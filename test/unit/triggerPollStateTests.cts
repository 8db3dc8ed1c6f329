import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, type ErrorOrigin } from '../../nodes/GoFive/api/errors/goFiveError';
import { readNodeOptions } from '../../nodes/GoFive/operation/fields/nodeOptions';
import { compareEvents, type EventComparison } from '../../nodes/GoFive/trigger/compareEvents';
import type { SeenEvents } from '../../nodes/GoFive/trigger/seenEvents';
import {
	createCustomerState,
	getSeenEvents,
	parseTriggerState,
	type Coverage,
	type TriggerState,
} from '../../nodes/GoFive/trigger/triggerState';
import { pollCustomers } from '../../nodes/GoFive/trigger/pollCustomers';
import type { PollSettings } from '../../nodes/GoFive/trigger/pollSettings';
import { getEventWindow } from '../../nodes/GoFive/trigger/eventWindow';

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2025-06-15T05:00:00Z');
const ZONE = 'Asia/Bangkok';
const WINDOW_SPAN = { lookBack: 30, lookAhead: 365 };
const COVERAGE: Coverage = { ...WINDOW_SPAN, timeZone: ZONE, types: [], changes: true };

const event = (
	eventId: number,
	eventDate = '2025-06-10T09:00:00+0700',
	eventName = `Event ${eventId}`,
): IDataObject => ({ eventId, eventDate, eventName, eventType: 1 });

describe('new events of one customer', () => {
	const compareRecords = (
		records: IDataObject[],
		before: SeenEvents | undefined,
		overrides: Partial<EventComparison> = {},
	) =>
		compareEvents({
			records,
			baseline: before,
			findElsewhere: () => undefined,
			window: getEventWindow(WINDOW_SPAN, NOW, ZONE),
			previousWindow: getEventWindow(WINDOW_SPAN, NOW - HOUR_MS, ZONE),
			wasCovered: () => true,
			hasReadAllCustomers: true,
			now: NOW,
			...overrides,
		});
	const buildBaseline = (...records: IDataObject[]): SeenEvents => compareRecords(records, undefined).seenEvents;
	/** Whether event 1, which was missing once, is remembered a number of hours later or earlier. */
	const isRemembered = (hours: number, allRead: boolean): boolean => {
		const seenAfterMiss = compareRecords([event(2)], buildBaseline(event(1), event(2)), {
			hasReadAllCustomers: allRead,
		}).seenEvents;
		return compareRecords([event(2)], seenAfterMiss, {
			hasReadAllCustomers: allRead,
			now: NOW + hours * HOUR_MS,
		}).seenEvents.has('1');
	};

	test('reports a change outside the window only when the event returns', () => {
		const seenEvents = buildBaseline(event(1));
		const outsideWindow = compareRecords([event(1, '2025-05-15T09:00:00+0700', 'Renamed')], seenEvents);
		expect([outsideWindow.changedRecords, outsideWindow.newRecords]).toEqual([[], []]);
		expect(compareRecords([event(1, undefined, 'Renamed')], outsideWindow.seenEvents).changedRecords).toHaveLength(1);
	});

	test.each([
		[48, true, true],
		[49, true, true],
		[50, true, false],
		[-48, true, true],
		[-50, true, false],
		[29 * 24, false, true],
		[31 * 24, false, false],
		[-31 * 24, false, false],
	])('event missing for %i hours, all customers read: %p; remembered: %p', (hours, allRead, isExpected) => {
		expect(isRemembered(hours, allRead)).toBe(isExpected);
	});
});

describe('more events than are remembered individually', () => {
	const buildSeen = (from: number, count: number): SeenEvents =>
		new Map(Array.from({ length: count }, (_, index) => [String(from + index), { digest: 'abcdef' }]));

	test('keeps the highest ID that counts as seen if there are fewer events again', () => {
		const fullState = createCustomerState(buildSeen(101, 5200), COVERAGE);
		expect(fullState.floor).toBe(300);
		expect(getSeenEvents(fullState)?.size).toBe(5000);
		expect(createCustomerState(buildSeen(5000, 10), COVERAGE, fullState.floor).floor).toBe(300);
		expect(createCustomerState(buildSeen(1, 5200), COVERAGE, 400).floor).toBe(400);
	});

	const isStateReadable = (state: object) => parseTriggerState({ customers: { A: state } }).customers.A !== undefined;

	test('reports new events after the higher IDs are deleted, without a new baseline', () => {
		const remainingState = createCustomerState(buildSeen(50, 10), COVERAGE, 300);
		expect([remainingState.floor, isStateReadable(remainingState)]).toEqual([59, true]);
		const emptyState = createCustomerState(new Map(), COVERAGE, 300);
		expect(['floor' in emptyState, isStateReadable(emptyState)]).toEqual([false, true]);
	});

	test('IDs that are not numbers: no new baseline with each poll', () => {
		const texts: SeenEvents = new Map(
			Array.from({ length: 5200 }, (_, index) => [`event-${index}`, { digest: 'abcdef' }]),
		);
		expect(isStateReadable(createCustomerState(texts, COVERAGE))).toBe(true);
	});
});

describe('poll', () => {
	const CODES = ['A', 'B', 'C', 'D'];
	const createFailure = (origin: ErrorOrigin) => new GoFiveError({ message: 'No', description: 'Not now.' }, origin);

	async function runOnePoll(answers: Record<string, IDataObject[] | GoFiveError>, before: TriggerState) {
		const requestedCodes: string[] = [];
		const readCustomer: PollSettings['readCustomer'] = async (code) => {
			requestedCodes.push(code);
			const answer = answers[code] ?? [];
			if (answer instanceof GoFiveError) throw answer;
			return answer;
		};
		const settings: PollSettings = {
			customerCodes: CODES,
			eventTypeIds: [],
			matchesTypes: () => true,
			includeChanged: false,
			options: readNodeOptions({}),
			now: NOW,
			readCustomer,
		};
		return { requestedCodes, ...(await pollCustomers(settings, before, false)) };
	}
	const FIRST_ANSWERS: Record<string, IDataObject[]> = { A: [event(1)], B: [event(2)], C: [event(3)], D: [event(4)] };
	const EMPTY_STATE: TriggerState = { customers: {}, unread: [], owed: [] };

	test('begins with unread customers and ends with failed ones, and counts only failures', async () => {
		const { state } = await runOnePoll(FIRST_ANSWERS, EMPTY_STATE);
		const second = await runOnePoll(
			{
				...FIRST_ANSWERS,
				A: createFailure({ httpCode: '500' }),
				B: createFailure({ reason: 'notSent' }),
				C: createFailure({ reason: 'cancelled' }),
			},
			state,
		);
		expect(Object.entries(second.state.customers).map(([code, { failures }]) => [code, failures])).toEqual([
			['A', 1],
			['B', 0],
			['C', 1],
			['D', 0],
		]);
		expect((await runOnePoll(FIRST_ANSWERS, second.state)).requestedCodes).toEqual(['C', 'B', 'D', 'A']);
	});

	test('stores no key without a value, since the durable poller would store the state again each time', async () => {
		const { state } = await runOnePoll({ ...FIRST_ANSWERS, A: createFailure({ httpCode: '500' }) }, EMPTY_STATE);
		expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
	});

	test('reports an event in the responses of two customers once', async () => {
		const { state } = await runOnePoll(FIRST_ANSWERS, EMPTY_STATE);
		const second = await runOnePoll({ ...FIRST_ANSWERS, B: [event(2), event(20)], C: [event(3), event(20)] }, state);
		expect(second.events.map(({ code, record }) => [code, record.eventId])).toEqual([['B', 20]]);
		expect((await runOnePoll({ ...FIRST_ANSWERS, C: [event(3), event(20)] }, second.state)).events).toEqual([]);
	});

	test('keeps the events of a customer who cannot be read, except events that moved to another', async () => {
		const { state } = await runOnePoll({ ...FIRST_ANSWERS, A: [event(1), event(11)] }, EMPTY_STATE);
		const second = await runOnePoll(
			{ ...FIRST_ANSWERS, A: createFailure({ httpCode: '500' }), B: [event(2), event(11)] },
			state,
		);
		expect(second.events).toEqual([]);
		expect([...(getSeenEvents(second.state.customers.A)?.keys() ?? [])]).toEqual(['1']);
		const third = await runOnePoll({ ...FIRST_ANSWERS, A: [event(1), event(12)] }, second.state);
		expect(third.events.map(({ record }) => record.eventId)).toEqual([12]);
	});
});
