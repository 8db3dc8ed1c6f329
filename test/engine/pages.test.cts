import type { IDataObject } from 'n8n-workflow';
import type { Pages } from '../../nodes/GoFive/operation/types';
import { loadContract } from '../../sandbox/contract.mts';
import type { ReceivedRequest } from '../../sandbox/index.mts';
import { operations, parametersOf } from '../operations.cts';
import { sendsOf } from './requests.cts';
import { worldWithoutWaiting } from './world.cts';

const world = worldWithoutWaiting();
const contract = loadContract();

const envelope = (data: unknown) => ({ status: 200, body: { status: { code: '1000', description: 'Success' }, data } });

/** Something that asks for a list part by part. */
interface Asker {
	name: string;
	run: string;
	parameters: IDataObject;
	pages: Pages;
	/** `operationId` of the contract. */
	sends(): Promise<string>;
}

const ofOperations = operations.flatMap((listed): Asker[] => {
	const { name, resource, operation } = listed;
	const parameters = { resource, ...(parametersOf(operation) as IDataObject), output: 'raw' };
	const { value, pages } = operation;
	return pages ? [{ name, run: value, parameters, pages, sends: async () => (await sendsOf(listed)).sends }] : [];
});

const ENDPOINT = { resource: 'endpoint', method: 'POST', path: '/v1/quotation/enquiry', body: '{"customerCode": "C000055"}', changesData: false };
const WAYS: Record<string, Pages> = { takeSkip: { take: 'take', skip: 'skip' }, take: { take: 'take' } };
const ofEndpoint = Object.entries(WAYS).map(([paging, pages]): Asker => ({ name: `Any Endpoint, ${paging}`, run: 'sendRequest', parameters: { ...ENDPOINT, paging }, pages, sends: async () => await Promise.resolve('findQuotations') }));

const askers = [...ofOperations, ...ofEndpoint];
const HAS_MORE = /^\d+ returned.*, and GoFive has more .*; turn on 'Return All'/;
const SAME_AGAIN = /^GoFive gave the same .* again/;

/** The page keys of a request, from its body or its query. */
function askedIn({ body, query }: ReceivedRequest, { take, skip = '' }: Pages): { take: number; skip: number } {
	const keys = { ...Object.fromEntries(new URLSearchParams(query)), ...(JSON.parse(body || '{}') as object) } as Record<string, unknown>;
	return { take: Number(keys[take]), skip: Number(keys[skip] ?? 0) };
}

describe.each(askers)('$name', ({ run, parameters, pages, sends }) => {
	const list = async () => {
		const operationId = await sends();
		const described = (await contract).operations.find((one) => one.operationId === operationId) as unknown as { 'x-rows'?: { count: number; key: string } };
		// Fewer would come in the first part, and nothing of this would be tried.
		if (!described['x-rows'] || described['x-rows'].count <= 100) throw new Error(`Let the list of ${operationId} have more than 100 rows in the contract (x-rows)`);
		return { operationId, ...described['x-rows'] };
	};
	const get = async (more: IDataObject, options: Parameters<typeof world.run>[2] = {}) => {
		const result = await world.run(run, { ...parameters, ...more }, options);
		return { ...result, told: result.hints.map(({ message }) => message) };
	};

	/** They are the first rows of the list, once each and in order. */
	function expectRows(items: IDataObject[], count: number, key: string): void {
		const keys = items.map((item) => item[key] as string | number);
		expect(keys).toHaveLength(count);
		expect(new Set(keys).size).toBe(count);
		expect(keys).toEqual([...keys].sort((a, b) => String(a).localeCompare(String(b), 'en', { numeric: true })));
	}

	describe.each([null, 50, 7])('parts of at most %j rows', (pageCap) => {
		test.each([[[]], [[pages.take]]])('Return All gives every row once, in order; ignored: %j', async (ignoredPageKeys) => {
			const { count, key } = await list();
			world.sandbox.set({ pageCap, ignoredPageKeys });
			const { items, error, told } = await get({ returnAll: true });
			expect([error, told]).toEqual([undefined, []]);
			// Where no row can be passed over, nobody gets behind the cap.
			expectRows(items, pages.skip ? count : Math.min(count, pageCap ?? count), key);
		});

		test('Limit gives just as many, and asks for one more at most', async () => {
			const { operationId, count, key } = await list();
			world.sandbox.set({ pageCap });
			const most = pages.skip ? count - 1 : (pageCap ?? count) - 1;
			for (const limit of [1, 5, most]) {
				world.sandbox.requests.length = 0;
				const { items, error, told } = await get({ returnAll: false, limit });
				expect([limit, error, told]).toEqual([limit, undefined, [expect.stringMatching(HAS_MORE)]]);
				expectRows(items, limit, key);
				const asked = world.sent(operationId).map((request) => askedIn(request, pages));
				expect(Math.max(...asked.map(({ take, skip }) => take + skip))).toBe(limit + 1);
			}
		});
	});

	test('a limit that is the number of rows is no cut', async () => {
		const { count, key } = await list();
		const { items, told } = await get({ returnAll: false, limit: count });
		expect(told).toEqual([]);
		expectRows(items, count, key);
	});

	test('an empty list is asked for once', async () => {
		const { operationId } = await list();
		world.sandbox.addFault({ times: 'always', match: { operationId }, answer: envelope([]) });
		const { items, error, told } = await get({ returnAll: true });
		expect([items, error, told]).toEqual([[], undefined, []]);
		expect(world.sent(operationId)).toHaveLength(1);
	});

	test('equal items share their requests', async () => {
		const { operationId, count, key } = await list();
		await get({ returnAll: true });
		const once = world.sent(operationId).length;
		world.sandbox.requests.length = 0;
		const { items } = await get({ returnAll: true }, { items: [{}, {}, {}] });
		expect(world.sent(operationId)).toHaveLength(once);
		for (const item of [0, 1, 2]) expectRows(items.slice(item * count, (item + 1) * count), count, key);
	});

	if (pages.skip === undefined) return;
	const skip = pages.skip;

	test('a page that fails fails its item alone', async () => {
		const { operationId, key } = await list();
		world.sandbox.set({ pageCap: 7 });
		// The last item needs two pages, and its second one comes after all the first ones.
		world.sandbox.addFault({ match: { operationId }, skip: 3, answer: { status: 400 } });
		const items = [{ limit: 3 }, { limit: 4 }, { limit: 10 }];
		const { outputs } = await get({ returnAll: false, limit: '={{ $json.limit }}' }, { items, onError: 'continueErrorOutput' });
		expectRows((outputs[0] ?? []).slice(0, 3).map(({ json }) => json), 3, key);
		expectRows((outputs[0] ?? []).slice(3).map(({ json }) => json), 4, key);
		expect(outputs[1]).toEqual([expect.objectContaining({ json: expect.objectContaining({ limit: 10, error: expect.stringMatching(/^GoFive answered: Bad request/) }) })]);
	});

	test('where no rows are passed over, all are asked for at once', async () => {
		const { count, key } = await list();
		world.sandbox.set({ ignoredPageKeys: [skip] });
		const { items, told } = await get({ returnAll: true });
		expect(told).toEqual([]);
		expectRows(items, count, key);
	});

	test.each([50, 7])('where moreover parts have at most %j rows, a hint says that there may be more', async (pageCap) => {
		const { key } = await list();
		world.sandbox.set({ pageCap, ignoredPageKeys: [skip] });
		const { items, error, told } = await get({ returnAll: true });
		expect([error, told]).toEqual([undefined, [expect.stringMatching(SAME_AGAIN)]]);
		expectRows(items, pageCap, key);
	});
});

describe('Any Endpoint', () => {
	const send = async (parameters: IDataObject) => await world.run('sendRequest', { resource: 'endpoint', returnAll: true, ...parameters });
	/** Two rows, then none. */
	const answerRows = () => {
		world.sandbox.addFault({ answer: envelope([{ id: 1 }, { id: 2 }]) });
		world.sandbox.addFault({ answer: envelope([]) });
	};
	const requests = () => world.sandbox.requests.filter(({ operationId }) => operationId !== 'createToken');

	test.each([
		['takeSkip', ['x=1&take=100&skip=0', 'x=1&take=100&skip=2']],
		['pageLengthSkip', ['x=1&pageLength=100&skip=0', 'x=1&pageLength=100&skip=2']],
		['take', ['x=1&take=1000', 'x=1&take=10000']],
	])('%s: without a body the keys go into the query', async (paging, queries) => {
		answerRows();
		const { items, error } = await send({ method: 'GET', path: '/v1/x', paging, query: { line: [{ name: 'x', value: '1' }] } });
		expect([error, items]).toEqual([undefined, [{ id: 1 }, { id: 2 }]]);
		expect(requests().map(({ query, body }) => [query, body])).toEqual(queries.map((query) => [query, '']));
	});

	test.each([
		[' {"id": 12345678901234567890, "n": 1.10} ', '{"id": 12345678901234567890, "n": 1.10,"pageLength":100,"skip":0}'],
		['{}', '{"pageLength":100,"skip":0}'],
		['={{ { a: [1] } }}', '{"a":[1],"pageLength":100,"skip":0}'],
	])('the keys stand behind the body %s', async (body, sent) => {
		answerRows();
		const { error } = await send({ method: 'POST', path: '/v1/x', body, changesData: false, paging: 'pageLengthSkip' });
		expect(error).toBeUndefined();
		expect([requests()[0]?.body, requests()[0]?.query]).toEqual([sent, '']);
	});

	test.each<[string, IDataObject, string]>([
		['a list as body', { body: '[1]' }, "'Paging' cannot be added to a body that is a list"],
		['what changes data', { changesData: true }, "'Paging' is for requests that only ask"],
		['the whole answer', { output: 'raw' }, "'Output' cannot be 'Raw' with 'Paging'"],
		['a key of its own', { body: '{"skip": 3}' }, "'skip' is set by 'Paging'"],
	])('paging refuses %s', async (_, parameters, message) => {
		const { error } = await send({ ...ENDPOINT, paging: 'takeSkip', ...parameters });
		expect(error).toMatchObject({ message, description: expect.stringContaining('Nothing was sent') });
		expect(world.sandbox.requests).toEqual([]);
	});
});

describe('what is no list of known records', () => {
	const quotations = { resource: 'quotation', returnAll: true, output: 'raw' };
	const answer = (data: unknown) => world.sandbox.addFault({ match: { operationId: 'findQuotations' }, answer: envelope(data) });

	test('rows without a number are not taken for each other', async () => {
		answer([{ quotationNo: null, remark: 'a' }, { quotationNo: '', remark: 'b' }]);
		answer([{ quotationNo: null, remark: 'c' }]);
		answer([]);
		const { items } = await world.run('getAll', quotations);
		expect(items.map(({ remark }) => remark)).toEqual(['a', 'b', 'c']);
	});

	test.each([{ items: [{ quotationNo: 'Q1' }], total: 300 }, { value: [], count: 0 }])('%j is told, and asked for once', async (data) => {
		answer(data);
		const { error } = await world.run('getAll', quotations);
		expect(error?.message).toMatch(/^GoFive's answer does not have the form/);
		expect(world.sent('findQuotations')).toHaveLength(1);
	});

	test('Any Endpoint names what to correct', async () => {
		answer({ items: [{ quotationNo: 'Q1' }], total: 300 });
		const { error } = await world.run('sendRequest', { ...ENDPOINT, paging: 'takeSkip', returnAll: true });
		expect(error).toMatchObject({ message: "GoFive's answer has no list at 'data'", description: expect.stringContaining("'Records Path'") });
	});
});

test('Paging may be an expression that gives its name, and Limit holds then too', async () => {
	const { items } = await world.run('sendRequest', { ...ENDPOINT, paging: '={{ "Take and Skip" }}', returnAll: false, limit: 5 });
	expect(items).toHaveLength(5);
});
