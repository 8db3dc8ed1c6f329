import fc from 'fast-check';
import { accountsOf } from './accounts.cts';
import { World } from './world.cts';

const world = new World();
beforeAll(async () => await world.open());
afterAll(async () => await world.close());

/** A text that is one: not blank at its ends alone, every character whole. */
const text = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 })).filter((value) => value.trim() !== '');
const customerCode = fc.oneof(fc.constantFrom('C000055', 'C000154', 'ลูกค้า 1', 'C1&x=2', 'a/b ../100%'), text, fc.nat());
const id = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.integer({ min: 1, max: 99 }).map(String));
const timeZone = fc.constantFrom('Asia/Bangkok', 'America/New_York', 'UTC', 'Asia/Kathmandu');

const instant = fc.date({ min: new Date('1900-01-03'), max: new Date('2399-12-29'), noInvalidDate: true });
/** An instant as a person may write it; of whole days the year may be of the Buddhist Era. */
const written = fc.constantFrom<(date: Date) => string>(
	(date) => date.toISOString(),
	(date) => date.toISOString().slice(0, 10),
	(date) => date.toISOString().slice(0, 16),
	(date) => `${date.toISOString().slice(0, 19).replace('T', ' ')}`,
	(date) => `${date.toISOString().slice(0, 19)}+07:00`,
	(date) => `${date.toISOString().slice(0, 19)}-0330`,
);
const date = fc.tuple(instant, written).map(([value, write]) => write(value));
const buddhist = fc.integer({ min: 2443, max: 2700 }).map((year) => `${year}-02-28`);
const range = fc.oneof(
	fc.record({ dateRange: fc.constantFrom('today', 'yesterday', 'thisWeek', 'lastWeek', 'last7Days', 'last30Days', 'thisMonth', 'lastMonth', 'thisYear') }),
	// Two days apart, so that no way of writing exchanges them.
	fc.tuple(instant, fc.integer({ min: 2, max: 400 }), written, written).map(([from, days, writeFrom, writeTo]) => ({ dateRange: 'custom', dateFrom: writeFrom(from), dateTo: writeTo(new Date(Math.min(from.getTime() + days * 86_400_000, Date.parse('2399-12-31')))) })),
	fc.record({ dateRange: fc.constant('custom'), dateFrom: fc.oneof(date, buddhist, fc.constant('')) }),
	fc.record({ dateRange: fc.constant('custom'), dateTo: fc.oneof(date, buddhist, fc.constant('')) }),
);
const output = fc.constantFrom('simplified', 'raw', 'selected');
const event = { customerCode, eventName: fc.oneof(text, fc.integer()), eventType: id, eventDate: fc.oneof(date, buddhist), description: fc.oneof(text, fc.constantFrom('', null)), output, timeZone };

const OPERATIONS: Record<string, { item: fc.Arbitrary<object>; sends: string }> = {
	getByCustomerCode: {
		item: fc.tuple(fc.record({ customerCode, eventTypes: fc.oneof(fc.array(id, { maxLength: 3 }), fc.constantFrom('', '1,2', 3)), returnAll: fc.boolean(), limit: fc.integer({ min: 1, max: 99 }), output, timeZone }), range).map((parts) => Object.assign({}, ...parts) as object),
		sends: 'getCustomerEvents',
	},
	create: { item: fc.record(event), sends: 'createCustomerEvent' },
	update: { item: fc.record({ ...event, eventId: id }), sends: 'updateCustomerEvent' },
	delete: { item: fc.record({ eventId: id, timeZone }), sends: 'deleteCustomerEvent' },
	getTypes: { item: fc.record({ output, timeZone }), sends: 'getCustomerEventTypes' },
};
const NAMES = ['customerCode', 'eventTypes', 'dateRange', 'dateFrom', 'dateTo', 'returnAll', 'limit', 'output', 'eventName', 'eventType', 'eventDate', 'description', 'eventId'];

test.each(Object.entries(OPERATIONS))('%s: no request with valid parameters breaks the contract', async (operation, { item, sends }) => {
	const parameters = { ...Object.fromEntries(NAMES.map((name) => [name, `={{ $json.${name} }}`])), options: { timeZone: '={{ $json.timeZone }}' } };
	await fc.assert(
		fc.asyncProperty(fc.array(item, { minLength: 4, maxLength: 8 }), async (items) => {
			world.sandbox.reset();
			const result = await world.run(operation, parameters, { items: items as never[], onError: 'continueRegularOutput' });
			const told = accountsOf(result, items.length, () => undefined).map(({ message }) => message).filter((message) => message !== undefined);
			// What GoFive does not know is not a matter of the contract.
			expect(told.filter((message) => !/^GoFive answered: (?:Customer|Event type|Customer event) not found/.test(message))).toEqual([]);
			expect(world.sandbox.requests.filter(({ status }) => status !== 200)).toEqual([]);
			const sent = world.sent(sends).length;
			if (operation.startsWith('get')) expect(sent).toBeGreaterThan(0);
			else expect(sent).toBe(items.length);
		}),
		{ numRuns: 25 },
	);
}, 60_000);
