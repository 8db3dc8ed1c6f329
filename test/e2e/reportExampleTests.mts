import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { DateTime } from 'luxon';
import type { IConnection } from 'n8n-workflow';
import { buildCodes } from '../../sandbox/addCustomers.mts';
import type { WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import { getBangkokNow, getLastMonth } from './bangkokTime.mts';
import { EVIL_TEXT, type ExampleServer } from './exampleServer.mts';
import { LINE_ADDRESS } from './services.mts';

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
export function defineReportExampleTests(exampleServer: ExampleServer): void {
	describe('last month in an Excel file', () => {
		const header = ['Date', 'Customer Code', 'Customer Name', 'Event Type', 'Event', 'Description'];
		/**
		 * Executes a copy of the example, in which n8n's own nodes read the file.
		 * @returns the names of the files and the cells of their rows
		 */
		const readFile = async (): Promise<{ fileNames: unknown[]; rows: unknown[][] }> => {
			const path = 'workflows/events-of-last-month-to-excel';
			const example = await exampleServer.rest.requestData<WorkflowDefinition>('GET', path);
			const readerLinks = FILE_READERS.map(({ name }): IConnection => ({ node: name, type: 'main', index: 0 }));
			const id = await exampleServer.rest.save({
				...example,
				name: 'Reads the Excel file',
				nodes: [...example.nodes, ...FILE_READERS],
				connections: { ...example.connections, 'Create Excel file': { main: [readerLinks] } },
			});
			const { items } = await exampleServer.executeExample(id, 'When clicking ‘Execute workflow’');
			const fileNames = items('Read name').map(({ fileName }) => fileName);
			return { fileNames, rows: items('Read rows').map(({ row }) => row as unknown[]) };
		};
		/** Lists the events of last month as rows of the file, from the oldest to the newest. */
		const listFileRows = (codes: string[]): unknown[] =>
			exampleServer
				.listEventRows(codes, getLastMonth())
				.toSorted((left, right) => String(left[2]).localeCompare(String(right[2])))
				.map(([, code = '', date = '', typeName, eventName, description]) => [
					date.slice(0, 16).replace('T', ' '),
					code,
					exampleServer.sandbox.records.customers.findBy('customerCode', code)?.['customerName'],
					typeName,
					eventName,
					description,
				]);

		test('contains the events of all customers, the oldest first', async () => {
			const month = getLastMonth();
			exampleServer.createEvent('C000349', month.endOf('month'), 'Last second');
			exampleServer.createEvent('C000349', month, '=SUM(1,2)', 3, 'ฝนตก, "น้ำท่วม"\nสาย 10 นาที');
			exampleServer.createEvent('C000349', month.plus({ days: 5 }), EVIL_TEXT);
			exampleServer.createEvent('C000349', month.minus({ seconds: 1 }), 'The month before');
			exampleServer.createEvent('C000349', month.plus({ months: 1 }), 'This month');
			const codes = exampleServer.sandbox.records.customers.records.map(({ customerCode }) => String(customerCode));
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
	});

	describe('yesterday to LINE', () => {
		const id = 'events-of-yesterday-to-line';
		/** Executes the example, and returns the only message. */
		const execute = async (): Promise<string> => {
			await exampleServer.executeExample(id, 'Every morning');
			const [body, ...others] = exampleServer.services.take(LINE_ADDRESS);
			assert.deepEqual([body?.messages?.length, others], [1, []]);
			return body?.messages?.[0]?.text ?? '';
		};
		let yesterday: DateTime;
		let title: string;
		beforeEach(async () => {
			await exampleServer.prepareExample(id);
			yesterday = getBangkokNow().minus({ days: 1 }).startOf('day');
			title = `Events of yesterday, ${yesterday.toFormat('d LLL yyyy')}`;
		});

		test("sends one message with yesterday's events, the oldest first", async () => {
			const [first = '', second = '', third = ''] = buildCodes(3, 'A&B');
			exampleServer.replaceCustomers([
				[first, EVIL_TEXT],
				[second, 'บริษัท สยาม จำกัด'],
				[third, ''],
			]);
			exampleServer.createEvent(first, yesterday.plus({ hours: 15 }), EVIL_TEXT, 3);
			exampleServer.createEvent(first, yesterday, 'Midnight call', 2);
			exampleServer.createEvent(first, yesterday.minus({ seconds: 1 }), 'The day before');
			exampleServer.createEvent(second, yesterday.minus({ days: 7 }), 'The week before');
			exampleServer.createEvent(third, yesterday.endOf('day'), 'Last second');
			exampleServer.createEvent(third, yesterday.plus({ days: 1 }), 'Today');
			const lines = [
				`${title}: 3`,
				'Customers that could not be read: 0',
				'',
				`00:00  ${EVIL_TEXT}`,
				'Phone Call Midnight call',
				'',
				`15:00  ${EVIL_TEXT}`,
				`โทรติดตามลูกค้า ${EVIL_TEXT}`,
				'',
				'23:59  A&B0003',
				'Meeting Last second',
			];
			assert.equal(await execute(), lines.join('\n'));
		});

		test('shortens a message that LINE would reject, and says that there are no events', async () => {
			const [busy = '', quiet = ''] = buildCodes(2, 'LONG');
			exampleServer.replaceCustomers([[busy, 'Busy']]);
			for (let count = 0; count < 30; count++)
				exampleServer.createEvent(busy, yesterday.plus({ hours: 12 }), '👍'.repeat(100));
			const text = await execute();
			assert.match(text, /^Events of .*: 30\nCustomers that could not be read: 0\n\n12:00 {2}Busy\nMeeting 👍/u);
			assert.equal(text.length, 5_000);
			exampleServer.replaceCustomers([[quiet, 'Quiet']]);
			assert.equal(await execute(), `${title}: 0\nCustomers that could not be read: 0`);
		});
	});
}
