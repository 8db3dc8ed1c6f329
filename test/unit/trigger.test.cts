import type { IDataObject } from 'n8n-workflow';
import { Failure, type Origin } from '../../nodes/GoFive/api/words/failure';
import { readOptions } from '../../nodes/GoFive/operation/fields/options';
import { compare, type Comparison } from '../../nodes/GoFive/trigger/compare';
import type { Seen } from '../../nodes/GoFive/trigger/seen';
import { customerState, seenOf, stateIn, type Coverage, type TriggerState } from '../../nodes/GoFive/trigger/state';
import { poll, type Watch } from '../../nodes/GoFive/trigger/watch';
import { windowOf } from '../../nodes/GoFive/trigger/window';

const HOUR = 3_600_000;
const NOW = Date.parse('2025-06-15T05:00:00Z');
const ZONE = 'Asia/Bangkok';
const SPAN = { lookBack: 30, lookAhead: 365 };
const covered: Coverage = { ...SPAN, timeZone: ZONE, types: [], changes: true };

const event = (eventId: number, eventDate = '2025-06-10T09:00:00+0700', eventName = `Event ${eventId}`): IDataObject => ({ eventId, eventDate, eventName, eventType: 1 });

describe('what is new of one customer', () => {
	const compared = (records: IDataObject[], before: Seen | undefined, change: Partial<Comparison> = {}) =>
		compare({
			records,
			before,
			elsewhere: () => undefined,
			window: windowOf(SPAN, NOW, ZONE),
			windowBefore: windowOf(SPAN, NOW - HOUR, ZONE),
			wasCovered: () => true,
			allRead: true,
			now: NOW,
			...change,
		});
	const baseline = (...records: IDataObject[]): Seen => compared(records, undefined).after;
	/** What is remembered of event 1 after it was missed, that many hours later (or earlier). */
	const isRemembered = (hours: number, allRead: boolean): boolean => {
		const missed = compared([event(2)], baseline(event(1), event(2)), { allRead }).after;
		return compared([event(2)], missed, { allRead, now: NOW + hours * HOUR }).after.has('1');
	};

	test('a change outside the window is told once the event is back, and not before', () => {
		const seen = baseline(event(1));
		const away = compared([event(1, '2025-05-15T09:00:00+0700', 'Renamed')], seen);
		expect([away.changed, away.fresh]).toEqual([[], []]);
		expect(compared([event(1, undefined, 'Renamed')], away.after).changed).toHaveLength(1);
	});

	test.each([[48, true, true], [49, true, true], [50, true, false], [-48, true, true], [-50, true, false], [29 * 24, false, true], [31 * 24, false, false], [-31 * 24, false, false]])(
		'an event that was missed %i hours ago, all customers read: %p; is remembered: %p',
		(hours, allRead, remembered) => {
			expect(isRemembered(hours, allRead)).toBe(remembered);
		},
	);
});

describe('more events than are remembered one by one', () => {
	const many = (from: number, count: number): Seen => new Map(Array.from({ length: count }, (_, index) => [String(from + index), { digest: 'abcdef' }]));

	test('the ID up to which all counts as seen stays when there are fewer again, and never falls', () => {
		const full = customerState(many(101, 5200), covered);
		expect(full.floor).toBe(300);
		expect(seenOf(full)?.size).toBe(5000);
		expect(customerState(many(5000, 10), covered, full.floor).floor).toBe(300);
		expect(customerState(many(1, 5200), covered, 400).floor).toBe(400);
	});

	const isRead = (state: object) => stateIn({ customers: { A: state } }).customers.A !== undefined;

	test('when those with the higher IDs are gone, what comes is not silenced, nor is the customer begun anew', () => {
		const left = customerState(many(50, 10), covered, 300);
		expect([left.floor, isRead(left)]).toEqual([59, true]);
		const none = customerState(new Map(), covered, 300);
		expect(['floor' in none, isRead(none)]).toEqual([false, true]);
	});

	test('whose IDs are no numbers: the customer is not begun anew with each poll', () => {
		const texts: Seen = new Map(Array.from({ length: 5200 }, (_, index) => [`event-${index}`, { digest: 'abcdef' }]));
		expect(isRead(customerState(texts, covered))).toBe(true);
	});
});

describe('a poll', () => {
	const CODES = ['A', 'B', 'C', 'D'];
	const trouble = (origin: Origin) => new Failure({ message: 'No', description: 'Not now.' }, origin);

	async function polled(answers: Record<string, IDataObject[] | Failure>, before: TriggerState) {
		const asked: string[] = [];
		const read: Watch['read'] = async (code) => {
			asked.push(code);
			const answer = answers[code] ?? [];
			if (answer instanceof Failure) throw answer;
			return answer;
		};
		const watch: Watch = { codes: CODES, types: [], isWanted: () => true, changes: false, options: readOptions({}), now: NOW, read };
		return { asked, ...(await poll(watch, before, false)) };
	}
	const FIRST: Record<string, IDataObject[]> = { A: [event(1)], B: [event(2)], C: [event(3)], D: [event(4)] };
	const NONE: TriggerState = { customers: {}, unread: [], owed: [] };

	test('begins with those it had no time for, and ends with those who failed; only a failure counts as one', async () => {
		const { state } = await polled(FIRST, NONE);
		const second = await polled({ ...FIRST, A: trouble({ httpCode: '500' }), B: trouble({ reason: 'unsent' }), C: trouble({ reason: 'stopped' }) }, state);
		expect(Object.entries(second.state.customers).map(([code, { failures }]) => [code, failures])).toEqual([['A', 1], ['B', 0], ['C', 1], ['D', 0]]);
		expect((await polled(FIRST, second.state)).asked).toEqual(['C', 'B', 'D', 'A']);
	});

	test('leaves no key without a value, since the durable poller would store the state anew each time', async () => {
		const { state } = await polled({ ...FIRST, A: trouble({ httpCode: '500' }) }, NONE);
		expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
	});

	test('tells once of an event that stands in the answers of two customers', async () => {
		const { state } = await polled(FIRST, NONE);
		const second = await polled({ ...FIRST, B: [event(2), event(20)], C: [event(3), event(20)] }, state);
		expect(second.found.map(({ code, record }) => [code, record.eventId])).toEqual([['B', 20]]);
		expect((await polled({ ...FIRST, C: [event(3), event(20)] }, second.state)).found).toEqual([]);
	});

	test('that cannot read a customer remembers what it knew of him, but for what has moved to another', async () => {
		const { state } = await polled({ ...FIRST, A: [event(1), event(11)] }, NONE);
		const second = await polled({ ...FIRST, A: trouble({ httpCode: '500' }), B: [event(2), event(11)] }, state);
		expect(second.found).toEqual([]);
		expect([...(seenOf(second.state.customers.A)?.keys() ?? [])]).toEqual(['1']);
		const third = await polled({ ...FIRST, A: [event(1), event(12)] }, second.state);
		expect(third.found.map(({ record }) => record.eventId)).toEqual([12]);
	});
});
