import type { IDataObject } from 'n8n-workflow';
import { MAY_BE_DONE } from '../resultAssertions.cts';
import { buildRejection } from '../../support/expectedMessages.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

const fixture = setupFixtureWithSimulatedClock();
const EVENT_TYPES_PATH = '/v1/customerEvent/event-types';
const SIGN_IN_REJECTED_MESSAGE = "Requests to GoFive's token endpoint are not allowed";
const FIND_EMPLOYEES = {
	method: 'POST',
	path: '/v1/Employees/Enquiry',
	body: '{"skip": 0, "pageLength": 2}',
	changesData: false,
};

const sendEndpointRequest = async (parameters: IDataObject, options: Parameters<typeof fixture.runOperation>[2] = {}) =>
	await fixture.runOperation('sendRequest', { resource: 'endpoint', ...parameters }, options);
const expectRejection = async (parameters: IDataObject, message: unknown, ...advice: string[]) =>
	await fixture.expectRejection(
		'endpoint.sendRequest',
		{ method: 'POST', path: '/v1/x', ...parameters },
		message,
		...advice,
	);
/** Answers with a value as JSON; the sandbox would send a text as it is. */
const respondWithJson = (value: unknown) => {
	const answer = { status: 200, body: JSON.stringify(value), headers: { 'content-type': 'application/json' } };
	fixture.sandbox.faults.add({ answer });
};
const respondWith = (body: unknown, status = 200) => fixture.sandbox.faults.add({ answer: { status, body } });
const getSingleRequest = () => {
	expect(fixture.apiRequests).toHaveLength(1);
	return fixture.sandbox.requestLog.at(-1);
};

// What follows an outcome is in faults/outcomesTests.cts.
describe('requests that may change data', () => {
	const items = Array.from({ length: 6 }, (_, page) => ({ page }));
	const parameters = { ...FIND_EMPLOYEES, body: '={{ JSON.stringify({ skip: $json.page, pageLength: 1 }) }}' };
	const getMaxInFlight = () => Math.max(...fixture.findRequests('findEmployees').map(({ inFlight }) => inFlight));

	test('sends a POST that reads data in parallel, and equal requests once', async () => {
		fixture.sandbox.setBehaviour({ delayMs: 30 });
		const { items: outputItems } = await sendEndpointRequest(parameters, { items });
		expect(outputItems).toHaveLength(items.length);
		expect(getMaxInFlight()).toBeGreaterThan(1);
		fixture.sandbox.reset();
		await sendEndpointRequest({ ...FIND_EMPLOYEES }, { items });
		expect(fixture.findRequests('findEmployees')).toHaveLength(1);
	});

	test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('a %s changes data by default, so it is sent once', async (method) => {
		respondWith('', 502);
		const { path, body } = parameters;
		const { error } = await sendEndpointRequest({ method, path, body }, { items });
		expect(error?.description).toContain(MAY_BE_DONE);
		expect(getSingleRequest()).toMatchObject({ method, path: FIND_EMPLOYEES.path });
	});

	test('sends GET requests that change data one at a time', async () => {
		fixture.sandbox.setBehaviour({ delayMs: 20 });
		await sendEndpointRequest({ method: 'GET', path: EVENT_TYPES_PATH, changesData: true }, { items });
		expect(fixture.findRequests('getCustomerEventTypes').map(({ inFlight }) => inFlight)).toEqual([1, 1, 1, 1, 1, 1]);
	});
});

describe('body and query', () => {
	test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])(
		'%s: sends a body of any form, including an empty one',
		async (method) => {
			for (const body of [{}, [], [{ productCode: 'ก', qty: 1 }], { customerCode: 'C1&x=2' }]) {
				fixture.sandbox.reset();
				respondWith({ data: {} });
				await sendEndpointRequest({ method, path: '/v1/products/stock', body: JSON.stringify(body) });
				expect(getSingleRequest()).toMatchObject({ method, body: JSON.stringify(body) });
			}
		},
	);

	test.each([
		['the object of an expression', { body: '={{ { a: [1] } }}' }, '{"a":[1]}'],
		['no body if the expression returns no value', {}, ''],
		[
			'every digit of a number',
			{ body: ' {"id": 12345678901234567890, "n": 1.10} ' },
			'{"id": 12345678901234567890, "n": 1.10}',
		],
	])('sends %s', async (_, parameters, body) => {
		respondWith({ data: {} });
		await sendEndpointRequest({ method: 'POST', path: '/v1/x', ...parameters });
		expect(getSingleRequest()?.body).toBe(body);
	});

	const queryRows = (...rows: Array<[name: string, value: unknown]>) => ({
		query: { row: rows.map(([name, value]) => ({ name, value })) },
	});
	test.each<[string, IDataObject, string[]]>([
		[
			'rows',
			queryRows(['ชื่อ&', 'a=b&c +%'], ['', ''], ['x', 1], ['x', 2], ['none', '']),
			['ชื่อ&: a=b&c +%', 'x: 1', 'x: 2', 'none: '],
		],
		['JSON', { queryInput: 'json', queryJson: '{"x": [1, "ก"], "y": true, "z": null}' }, ['x: 1', 'x: ก', 'y: true']],
		['a JSON expression', { queryInput: 'json', queryJson: '={{ { x: $json.x } }}' }, ['x: from the item']],
	])('query of %s', async (_, query, pairs) => {
		respondWith({ data: [] });
		await sendEndpointRequest({ path: '/v1/x', ...query }, { items: [{ x: 'from the item' }] });
		const sentPairs = [...new URLSearchParams(getSingleRequest()?.query)];
		expect(sentPairs.map(([name, value]) => `${name}: ${value}`)).toEqual(pairs);
	});

	test.each<[IDataObject, string]>([
		[{ method: '={{ "DELETE" }}' }, "'Method' cannot be an expression"],
		[{ method: "={{ $fromAI('method') }}" }, "'Method' cannot be an expression"],
		[{ changesData: '={{ false }}' }, "'Changes Data' cannot be an expression"],
		[{ method: 'HEAD' }, `'Method' cannot be "HEAD"`],
		[{ changesData: 'no' }, `'Changes Data' cannot be "no"`],
		[{ body: '={{ { a: [0 / 0] } }}' }, "The calculation in 'Body' did not return a number"],
		[{ body: '{"a": 1' }, `'Body' cannot be "{\\"a\\": 1"`],
		[{ body: '7' }, `'Body' cannot be "7"`],
		[{ body: '={{ 7 }}' }, "'Body' cannot be 7"],
		[{ body: '={{ $json.none }}' }, "'Body' is empty"],
		[queryRows(['', 'x']), "'Name in row 1 of Query Parameters' is empty"],
		[queryRows(['x', '={{ [1] }}']), "'Value in row 1 of Query Parameters' cannot be [1]"],
		[queryRows(['y', '1'], ['x', '={{ $json.none }}']), "'Value in row 2 of Query Parameters' is empty"],
		[{ queryInput: 'json', queryJson: '={{ $json.none }}' }, "'Query Parameters' is empty"],
		[{ queryInput: 'json', queryJson: '[1]' }, `'Query Parameters' cannot be "[1]"`],
		[{ queryInput: 'json', queryJson: '{"x": {}}' }, "'x in Query Parameters' cannot be {}"],
	])('rejects %j', async (parameters, message) => {
		await expectRejection(parameters, message, 'Nothing was sent');
	});
});

describe('path', () => {
	test.each([
		['v1/a b', '/v1/a%20b'],
		['/v1/a%2Fb', '/v1/a%2Fb'],
		['/v1/100%25', '/v1/100%25'],
		['/v1/ก', '/v1/%E0%B8%81'],
	])('sends %s as %s', async (path, sentPath) => {
		respondWith({ data: [] });
		await sendEndpointRequest({ path });
		expect(getSingleRequest()?.path).toBe(sentPath);
	});

	test('accepts a full URL below the base URL', async () => {
		expect((await sendEndpointRequest({ path: fixture.sandbox.url + EVENT_TYPES_PATH })).items).toHaveLength(
			fixture.sandbox.records.eventTypes.records.length,
		);
	});

	test.each([
		['/v1', '/v2/x'],
		['/tenant', '/tenant%2Fx/y'],
	])('keeps requests below the path %s of the base URL: %s', async (basePath, path) => {
		const { url, requestLog } = fixture.sandbox;
		const credential = { ...fixture.credential, baseUrl: url + basePath };
		const { error } = await sendEndpointRequest({ path: url + path }, { credential });
		expect(error?.message).toBe(`'${url}${path}' is not below the base URL`);
		expect(requestLog).toEqual([]);
	});

	// Values that lead to another path are in operation/pathPartsTests.cts.
	test.each([
		'//evil.example/x',
		'\\\\evil.example/x',
		'/v1\\..\\x',
		'/%2F%2Fevil.example',
		'/v1/a\u0000b',
		'/v1/50%',
		'/v1/quotation/{quotationNo}',
		'/v1/x?y=1',
		'/v1/x#y',
		'https://evil.example/v1/x',
		'https://evil.example@127.0.0.1/v1/x',
		'https://api.gofive.co.th/v1/x',
		'ftp://evil.example/x',
		'http://',
		'={{ "" }}',
		'/v1/%252e%252e/%25',
	])('rejects %j before any request', async (path) => {
		const title = path.includes('://') ? /is not below the base URL$/ : /^'Path' (?:cannot be|is empty)/;
		const advice = {
			'?': "Enter query parameters in 'Query Parameters'",
			'{quotationNo}': 'Replace the braces',
			'50%': 'as %25',
			'\\\\evil': "Remove any '\\'",
		};
		const expectedAdvice = Object.entries(advice).flatMap(([part, text]) => (path.includes(part) ? text : []));
		await expectRejection({ path }, expect.stringMatching(title), 'Nothing was sent', ...expectedAdvice);
	});

	test('rejects an expression in which a part of the path is empty', async () => {
		const emptyValues = ['$json.none', '""', '" "', 'encodeURIComponent($json.none)', 'encodeURIComponent(null)'];
		for (const path of emptyValues.flatMap((value) => [`=/v1/case/{{ ${value} }}`, `=v1/case/{{ ${value} }}/notes`]))
			await expectRejection(
				{ path, method: 'DELETE' },
				expect.stringMatching(/^'Path' cannot be/),
				'A part of the path',
			);
		respondWith({ data: [] });
		await sendEndpointRequest({ path: '/v1/case/' });
		expect(getSingleRequest()).toMatchObject({ path: '/v1/case/' });
	});

	test('rejects a path of more than 8,000 characters before any request', async () => {
		const path = '/v1'.padEnd(8000, '/a');
		const message = expect.stringMatching(/^'Path' cannot be/);
		await expectRejection({ path: `${path}b` }, message, 'Enter at most 8,000 characters');
		await sendEndpointRequest({ path });
		expect(getSingleRequest()).toMatchObject({ path });
	});

	test.each([
		'/authorization/connect/token',
		'authorization/connect/token',
		'/Authorization//connect/%74oken/',
		'authorization%2Fconnect%2Ftoken',
		'/authorization/connect/%2574oken/%25',
		'/authorization;x/connect/token',
		'/authorization/connect%3Ba=b;c/token;',
		'/authorization/;x/connect/token%253Bx',
	])('rejects the token endpoint %s', async (path) => {
		await expectRejection({ path }, SIGN_IN_REJECTED_MESSAGE);
		await expectRejection({ path: fixture.sandbox.url + path.replace(/^(?!\/)/, '/') }, SIGN_IN_REJECTED_MESSAGE);
	});

	test('rejects the token endpoint if a part of it is in the base URL', async () => {
		const credential = { ...fixture.credential, baseUrl: `${fixture.sandbox.url}/authorization` };
		expect((await sendEndpointRequest({ path: '/connect/token' }, { credential })).error?.message).toBe(
			SIGN_IN_REJECTED_MESSAGE,
		);
		expect(fixture.sandbox.requestLog).toEqual([]);
	});
});

describe('response', () => {
	const WRAPPED_LIST = {
		status: { code: '1000', description: 'Success' },
		data: { total: 2, items: [{ id: 1, name: 'ก' }, { id: 2 }] },
	};

	test.each<[string, unknown, IDataObject, unknown[]]>([
		['an object in the envelope', WRAPPED_LIST, {}, [WRAPPED_LIST.data]],
		['the list at Records Path', WRAPPED_LIST, { recordsPath: 'data.items' }, WRAPPED_LIST.data.items],
		[
			'selected columns of the list',
			WRAPPED_LIST,
			{ recordsPath: 'data.items', output: 'selected', fields: 'name, other' },
			[
				{ name: 'ก', other: null },
				{ name: null, other: null },
			],
		],
		['the full response', WRAPPED_LIST, { output: 'raw' }, [WRAPPED_LIST]],
		['a list without an envelope', [{ id: 1 }, 'x'], {}, [{ id: 1 }, { value: 'x' }]],
		['a number', 42, {}, [{ value: 42 }]],
		['a list next to an error of 0', { error: 0, data: [{ id: 1 }] }, {}, [{ id: 1 }]],
		['no list at Records Path', { data: null }, { recordsPath: 'data.items' }, []],
		['no data', { status: { code: '1000' }, data: null }, {}, []],
		['no data, with an empty item', { data: [] }, { options: { ifNothingFound: 'emptyItem' } }, [{ path: '/v1/x' }]],
		[
			'no data, with an empty item of the selected fields',
			{ data: [] },
			{ output: 'selected', fields: 'name, other', options: { ifNothingFound: 'emptyItem' } },
			[{ name: null, other: null, path: '/v1/x' }],
		],
	])('%s', async (_, body, parameters, items) => {
		respondWithJson(body);
		const result = await sendEndpointRequest({ path: '/v1/x', ...parameters });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual(items);
	});

	test('a missing list at Records Path lists the existing keys', async () => {
		respondWith(WRAPPED_LIST);
		const { error } = await sendEndpointRequest({ path: '/v1/x', recordsPath: 'data.rows' });
		expect(error).toMatchObject({
			message: "GoFive's response has no list at 'data.rows'",
			description: expect.stringContaining("'data' has only the keys total, items."),
		});
	});

	test.each([
		['an object', '{"done": true}'],
		['a list', '[{"a": 1}, {"a": 2}]'],
	])('a write of %s with an empty response returns the path, with any Records Path', async (_, body) => {
		respondWith('', 204);
		const { items, error } = await sendEndpointRequest({
			method: 'PUT',
			path: '/v1/task/7',
			body,
			recordsPath: 'data.items',
		});
		expect([error, items]).toEqual([undefined, [{ path: '/v1/task/7', value: null }]]);
	});

	test('HTTP 404 advises to check the path', async () => {
		respondWith('', 404);
		expect((await sendEndpointRequest({ path: '/v1/task/7' })).error?.description).toMatch(/^Check 'Path', and /);
	});

	test('a business code fails the item and names the path', async () => {
		respondWith({ status: { code: '4001', description: 'Task not found' }, data: null });
		expect((await sendEndpointRequest({ path: '/v1/task/7' })).error?.message).toBe(
			`${buildRejection('Task not found')} for path '/v1/task/7'`,
		);
	});
});
