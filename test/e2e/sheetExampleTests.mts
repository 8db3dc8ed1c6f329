import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DateTime } from 'luxon';
import { formatThaiTime } from '../../sandbox/seed/seedCalendar.mts';
import { getBangkokNow, getLastMonth } from './bangkokTime.mts';
import { EVIL_TEXT, type ExampleServer } from './exampleServer.mts';
import type { SheetRange } from './services.mts';

/** Lists the cells that n8n writes to update these rows, which begin in the second row of the sheet. */
const listUpdatedCells = (sheetName: string, rows: unknown[][]): SheetRange[] =>
	rows.flatMap(([, ...cells], rowIndex) =>
		cells.map((cell, index) => ({
			range: `${sheetName}!${'BCDEFGHI'[index]}${rowIndex + 2}`,
			values: [[cell]],
		})),
	);

/** Returns the ranges with their values as texts. */
const toTexts = (ranges: SheetRange[]): string[] =>
	ranges.map(({ range, values }) => `${range}: ${values.flat().join()}`);

/** Defines the tests of the examples that read or write a Google Sheet. */
export function defineSheetExampleTests(exampleServer: ExampleServer): void {
	test("adds last month's events as rows, and only new ones on the second run", async () => {
		const id = 'events-of-last-month-to-sheet';
		const { sandbox, services } = exampleServer;
		await exampleServer.prepareExample(id);
		const month = getLastMonth();
		// Codes that a sheet would turn into numbers or formulas.
		for (const customerCode of ['00056', 'ลูกค้า 2', '=A1'])
			sandbox.records.customers.create({ customerCode, customerName: `Sheet ${customerCode}`, customerType: 11300 });
		const first = exampleServer.createEvent('00056', month, '=SUM(1,2)', 3, 'ฝนตก, "น้ำท่วม"\nสาย 10 นาที');
		exampleServer.createEvent('=A1', month.endOf('month'), '+66 2 123 4567');
		exampleServer.createEvent('=A1', month.plus({ days: 2 }), EVIL_TEXT);
		exampleServer.createEvent('=A1', month.minus({ seconds: 1 }), 'The month before');
		const codes = sandbox.records.customers.records.map(({ customerCode }) => String(customerCode));
		const sortById = (list: unknown[][]): unknown[][] =>
			list.toSorted((left, right) => Number(left[0]) - Number(right[0]));
		const columns = ['Event ID', 'Date', 'Customer Code', 'Customer Name', 'Event Type', 'Event', 'Description'];
		/** Lists the events of last month as rows of the sheet. */
		const listRows = (): string[][] =>
			exampleServer
				.listEventRows(codes, month)
				.map(([eventId = '', code = '', date = '', typeName = '', eventName = '', description = '']) => [
					eventId,
					date.slice(0, 16).replace('T', ' '),
					code,
					String(sandbox.records.customers.findBy('customerCode', code)?.['customerName']),
					typeName,
					eventName,
					description,
				]);
		services.setRows('Events', [['Event ID']]);
		await exampleServer.executeExample(id, 'On the first of each month');
		const [header, { range, values: rows } = { range: '', values: [] }, ...others] = services.takeWrittenRanges();
		assert.deepEqual([header, others], [{ range: 'Events!1:1', values: [columns] }, []]);
		assert.equal(range, `Events!2:${rows.length + 1}`);
		assert.ok(rows.length >= 20, `${rows.length} rows`);
		assert.deepEqual(sortById(rows), sortById(listRows()));

		Object.assign(sandbox.records.customerEvents.findBy('eventId', first) ?? {}, {
			eventName: 'Changed',
			description: null,
		});
		const addedEventId = exampleServer.createEvent('00056', month.plus({ days: 3 }), 'นัดใหม่');
		services.setRows('Events', [columns, ...rows]);
		await exampleServer.executeExample(id, 'On the first of each month');
		const ranges = services.takeWrittenRanges();
		const addedRows = ranges.pop();
		assert.equal(addedRows?.range, `Events!${rows.length + 2}:${rows.length + 2}`);
		assert.deepEqual([addedRows.values.length, addedRows.values[0]?.[0]], [1, String(addedEventId)]);
		const currentRows = new Map(listRows().map((row) => [row[0], row]));
		const updatedRows = rows.map(([eventId]) => currentRows.get(String(eventId)) ?? []);
		const cells = toTexts(ranges);
		assert.deepEqual(cells, toTexts(listUpdatedCells('Events', updatedRows)));
		const changedRow = rows.findIndex(([eventId]) => eventId === String(first)) + 2;
		for (const cell of [`Events!F${changedRow}: Changed`, `Events!G${changedRow}: `])
			assert.ok(cells.includes(cell), cell);
	});

	test("counts last month's quotations per salesperson, by name", async () => {
		const id = 'quotations-per-salesperson-to-sheet';
		await exampleServer.prepareExample(id);
		const { services, sandbox } = exampleServer;
		const { quotations } = sandbox.records;
		quotations.records = [];
		const lastMonth = getLastMonth();
		const month = lastMonth.toFormat('yyyy-MM');
		const create = (staffCode: string, date: DateTime, subTotalWithDiscount: number) =>
			quotations.create({
				staffCode,
				quotationDate: formatThaiTime(date),
				subTotalWithDiscount,
			});
		create('staff01', lastMonth, 1000.1);
		create('staff01', lastMonth.endOf('month'), 0.2);
		create('staff02', lastMonth.plus({ days: 9 }), 25_000);
		create(EVIL_TEXT, lastMonth.plus({ days: 3 }), 70);
		create('staff02', lastMonth.minus({ seconds: 1 }), 500);
		create('staff01', lastMonth.plus({ months: 1 }), 500);
		const columns = ['id', 'month', 'salesperson', 'quotations', 'value'];
		const rows = [
			[`${month} staff01`, month, 'สมหญิง ใจดี', 2, 1000.3],
			[`${month} ${EVIL_TEXT}`, month, EVIL_TEXT, 1, 70],
			[`${month} staff02`, month, 'Somchai Jaidee', 1, 25_000],
		];
		services.setRows('Quotations', [['id']]);
		await exampleServer.executeExample(id, 'On the first of each month');
		assert.deepEqual(services.takeWrittenRanges(), [
			{ range: 'Quotations!1:1', values: [columns] },
			{ range: 'Quotations!2:4', values: rows },
		]);
		// A further run updates the rows of the month.
		services.setRows('Quotations', [columns, ...rows]);
		await exampleServer.executeExample(id, 'On the first of each month');
		assert.deepEqual(services.takeWrittenRanges(), listUpdatedCells('Quotations', rows));
	});

	test('sends stock levels in one request and writes the result to each row', async () => {
		const id = 'stock-of-sheet-to-venio';
		const { sandbox, services } = exampleServer;
		sandbox.records.products.create({ productCode: '1001' });
		await exampleServer.prepareExample(id);
		services.setRows('Stock', [
			['productCode', 'name', 'qty', 'result'],
			['A001', 'น้ำ', 20, 'Check: of last time'],
			[EVIL_TEXT, EVIL_TEXT, 5],
			[],
			[1001, '', 0],
			['A002', 'ไม่มีจำนวน', ''],
		]);
		const countBefore = exampleServer.requestCount;
		await exampleServer.executeExample(id, 'When clicking ‘Execute workflow’');
		const sent = exampleServer.getApiRequests(countBefore).map(({ body }) => JSON.parse(body) as unknown);
		assert.deepEqual(sent, [
			[
				{ productCode: 'A001', qty: 20 },
				{ productCode: EVIL_TEXT, qty: 5 },
				{ productCode: '1001', qty: 0 },
			],
		]);
		const cells = toTexts(services.takeWrittenRanges());
		const [first = '', second = '', third = '', fourth = '', ...others] = cells.toSorted();
		assert.deepEqual(others, []);
		const updatedPattern = new RegExp(`: Updated ${getBangkokNow().toFormat('d LLL yyyy')}, \\d\\d:\\d\\d$`, 'u');
		for (const cell of [first, third]) assert.match(cell, updatedPattern);
		assert.ok(second.startsWith('Stock!D3: Check: ') && second.includes(EVIL_TEXT), second);
		assert.match(fourth, /^Stock!D6: Check: .*Quantity/u);
		assert.deepEqual(
			[first, third].map((cell) => cell.split(':')[0]),
			['Stock!D2', 'Stock!D5'],
		);
	});
}
