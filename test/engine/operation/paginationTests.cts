import type { IDataObject } from 'n8n-workflow';
import type { Pages } from '../../../nodes/GoFive/operation/types';
import { loadContractValidator } from '../../../sandbox/contractValidator.mts';
import type { ReceivedRequest } from '../../../sandbox/index.mts';
import { allOperations, getExampleParameters } from '../../support/operationParameters.cts';
import { findOperationId } from '../../support/operationRequest.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';

/** List that begins with a few customers, some of them leads. */
const CUSTOMER_LIST = { operationId: 'findCustomers', count: 230, key: 'customerCode' };

const fixture = setupFixtureWithSimulatedClock(({ sandbox: { records } }) => {
	for (const list of Object.values(records)) list.fill();
	records.customers.records = [];
	records.customers.create({ customerType: 11300 }, CUSTOMER_LIST.count);
});
const contract = loadContractValidator();

/** Request for a list in pages. */
interface PagedRequest {
	name: string;
	operationValue: string;
	parameters: IDataObject;
	pages: Pages;
	/** `operationId` of the contract. */
	getOperationId(): Promise<string>;
}

const operationRequests = allOperations.flatMap((entry): PagedRequest[] => {
	const { name, resource, operation } = entry;
	const parameters = { resource, ...(getExampleParameters(operation) as IDataObject), output: 'raw' };
	const { value: operationValue, pages } = operation;
	const getOperationId = async () => await findOperationId(entry);
	return typeof pages === 'object' ? [{ name, operationValue, parameters, pages, getOperationId }] : [];
});

const ENDPOINT_PARAMETERS = {
	resource: 'endpoint',
	method: 'POST',
	path: '/v1/quotation/enquiry',
	body: '{"customerCode": "C000055"}',
	changesData: false,
};
const PAGING_MODES: Record<string, Pages> = {
	takeSkip: { takeKey: 'take', skipKey: 'skip' },
	take: { takeKey: 'take' },
};
const endpointRequests = Object.entries(PAGING_MODES).map(
	([paging, pages]): PagedRequest => ({
		name: `Any Endpoint, ${paging}`,
		operationValue: 'sendRequest',
		parameters: { ...ENDPOINT_PARAMETERS, paging },
		pages,
		getOperationId: async () => await Promise.resolve('findQuotations'),
	}),
);

const pagedRequests = [...operationRequests, ...endpointRequests];
const HAS_MORE_HINT = /^The node returned \d+ .*, and GoFive has more\. Turn on 'Return All'/;
const MAY_HAVE_MORE_HINT = /^GoFive returned \d+ .*, which may be the maximum number in one response\./;

/** Reads the page keys of a request from its body or its query. */
function parsePageKeys(
	{ body, query }: ReceivedRequest,
	{ takeKey, skipKey = '' }: Pages,
): { take: number; skip: number } {
	const keys = { ...Object.fromEntries(new URLSearchParams(query)), ...(JSON.parse(body || '{}') as object) } as Record<
		string,
		unknown
	>;
	return { take: Number(keys[takeKey]), skip: Number(keys[skipKey] ?? 0) };
}

describe.each(pagedRequests)('$name', ({ operationValue, parameters, pages, getOperationId }) => {
	const describeList = async () => {
		const operationId = await getOperationId();
		if (operationId === CUSTOMER_LIST.operationId) return CUSTOMER_LIST;
		const contractOperation = (await contract).operations.find(
			(candidate) => candidate.operationId === operationId,
		) as unknown as { 'x-rows'?: { count: number; key: string } };
		// Fewer rows would arrive in the first page, and these tests would test nothing.
		if (!contractOperation['x-rows'] || contractOperation['x-rows'].count <= 100)
			throw new Error(`Let the list of ${operationId} have more than 100 rows in the contract (x-rows)`);
		return { operationId, ...contractOperation['x-rows'] };
	};
	const runPaged = async (extra: IDataObject, options: Parameters<typeof fixture.runOperation>[2] = {}) => {
		const result = await fixture.runOperation(operationValue, { ...parameters, ...extra }, options);
		return { ...result, hintMessages: result.hints.map(({ message }) => message) };
	};

	/** Expects the first `count` rows of the list, each once and in order. */
	function expectRows(items: IDataObject[], count: number, key: string): void {
		const keys = items.map((item) => item[key] as string | number);
		expect(keys).toHaveLength(count);
		expect(new Set(keys).size).toBe(count);
		expect(keys).toEqual([...keys].sort((a, b) => String(a).localeCompare(String(b), 'en', { numeric: true })));
	}

	describe.each([null, 50, 7])('pages of at most %j rows', (pageCap) => {
		test.each([[[]], [[pages.takeKey]]])(
			'Return All returns every row once, in order; ignored keys: %j',
			async (ignoredPageKeys) => {
				const { count, key } = await describeList();
				fixture.sandbox.setBehaviour({ pageCap, ignoredPageKeys });
				const { items, error, hintMessages } = await runPaged({ returnAll: true });
				const rowCount = pages.skipKey ? count : Math.min(count, pageCap ?? count);
				// A multiple of 50 rows of a list that cannot skip any may be GoFive's maximum.
				const isUsualMaximum = pages.skipKey === undefined && rowCount % 50 === 0;
				const expectedHints = isUsualMaximum ? [expect.stringMatching(MAY_HAVE_MORE_HINT)] : [];
				expect([error, hintMessages]).toEqual([undefined, expectedHints]);
				// Without a skip key nothing after the cap is reachable.
				expectRows(items, rowCount, key);
			},
		);

		test('Limit returns the exact number and requests at most one more', async () => {
			const { operationId, count, key } = await describeList();
			fixture.sandbox.setBehaviour({ pageCap });
			const maxLimit = pages.skipKey ? count - 1 : (pageCap ?? count) - 1;
			for (const limit of [1, 5, maxLimit]) {
				fixture.sandbox.requestLog.length = 0;
				const { items, error, hintMessages } = await runPaged({ returnAll: false, limit });
				expect([limit, error, hintMessages]).toEqual([limit, undefined, [expect.stringMatching(HAS_MORE_HINT)]]);
				expectRows(items, limit, key);
				const requestedPages = fixture.findRequests(operationId).map((request) => parsePageKeys(request, pages));
				expect(Math.max(...requestedPages.map(({ take, skip }) => take + skip))).toBe(limit + 1);
			}
		});
	});

	test('a limit equal to the number of rows shows no hint', async () => {
		const { count, key } = await describeList();
		const { items, hintMessages } = await runPaged({ returnAll: false, limit: count });
		expect(hintMessages).toEqual([]);
		expectRows(items, count, key);
	});

	test('requests an empty list once', async () => {
		const { operationId } = await describeList();
		fixture.respondWithData(operationId, [], { times: 'always' });
		const { items, error, hintMessages } = await runPaged({ returnAll: true });
		expect([items, error, hintMessages]).toEqual([[], undefined, []]);
		expect(fixture.findRequests(operationId)).toHaveLength(1);
	});

	test('requests 100 rows per page, or 10,000 of a list that cannot skip any, with the same filters', async () => {
		const { operationId } = await describeList();
		await runPaged({ returnAll: true });
		const requests = fixture.findRequests(operationId);
		const { takeKey, skipKey = '' } = pages;
		expect(requests.length > 1).toBe(skipKey !== '');
		const takes = requests.map((request) => parsePageKeys(request, pages).take);
		expect(takes).toEqual(requests.map(() => (skipKey ? 100 : 10_000)));
		const filters = requests.map(({ body }) => ({ ...(JSON.parse(body) as object), [takeKey]: 0, [skipKey]: 0 }));
		expect(filters).toEqual(requests.map(() => filters[0]));
	});

	test('equal items share requests', async () => {
		const { operationId, count, key } = await describeList();
		await runPaged({ returnAll: true });
		const requestCount = fixture.findRequests(operationId).length;
		fixture.sandbox.requestLog.length = 0;
		const { items } = await runPaged({ returnAll: true }, { items: [{}, {}, {}] });
		expect(fixture.findRequests(operationId)).toHaveLength(requestCount);
		for (const item of [0, 1, 2]) expectRows(items.slice(item * count, (item + 1) * count), count, key);
	});

	if (pages.skipKey === undefined) return;
	const skip = pages.skipKey;

	test('a failed page fails only its item', async () => {
		const { operationId, key } = await describeList();
		fixture.sandbox.setBehaviour({ pageCap: 7 });
		// The last item needs two pages. Its second page is requested after the first pages of all items.
		fixture.addFault(operationId, { status: 400 }, { skip: 3 });
		const items = [{ limit: 3 }, { limit: 4 }, { limit: 10 }];
		const { outputs } = await runPaged(
			{ returnAll: false, limit: '={{ $json.limit }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		const rows = (outputs[0] ?? []).map(({ json }) => json);
		expectRows(rows.slice(0, 3), 3, key);
		expectRows(rows.slice(3), 4, key);
		const error: unknown = expect.stringMatching(/^GoFive rejected the request: Bad request/);
		expect(outputs[1]?.map(({ json }) => json)).toEqual([expect.objectContaining({ limit: 10, error })]);
	});

	test.each([null, 50, 7])(
		'requests all rows at once if skip is ignored, with a hint if pages have at most %j rows',
		async (pageCap) => {
			const { count, key } = await describeList();
			fixture.sandbox.setBehaviour({ pageCap, ignoredPageKeys: [skip] });
			const { items, error, hintMessages } = await runPaged({ returnAll: true });
			expect(error).toBeUndefined();
			const rowCount = pageCap ?? count;
			expect(hintMessages).toEqual(rowCount % 50 === 0 ? [expect.stringMatching(MAY_HAVE_MORE_HINT)] : []);
			expectRows(items, rowCount, key);
		},
	);
});

test('drops a row whose ID is known and keeps a row without an ID on a page that begins too early', async () => {
	const rows = ['A', null, null, null, 'B'].map((customerCode, index) => ({ customerCode, name: `${index}` }));
	for (const page of [rows.slice(0, 3), rows, []]) fixture.respondWithData('findCustomers', page);
	const { items } = await fixture.runExample('customer.getAll', {
		customerTypes: [11300],
		returnAll: true,
		output: 'raw',
	});
	expect(items.map(({ name }) => name)).toEqual(['0', '1', '2', '1', '2', '3', '4']);
});

describe('Any Endpoint', () => {
	const sendEndpointRequest = async (parameters: IDataObject) =>
		await fixture.runOperation('sendRequest', { resource: 'endpoint', returnAll: true, ...parameters });
	/** Answers with two rows, then with none. */
	const respondWithRows = () => {
		fixture.respondWithData({}, [{ id: 1 }, { id: 2 }]);
		fixture.respondWithData({}, []);
	};

	test.each([
		['takeSkip', ['x=1&take=100&skip=0', 'x=1&take=100&skip=2']],
		['pageLengthSkip', ['x=1&pageLength=100&skip=0', 'x=1&pageLength=100&skip=2']],
		['take', ['x=1&take=10000']],
	])('%s: the keys are in the query if there is no body', async (paging, queries) => {
		respondWithRows();
		const { items, error } = await sendEndpointRequest({
			method: 'GET',
			path: '/v1/x',
			paging,
			query: { line: [{ name: 'x', value: '1' }] },
		});
		expect([error, items]).toEqual([undefined, [{ id: 1 }, { id: 2 }]]);
		expect(fixture.apiRequests.map(({ query, body }) => [query, body])).toEqual(queries.map((query) => [query, '']));
	});

	const FIVE = [1, 2, 3, 4, 5].map((amount) => ({ amount }));
	const SALE = { customer: 'Walk-in', amount: 100 };
	test.each<[string, string, IDataObject[][]]>([
		['on several pages', 'takeSkip', [[SALE, SALE, { amount: 1 }], [SALE, { amount: 2 }], []]],
		['that fill a page', 'takeSkip', [[SALE, SALE], [SALE, SALE], [SALE, SALE, SALE, SALE, SALE], Array(5).fill(SALE)]],
		['of one response', 'take', [Array(5).fill(SALE)]],
		['once if skip is ignored', 'takeSkip', [FIVE, FIVE, FIVE]],
		['of a longer list if skip is ignored', 'takeSkip', [FIVE.slice(2), FIVE.slice(2), FIVE]],
		['of the pages if the list is shorter in one request', 'takeSkip', [FIVE, FIVE, [SALE]]],
	])('returns all equal rows without an ID %s', async (_, paging, pages) => {
		for (const rows of pages) fixture.respondWithData({}, rows);
		const { items, error } = await sendEndpointRequest({ method: 'GET', path: '/v1/x', paging });
		expect([error, items.length]).toEqual([undefined, 5]);
	});

	const numberRows = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));
	const hasMoreHint = ({ hints }: { hints: Array<{ message: string }> }) =>
		hints.some(({ message }) => MAY_HAVE_MORE_HINT.test(message));
	const getTakes = () => fixture.apiRequests.map((request) => parsePageKeys(request, { takeKey: 'take' }).take);

	test.each([
		[100, true],
		[99, false],
		[300, false],
	])('a limit of 300 and %i rows in every response; may have more: %p', async (count, mayHaveMore) => {
		fixture.respondWithData({}, numberRows(count));
		const result = await sendEndpointRequest({ path: '/v1/x', paging: 'take', returnAll: false, limit: 300 });
		expect(result.items).toHaveLength(count);
		expect(hasMoreHint(result)).toBe(mayHaveMore);
		expect(getTakes()).toEqual([301]);
	});

	// A server that returns a multiple of 50 rows may have more.
	test.each([
		[0, false],
		[49, false],
		[50, true],
		[51, false],
		[1000, true],
		[1050, true],
		[9999, false],
	])('take: %i rows are all in one request; may have more: %p', async (count, mayHaveMore) => {
		fixture.respondWithData({}, numberRows(count), { times: 'always' });
		const result = await sendEndpointRequest({ method: 'GET', path: '/v1/x', paging: 'take' });
		expect(result.items).toHaveLength(count);
		expect(hasMoreHint(result)).toBe(mayHaveMore);
		expect(getTakes()).toEqual([10_000]);
	});

	test.each([
		['take: a full response is requested again with twice as many rows', [10_000, 12_001], 12_001, false],
		['take: the longest response counts', [10_000, 9_001], 10_000, true],
	])('%s', async (_, counts, expectedCount, mayHaveMore) => {
		for (const count of counts) fixture.respondWithData({}, numberRows(count));
		const result = await sendEndpointRequest({ method: 'GET', path: '/v1/x', paging: 'take' });
		expect(result.items).toHaveLength(expectedCount);
		expect(hasMoreHint(result)).toBe(mayHaveMore);
		expect(getTakes()).toEqual([10_000, 20_000]);
	});

	test.each([
		{ status: 400, body: {} },
		{ status: 422, body: {} },
		{ status: 200, body: { status: { code: '4002', description: 'take' }, data: null } },
	])('take: 1,000 rows are requested if GoFive rejects more: %j', async (answer) => {
		fixture.addFault({}, answer);
		fixture.respondWithData({}, numberRows(1000));
		const result = await sendEndpointRequest({ method: 'GET', path: '/v1/x', paging: 'take' });
		expect([result.error, result.items.length, hasMoreHint(result)]).toEqual([undefined, 1000, true]);
		expect(getTakes()).toEqual([10_000, 1000]);
	});

	test('take: a rejection of 1,000 rows or for another reason fails the item', async () => {
		fixture.addFault({}, { status: 400, body: {} }, { times: 'always' });
		const limited = { method: 'GET', path: '/v1/x', paging: 'take', returnAll: false, limit: 999 };
		expect((await sendEndpointRequest(limited)).error).toBeDefined();
		expect(getTakes()).toEqual([1000]);
		fixture.sandbox.reset();
		fixture.addFault({}, { status: 403, body: {} }, { times: 'always' });
		expect((await sendEndpointRequest({ method: 'GET', path: '/v1/x', paging: 'take' })).error).toBeDefined();
		expect(getTakes()).toEqual([10_000]);
	});

	test('a server that ignores skip and has unknown keys ends the list', async () => {
		const rows = Array.from({ length: 120 }, (_, index) => ({ name: `row ${index}` }));
		fixture.respondWithData({}, rows, { times: 'always' });
		const { items, error } = await sendEndpointRequest({ method: 'GET', path: '/v1/x', paging: 'takeSkip' });
		expect([error, items]).toEqual([undefined, rows]);
		expect(fixture.apiRequests.map(({ query }) => query)).toEqual([
			'take=100&skip=0',
			'take=100&skip=120',
			'take=10000&skip=0',
		]);
	});

	test('a long number in the body is rejected, since the keys are added to it', async () => {
		const parameters = { ...ENDPOINT_PARAMETERS, paging: 'takeSkip', body: '{"id": 12345678901234567890}' };
		const message = "'Body' cannot contain the number 12345678901234567890";
		await fixture.expectRejection('endpoint.sendRequest', parameters, message, 'put it in quotation marks');
	});

	test.each([
		[' {"n": 1.10} ', '{"n":1.1,"pageLength":100,"skip":0}'],
		['{}', '{"pageLength":100,"skip":0}'],
		['={{ { a: [1] } }}', '{"a":[1],"pageLength":100,"skip":0}'],
	])('adds the keys to the body %s', async (body, expectedBody) => {
		respondWithRows();
		const { error } = await sendEndpointRequest({
			method: 'POST',
			path: '/v1/x',
			body,
			changesData: false,
			paging: 'pageLengthSkip',
		});
		expect(error).toBeUndefined();
		expect([fixture.apiRequests[0]?.body, fixture.apiRequests[0]?.query]).toEqual([expectedBody, '']);
	});

	test.each<[string, IDataObject, string]>([
		['a list as body', { body: '[1]' }, "'Body' cannot be an array with 'Pagination'"],
		['requests that change data', { changesData: true }, "'Pagination' is only for requests that read data"],
		['the full response', { output: 'raw' }, "'Output' cannot be 'Raw' with 'Pagination'"],
		['a paging key', { body: '{"skip": 3}' }, "'skip' is set by 'Pagination'"],
	])('paging rejects %s', async (_, parameters, message) => {
		const pagedParameters = { ...ENDPOINT_PARAMETERS, paging: 'takeSkip', ...parameters };
		await fixture.expectRejection('endpoint.sendRequest', pagedParameters, message, 'Nothing was sent');
	});
});

describe('responses without a list of known records', () => {
	const quotations = { resource: 'quotation', returnAll: true, output: 'raw' };
	const respondWith = (data: unknown) => fixture.respondWithData('findQuotations', data);

	test('rows without a number are not treated as repeated', async () => {
		respondWith([
			{ quotationNo: null, remark: 'a' },
			{ quotationNo: '', remark: 'b' },
		]);
		respondWith([{ quotationNo: null, remark: 'c' }]);
		respondWith([]);
		const { items } = await fixture.runOperation('getAll', quotations);
		expect(items.map(({ remark }) => remark)).toEqual(['a', 'b', 'c']);
	});

	test.each([
		{ items: [{ quotationNo: 'Q1' }], more: [{ quotationNo: 'Q2' }], total: 300 },
		{ value: { pages: 3 }, count: 0 },
	])('%j is reported after one request', async (data) => {
		respondWith(data);
		const { error } = await fixture.runOperation('getAll', quotations);
		expect(error?.message).toMatch(/^GoFive returned a response in an unknown format/);
		expect(fixture.findRequests('findQuotations')).toHaveLength(1);
	});

	test.each([
		(rows: IDataObject[]) => ({ value: rows, total: 3 }),
		(rows: IDataObject[]) => ({ items: rows, totalCount: 3, hasMore: true }),
	])('a total next to the rows does not end the list: %#', async (toData) => {
		for (const rows of [[{ quotationNo: 'Q1' }, { quotationNo: 'Q2' }], [{ quotationNo: 'Q3' }], []])
			respondWith(toData(rows));
		const { items, error } = await fixture.runOperation('getAll', quotations);
		expect([error, items.map(({ quotationNo }) => quotationNo)]).toEqual([undefined, ['Q1', 'Q2', 'Q3']]);
		expect(fixture.getSentBodies('findQuotations').map(({ skip }) => skip)).toEqual([0, 2, 3]);
	});

	test('Any Endpoint names the field to correct', async () => {
		respondWith({ items: [{ quotationNo: 'Q1' }], total: 300 });
		const { error } = await fixture.runOperation('sendRequest', {
			...ENDPOINT_PARAMETERS,
			paging: 'takeSkip',
			returnAll: true,
		});
		expect(error).toMatchObject({
			message: "GoFive's response has no list at 'data'",
			description: expect.stringContaining("'Records Path'"),
		});
	});
});

test('Paging can be an expression that returns its name, and Limit applies', async () => {
	const parameters = { ...ENDPOINT_PARAMETERS, paging: '={{ "Take and Skip" }}', returnAll: false, limit: 5 };
	expect((await fixture.runOperation('sendRequest', parameters)).items).toHaveLength(5);
});

test('more records than a page that are added at the start between two pages are returned, too', async () => {
	const { deals } = fixture.sandbox.records;
	const dealIds = deals.records.map(({ dealsId }) => dealsId);
	const hold = fixture.sandbox.hold('findDeals');
	const resultPromise = fixture.runExample('deal.getAll', { returnAll: true, output: 'raw' });
	for (let page = 0; page < 2; page++) {
		await hold.waitForRequests(1, resultPromise);
		hold.release(1);
	}
	await hold.waitForRequests(1, resultPromise);
	const addedIds = deals.create({}, 150).map(({ dealsId }) => dealsId);
	hold.end();
	const { items } = await resultPromise;
	expect(items.map(({ dealsId }) => dealsId).sort()).toEqual([...addedIds, ...dealIds].sort());
});

test('if skip is ignored and all keys are unknown, each row is returned once, with hints about keys and list', async () => {
	const rows = Array.from({ length: 100 }, (_, index) => ({ sequence: index }));
	fixture.respondWithData('findDeals', rows, { times: 'always' });
	const { items, hints } = await fixture.runExample('deal.getAll', { returnAll: true });
	expect(items).toHaveLength(100);
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(MAY_HAVE_MORE_HINT),
		expect.stringContaining('The record contains the keys sequence.'),
	]);
});

test('documented limit: rows that GoFive omits are missing, whatever total it reports', async () => {
	const rows = [{ staffCode: 'S1' }, { staffCode: 'S2' }];
	fixture.respondWithData('findEmployees', { value: rows, total: 20 });
	fixture.respondWithData('findEmployees', { value: [], total: 20 });
	const { items, hints } = await fixture.runExample('employee.getAll', { returnAll: true, output: 'raw' });
	expect([items, hints]).toEqual([rows, []]);
});
