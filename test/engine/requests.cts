import fc from 'fast-check';
import { operations, type Listed } from '../operations.cts';

/** A text that is one: not blank at its ends alone, every character whole; `.` and `..` the node refuses as part of a path. */
const text = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 })).filter((value) => !/^\.{0,2}$/.test(value.trim()));
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
const limit = { returnAll: fc.boolean(), limit: fc.integer({ min: 1, max: 99 }) };
const output = fc.constantFrom('simplified', 'raw', 'selected');
const event = { customerCode, eventName: fc.oneof(text, fc.integer()), eventType: id, eventDate: fc.oneof(date, buddhist), description: fc.oneof(text, fc.constantFrom('', null)), output };

/** What an operation sends. */
interface Sends {
	/** `operationId` in the contract. */
	sends: string;
	/** Values that its parameters take, by their names. */
	item: fc.Arbitrary<object>;
}

/** By resource and operation: what each sends, and the values with which the tests let it send. */
const OPERATIONS: Record<string, Sends> = {
	'customerEvent.getByCustomerCode': {
		sends: 'getCustomerEvents',
		item: fc.tuple(fc.record({ customerCode, eventTypes: fc.oneof(fc.array(id, { maxLength: 3 }), fc.constantFrom('', '1,2', 3)), ...limit, output }), range).map((parts) => Object.assign({}, ...parts) as object),
	},
	'customerEvent.create': { sends: 'createCustomerEvent', item: fc.record(event) },
	'customerEvent.update': { sends: 'updateCustomerEvent', item: fc.record({ ...event, eventId: id }) },
	'customerEvent.delete': { sends: 'deleteCustomerEvent', item: fc.record({ eventId: id }) },
	'endpoint.sendRequest': { sends: 'getCustomerEventTypes', item: fc.record({ path: fc.constantFrom('/v1/customerEvent/event-types', 'v1/customerEvent/event%2Dtypes'), body: fc.constant('{}'), output }) },
	'customerEvent.getTypes': { sends: 'getCustomerEventTypes', item: fc.record({ output }) },
};

/** @throws Error that says what to add for an operation that has no entry */
export function sendsOf({ name }: Listed): Sends {
	const entry = OPERATIONS[name];
	if (!entry) throw new Error(`'${name}' has no entry in OPERATIONS of test/engine/requests.cts. Add one: the operationId that it sends, and values that its parameters take.`);
	return { ...entry, item: fc.tuple(entry.item, fc.record({ timeZone })).map((parts) => Object.assign({}, ...parts) as object) };
}

/** Entries of operations that are no more. */
export const leftOver = Object.keys(OPERATIONS).filter((name) => !operations.some((listed) => listed.name === name));
