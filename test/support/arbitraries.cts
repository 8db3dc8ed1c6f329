/*
 * Generators of random inputs and responses.
 * Imported by property-based tests only: generating any character takes a second to prepare.
 * Start with `textArbitrary` and `createParametersArbitrary`.
 */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import {
	getExampleParameters,
	getExampleValue,
	getOperationProperties,
	getOptionValues,
	getUpdateFields,
	type AnyOperation,
} from './operationParameters.cts';

/** Text as in sheets: Thai, symbols, broken characters, codes, numbers. */
export const textArbitrary = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme' }),
	fc.string().map((text) => `${text}\ud83d`),
	fc.constantFrom(
		'',
		' ',
		'C000055',
		'ลูกค้า 1',
		'../x',
		'a&b=c#d?e',
		'1,2',
		'0',
		'-1',
		'1e3',
		'null',
		'true',
		'%',
		'+',
	),
);

const createTwoDigitArbitrary = (max: number) =>
	fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));

/** Valid and nearly valid dates as text. */
export const dateTextArbitrary = fc
	.tuple(
		fc
			.oneof(fc.integer({ min: 1900, max: 2700 }), fc.integer({ min: 0, max: 9999 }))
			.map((year) => String(year).padStart(4, '0')),
		createTwoDigitArbitrary(13),
		createTwoDigitArbitrary(32),
		fc.option(
			fc.tuple(
				fc.constantFrom('T', ' ', 't'),
				createTwoDigitArbitrary(25),
				createTwoDigitArbitrary(61),
				fc.option(createTwoDigitArbitrary(61)),
			),
		),
		fc.constantFrom('', '', 'Z', '+07:00', '+0700', '-05', '+15:00', '.123', '.123Z'),
	)
	.map(([year, month, day, time, suffix]) => {
		const [separator, hour, minute, second] = time ?? [];
		const timeText = time ? `${separator}${hour}:${minute}${second === null ? '' : `:${second}`}${suffix}` : '';
		return `${year}-${month}-${day}${timeText}`;
	});

const createDateArbitrary = (dates: fc.Arbitrary<Date>) =>
	fc.oneof(
		dateTextArbitrary,
		dates,
		dates.map((date) => DateTime.fromJSDate(date, { zone: 'America/New_York' })),
		fc.constant(DateTime.invalid('x')),
		fc.anything(),
	);

/** Values that an expression may return for a date. */
export const dateArbitrary = createDateArbitrary(fc.date());

/** Like `dateArbitrary`, with years of four digits. */
export const fourDigitYearDateArbitrary = createDateArbitrary(
	fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30') }),
);

export const timeZoneArbitrary = fc.constantFrom(
	'Asia/Bangkok',
	'America/New_York',
	'UTC',
	'Australia/Lord_Howe',
	'Asia/Kathmandu',
	'Pacific/Kiritimati',
);

/** Response envelope, valid or with parts of other types. */
export const envelopeArbitrary = fc.record(
	{
		status: fc.oneof(
			fc.record(
				{
					code: fc.oneof(fc.constantFrom('1000', 1000, '4001'), fc.anything()),
					description: fc.oneof(fc.string(), fc.anything()),
				},
				{ requiredKeys: [] },
			),
			fc.anything(),
		),
		data: fc.oneof(
			fc.array(
				fc.oneof(
					fc.record(
						{ eventId: fc.anything(), eventDate: dateArbitrary, eventType: fc.anything() },
						{ requiredKeys: [] },
					),
					fc.anything(),
				),
			),
			fc.record({ value: fc.anything() }),
			fc.anything(),
		),
	},
	{ requiredKeys: [] },
);

/** Serializes a value as JSON. Values without a JSON form become null. */
export function toJsonText(value: unknown): string {
	return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? 'null';
}

/** Response body: an envelope, any JSON or any text, each possibly truncated. */
export const responseBodyArbitrary = fc
	.tuple(
		fc.oneof(
			envelopeArbitrary.map(toJsonText),
			fc.json(),
			fc.string({ unit: 'binary' }),
			fc.constantFrom('', '<html></html>', 'Service text', '﻿{}'),
		),
		fc.option(fc.nat(200), { freq: 4 }),
	)
	.map(([text, cutLength]) => (cutLength === null ? text : text.slice(0, cutLength)));

/** Generates example parameters in which some optional inputs are filled. */
export function createParametersArbitrary(operation: AnyOperation): fc.Arbitrary<Record<string, unknown>> {
	const example = getExampleParameters(operation);
	const parametersArbitrary = fc.record(
		Object.fromEntries(
			getOperationProperties(operation).map((property) => [
				property.name,
				property.required
					? fc.constant(example[property.name])
					: fc.constantFrom(property.default, getExampleValue(property)),
			]),
		),
	);
	return parametersArbitrary.map((parameters) => ({ ...parameters, ...getUpdateFields(operation) }));
}

/** Generates valid and invalid values that an expression may return for a parameter. */
export function createParameterValueArbitrary(property: INodeProperties): fc.Arbitrary<unknown> {
	const choices = getOptionValues(property);
	const choiceArbitrary = choices.length > 0 ? fc.constantFrom(...choices) : fc.integer({ min: 1, max: 9 });
	switch (property.type) {
		case 'dateTime':
			return fourDigitYearDateArbitrary;
		case 'boolean':
			return fc.oneof(fc.boolean(), fc.anything());
		case 'options':
			return fc.oneof(choiceArbitrary, textArbitrary, fc.anything());
		case 'resourceLocator': {
			const value = fc.oneof(textArbitrary, fc.integer(), fc.anything());
			return fc.oneof(value, fc.record({ __rl: fc.constant(true), mode: fc.constantFrom('list', 'id'), value }));
		}
		case 'multiOptions':
			return fc.oneof(fc.array(choiceArbitrary), fc.array(textArbitrary), textArbitrary, fc.anything());
		default:
			return fc.oneof(fc.integer(), fc.double(), textArbitrary, fc.anything());
	}
}
