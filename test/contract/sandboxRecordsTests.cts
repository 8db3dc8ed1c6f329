import type { Sandbox } from '../../sandbox/index.mts';
import type { RecordForm } from '../../sandbox/recordForms.mts';
import type { RecordListName, SandboxRecord } from '../../sandbox/recordLists.mts';
import { flushEventLoop } from '../support/waitForCondition.cts';
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

describe('unknown behaviour of a write', () => {
	const CUSTOMER = { customerCode: 'C000154', customerName: ' New name ', customerState: 3 };
	const findCustomer = () => sandbox.records.customers.findBy('customerCode', 'C000154');
	const write = async (path: string, body: object) => await sendRawRequest(sandbox.url, { method: 'POST', path, body });
	const readPhone = async () => {
		const response = await sendRawRequest(sandbox.url, { path: '/v3/customers/C000154' });
		return (parseResponseBody(response) as { data: SandboxRecord }).data['customerPhone'];
	};

	test.each([
		[false, { customerPhone: '020001038', addresses: [{ locationName: 'คุณวิชัย' }], customerEmail: /siam/ }],
		[true, { customerPhone: null, addresses: [], leadStatus: null, customerId: 480202, customerEmail: '' }],
	])('if it clears omitted values is %p, the record is %j', async (clearsOmitted, { customerEmail, ...expected }) => {
		sandbox.setBehaviour({ clearsOmitted });
		await write('/v3/customers', CUSTOMER);
		expect(findCustomer()).toMatchObject({ customerName: ' New name ', ...expected });
		expect(findCustomer()?.['customerEmail']).toEqual(
			typeof customerEmail === 'string' ? customerEmail : expect.stringMatching(customerEmail),
		);
	});

	test('in its own format, texts are trimmed, and a phone number begins with +66', async () => {
		sandbox.setBehaviour({ normalizesTexts: true });
		await write('/v3/customers', { ...CUSTOMER, customerPhone: '021112222', customerTags: [' VIP '] });
		expect(findCustomer()).toMatchObject({
			...{
				customerName: 'New name',
				customerPhone: '+6621112222',
				customerTags: ['VIP'],
				customerTaxNo: '0105560000914',
			},
		});
	});

	test.each<[RecordForm, absentKeys: string[], SandboxRecord]>([
		['noState', ['customerState'], { customerCode: 'C000154', customerType: 1 }],
		['stateAsType', ['customerState'], { customerCode: 'C000154', customerType: 11300 }],
		['noIds', ['customerCode', 'customerId'], { customerType: 1, customerState: 3 }],
		['customerPhone=phone', ['customerPhone'], { customerCode: 'C000154', phone: '020001038' }],
		['customerPhone=', ['customerPhone'], { customerCode: 'C000154' }],
	])('in the form %s, Get and the list return no %j', async (recordForm, absentKeys, expected) => {
		sandbox.setBehaviour({ recordForm });
		const body = { customerType: 11300, keyword: 'C000154', pageLength: 1, skip: 0 };
		const [one, list] = [
			await sendRawRequest(sandbox.url, { path: '/v3/customers/C000154' }),
			await sendRawRequest(sandbox.url, { method: 'POST', path: '/v1/Customers/Enquiry', body }),
		].map((response) => (parseResponseBody(response) as { data: SandboxRecord }).data);
		for (const record of [one, (list?.['value'] as SandboxRecord[])[0]]) {
			expect(record).toMatchObject(expected);
			expect(Object.keys(record ?? {}).filter((key) => absentKeys.includes(key))).toEqual([]);
		}
		expect(findCustomer()).toMatchObject({ customerState: 3, customerPhone: '020001038' });
	});

	test('Get returns the record before the write, for the time', async () => {
		sandbox.setBehaviour({ staleReadMs: 200 });
		await write('/v3/customers', { ...CUSTOMER, customerPhone: '1' });
		await write('/v3/customers', { ...CUSTOMER, customerPhone: '2' });
		expect(await readPhone()).toBe('020001038');
		while ((await readPhone()) !== '2') await flushEventLoop();
	});
});
