// The pages of Any Endpoint, and of each operation that declares them. How pages are fetched, and when a list ends, is
// in unit/fetchPagesTests.cts.
import type { IDataObject } from 'n8n-workflow';
import { messages } from '../../../nodes/GoFive/api/messages';
import { PAGE_SIZE } from '../../../nodes/GoFive/operation/reading/pagination';
import type { Pages } from '../../../nodes/GoFive/operation/operation';
import { loadContractValidator } from '../../../sandbox/contractValidator.mts';
import type { ReceivedRequest } from '../../../sandbox/index.mts';
import { contractOperations, getExampleParameters } from '../../support/operationParameters.cts';
import { findOperationId } from '../../support/operationRequest.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { buildLimitHint } from '../resultAssertions.cts';
import { REJECTED, startsWith } from '../../support/expectedMessages.cts';

/** List that begins with a few customers, some of them leads. */
const CUSTOMER_LIST = { operationId: 'findCustomers', count: 230, key: 'customerCode' };

const fixture = setupFixtureWithSimulatedClock(
	({ sandbox: { records } }) => {
		for (const list of Object.values(records)) list.fill();
		records.customers.records = [];
		records.customers.create({ customerType: 11300 }, CUSTOMER_LIST.count);
	},
	{ hasToken: true },
);
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

const operationRequests = contractOperations.flatMap((entry): PagedRequest[] => {
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
const PAGINATION_MODES: Record<string, Pages> = {
	takeSkip: { takeKey: 'take', skipKey: 'skip' },
	take: { takeKey: 'take' },
};
const endpointRequests = Object.entries(PAGINATION_MODES).map(
	([pagination, pages]): PagedRequest => ({
		name: `Any Endpoint, ${pagination}`,
		operationValue: 'sendRequest',
		parameters: { ...ENDPOINT_PARAMETERS, pagination },
		pages,
		getOperationId: async () => await Promise.resolve('findQuotations'),
	}),
);

const pagedRequests = [...operationRequests, ...endpointRequests];
const HAS_MORE_HINT = new RegExp(`^${buildLimitHint('\\d+ .*, and GoFive has more')}$`);
const MAY_HAVE_MORE_HINT = /^GoFive returned \d+ .*, and may have more\./;

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

	test('Return All returns every row once, in order, although a response has at most 50', async () => {
		const { count, key } = await describeList();
		fixture.sandbox.setBehaviour({ pageCap: 50 });
		const { items, error, hintMessages } = await runPaged({ returnAll: true });
		// Without a skip key, the rows after the first response cannot be requested.
		const expectedHints = pages.skipKey ? [] : [expect.stringMatching(MAY_HAVE_MORE_HINT)];
		expect([error, hintMessages]).toEqual([undefined, expectedHints]);
		expectRows(items, pages.skipKey ? count : 50, key);
	});

	test('Limit returns the exact number, requests one more, and a hint says that there are more', async () => {
		const { operationId, count, key } = await describeList();
		for (const limit of [5, count]) {
			fixture.sandbox.requestLog.length = 0;
			const { items, hintMessages } = await runPaged({ returnAll: false, limit });
			expect(hintMessages).toEqual(limit < count ? [expect.stringMatching(HAS_MORE_HINT)] : []);
			expectRows(items, limit, key);
			const requestedPages = fixture.findRequests(operationId).map((request) => parsePageKeys(request, pages));
			expect(Math.max(...requestedPages.map(({ take, skip }) => take + skip))).toBe(limit + 1);
		}
	});

	test('requests the same number of rows per page, or 10,000 of a list that cannot skip any, with the same filters', async () => {
		const { operationId } = await describeList();
		await runPaged({ returnAll: true });
		const requests = fixture.findRequests(operationId);
		const { takeKey, skipKey = '' } = pages;
		expect(requests.length > 1).toBe(skipKey !== '');
		const takes = requests.map((request) => parsePageKeys(request, pages).take);
		expect(takes).toEqual(requests.map(() => (skipKey ? PAGE_SIZE : 10_000)));
		const filters = requests.map(({ body }) => ({ ...(JSON.parse(body) as object), [takeKey]: 0, [skipKey]: 0 }));
		expect(filters).toEqual(requests.map(() => filters[0]));
	});
});

test('a failed page fails only its item', async () => {
	fixture.sandbox.setBehaviour({ pageCap: 7 });
	// The last item needs two pages. Its second page is requested after the first pages of all items.
	fixture.addFault('findDeals', { status: 400 }, { skip: 3 });
	const items = [{ limit: 3 }, { limit: 4 }, { limit: 10 }];
	const parameters = { returnAll: false, limit: '={{ $json.limit }}', output: 'raw' };
	const { outputs } = await fixture.runExample('deal.getAll', parameters, { items, onError: 'continueErrorOutput' });
	expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([0, 0, 0, 1, 1, 1, 1].map((item) => ({ item })));
	const error: unknown = expect.stringMatching(startsWith(`${REJECTED}: Bad request`));
	expect(outputs[1]?.map(({ json }) => json)).toEqual([expect.objectContaining({ limit: 10, error })]);
});

test('equal items share the pages', async () => {
	const { deals } = fixture.sandbox.records;
	const { items } = await fixture.runExample('deal.getAll', { returnAll: true, output: 'raw' }, { items: [{}, {}] });
	const ids = deals.records.map(({ dealsId }) => dealsId);
	expect(items.map(({ dealsId }) => dealsId)).toEqual([...ids, ...ids]);
	const skips = fixture.getSentBodies('findDeals').map(({ skip }) => skip);
	expect(new Set(skips).size).toBe(skips.length);
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
		['takeSkip', [`x=1&take=${PAGE_SIZE}&skip=0`, `x=1&take=${PAGE_SIZE}&skip=2`]],
		['pageLengthSkip', [`x=1&pageLength=${PAGE_SIZE}&skip=0`, `x=1&pageLength=${PAGE_SIZE}&skip=2`]],
		['take', ['x=1&take=10000']],
	])('%s: the keys are in the query if there is no body', async (pagination, queries) => {
		respondWithRows();
		const { items, error } = await sendEndpointRequest({
			method: 'GET',
			path: '/v1/x',
			pagination,
			query: { row: [{ name: 'x', value: '1' }] },
		});
		expect([error, items]).toEqual([undefined, [{ id: 1 }, { id: 2 }]]);
		expect(fixture.apiRequests.map(({ query, body }) => [query, body])).toEqual(queries.map((query) => [query, '']));
	});

	test('a long number in the body is rejected, since the keys are added to it', async () => {
		const parameters = { ...ENDPOINT_PARAMETERS, pagination: 'takeSkip', body: '{"id": 12345678901234567890}' };
		const message: unknown = expect.stringMatching(/^'Body' .* 12345678901234567890$/);
		await fixture.expectRejection('endpoint.sendRequest', parameters, message, 'put it in quotation marks');
	});

	test.each([
		[' {"n": 1.10} ', `{"n":1.1,"pageLength":${PAGE_SIZE},"skip":0}`],
		['{}', `{"pageLength":${PAGE_SIZE},"skip":0}`],
		['={{ { a: [1] } }}', `{"a":[1],"pageLength":${PAGE_SIZE},"skip":0}`],
	])('adds the keys to the body %s', async (body, expectedBody) => {
		respondWithRows();
		const { error } = await sendEndpointRequest({
			method: 'POST',
			path: '/v1/x',
			body,
			changesData: false,
			pagination: 'pageLengthSkip',
		});
		expect(error).toBeUndefined();
		expect([fixture.apiRequests[0]?.body, fixture.apiRequests[0]?.query]).toEqual([expectedBody, '']);
	});

	test.each<[string, IDataObject, string]>([
		['a list as body', { body: '[1]' }, "'Body' cannot be an array with 'Pagination'"],
		['requests that change data', { changesData: true }, "'Pagination' is only for requests that read data"],
		['the full response', { output: 'raw' }, "'Output' cannot be 'Raw' with 'Pagination'"],
		['a pagination key', { body: '{"skip": 3}' }, "'skip' is set by 'Pagination'"],
		['a pagination key in another case', { body: '{"Skip": 3}' }, "'Skip' is set by 'Pagination'"],
	])('pagination rejects %s', async (_, parameters, message) => {
		const pagedParameters = { ...ENDPOINT_PARAMETERS, pagination: 'takeSkip', ...parameters };
		await fixture.expectRejection('endpoint.sendRequest', pagedParameters, message, 'Nothing was sent');
	});
});

test.each([
	[{ resource: 'quotation' }, 'getAll', startsWith(messages.unexpectedFormat.message), /./],
	[ENDPOINT_PARAMETERS, 'sendRequest', / 'data'$/, /'Records Path'/],
])('without a list, the message of %j follows after one request', async (parameters, operation, message, advice) => {
	fixture.respondWithData('findQuotations', { items: [{ quotationNo: 'Q1' }], more: [{ quotationNo: 'Q2' }] });
	const pagination = { pagination: 'takeSkip', returnAll: true };
	const { error } = await fixture.runOperation(operation, { ...parameters, ...pagination });
	expect(error?.message).toMatch(message);
	expect(error?.description).toMatch(advice);
	expect(fixture.findRequests('findQuotations')).toHaveLength(1);
});

test('Paging can be an expression that returns its name, and Limit applies', async () => {
	const parameters = { ...ENDPOINT_PARAMETERS, pagination: '={{ "Take and Skip" }}', returnAll: false, limit: 5 };
	expect((await fixture.runOperation('sendRequest', parameters)).items).toHaveLength(5);
});

test('documented limit: rows that GoFive omits are missing, whatever total it reports', async () => {
	const rows = [{ staffCode: 'S1' }, { staffCode: 'S2' }];
	fixture.respondWithData('findEmployees', { value: rows, total: 20 });
	fixture.respondWithData('findEmployees', { value: [], total: 20 });
	const { items, hints } = await fixture.runExample('employee.getAll', { returnAll: true, output: 'raw' });
	expect([items, hints]).toEqual([rows, []]);
});
