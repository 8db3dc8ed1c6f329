import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { EVIL_TEXT } from './evilText.mts';
import { getBangkokNow, getLastMonth, type ExampleServer } from './exampleServer.mts';

/** Defines the tests of the examples that read or write a Google Sheet. */
export function defineSheetExampleTests(getExampleServer: () => ExampleServer): void {
	let exampleServer: ExampleServer;
	before(() => {
		exampleServer = getExampleServer();
	});

	test("adds last month's events as rows, and only new ones on the second run", async () => {
		const id = 'events-of-last-month-to-sheet';
		const { google, sandbox } = exampleServer;
		await exampleServer.assignCredentials(id);
		const month = getLastMonth();
		// Codes that a sheet would turn into numbers or formulas.
		for (const customerCode of ['00056', 'ลูกค้า 2', '=A1']) {
			sandbox.store.ensureCustomer(customerCode);
			sandbox.records.customers.create({ customerCode, customerName: `Sheet ${customerCode}`, customerType: 11300 });
		}
		const first = exampleServer.createEvent('00056', month, '=SUM(1,2)', 3, 'ฝนตก, "น้ำท่วม"\nสาย 10 นาที');
		exampleServer.createEvent('=A1', month.endOf('month'), '+66 2 123 4567');
		exampleServer.createEvent('=A1', month.plus({ days: 2 }), EVIL_TEXT);
		exampleServer.createEvent('=A1', month.minus({ seconds: 1 }), 'The month before');
		const codes = sandbox.records.customers.records.map(({ customerCode }) => String(customerCode));
		const sortById = (list: unknown[][]): unknown[][] =>
			list.toSorted((left, right) => Number(left[0]) - Number(right[0]));
		/** Returns the rows of the sheet without the name of the customer. */
		const readRows = (): unknown[][] => {
			const [, ...rows] = google.getDisplayedRows('Events');
			return sortById(rows.map((row) => [...row.slice(0, 2), ...row.slice(3)]));
		};
		const expected = (): unknown[][] => sortById(exampleServer.listEventRows(codes, month));
		google.setRows('Events', [['eventId']]);
		await exampleServer.execute(id, 'On the first of each month');
		const columns =
			'eventId,customerCode,customerName,eventDate,eventTypeName,eventName,description,eventType,customerId';
		assert.equal(google.getDisplayedRows('Events')[0]?.join(), columns);
		assert.deepEqual(readRows(), expected());
		assert.ok(readRows().length >= 20, `${readRows().length} rows`);

		await exampleServer.execute(id, 'On the first of each month');
		assert.deepEqual(readRows(), expected());
		Object.assign(sandbox.store.updateEvent(first, { eventName: 'Changed' }), { description: null });
		const addedEventId = exampleServer.createEvent('00056', month.plus({ days: 3 }), 'นัดใหม่');
		await exampleServer.execute(id, 'On the first of each month');
		assert.deepEqual(readRows(), expected());
		assert.equal(google.getDisplayedRows('Events').at(-1)?.[0], String(addedEventId));
	});

	test('sends stock levels in one request and writes the result to each row', async () => {
		const id = 'stock-of-sheet-to-venio';
		const { google, n8nServer, sandbox } = exampleServer;
		sandbox.records.products.create({ productCode: '1001' });
		await exampleServer.assignCredentials(id);
		google.setRows('Stock', [
			['productCode', 'name', 'qty', 'result'],
			['A001', 'น้ำ', 20, 'Check: of last time'],
			[EVIL_TEXT, EVIL_TEXT, 5],
			[],
			[1001, '', 0],
			['A002', 'ไม่มีจำนวน', ''],
		]);
		const countBefore = n8nServer.requestCount;
		await exampleServer.execute(id, 'When clicking ‘Execute workflow’');
		const sent = n8nServer.getApiRequests(countBefore).map(({ body }) => JSON.parse(body) as unknown);
		assert.deepEqual(sent, [
			[
				{ productCode: 'A001', qty: 20 },
				{ productCode: EVIL_TEXT, qty: 5 },
				{ productCode: '1001', qty: 0 },
			],
		]);
		const [, first, second, empty, third, fourth] = google.getDisplayedRows('Stock');
		const updatedPattern = new RegExp(`^Updated ${getBangkokNow().toFormat('d LLL yyyy')}, \\d\\d:\\d\\d$`, 'u');
		assert.deepEqual(
			[first?.slice(0, 3), empty, fourth?.slice(0, 3)],
			[['A001', 'น้ำ', '20'], [], ['A002', 'ไม่มีจำนวน', '']],
		);
		for (const row of [first, third]) assert.match(String(row?.[3]), updatedPattern);
		assert.deepEqual(second?.slice(0, 3), [EVIL_TEXT, EVIL_TEXT, '5']);
		assert.ok(/^Check: /u.test(String(second[3])) && String(second[3]).includes(EVIL_TEXT), String(second[3]));
		assert.match(String(fourth?.[3]), /^Check: .*Quantity/u);
	});
}
