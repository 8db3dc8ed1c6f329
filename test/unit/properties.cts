import fc from 'fast-check';
import { DateTime } from 'luxon';
import { Failure } from '../../nodes/GoFive/api/words/failure';

/** Our own texts avoid these words; what a person or GoFive wrote is quoted as it is. */
const AVOIDED = /\b(?:error|problem|failure|mistake)s?\b/i;
const RAW = /axios|ECONN|ENOTFOUND|socket hang up|\[object|undefined|NaN|Cannot |is not a function|Unexpected token|Invalid /;

/** Checks that a failure says what happened and what to do; `quoted` is what it may repeat. */
export function expectClear({ message, description }: Failure, quoted = ''): void {
	const text = `${message}. ${description}`;
	if (message.trim() === '' || description.trim() === '') throw new Error(`Says nothing: ${text}`);
	if (AVOIDED.test(text) && !AVOIDED.test(quoted)) throw new Error(`Has a word that ours avoid: ${text}`);
	if (RAW.test(text) && !RAW.test(quoted)) throw new Error(`Is not for a person: ${text}`);
}

/** The result of `work`, or undefined for a failure with a clear message; whatever else is thrown stays thrown. */
export function outcomeOf<T>(work: () => T, quoted = ''): T | undefined {
	try {
		return work();
	} catch (thrown) {
		if (!(thrown instanceof Failure)) throw thrown;
		expectClear(thrown, quoted);
		return undefined;
	}
}

/** Text as it appears in sheets: Thai, signs, halves of characters, codes, numbers. */
export const someText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme' }),
	fc.string().map((text) => `${text}\ud83d`),
	fc.constantFrom('', ' ', 'C000055', 'ลูกค้า 1', '../x', 'a&b=c#d?e', '1,2', '0', '-1', '1e3', 'null', 'true', '%', '+'),
);

const digits = (most: number) => fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(2, '0'));

/** What looks like a date, right or nearly so. */
export const someDateText = fc
	.tuple(
		fc.oneof(fc.integer({ min: 1900, max: 2700 }), fc.integer({ min: 0, max: 9999 })).map((year) => String(year).padStart(4, '0')),
		digits(13),
		digits(32),
		fc.option(fc.tuple(fc.constantFrom('T', ' ', 't'), digits(25), digits(61), fc.option(digits(61)))),
		fc.constantFrom('', '', 'Z', '+07:00', '+0700', '-05', '+15:00', '.123', '.123Z'),
	)
	.map(([year, month, day, time, end]) => {
		const [separator, hour, minute, second] = time ?? [];
		const clock = time ? `${separator}${hour}:${minute}${second === null ? '' : `:${second}`}${end}` : '';
		return `${year}-${month}-${day}${clock}`;
	});

const dateOf = (dates: fc.Arbitrary<Date>) =>
	fc.oneof(someDateText, dates, dates.map((date) => DateTime.fromJSDate(date, { zone: 'America/New_York' })), fc.constant(DateTime.invalid('x')), fc.anything());

/** Everything that an expression may give for a date. */
export const someDate = dateOf(fc.date());

/** The same, with years of four digits where it is a date. */
export const someUsualDate = dateOf(fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30') }));

export const someZone = fc.constantFrom('Asia/Bangkok', 'America/New_York', 'UTC', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Kiritimati');

/** A business answer, right or with parts of other types. */
export const someEnvelope = fc.record(
	{
		status: fc.oneof(fc.record({ code: fc.oneof(fc.constantFrom('1000', 1000, '4001'), fc.anything()), description: fc.oneof(fc.string(), fc.anything()) }, { requiredKeys: [] }), fc.anything()),
		data: fc.oneof(fc.array(fc.oneof(fc.record({ eventId: fc.anything(), eventDate: someDate, eventType: fc.anything() }, { requiredKeys: [] }), fc.anything())), fc.record({ value: fc.anything() }), fc.anything()),
	},
	{ requiredKeys: [] },
);

/** A value as JSON; what JSON does not know is left out. */
export function asJson(value: unknown): string {
	return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? 'null';
}

/** The text of an answer: an envelope, any JSON, any text, each maybe cut. */
export const someBody = fc
	.tuple(fc.oneof(someEnvelope.map(asJson), fc.json(), fc.string({ unit: 'binary' }), fc.constantFrom('', '<html></html>', 'Service text', '﻿{}')), fc.option(fc.nat(200), { freq: 4 }))
	.map(([text, cut]) => (cut === null ? text : text.slice(0, cut)));
