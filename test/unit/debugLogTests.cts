import type { IExecuteFunctions } from 'n8n-workflow';
import { logDefect, logRequest } from '../../nodes/GoFive/api/debugLog';
import { describeForm } from '../../nodes/GoFive/api/envelope';
import { GoFiveError } from '../../nodes/GoFive/api/errors';
import type { RequestResult } from '../../nodes/GoFive/api/failure';
import { messages } from '../../nodes/GoFive/api/messages';
import type { Outcome } from '../../nodes/GoFive/api/outcome';
import type { ApiRequest } from '../../nodes/GoFive/api/request';

const VALUE = 'บริษัท ACME';

test.each<[unknown, string]>([
	[undefined, '(not JSON)'],
	[null, '(null)'],
	[VALUE, '(single value)'],
	[1000, '(single value)'],
	[false, '(single value)'],
	[[], '[0]'],
	[[VALUE, { data: VALUE }], '[2]'],
	[{}, ''],
	[{ data: VALUE }, 'data'],
	[{ data: null }, 'data(null)'],
	[{ data: {} }, 'data{}'],
	[
		{ status: { code: VALUE, description: VALUE }, data: { value: [VALUE, VALUE] } },
		'status{code description} data{value[2]}',
	],
	[{ data: { value: { total: 1, [VALUE]: 1 } } }, 'data{value{total 1 other keys}}'],
	[
		{ data: { value: { value: { value: {} }, data: [VALUE], errors: null } } },
		'data{value{value data[1] errors(null)}}',
	],
	[{ data: [], total: 1, count: 1, take: 1, skip: 0 }, 'data[0] total count take skip'],
	[
		{ isSuccess: true, Success: 1, error: VALUE, Errors: { [VALUE]: [] }, message: VALUE },
		'isSuccess Success error Errors{1 other keys} message',
	],
	[{ [VALUE]: { data: [] }, customerCode: VALUE, mydata: 1, datas: 1 }, '4 other keys'],
	[[{ data: VALUE }], '[1]'],
])('the form of %j is "%s"', (body, form) => {
	expect(describeForm(body)).toBe(form);
});

/** Creates a logger that collects its lines. */
function createLogger() {
	const lines: unknown[] = [];
	const debug = (...line: unknown[]) => void lines.push(['debug', ...line]);
	const error = (...line: unknown[]) => void lines.push(['error', ...line]);
	return { lines, logger: { debug, error } as unknown as IExecuteFunctions['logger'] };
}

const REQUEST: ApiRequest = { method: 'POST', path: `/v1/Deals/${VALUE}`, route: '/v1/Deals/{dealNo}', body: [VALUE] };
const FAILURE = { load: 'failed', isTokenAccepted: false, quote: VALUE } as const;
const LOST: RequestResult = { ...FAILURE, error: new GoFiveError(messages.connectionLost), next: 'wait' };

test.each<[Outcome, Partial<ApiRequest>, RequestResult, object]>([
	[
		{ kind: 'response', status: 200, headers: { value: VALUE }, text: VALUE },
		{ page: { take: 100, skip: 200 } },
		{ data: [VALUE], form: 'data[1]' },
		{ route: '/v1/Deals/{dealNo}', page: { take: 100, skip: 200 }, status: 200, form: 'data[1]' },
	],
	[
		{ kind: 'response', status: 502, headers: {}, text: '' },
		{ route: undefined },
		{ ...LOST, form: '(not JSON)' },
		{ route: '(entered path)', status: 502, form: '(not JSON)', kind: 'unavailable', next: 'wait' },
	],
	[
		{ kind: 'connectionError', code: 'ECONNRESET' },
		{},
		LOST,
		{ route: '/v1/Deals/{dealNo}', status: 'ECONNRESET', kind: 'unavailable', next: 'wait' },
	],
	[
		{ kind: 'aborted', reason: 'timeout' },
		{},
		LOST,
		{ route: '/v1/Deals/{dealNo}', status: 'timeout', kind: 'unavailable', next: 'wait' },
	],
	[
		{ kind: 'notSigned', failure: LOST },
		{},
		LOST,
		{ route: '/v1/Deals/{dealNo}', status: 'notSigned', kind: 'unavailable', next: 'wait' },
	],
])('the line about %j contains no value', (outcome, changes, result, details) => {
	const { lines, logger } = createLogger();
	logRequest(logger, { ...REQUEST, ...changes }, 3, outcome, result);
	expect(lines).toEqual([['debug', 'GoFive request', { method: 'POST', attempts: 3, ...details }]]);
	expect(JSON.stringify(lines)).not.toContain(VALUE);
});

test('an exception is logged with the places in the code, and without its message', () => {
	const { lines, logger } = createLogger();
	logDefect(logger, new RangeError(`${VALUE}\n    at ${VALUE}`));
	expect(lines).toEqual([
		['error', 'The GoFive node could not process a response (RangeError)', { frames: expect.any(Array) as unknown }],
	]);
	const [[, , { frames }]] = lines as [[string, string, { frames: string[] }]];
	expect(frames).toHaveLength(5);
	expect(frames[0]).toMatch(/^\s+at .*debugLogTests\.cts/);
	expect(JSON.stringify(lines)).not.toContain(VALUE);
});

test.each([VALUE, undefined, { message: VALUE, stack: `    at ${VALUE}` }])(
	'of %j, which is no exception, no text is logged',
	(thrown) => {
		const { lines, logger } = createLogger();
		logDefect(logger, thrown);
		expect(lines).toEqual([['error', 'The GoFive node could not process a response (unknown)', { frames: [] }]]);
	},
);
