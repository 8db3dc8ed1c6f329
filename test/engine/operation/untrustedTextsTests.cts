import type { IDataObject } from 'n8n-workflow';
import { ExecuteContext } from 'n8n-core';
import { getEventListeners } from 'node:events';
import { resolve } from 'node:path';
import { messages } from '../../../nodes/GoFive/api/messages';
import { fastForwardSlowRequests } from '../fastForwardSlowRequests.cts';
import { runLoadOptions } from '../harness.cts';
import { setupFixtureWithSimulatedClock } from '../executionFixture.cts';
import { MAY_BE_DONE } from '../resultAssertions.cts';
import { REJECTED } from '../../support/expectedMessages.cts';
import { HANGING_RESPONSES } from '../../support/responses.cts';
import { waitForCondition } from '../../support/waitForCondition.cts';

const fixture = setupFixtureWithSimulatedClock();
afterEach(() => jest.restoreAllMocks());

const requireBuilt = <T,>(file: string): T => require(resolve(__dirname, '../../../dist/nodes/GoFive', file)) as T;

const sendRequest = async (parameters: IDataObject) => await fixture.runExample('endpoint.sendRequest', parameters);

describe('a text of 256 kB or a list of 262,144 rows takes linear time', () => {
	const LENGTH = 262_144;
	const upsert = async () => await fixture.runExample('quotation.upsert');

	const RUNS: Record<string, () => Promise<unknown>> = {
		'zeros in a number of JSON': async () => {
			const queryJson = `{"a": 1${'0'.repeat(LENGTH)}1}`;
			const { error } = await sendRequest({ queryInput: 'json', queryJson });
			expect(error?.message).toMatch(/^'Query Parameters' .* 10{70,80}…$/);
		},
		'the name of a field in a rejection': async () => {
			const body = { status: { code: '4001' }, errors: { ['a'.repeat(LENGTH)]: ['is wrong'] } };
			fixture.addFault('upsertQuotation', { status: 200, body });
			expect((await upsert()).error?.message).toContain(REJECTED);
		},
		'a text in place of a written record': async () => {
			fixture.respondWithData('upsertQuotation', `${'1'.repeat(LENGTH)} x`);
			expect((await upsert()).error).toBeUndefined();
		},
		'slashes in the base URL': async () => {
			const credential = { ...fixture.credential, baseUrl: `${fixture.sandbox.url}${'/'.repeat(LENGTH)}x` };
			await fixture.runOperation('getTypes', {}, { credential });
		},
		'rows without a code': async () => {
			fixture.respondWithData(
				'updateStock',
				Array.from({ length: LENGTH }, () => ({})),
			);
			const items = Array.from({ length: 100 }, (_, index) => ({ code: `P${index}` }));
			const stock = { resource: 'product', productCode: '={{ $json.code }}', qty: 1 };
			const { error } = await fixture.runOperation('updateStock', stock, { items });
			expect(error?.message).toContain(messages.rowUnknown.message);
		},
		'a text of the item, which many records of a response lack': async () => {
			fixture.respondWithData('createCustomerEvent', new Array(4096).fill({ eventId: 1 }));
			const { items } = await fixture.runExample('customerEvent.create', { description: 'x'.repeat(10_000) });
			expect(JSON.stringify(items).length).toBeLessThan(2_000_000);
		},
		'a list in a column that is repeated in each line': async () => {
			const [customerCode, quotationDetails] = [new Array(4096).fill(1), new Array(4096).fill({})];
			fixture.respondWithData('getQuotation', { quotationNo: 'Q1', customerCode, quotationDetails });
			const { runDataText } = await fixture.runExample('quotation.get', { output: 'rows' });
			expect(runDataText.length).toBeLessThan(2_000_000);
		},
	};

	test.each(Object.entries(RUNS))('%s', async (_, run) => {
		const startUsage = process.cpuUsage();
		await run();
		expect(process.cpuUsage(startUsage).user).toBeLessThan(3_000_000);
	});
});

describe('a long text is cut in', () => {
	const TEXT = 'x'.repeat(20_000);
	const REJECTION = { status: 400, body: { title: 'Rejected' } };
	type Run = ReturnType<typeof sendRequest>;

	const RUNS: Record<string, () => Run> = {
		'the code of a rejection': async () => {
			fixture.addFault('upsertQuotation', { status: 200, body: { status: { code: TEXT } } });
			return await fixture.runExample('quotation.upsert');
		},
		'the code of a rejected row': async () => {
			const row = { productCode: 'A001', isSuccess: false, error: { statusCode: TEXT } };
			fixture.respondWithData('updateStock', [row]);
			return await fixture.runExample('product.updateStock', { productCode: 'A001' });
		},
		'the host of a redirect': async () => {
			fixture.addFault('getCustomerEventTypes', { kind: 'redirect', to: `https://${'x'.repeat(8000)}.example` });
			return await fixture.runOperation('getTypes', {});
		},
		'the codes of a rejected batch': async () => {
			fixture.addFault('updateStock', REJECTION);
			const items = [{ code: `${TEXT}1` }, { code: `${TEXT}2` }];
			return await fixture.runExample('product.updateStock', { productCode: '={{ $json.code }}' }, { items });
		},
		'a hint about another record': async () => {
			fixture.respondWithData('upsertQuotation', { quotationNo: TEXT });
			return await fixture.runExample('quotation.upsert', { quotationNo: `${TEXT}1` });
		},
		'the key of a row': async () => {
			const quotationDetailsJson = JSON.stringify([{ [TEXT]: 1 }]);
			const parameters = { quotationDetailsInput: 'json', quotationDetailsJson };
			return await fixture.runExample('quotation.upsert', parameters);
		},
		'the name of a query parameter': async () =>
			await sendRequest({ queryInput: 'json', queryJson: JSON.stringify({ [TEXT]: [{}] }) }),
		'the path of the records': async () => await sendRequest({ recordsPath: TEXT }),
	};

	test.each(Object.entries(RUNS))('%s', async (_, run) => {
		const { error, hints } = await run();
		const shownText = [error?.message, error?.description, ...hints.map(({ message }) => message)].join(' ');
		expect(shownText).toContain('xxx…');
		expect(shownText.length).toBeLessThan(1500);
	});
});

test('a long name of a list is cut, since each record repeats it', async () => {
	fixture.respondWithData('getCustomerEventTypes', [{ eventTypeId: 1, eventTypeName: 'x'.repeat(20_000) }]);
	fixture.respondWithData('getCustomerEvents', [{ eventId: 1, eventType: 1 }]);
	const { items } = await fixture.readEventsOf(['C000055'], { output: 'simplified' });
	expect(items).toEqual([expect.objectContaining({ eventTypeName: `${'x'.repeat(300)}…` })]);
});

test('hints show the markup of a value as text', async () => {
	const { hints } = await fixture.readEventsOf(['C000055', '<img src=//evil/p.png>&"']);
	const texts = hints.map(({ message }) => message).join();
	expect(texts).toContain("1 of 2 items failed: '&lt;img src=//evil/p.png&gt;&amp;&quot;'.");
	expect(texts).not.toContain('<');
});

test('the description of an error shows the markup of a value as text', async () => {
	const title = '<img src="https://evil/p.png"><a href="https://evil">Sign in again</a>';
	fixture.addFault('getCustomerEventTypes', { status: 400, body: { title } });
	const { error } = await fixture.runOperation('getTypes', {});
	expect(error?.description).toContain('&lt;img src="https://evil/p.png">&lt;a href');
	expect(error?.description).not.toContain('<');
});

test('the message of an error contains no markup', async () => {
	const description = 'No <a href="https://evil">Sign in again</a> <!-- <<b>';
	fixture.addFault('getCustomerEventTypes', { status: 200, body: { status: { code: '4001', description } } });
	const { error } = await fixture.runOperation('getTypes', {});
	expect(error?.message).toContain('No < a href="https://evil">Sign in again< /a> < !-- < < b>');
});

test('selected fields that every JavaScript object inherits are null', async () => {
	const fields = ['constructor', 'toString', '__proto__', 'eventTypeId'];
	const { items } = await sendRequest({ output: 'selected', fields: fields.join() });
	expect(Object.entries(items[0] ?? {})).toEqual([
		['constructor', null],
		['toString', null],
		['__proto__', null],
		['eventTypeId', expect.any(Number)],
	]);
});

test('a message with many ellipses does not hide that a change may be saved', async () => {
	fixture.addFault('createCustomerEvent', { status: 500, body: { title: '…'.repeat(30) } });
	const { error } = await fixture.runExample('customerEvent.create');
	expect(error?.description).toContain(MAY_BE_DONE);
});

test('JSON with a text of 12 MB is sent, and the server decides', async () => {
	const otherFieldsJson = JSON.stringify({ photo: 'x'.repeat(12_000_000) });
	const { error } = await fixture.runExample('customer.upsert', { additionalFields: { otherFieldsJson } });
	expect(error?.message).toBe(`${messages.rejected(413, '', 'write').message} for customer name '1'`);
});

test('time zones are forgotten after many spellings of one', () => {
	const { isTimeZone } = requireBuilt<{ isTimeZone(zone: string): boolean }>('time/zone.js');
	const spellings = Array.from({ length: 512 }, (_, bits) =>
		[...'asia/bangkok']
			.map((letter, index) => (bits & (1 << (index > 4 ? index - 1 : index)) ? letter.toUpperCase() : letter))
			.join(''),
	);
	for (const spelling of spellings) expect(isTimeZone(spelling)).toBe(true);
	const formatSpy = jest.spyOn(Intl, 'DateTimeFormat');
	for (let call = 0; call < 2; call++) expect(isTimeZone(spellings[0] ?? '')).toBe(true);
	expect(formatSpy).toHaveBeenCalledTimes(1);
});

test('no listener stays on the signal of an execution', async () => {
	const signalSpy = jest.spyOn(ExecuteContext.prototype, 'getExecutionCancelSignal');
	const addSpy = jest.spyOn(EventTarget.prototype, 'addEventListener');
	await fixture.readEventsOf(['C000055', 'C000154']);
	const signals = signalSpy.mock.results.map(({ value }) => value as AbortSignal);
	expect(addSpy.mock.contexts).toEqual(expect.arrayContaining(signals));
	expect(signals.length).toBeGreaterThan(0);
	for (const signal of signals) expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a request for a list that timed out is closed', async () => {
	fixture.addFault('getCustomerEventTypes', HANGING_RESPONSES.drip);
	const restore = fastForwardSlowRequests(fixture.sandbox);
	await expect(runLoadOptions('getEventTypes', { credential: fixture.credential }).finally(restore)).rejects.toThrow();
	await waitForCondition(() => fixture.sandbox.requestLog.every(({ answeredAt }) => answeredAt !== undefined));
});
