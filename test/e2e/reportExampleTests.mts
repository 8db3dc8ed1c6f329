import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DateTime } from 'luxon';
import type { FinishedExecution } from '../../scripts/instance/restClient.mts';
import type { WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import { getBangkokNow, getLastMonth, type ExampleServer } from './exampleServer.mts';
import { assertSucceeded } from './n8nTestServer.mts';

/** Nodes of n8n that read the rows and the name of a file. */
const FILE_READERS: WorkflowDefinition['nodes'] = [
	{
		id: 'read-rows',
		name: 'Read rows',
		type: 'n8n-nodes-base.extractFromFile',
		typeVersion: 1,
		position: [1980, 0],
		parameters: { operation: 'xlsx', options: { headerRow: false } },
	},
	{
		id: 'read-name',
		name: 'Read name',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [1980, 200],
		parameters: {
			assignments: {
				assignments: [{ id: 'file-name', name: 'fileName', type: 'string', value: '={{ $binary.data.fileName }}' }],
			},
			options: {},
		},
	},
];

/** Defines the tests of the reports, whose results are compared row by row. */
export function defineReportExampleTests(getExampleServer: () => ExampleServer): void {
	let exampleServer: ExampleServer;
	before(() => {
		exampleServer = getExampleServer();
	});

	describe('last month in an Excel file', () => {
		const header = ['Date', 'Customer Code', 'Customer Name', 'Event Type', 'Event', 'Description'];
		/**
		 * Executes a copy of the example, in which n8n's own nodes read the file.
		 * @param codes - Customer codes that a user pastes
		 */
		const executeWithReaders = async (codes: string): Promise<FinishedExecution> => {
			const path = 'workflows/events-of-last-month-to-excel';
			const example = await exampleServer.rest.requestData<WorkflowDefinition>('GET', path);
			const codesNode = example.nodes.find(({ name }) => name === 'Customer codes');
			const { assignments } = codesNode?.parameters['assignments'] as { assignments: Array<{ value: string }> };
			for (const assignment of assignments) assignment.value = codes;
			const readerLinks = FILE_READERS.map(({ name }) => ({ node: name, type: 'main', index: 0 }));
			const id = await exampleServer.rest.save({
				...example,
				name: 'Reads the Excel file',
				nodes: [...example.nodes, ...FILE_READERS],
				connections: { ...example.connections, 'Create Excel file': { main: [readerLinks] } },
			});
			return await exampleServer.rest.executeAndWait(id, 'When clicking ‘Execute workflow’');
		};
		/** Returns the names of the files and the cells of their rows. */
		const readFile = async (codes = ''): Promise<{ fileNames: unknown[]; rows: unknown[][] }> => {
			const { items } = assertSucceeded(await executeWithReaders(codes));
			const fileNames = items('Read name').map(({ fileName }) => fileName);
			return { fileNames, rows: items('Read rows').map(({ row }) => row as unknown[]) };
		};
		/** Lists the events of last month as rows of the file, per customer from the oldest to the newest. */
		const listFileRows = (codes: string[]): unknown[] =>
			codes.flatMap((code) =>
				exampleServer
					.listEventRows([code], getLastMonth())
					.toSorted((left, right) => String(left[2]).localeCompare(String(right[2])))
					.map(([, , date = '', typeName, eventName, description]) => [
						date.slice(0, 16).replace('T', ' '),
						code,
						exampleServer.sandbox.store.customers.get(code)?.customerName,
						typeName,
						eventName,
						description,
					]),
			);

		test('contains the events of all customers', async () => {
			const month = getLastMonth();
			exampleServer.createEvent('C000349', month.endOf('month'), 'Last second');
			exampleServer.createEvent('C000349', month, '=SUM(1,2)', 3, 'ฝนตก, "น้ำท่วม"\nสาย 10 นาที');
			exampleServer.createEvent('C000349', month.minus({ seconds: 1 }), 'The month before');
			exampleServer.createEvent('C000349', month.plus({ months: 1 }), 'This month');
			const customers = exampleServer.sandbox.records.customers.find({ customerType: 11300 });
			const codes = customers.map(({ customerCode }) => String(customerCode));
			const { fileNames, rows } = await readFile();
			assert.deepEqual(fileNames, [`customer-events-${getBangkokNow().toISODate()}.xlsx`]);
			assert.deepEqual(rows, [header, ...listFileRows(codes)]);
			// The header, and at least five customers.
			assert.ok(new Set(rows.map(([, code]) => code)).size >= 6, `${rows.length} rows`);
			const rowsOfOne = rows.filter(([, code]) => code === 'C000349');
			const lastDay = month.endOf('month').toISODate();
			assert.deepEqual(
				[rowsOfOne.at(0), rowsOfOne.at(-1)],
				[
					[
						`${month.toISODate()} 00:00`,
						'C000349',
						'Andaman Seafood Export',
						'โทรติดตามลูกค้า',
						'=SUM(1,2)',
						'ฝนตก, "น้ำท่วม"\nสาย 10 นาที',
					],
					[`${lastDay} 23:59`, 'C000349', 'Andaman Seafood Export', 'Meeting', 'Last second', ''],
				],
			);
		});

		test('contains only the customers whose codes are pasted, and reports a wrong code', async () => {
			exampleServer.sandbox.store.ensureCustomer('ลูกค้า 1');
			const rowsOfTwo = [header, ...listFileRows(['L000308', 'C000349'])];
			assert.ok(rowsOfTwo.length > 4, `${rowsOfTwo.length} rows`);
			assert.deepEqual((await readFile('L000308\nC000349\n\nL000308\n')).rows, rowsOfTwo);
			assert.deepEqual((await readFile(' ลูกค้า 1, C000349; ')).rows, [
				header,
				...listFileRows(['ลูกค้า 1', 'C000349']),
			]);
			const { status, error } = await executeWithReaders('C000349 NOPE');
			assert.equal(status, 'error');
			assert.match(`${error?.message} ${error?.description}`, /NOPE/u);
		});
	});

	describe('yesterday to LINE', () => {
		const id = 'events-of-yesterday-to-line';
		test("sends one message with yesterday's events and the names in the sheet", async () => {
			await exampleServer.assignCredentials(id);
			const [first = '', second = '', third = ''] = exampleServer.sandbox.store.seedCustomers(3, 0, 'A&B');
			exampleServer.google.setRows('Customers', [
				['customerCode', 'customerName'],
				[first, 'Fish & Chips'],
				[second, 'บริษัท สยาม จำกัด'],
				[third],
				[first, 'Again'],
			]);
			const yesterday = getBangkokNow().minus({ days: 1 }).startOf('day');
			exampleServer.createEvent(first, yesterday.plus({ hours: 15 }), 'โทรติดตาม <ด่วน>', 3);
			exampleServer.createEvent(first, yesterday, 'Midnight call', 2);
			exampleServer.createEvent(first, yesterday.minus({ seconds: 1 }), 'The day before');
			exampleServer.createEvent(second, yesterday.minus({ days: 7 }), 'The week before');
			exampleServer.createEvent(third, yesterday.endOf('day'), 'Last second');
			exampleServer.createEvent(third, yesterday.plus({ days: 1 }), 'Today');
			await exampleServer.execute(id, 'Every morning');
			const lines = [
				`Events of ${yesterday.toFormat('d LLL yyyy')}: 3`,
				'',
				'Fish & Chips',
				'00:00  Phone Call: Midnight call',
				'15:00  โทรติดตามลูกค้า: โทรติดตาม <ด่วน>',
				'',
				'A&B0003',
				'23:59  Meeting: Last second',
			];
			assert.deepEqual(exampleServer.takePushedMessages(), [
				{ to: exampleServer.line.recipient, text: lines.join('\n') },
			]);
		});

		test('shortens a message that LINE would reject, and sends none without events', async () => {
			const [busy = '', quiet = ''] = exampleServer.sandbox.store.seedCustomers(2, 0, 'LONG');
			exampleServer.google.setRows('Customers', [
				['customerCode', 'customerName'],
				[busy, 'Busy'],
			]);
			const noon = getBangkokNow().minus({ days: 1 }).startOf('day').plus({ hours: 12 });
			for (let count = 0; count < 30; count++) exampleServer.createEvent(busy, noon, '👍'.repeat(100));
			await exampleServer.execute(id, 'Every morning');
			const [{ text = '' } = {}, ...others] = exampleServer.takePushedMessages();
			assert.deepEqual(others, []);
			assert.match(text, /^Events of .*: 30\n\nBusy\n12:00 {2}Meeting: 👍/u);
			assert.equal(text.length, 5_000);
			exampleServer.google.setRows('Customers', [['customerCode'], [quiet]]);
			await exampleServer.execute(id, 'Every morning');
			assert.deepEqual(exampleServer.takePushedMessages(), []);
		});
	});

	test("counts last month's quotations per salesperson, by name", async () => {
		const id = 'quotations-per-salesperson';
		await exampleServer.assignCredentials(id);
		const { quotations } = exampleServer.sandbox.records;
		quotations.records = [];
		const lastMonth = getLastMonth();
		const month = lastMonth.toFormat('yyyy-MM');
		const create = (staffCode: string, date: DateTime, subTotalWithDiscount: number) =>
			quotations.create({
				staffCode,
				quotationDate: date.toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ"),
				subTotalWithDiscount,
			});
		create('staff01', lastMonth, 1000.1);
		create('staff01', lastMonth.endOf('month'), 0.2);
		create('staff02', lastMonth.plus({ days: 9 }), 25_000);
		create('<X & Y>', lastMonth.plus({ days: 3 }), 70);
		create('staff02', lastMonth.minus({ seconds: 1 }), 500);
		create('staff01', lastMonth.plus({ months: 1 }), 500);
		exampleServer.google.setRows('Quotations', [['id']]);
		const rows = [
			['id', 'month', 'salesperson', 'quotations', 'value'],
			[`${month} staff02`, month, 'Somchai Jaidee', '1', '25000'],
			[`${month} staff01`, month, 'สมหญิง ใจดี', '2', '1000.3'],
			[`${month} <X & Y>`, month, '<X & Y>', '1', '70'],
		];
		const text = [
			`*Quotations in ${lastMonth.toFormat('LLLL yyyy')}: 4 (26,070.30)*`,
			'• Somchai Jaidee: 1 (25,000.00)',
			'• สมหญิง ใจดี: 2 (1,000.30)',
			'• &lt;X &amp; Y&gt;: 1 (70.00)',
		].join('\n');
		await exampleServer.execute(id, 'On the first of each month');
		assert.deepEqual(exampleServer.google.getDisplayedRows('Quotations'), rows);
		assert.deepEqual(exampleServer.takePostedMessages(), [{ channel: '#sales', text }]);
		await sleep(1_000);
		await exampleServer.execute(id, 'On the first of each month');
		assert.deepEqual(exampleServer.google.getDisplayedRows('Quotations'), rows);
		assert.deepEqual(exampleServer.takePostedMessages(), [{ channel: '#sales', text }]);
	});

	test('lists customers without a visit in 30 days per salesperson', async () => {
		const id = 'customers-without-events-to-slack';
		await exampleServer.assignCredentials(id);
		const codes = exampleServer.sandbox.store.seedCustomers(5, 2, 'QUIET');
		const [first = '', second = '', third = '', fourth = '', fifth = ''] = codes;
		exampleServer.google.setRows('Customers', [
			['customerCode', 'customerName', 'salesperson'],
			[first, 'ร้านทอง <สาขา 2>', 'สมหญิง'],
			[second, 'Busy', 'Somchai'],
			[third, '', 'A & B'],
			[fourth, 'Nobody visits'],
			[fifth, 'Far away', 'สมหญิง'],
			[first, 'Again', 'Somchai'],
		]);
		exampleServer.createEvent(second, getBangkokNow().minus({ days: 20 }), 'Call');
		exampleServer.createEvent(third, getBangkokNow().minus({ days: 35 }), 'Too long ago');
		await exampleServer.execute(id, 'Every Monday');
		const text = [
			'*Customers without a visit in the last 30 days: 4*',
			'',
			'*สมหญิง: 2*',
			`• ${first}  ร้านทอง &lt;สาขา 2&gt;`,
			`• ${fifth}  Far away`,
			'',
			'*A &amp; B: 1*',
			`• ${third}`,
			'',
			'*No salesperson: 1*',
			`• ${fourth}  Nobody visits`,
		].join('\n');
		assert.deepEqual(exampleServer.takePostedMessages(), [{ channel: '#customers', text }]);
		for (const code of codes) exampleServer.createEvent(code, getBangkokNow(), 'Call');
		await exampleServer.execute(id, 'Every Monday');
		assert.deepEqual(exampleServer.takePostedMessages(), []);
	});
}
