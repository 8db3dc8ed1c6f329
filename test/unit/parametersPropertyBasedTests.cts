import fc from 'fast-check';
import { toEnvelope } from '../../nodes/GoFive/api/envelope';
import { resolveUrl, toPathWithQuery } from '../../nodes/GoFive/api/request';
import { readRecords } from '../../nodes/GoFive/operation/records/records';
import { dateRange } from '../../nodes/GoFive/operation/fields/dateRange';
import { readNodeOptions, readOperationValues } from '../../nodes/GoFive/operation/fields/nodeOptions';
import { createEmptyRecord, getOutput, createFormatter } from '../../nodes/GoFive/operation/records/formatRows';
import type { OperationValues } from '../../nodes/GoFive/operation/field';
import { parseJson } from '../../nodes/GoFive/shared/json';
import { parseGoFiveDate, toIsoDate } from '../../nodes/GoFive/time/goFiveDate';
import { fillPath } from '../../nodes/GoFive/operation/fields/pathParts';
import { parseDate } from '../../nodes/GoFive/time/parseDate';
import { isTimeZone } from '../../nodes/GoFive/time/zone';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import {
	STUB_READ_CONTEXT,
	allOperations,
	getExampleParameters,
	getShownProperties,
	getOperationProperties,
	buildOperationRequest,
	type AnyOperation,
} from '../support/operationParameters.cts';
import { getResultOrClearError } from '../support/clearMessages.cts';
import {
	createParametersArbitrary,
	createParameterValueArbitrary,
	toJsonText,
	responseBodyArbitrary,
	dateArbitrary,
	dateTextArbitrary,
	envelopeArbitrary,
	textArbitrary,
	fourDigitYearDateArbitrary,
	timeZoneArbitrary,
} from '../support/arbitraries.cts';

const HEADERS = { 'content-type': 'application/json' };

/** Adds the keys of a page, which the runner sets. */
const addPageKeys = ({ pages }: AnyOperation, body: unknown): unknown =>
	typeof pages === 'object'
		? { [pages.takeKey]: 1, ...(pages.skipKey && { [pages.skipKey]: 0 }), ...(body as object) }
		: body;

const WALL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

describe('dates', () => {
	test('any value is a date or is rejected', () => {
		fc.assert(
			fc.property(dateArbitrary, timeZoneArbitrary, (value, zone) => {
				const moment = parseDate(value, zone);
				fc.pre(moment !== undefined);
				expect(Number.isSafeInteger(moment.instantMs)).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	test('a range is rejected with a clear message, or has wall times and accepts any response', () => {
		const field = dateRange({ pluralName: 'events' });
		const name = fc.oneof(
			fc.constantFrom('custom', 'custom', 'custom', 'today', 'thisWeek', 'last30Days', 'thisYear'),
			fc.anything(),
		);
		fc.assert(
			fc.property(
				name,
				fourDigitYearDateArbitrary,
				fourDigitYearDateArbitrary,
				timeZoneArbitrary,
				fc.anything(),
				(preset, dateFrom, dateTo, timeZone, responseValue) => {
					const values: Record<string, unknown> = { dateRange: preset, dateFrom, dateTo };
					const range = getResultOrClearError(
						() => field.read((key) => values[key], 'dateRange', { ...STUB_READ_CONTEXT, timeZone }),
						toJsonText(values),
					);
					fc.pre(range !== undefined);
					const sides = [range.from, range.to].filter((side) => side !== undefined);
					expect(sides).toEqual(sides.map((): unknown => expect.stringMatching(WALL_TIME)));
					expect(typeof range.includes(responseValue)).toBe('boolean');
				},
			),
			{ numRuns: 300 },
		);
	});

	test('a date of GoFive stays unchanged or becomes ISO 8601 of the same instant', () => {
		fc.assert(
			fc.property(fc.oneof(dateTextArbitrary, textArbitrary), timeZoneArbitrary, (text, zone) => {
				const iso = toIsoDate(text, zone);
				expect(parseGoFiveDate(iso, zone)).toBe(parseGoFiveDate(text, zone));
				expect(toIsoDate(iso, zone)).toBe(iso);
			}),
			{ numRuns: 140 },
		);
	});
});

describe('parameters', () => {
	test('options are rejected with a clear message or are valid', () => {
		const candidate = fc.oneof(fc.anything(), textArbitrary, fc.double(), fc.integer({ min: -5, max: 100 }));
		const names = [
			'ifNothingFound',
			'sort',
			'timeZone',
			'maxParallelRequests',
			'timeoutSeconds',
			'lookBack',
			'lookAhead',
			'includeExistingRecords',
		];
		const collection = fc.oneof(
			fc.record(Object.fromEntries(names.map((name) => [name, candidate])), { requiredKeys: [] }),
			fc.anything(),
		);
		fc.assert(
			fc.property(collection, (input) => {
				// An option is called `error`, a word that messages otherwise avoid.
				const options = getResultOrClearError(() => readNodeOptions(input), `${toJsonText(input)} error`);
				fc.pre(options !== undefined);
				expect(Number.isInteger(options.maxParallelRequests) && options.maxParallelRequests >= 1).toBe(true);
				expect(options.timeoutSeconds > 0 && options.timeoutSeconds <= 3600).toBe(true);
				expect(isTimeZone(options.timeZone)).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	const options = fc.oneof(
		fc.constant({}),
		fc.record({ sort: fc.constantFrom('asReturned', 'newestFirst', 'oldestFirst') }),
		fc.anything(),
	);

	const requiredFields = allOperations.flatMap((entry) =>
		getShownProperties(entry.operation)
			.filter(({ required }) => required)
			.map((property) => ({ ...entry, property })),
	);
	test.each(requiredFields)('$name: $property.displayName cannot be left empty', ({ operation, property }) => {
		const input = getExampleParameters(operation);
		for (const emptyValue of ['', ' ', null]) {
			expect(() => buildOperationRequest(operation, { ...input, [property.name]: emptyValue })).toThrow(
				`'${property.displayName}' is empty`,
			);
		}
	});

	// Check Access sends the requests of the other operations.
	test.each(allOperations.filter(({ operation }) => !operation.checks))(
		'$name: any input is rejected with a clear message or becomes a request that conforms to the contract',
		async ({ operation, resource }) => {
			const contract = await loadContractValidator();
			// The contract cannot describe what users send with Any Endpoint and with Other Fields (JSON).
			const isDescribed = (candidate: Record<string, unknown>) =>
				resource !== 'endpoint' && !/"otherFi(?:eld|lter)sJson"/.test(JSON.stringify(candidate));
			const input = Object.fromEntries(
				getOperationProperties(operation).map((property) => [property.name, createParameterValueArbitrary(property)]),
			);
			const changes = Object.entries({ ...input, options }).map(([name, value]) => fc.record({ [name]: value }));
			// Inputs that are all arbitrary are rejected, so most candidates have one arbitrary input.
			const candidates = fc.oneof(
				fc.record<Record<string, unknown>>({ ...input, options }, { requiredKeys: [] }),
				fc
					.tuple(createParametersArbitrary(operation), fc.oneof(...changes))
					.map(([valid, change]): Record<string, unknown> => ({ ...valid, ...change })),
			);
			fc.assert(
				fc.property(candidates, (candidate) => {
					const text = toJsonText(candidate);
					const request = getResultOrClearError(() => buildOperationRequest(operation, candidate), text);
					fc.pre(request !== undefined);
					const address = getResultOrClearError(() => resolveUrl(request, 'https://gofive.example'), text);
					fc.pre(address !== undefined);
					const { host, pathname, hash, searchParams } = new URL(address);
					const path: unknown = expect.stringMatching(request.returnsFullBody ? /^\// : /^\/v\d\/./);
					const { method, body } = request;
					const sentBody = body && (JSON.parse(JSON.stringify(body)) as unknown);
					const query = Object.fromEntries(searchParams);
					const sent = { method, path: pathname, query, body: addPageKeys(operation, sentBody), headers: HEADERS };
					const violations = isDescribed(candidate) ? contract.validateRequest(sent, contract.findOperation(sent)) : [];
					// One comparison, because each takes as long as the check of the contract.
					expect({ host, path: pathname, hash, body: sentBody ?? {}, violations }).toEqual({
						host: 'gofive.example',
						path,
						hash: '',
						body: expect.any(Object) as unknown,
						violations: [],
					});
				}),
				{ numRuns: 60 },
			);
		},
	);

	test('sends every character of a value', () => {
		// Delimiters of URLs are rare among random characters.
		const delimiters = fc.string({ unit: fc.constantFrom(...'&=#?+%/ ก') });
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: 'binary' }), delimiters),
				fc.string({ unit: 'binary', minLength: 1 }),
				(value, part) => {
					const pairs: Array<[string, string]> = [
						['customerCode', value],
						[value, part],
					];
					const path = fillPath('/v1/x/{part}', {}, { part });
					const target = toPathWithQuery({ method: 'GET', path, query: [...pairs, ['none', undefined]] });
					const [sentPath, query = ''] = target.split('?');
					expect([...new URLSearchParams(query)]).toEqual(pairs);
					expect(decodeURIComponent(sentPath?.slice('/v1/x/'.length) ?? '')).toBe(part);
				},
			),
			{ numRuns: 140 },
		);
	});

	test.each(allOperations)('$name: any response becomes items or a clear message', ({ operation }) => {
		const columns = Object.keys(operation.entity?.columns ?? {}).slice(0, 1);
		fc.assert(
			fc.property(
				createParametersArbitrary(operation),
				fc.oneof(responseBodyArbitrary, envelopeArbitrary.map(toJsonText)),
				fc.constantFrom('simplified', 'raw', 'selected'),
				fc.constantFrom('asReturned', 'newestFirst'),
				(input, text, output, sort) => {
					const parameters: Record<string, unknown> = { ...input, output, fields: columns, options: { sort } };
					const getParameter = (name: string) => parameters[name] ?? null;
					const values: OperationValues = readOperationValues(operation.fields, getParameter, STUB_READ_CONTEXT);
					const { entity } = operation;
					const outputMode = getOutput(values);
					const columnContext = { timeZone: 'Asia/Bangkok', lookupTables: {}, now: 0 };
					const items = getResultOrClearError(() => {
						const records = readRecords(operation, toEnvelope(parseJson(text))?.data, values);
						const format = createFormatter(entity, outputMode, columnContext);
						return records.map((record) => ({ record })).flatMap(format);
					}, text);
					fc.pre(items !== undefined);
					expect(items).toEqual(items.map((): unknown => expect.any(Object)));
					expect(createEmptyRecord(entity, outputMode, {}, columnContext)).toEqual(expect.any(Object));
				},
			),
			{ numRuns: 80 },
		);
	});
});
