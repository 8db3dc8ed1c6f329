import type { Sandbox } from '../../sandbox/index.mts';
import type { RecordListName, SandboxRecord } from '../../sandbox/recordLists.mts';
import { parseResponseBody, sendRawRequest, setupSandbox } from './rawRequest.cts';

let sandbox: Sandbox;
setupSandbox((startedSandbox) => (sandbox = startedSandbox));

describe.each<[name: RecordListName, path: string, takeKey: string, key: string, invalidChanges: SandboxRecord]>([
	['deals', '/v1/Deals/Enquiry', 'pageLength', 'dealsId', { dealsValue: '250000' }],
	['quotations', '/v1/quotation/enquiry', 'take', 'quotationNo', { quotationStatus: 'Completed' }],
])('%s', (name, path, takeKey, key, invalidChanges) => {
	const listKeys = () => sandbox.records[name].records.map((record) => record[key]);
	const fetchKeys = async (take: number, skip = 0) => {
		const body = { [takeKey]: take, skip };
		const response = await sendRawRequest(sandbox.url, { method: 'POST', path, body });
		const { data } = parseResponseBody(response) as { data: SandboxRecord[] | { value: SandboxRecord[] } };
		return (Array.isArray(data) ? data : data.value).map((record) => record[key]);
	};

	test.each([
		[1, [0, 1, 3, 4, 5]],
		[-1, [0, 1, 1, 2, 3]],
	])(
		'pages shifted by %i while a list is read: all after the first, until the list is read again',
		async (by, indexes) => {
			const keys = listKeys();
			sandbox.records[name].shiftPages(by);
			const pages = [await fetchKeys(2), await fetchKeys(2, 2), await fetchKeys(1, 4)];
			expect(pages.flat()).toEqual(indexes.map((index) => keys[index]));
			expect([...(await fetchKeys(2)), ...(await fetchKeys(2, 2))]).toEqual(keys.slice(0, 4));
		},
	);

	test('a record that breaks the contract is rejected', () => {
		const before = JSON.stringify(sandbox.records[name].records);
		const invalidKey = Object.keys(invalidChanges)[0];
		expect(() => sandbox.records[name].create(invalidChanges)).toThrow(invalidKey);
		expect(() => sandbox.records[name].update(String(listKeys()[0]), invalidChanges)).toThrow(invalidKey);
		expect(JSON.stringify(sandbox.records[name].records)).toBe(before);
	});
});
