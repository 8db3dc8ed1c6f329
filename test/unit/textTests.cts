import { DateTime, Duration, Interval } from 'luxon';
import { formatValue } from '../../nodes/GoFive/operation/invalidValue';
import { truncate } from '../../nodes/GoFive/shared/text';
import { parseDate } from '../../nodes/GoFive/time/parseDate';

test('a long text is cut without reading all of it', () => {
	const text = '😀'.repeat(2 ** 19);
	const startUsage = process.cpuUsage();
	for (let call = 0; call < 500; call++) expect(truncate(text, 3)).toBe('😀😀😀…');
	expect(process.cpuUsage(startUsage).user).toBeLessThan(2_000_000);
	expect(truncate('😀😀😀', 3)).toBe('😀😀😀');
});

const day = DateTime.fromISO('2025-01-31T00:00:00Z');
/** Interval as n8n passes it on: its two dates are texts. */
const serializedInterval = Object.assign(Interval.after(day, { days: 1 }), { s: '2025-01-31', e: '2025-02-01' });

test.each([
	[new Date('x'), 'an invalid date'],
	[DateTime.invalid('x'), 'an invalid date'],
	[new Date(0), '"1970-01-01T00:00:00.000Z"'],
	['x', '"x"'],
	[undefined, 'undefined'],
	[NaN, 'a calculation that did not return a number'],
	[
		{
			get isValid() {
				throw new TypeError('not to be read');
			},
		},
		'[object Object]',
	],
])('a value in a message: %#', (value, text) => {
	expect(formatValue(value)).toBe(text);
});

test.each([
	['an Interval', Interval.after(day, { days: 1 })],
	['an Interval as n8n serializes it', serializedInterval],
	['a Duration', Duration.fromISO('P1D')],
	[
		'a method that throws',
		{
			toISO() {
				throw new TypeError('x');
			},
		},
	],
	['a method that returns a number', { toISO: () => 2025 }],
	['a method that returns an object', { toISO: () => ({}) }],
])('%s is not a date', (_, value) => {
	expect(parseDate(value, 'Asia/Bangkok')).toBeUndefined();
	expect(formatValue(value).length).toBeGreaterThan(0);
});
