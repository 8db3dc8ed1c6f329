import fc from 'fast-check';
import { openEnvelope, recordsOf } from '../../nodes/GoFive/api/answer/envelope';
import { addressOf, pathPart, targetOf } from '../../nodes/GoFive/api/request/request';
import { dateRangeField } from '../../nodes/GoFive/operation/fields/dateRange';
import { readOptions } from '../../nodes/GoFive/operation/fields/options';
import { readValues } from '../../nodes/GoFive/operation/fields/values';
import { emptyRecord, outputOf, presenter, sorted } from '../../nodes/GoFive/operation/run/present';
import type { Values } from '../../nodes/GoFive/operation/types';
import { dateRange } from '../../nodes/GoFive/time/dateRange';
import { goFiveInstant, isoDate } from '../../nodes/GoFive/time/goFiveDate';
import { momentOf } from '../../nodes/GoFive/time/moment';
import { isTimeZone } from '../../nodes/GoFive/time/zone';
import { ABOUT, operations, parametersOf, propertiesOf, requestOf, someParametersOf, someValueOf } from '../operations.cts';
import { asJson, outcomeOf, someBody, someDate, someDateText, someEnvelope, someText, someUsualDate, someZone } from './properties.cts';

// More than 10,000 cases: the sum of all numRuns here, in propertiesApi and in the engine's properties.
const cases = (numRuns: number) => ({ numRuns });
const WALL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

describe('dates', () => {
	test('whatever is given is a moment or is none', () => {
		fc.assert(
			fc.property(someDate, someZone, (value, zone) => {
				const moment = momentOf(value, zone);
				if (moment) expect(Number.isSafeInteger(moment.instant)).toBe(true);
			}),
			cases(1500),
		);
	});

	test('an instant is understood alike with any offset', () => {
		fc.assert(
			fc.property(fc.date({ min: new Date('1900-01-02'), max: new Date('2399-12-30'), noInvalidDate: true }), fc.integer({ min: -14 * 60, max: 14 * 60 }), someZone, (date, minutes, zone) => {
				const wall = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
				const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, '0'));
				expect(momentOf(`${wall}${minutes < 0 ? '-' : '+'}${hours}:${rest}`, zone)?.instant).toBe(date.getTime());
			}),
			cases(1000),
		);
	});

	test('a range is refused with a clear message, or has wall times and judges whatever GoFive answers', () => {
		const field = dateRangeField();
		const name = fc.oneof(fc.constantFrom('custom', 'custom', 'custom', 'today', 'thisWeek', 'last30Days', 'thisYear'), fc.anything());
		fc.assert(
			fc.property(name, someUsualDate, someUsualDate, someZone, fc.anything(), (chosen, dateFrom, dateTo, timeZone, answered) => {
				const values: Record<string, unknown> = { dateRange: chosen, dateFrom, dateTo };
				const range = outcomeOf(() => field.read((key) => values[key], 'dateRange', { ...ABOUT, timeZone }), asJson(values));
				for (const side of [range?.from, range?.to]) if (side !== undefined) expect(side).toMatch(WALL_TIME);
				if (range) expect(typeof range.includes(answered)).toBe('boolean');
			}),
			cases(1500),
		);
	});

	test('a range holds its own ends and nothing outside them', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 1e11 }), someZone, (from, length, zone) => {
				const { includes } = dateRange(from, from + length, zone);
				const text = (instant: number) => new Date(instant).toISOString();
				expect([from, from + length].map((instant) => includes(text(instant)))).toEqual([true, true]);
				expect([from - 1000, from + length + 1000].map((instant) => includes(text(instant)))).toEqual([false, false]);
			}),
			cases(700),
		);
	});

	test('what GoFive answers as a date stays, or becomes ISO 8601 of the same instant', () => {
		fc.assert(
			fc.property(fc.oneof(someDateText, someText), someZone, (text, zone) => {
				const iso = isoDate(text, zone);
				expect(goFiveInstant(iso, zone)).toBe(goFiveInstant(text, zone));
				expect(isoDate(iso, zone)).toBe(iso);
			}),
			cases(700),
		);
	});
});

describe('parameters', () => {
	test('options are refused with a clear message, or are such as the node can use', () => {
		const some = fc.oneof(fc.anything(), someText, fc.double(), fc.integer({ min: -5, max: 100 }));
		const names = ['ifNothingFound', 'sort', 'timeZone', 'maxParallelRequests', 'timeout', 'lookBack', 'lookAhead', 'emitExisting'];
		const collection = fc.oneof(fc.record(Object.fromEntries(names.map((name) => [name, some])), { requiredKeys: [] }), fc.anything());
		fc.assert(
			fc.property(collection, (given) => {
				// One of the values to give has a word of its own that other texts avoid.
				const options = outcomeOf(() => readOptions(given), `${asJson(given)} error`);
				if (!options) return;
				expect(Number.isInteger(options.maxParallelRequests) && options.maxParallelRequests >= 1).toBe(true);
				expect(options.timeout > 0 && options.timeout <= 3600).toBe(true);
				expect(isTimeZone(options.timeZone)).toBe(true);
			}),
			cases(1500),
		);
	});

	const options = fc.oneof(fc.constant({}), fc.record({ sort: fc.constantFrom('asReturned', 'newestFirst', 'oldestFirst') }), fc.anything());

	test.each(operations)('$name: takes what its fields show as examples', ({ operation }) => {
		expect(() => requestOf(operation, parametersOf(operation))).not.toThrow();
	});

	test.each(operations)('$name: what it requires cannot be left empty', ({ operation }) => {
		const given = parametersOf(operation);
		for (const { name, displayName } of propertiesOf(operation).filter(({ required }) => required)) {
			for (const nothing of ['', ' ', null]) {
				expect(() => requestOf(operation, { ...given, [name]: nothing })).toThrow(`'${displayName}' is empty`);
			}
		}
	});

	test.each(operations)('$name: refused with a clear message, or a request that can travel', ({ operation }) => {
		const given = Object.fromEntries(propertiesOf(operation).map((property) => [property.name, someValueOf(property)]));
		fc.assert(
			fc.property(fc.record<Record<string, unknown>>({ ...given, options }, { requiredKeys: [] }), (some) => {
				const request = outcomeOf(() => requestOf(operation, some), asJson(some));
				if (!request) return;
				const address = outcomeOf(() => addressOf(request, 'https://gofive.example'), asJson(some));
				if (!address) return;
				const { host, pathname, hash } = new URL(address);
				const path: unknown = expect.stringMatching(request.whole ? /^\// : /^\/v\d\/./);
				expect({ host, path: pathname, hash }).toEqual({ host: 'gofive.example', path, hash: '' });
				expect(JSON.parse(JSON.stringify(request.body ?? {}))).toEqual(expect.any(Object));
			}),
			cases(500),
		);
	});

	test('every character of a value travels whole', () => {
		// Among all characters these, which divide an address, hardly ever come up.
		const signs = fc.string({ unit: fc.constantFrom(...'&=#?+%/ ก') });
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), signs), fc.string({ unit: 'binary', minLength: 1 }), (value, part) => {
				const target = targetOf({ method: 'GET', path: `/v1/x/${pathPart(part)}`, query: [['customerCode', value], [value, part], ['none', undefined]] });
				const [path, query = ''] = target.split('?');
				expect([...new URLSearchParams(query)]).toEqual([['customerCode', value], [value, part]]);
				expect(decodeURIComponent(path?.slice('/v1/x/'.length) ?? '')).toBe(part);
			}),
			cases(700),
		);
	});

	test.each(operations)('$name: whatever is answered becomes items or a clear message', ({ operation }) => {
		const columns = Object.keys(operation.entity?.columns ?? {}).slice(0, 1);
		fc.assert(
			fc.property(someParametersOf(operation), fc.oneof(someBody, someEnvelope.map(asJson)), fc.constantFrom('simplified', 'raw', 'selected'), fc.constantFrom('asReturned', 'newestFirst'), (given, text, output, sort) => {
				const parameters: Record<string, unknown> = { ...given, output, fields: columns, options: { sort } };
				const values: Values = readValues(operation.fields, (name) => parameters[name] ?? null, ABOUT);
				const { entity, receive = recordsOf } = operation;
				const form = outputOf(values);
				const items = outcomeOf(() => {
					const records = sorted(receive(openEnvelope(text)?.data, values), entity, values);
					return records.flatMap(presenter(entity, form, { timeZone: 'Asia/Bangkok', names: {} }));
				}, text);
				for (const item of items ?? []) expect(item).toEqual(expect.any(Object));
				expect(emptyRecord(entity, form, {})).toEqual(expect.any(Object));
			}),
			cases(400),
		);
	});
});
