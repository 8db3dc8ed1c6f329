import type { Sandbox } from '../../sandbox/index.mts';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import type { RecordListName, SandboxRecord } from '../../sandbox/recordLists.mts';
import { parseResponseBody, sendRawRequest, setupSandbox, type RawRequest } from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));

interface ListCase {
	name: RecordListName;
	operationId: string;
	path: string;
	takeKey: string;
	key: string;
	/** Changes of a record that the filter then finds. */
	changes: SandboxRecord;
	filter: SandboxRecord;
	/** Changes that break the contract. */
	invalidChanges: SandboxRecord;
}

const LIST_CASES: ListCase[] = [
	{
		name: 'deals',
		operationId: 'findDeals',
		path: '/v1/Deals/Enquiry',
		takeKey: 'pageLength',
		key: 'dealsId',
		changes: { dealStageId: 99, dealStageName: 'ปิดการขาย' },
		filter: { dealStageIds: [98, 99] },
		invalidChanges: { dealsValue: '250000' },
	},
	{
		name: 'quotations',
		operationId: 'findQuotations',
		path: '/v1/quotation/enquiry',
		takeKey: 'take',
		key: 'quotationNo',
		changes: { quotationStatus: 5, customerCode: 'ลูกค้า 1' },
		filter: { quotationStatus: 5, customerCode: 'ลูกค้า 1' },
		invalidChanges: { quotationStatus: 'Completed' },
	},
];

async function callRecordRoute(method: string, path: string, body?: unknown): Promise<unknown> {
	const headers: RawRequest['headers'] = body === undefined ? { 'Content-Type': null } : {};
	const response = await sendRawRequest(sandbox.url, { method, path: `/__sandbox/records/${path}`, body, headers });
	return response.status === 200 ? parseResponseBody(response) : response.status;
}

describe.each(LIST_CASES)('$name', ({ name, operationId, path, takeKey, key, changes, filter, invalidChanges }) => {
	const fetchRecords = async (take: number, search: SandboxRecord = {}): Promise<SandboxRecord[]> => {
		const response = await sendRawRequest(sandbox.url, { method: 'POST', path, body: { [takeKey]: take, ...search } });
		const { data } = parseResponseBody(response) as { data: SandboxRecord[] | { value: SandboxRecord[] } };
		return Array.isArray(data) ? data : data.value;
	};
	const fetchKeys = async (take: number, search: SandboxRecord = {}) =>
		(await fetchRecords(take, search)).map((record) => record[key]);
	const seededKeys = () => sandbox.records[name].records.map((record) => record[key]);

	test('a request reads a page, and the control route reads all records', async () => {
		expect(seededKeys().length).toBeGreaterThan(200);
		expect(await fetchKeys(3)).toEqual(seededKeys().slice(0, 3));
		expect(await fetchKeys(3, { skip: 2 })).toEqual(seededKeys().slice(2, 5));
		expect(await callRecordRoute('GET', name)).toEqual(sandbox.records[name].records);
	});

	test('a new record comes first, with a new key and the specified values', async () => {
		const keysBefore = seededKeys();
		const [record] = (await callRecordRoute('POST', name, { record: changes })) as SandboxRecord[];
		expect(record).toMatchObject(changes);
		expect(keysBefore).not.toContain(record?.[key]);
		expect(await fetchRecords(1)).toEqual([record]);
		expect(await fetchKeys(1, { skip: 1 })).toEqual(keysBefore.slice(0, 1));
	});

	test('many new records have different keys', async () => {
		expect(await callRecordRoute('POST', name, { count: 300 })).toHaveLength(300);
		expect(new Set(await fetchKeys(1000)).size).toBe((await fetchKeys(1000)).length);
	});

	test('a changed record keeps its position and enters a filter', async () => {
		const id = seededKeys()[4];
		expect(await fetchRecords(10, filter)).toEqual([]);
		expect(await callRecordRoute('PUT', `${name}/${String(id)}`, changes)).toMatchObject({ [key]: id, ...changes });
		expect(await fetchRecords(10, filter)).toMatchObject([{ [key]: id, ...changes }]);
		expect((await fetchKeys(5))[4]).toBe(id);
	});

	test('a filter that is null or empty is ignored', async () => {
		const emptyFilter = Object.fromEntries(
			Object.entries(filter).map(([filterKey, value]) => [filterKey, Array.isArray(value) ? [] : null]),
		);
		expect(await fetchKeys(10, emptyFilter)).toEqual(seededKeys().slice(0, 10));
	});

	test('does not return a deleted record', async () => {
		const id = String(seededKeys()[0]);
		expect(await callRecordRoute('DELETE', `${name}/${id}`)).toEqual({ deleted: true });
		expect(await callRecordRoute('DELETE', `${name}/${id}`)).toEqual({ deleted: false });
		expect((await fetchKeys(1))[0]).not.toBe(id);
		expect(await callRecordRoute('PUT', `${name}/${id}`, changes)).toBe(404);
	});

	test.each([
		[1, [0, 1, 3, 4, 5]],
		[-1, [0, 1, 1, 2, 3]],
	])(
		'pages shifted by %i while a list is read: all after the first, until the list is read again',
		async (by, indexes) => {
			const keys = seededKeys();
			expect(await callRecordRoute('POST', `${name}/shift`, { by })).toEqual({ by });
			const pages = [await fetchKeys(2), await fetchKeys(2, { skip: 2 }), await fetchKeys(1, { skip: 4 })];
			expect(pages.flat()).toEqual(indexes.map((index) => keys[index]));
			expect([...(await fetchKeys(2)), ...(await fetchKeys(2, { skip: 2 }))]).toEqual(keys.slice(0, 4));
		},
	);

	test('a record that breaks the contract is rejected', async () => {
		const before = JSON.stringify(sandbox.records[name].records);
		expect(await callRecordRoute('POST', name, { record: invalidChanges })).toBe(400);
		expect(await callRecordRoute('PUT', `${name}/${String(seededKeys()[0])}`, invalidChanges)).toBe(400);
		expect(() => sandbox.records[name].create(invalidChanges)).toThrow(Object.keys(invalidChanges)[0]);
		expect(JSON.stringify(sandbox.records[name].records)).toBe(before);
	});

	test('the responses conform to the contract', async () => {
		const { validateResponse } = await loadContractValidator();
		sandbox.records[name].create(changes, 2);
		const response = await sendRawRequest(sandbox.url, { method: 'POST', path, body: { [takeKey]: 1000 } });
		expect(validateResponse(operationId, response.status ?? 0, parseResponseBody(response))).toEqual([]);
	});

	test('a reset restores the records', () => {
		const before = JSON.stringify(sandbox.records[name].records);
		sandbox.records[name].create(changes);
		sandbox.records[name].update(String(seededKeys()[3]), changes);
		sandbox.reset();
		expect(JSON.stringify(sandbox.records[name].records)).toBe(before);
	});
});

test.each([
	['POST', 'invoices', { count: 1 }, 400],
	['POST', 'deals', { counts: 1 }, 400],
	['POST', 'deals', { count: 0 }, 400],
	['POST', 'deals/shift', { by: 'one' }, 400],
])('%s %s %j is rejected', async (method, path, body, status) => {
	expect(await callRecordRoute(method, path, body)).toBe(status);
});

test('a keyword finds the records that contain it in a text', async () => {
	sandbox.records.deals.create({ dealsName: 'เครื่องชงกาแฟ ABC' });
	const body = { pageLength: 10, keyword: 'abc' };
	const response = await sendRawRequest(sandbox.url, { method: 'POST', path: '/v1/Deals/Enquiry', body });
	expect(parseResponseBody(response)).toMatchObject({ data: { value: [{ dealsName: 'เครื่องชงกาแฟ ABC' }] } });
});
