import type { IDataObject } from 'n8n-workflow';
import { GoFiveError, type ErrorKind } from '../../nodes/GoFive/api/errors';
import { fetchLargePages, fetchPages, toPageKeys } from '../../nodes/GoFive/operation/reading/pagination';

/** Endpoint that returns a list. */
interface Endpoint {
	count: number;
	ignoresSkip?: boolean;
	/** Maximum number of records per response. */
	maximum?: number;
	/** Number of records above which a request is rejected, with an error of this kind. */
	rejectsAbove?: number;
	rejectionKind?: ErrorKind;
	/** Changes the records of a response. */
	change?(records: IDataObject[], requestCount: number): IDataObject[];
}

const IN_PAGES = { takeKey: 'take', skipKey: 'skip' };
const AT_ONCE = { takeKey: 'take' };
const REJECTION = { message: 'No', description: 'No.' };

const toId = ({ id }: IDataObject) => (typeof id === 'number' ? String(id) : undefined);
const buildRecords = (from: number, to: number) =>
	Array.from({ length: Math.max(0, to - from) }, (_, index): IDataObject => ({ id: from + index }));

/** Reads a list, and returns the number of records, whether there may be more, and take and skip of the requests. */
async function read(endpoint: Endpoint, options: Partial<Parameters<typeof fetchPages>[0]> = {}, fetch = fetchPages) {
	const requests: string[] = [];
	const { count, ignoresSkip, maximum = Infinity, rejectsAbove = Infinity, rejectionKind = 'refused' } = endpoint;
	const fetchPage = async ({ take = 0, skip = 0, ...others }: Record<string, number>) => {
		expect(others).toEqual({});
		requests.push(`${take}@${skip}`);
		if (take > rejectsAbove) throw new GoFiveError({ ...REJECTION, kind: rejectionKind });
		const from = ignoresSkip ? 0 : skip;
		const records = buildRecords(from, Math.min(count, from + Math.min(take, maximum)));
		return await Promise.resolve(endpoint.change ? endpoint.change(records, requests.length) : records);
	};
	const { records, mayHaveMore } = await fetch({ pages: IN_PAGES, recordKey: toId, fetchPage, ...options });
	return { count: records.length, ids: records.map(toId), mayHaveMore, requests };
}

describe('in pages', () => {
	test.each<[Endpoint, number | undefined, number, ...string[]]>([
		[{ count: 0 }, undefined, 0, '100@0'],
		[{ count: 100 }, undefined, 100, '100@0', '100@100'],
		[{ count: 140 }, undefined, 140, '100@0', '100@100', '100@140'],
		[{ count: 140, maximum: 60 }, undefined, 140, '100@0', '100@60', '100@120', '100@140'],
		[{ count: 140 }, 10, 11, '11@0'],
		[{ count: 140 }, 99, 100, '100@0'],
		[{ count: 140 }, 100, 101, '100@0', '1@100'],
		[{ count: 140 }, 139, 140, '100@0', '40@100'],
		[{ count: 140 }, 140, 140, '100@0', '41@100', '1@140'],
		[{ count: 140, maximum: 60 }, 70, 71, '71@0', '11@60'],
	])('%j with the limit %p: %i records', async (endpoint, limit, count, ...requests) => {
		const result = await read(endpoint, { limit });
		expect(result).toMatchObject({ count, mayHaveMore: false, requests });
		expect(new Set(result.ids).size).toBe(count);
	});

	test('a record that a later page repeats is not added again, and a record without an ID is', async () => {
		const shift = (records: IDataObject[], requestCount: number) =>
			requestCount === 2 ? [{ id: 99 }, ...records.slice(0, -1)] : records;
		const { ids, count } = await read({ count: 150, change: shift });
		expect([count, ids[99], ids[100], ids.at(-1)]).toEqual([149, '99', '100', '148']);
		const forget = (records: IDataObject[], requestCount: number) =>
			records.map(({ id }) => ({ value: requestCount < 3 ? Math.floor(Number(id) / 100) : 0 }));
		expect((await read({ count: 150, change: forget })).count).toBe(150);
	});
});

test('a server with ever new records ends the list after 20,000 pages, and there may be more', async () => {
	const { count, mayHaveMore, requests } = await read({ count: 30_000, maximum: 1 });
	expect([count, mayHaveMore, requests.length]).toEqual([20_000, true, 20_000]);
	const limited = await read({ count: 30_000, maximum: 1 }, { limit: 19_999 });
	expect([limited.count, limited.mayHaveMore]).toEqual([20_000, false]);
});

describe('an endpoint that ignores skip', () => {
	test.each<[Endpoint, number | undefined, boolean, number, ...string[]]>([
		[{ count: 140 }, undefined, false, 140, '100@0', '100@100', '10000@0'],
		[{ count: 60 }, undefined, false, 60, '100@0', '100@60', '10000@0'],
		[{ count: 150 }, undefined, true, 150, '100@0', '100@100', '10000@0'],
		[{ count: 140, maximum: 50 }, undefined, true, 50, '100@0', '100@50', '10000@0'],
		[{ count: 140 }, 120, false, 121, '100@0', '21@100', '121@0'],
		[{ count: 140 }, 200, false, 140, '100@0', '100@100', '201@0'],
		[{ count: 140, rejectsAbove: 1000 }, undefined, false, 140, '100@0', '100@100', '10000@0', '1000@0'],
	])(
		'%j with the limit %p, may have more: %p, %i records',
		async (endpoint, limit, mayHaveMore, count, ...requests) => {
			expect(await read({ ...endpoint, ignoresSkip: true }, { limit })).toMatchObject({ count, mayHaveMore, requests });
		},
	);

	test('is noticed by pages that are equal, also if the records have no ID', async () => {
		const change = (records: IDataObject[]) => records.map(({ id }) => ({ value: id }));
		const { count, requests } = await read({ count: 140, ignoresSkip: true, change });
		expect([count, requests]).toEqual([140, ['100@0', '100@100', '10000@0']]);
		const changeLast = (records: IDataObject[], requestCount: number) =>
			requestCount > 3 ? [] : records.map(({ id }) => ({ value: id === 99 ? requestCount : id }));
		expect(await read({ count: 140, ignoresSkip: true, change: changeLast })).toMatchObject({
			count: 300,
			requests: ['100@0', '100@100', '100@200', '100@300'],
		});
	});

	test('the longer list counts', async () => {
		const shorten = (records: IDataObject[], requestCount: number) =>
			requestCount === 3 ? records.slice(0, 7) : records;
		expect(await read({ count: 100, ignoresSkip: true, change: shorten })).toMatchObject({
			count: 100,
			mayHaveMore: false,
			requests: ['100@0', '100@100', '10000@0'],
		});
		const grow = (records: IDataObject[], requestCount: number) =>
			requestCount === 3 ? [...records, { id: 500 }] : records;
		expect((await read({ count: 100, ignoresSkip: true, change: grow })).ids.at(-1)).toBe('500');
	});
});

describe('at once', () => {
	test.each<[Endpoint, number | undefined, boolean, number, ...string[]]>([
		[{ count: 0 }, undefined, false, 0, '10000@0'],
		[{ count: 49 }, undefined, false, 49, '10000@0'],
		[{ count: 50 }, undefined, true, 50, '10000@0'],
		[{ count: 12_001 }, undefined, false, 12_001, '10000@0', '20000@0'],
		[{ count: 20_000 }, undefined, true, 20_000, '10000@0', '20000@0', '40000@0'],
		[{ count: 12_001, maximum: 10_000 }, undefined, true, 10_000, '10000@0', '20000@0'],
		[{ count: 12_001, rejectsAbove: 10_000 }, undefined, true, 10_000, '10000@0', '20000@0', '1000@0'],
		[{ count: 12_001, rejectsAbove: 9999 }, undefined, true, 1000, '10000@0', '1000@0'],
		[{ count: 900, rejectsAbove: 1000 }, undefined, true, 900, '10000@0', '1000@0'],
		[{ count: 901, rejectsAbove: 1000 }, undefined, false, 901, '10000@0', '1000@0'],
		[{ count: 60 }, 50, false, 51, '51@0'],
		[{ count: 50 }, 50, false, 50, '51@0'],
		[{ count: 50 }, 60, true, 50, '61@0'],
		[{ count: 49 }, 60, false, 49, '61@0'],
		[{ count: 5000, rejectsAbove: 1000 }, 2000, true, 1000, '2001@0', '1000@0'],
		[{ count: 5000, rejectsAbove: 1000 }, 999, false, 1000, '1000@0'],
	])(
		'%j with the limit %p, may have more: %p, %i records',
		async (endpoint, limit, mayHaveMore, count, ...requests) => {
			expect(await read(endpoint, { limit, pages: AT_ONCE })).toMatchObject({ count, mayHaveMore, requests });
		},
	);

	test('equal records with an ID count once', async () => {
		const change = (records: IDataObject[]) => [...records, ...records];
		expect((await read({ count: 7, change }, { pages: AT_ONCE })).count).toBe(7);
	});

	test('a rejection of at most 1,000 records is not repeated, and neither is another error', async () => {
		const fetchPage = jest.fn(async () => await Promise.reject(new GoFiveError({ ...REJECTION, kind: 'refused' })));
		await expect(fetchPages({ pages: AT_ONCE, limit: 999, fetchPage, recordKey: toId })).rejects.toThrow('No');
		expect(fetchPage.mock.calls).toEqual([[{ take: 1000 }]]);
		for (const rejectionKind of ['unavailable', 'unclear', 'credential'] as const)
			await expect(read({ count: 9, rejectsAbove: 5000, rejectionKind }, { pages: AT_ONCE })).rejects.toThrow('No');
		expect(await read({ count: 9, rejectsAbove: 5000, rejectionKind: 'rejected' }, { pages: AT_ONCE })).toMatchObject({
			count: 9,
		});
	});
});

describe('in large pages', () => {
	test.each<[Endpoint, object, number, ...string[]]>([
		[{ count: 1001 }, {}, 1001, '1000@0', '1000@1000', '1000@1001'],
		[{ count: 5, rejectsAbove: 100 }, {}, 5, '1000@0', '100@0', '100@5'],
		[{ count: 5, rejectsAbove: 100, rejectionKind: 'rejected' }, {}, 5, '1000@0', '100@0', '100@5'],
		[{ count: 5 }, { limit: 9 }, 5, '10@0', '5@5'],
		[{ count: 5 }, { pages: AT_ONCE }, 5, '10000@0'],
	])('%j with %j: %i records', async (endpoint, options, count, ...requests) => {
		expect(await read(endpoint, options, fetchLargePages)).toMatchObject({ count, requests });
	});

	test.each<[Endpoint, object, ...string[]]>([
		[{ count: 5, rejectsAbove: 100, rejectionKind: 'unavailable' }, {}, '1000@0'],
		[{ count: 5, rejectsAbove: 99 }, {}, '1000@0', '100@0'],
		[{ count: 5, rejectsAbove: 0 }, { pages: AT_ONCE }, '10000@0', '1000@0'],
	])('%j with %j: the error is thrown', async (endpoint, options, ...requests) => {
		const sent: string[] = [];
		const fetch: typeof fetchPages = async ({ fetchPage, ...others }) =>
			await fetchLargePages({
				...others,
				fetchPage: async (keys) => {
					sent.push(`${keys.take}@${keys.skip ?? 0}`);
					return await fetchPage(keys);
				},
			});
		await expect(read(endpoint, options, fetch)).rejects.toThrow('No');
		expect(sent).toEqual(requests);
	});

	test('an exception of JavaScript is thrown', async () => {
		const change = () => {
			throw new TypeError('Defect');
		};
		await expect(read({ count: 5, change }, {}, fetchLargePages)).rejects.toThrow('Defect');
	});
});

test('keys of a page', () => {
	expect(toPageKeys(IN_PAGES, 5)).toEqual({ take: 5, skip: 0 });
	expect(toPageKeys({ takeKey: 'Take', skipKey: 'Offset' }, 5, 7)).toEqual({ Take: 5, Offset: 7 });
	expect(toPageKeys(AT_ONCE, 5, 7)).toEqual({ take: 5 });
});
