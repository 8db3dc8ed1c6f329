import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ItemJson } from '../../scripts/instance/restClient.mts';
import {
	buildLinearWorkflow,
	buildManualTrigger,
	type WorkflowDefinition,
} from '../../scripts/instance/workflowBuilder.mts';
import { getBangkokNow } from './bangkokTime.mts';
import { escapeText, EVIL_TEXT, formatNumber, type ExampleServer } from './exampleServer.mts';
import { assertSucceeded } from './n8nTestServer.mts';
import { TELEGRAM_ADDRESS } from './services.mts';
import { pollFrequently } from './testWorkflows.mts';

/** Defines the tests of the examples with data tables, which n8n 1 does not have. */
export function defineTableExampleTests(exampleServer: ExampleServer): void {
	/** Reads all rows of a data table with n8n's own node. */
	const readTable = async (name: string): Promise<ItemJson[]> => {
		const read = {
			name: 'Read',
			type: 'n8n-nodes-base.dataTable',
			typeVersion: 1.1,
			parameters: { operation: 'get', dataTableId: { __rl: true, mode: 'name', value: name }, returnAll: true },
		};
		const { items } = assertSucceeded(
			await exampleServer.execute(buildLinearWorkflow(`Read ${name}`, [buildManualTrigger(), read])),
		);
		return items('Read');
	};

	test('emails the open deals per stage in the order of the user, and keeps the rows of each run', async () => {
		const id = 'deal-pipeline-history';
		// The user moves the third stage to the beginning.
		await exampleServer.prepareExample(id, ({ name, parameters }) => {
			if (name !== 'Order of the stages') return;
			const { assignments } = parameters['assignments'] as { assignments: Array<{ name: string; value: number }> };
			for (const stage of assignments) if (stage.name === 'ต่อรองราคา') stage.value = 0;
		});
		const { deals } = exampleServer.sandbox.records;
		deals.create({ dealStageName: EVIL_TEXT, dealsValue: 1234.5 });
		const [movedDeal = {}] = deals.create({ dealStageName: 'Only in the first run', dealsValue: 1 });
		await exampleServer.executeExample(id, 'Every Friday');
		const rowsOfFirstRun = await readTable('Deal pipeline');
		movedDeal['dealStageName'] = EVIL_TEXT;
		const countBefore = exampleServer.requestCount;
		await exampleServer.executeExample(id, 'Every Friday');
		const requests = exampleServer.countRequests(countBefore);
		const open = deals.records.filter(({ statusName }) => statusName === 'Open');
		assert.ok(open.length < deals.records.length);
		const byStage = new Map<string, number[]>();
		for (const { dealStageName, dealsValue } of open)
			byStage.set(String(dealStageName), [...(byStage.get(String(dealStageName)) ?? []), Number(dealsValue)]);
		const sumOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);
		const formatSum = (values: number[]): string => formatNumber(Math.round(sumOf(values)));
		const emails = await exampleServer.mailbox.takeEmails(2);
		assert.equal(emails.length, 2);
		const [, email] = emails;
		assert.ok(email);
		await exampleServer.emailPictures?.take(id, email);
		const day = getBangkokNow().toFormat('d LLL yyyy');
		const total = formatSum([...byStage.values()].flat());
		assert.equal(email.subject, `Deal pipeline, ${day}: ${total} baht`);
		assert.ok(email.text.startsWith(`Open deals per stage, all dates, as of ${day} Stage `), email.text);
		const maximum = Math.max(...[...byStage.values()].map(sumOf));
		// The last stage is not in the order of the example.
		const expectedStages = ['ต่อรองราคา', 'ติดต่อครั้งแรก', 'เสนอราคา', EVIL_TEXT].map((stage) => {
			const values = byStage.get(stage) ?? [];
			const bar = '█'.repeat(Math.max(1, Math.round((12 * sumOf(values)) / maximum)));
			return [stage, String(values.length), formatSum(values), bar];
		});
		const historyIndex = email.rows.findIndex(([heading]) => heading === 'Day');
		assert.deepEqual(email.rows.slice(0, historyIndex), [
			['Stage', 'Deals', 'Value in baht', 'Bar'],
			...expectedStages,
		]);
		const run = [String(open.length), total];
		const history = email.rows.slice(historyIndex);
		assert.deepEqual(
			history.map(([, ...cells]) => cells),
			[['Deals', 'Value in baht'], run, run],
		);
		const dayPattern = new RegExp(`^${day}, \\d\\d:\\d\\d$`, 'u');
		for (const [runDay = ''] of history.slice(1)) assert.match(runDay, dayPattern);
		assert.equal(rowsOfFirstRun.length, byStage.size + 1);
		assert.equal((await readTable('Deal pipeline')).length, rowsOfFirstRun.length + byStage.size);
		// The second request finds no further deals.
		assert.deepEqual(requests, { findDeals: 2 });
	});

	test('copies all customers to a table, and then updates it', async () => {
		const id = 'customers-to-data-table';
		await exampleServer.prepareExample(id, pollFrequently);
		const { customers } = exampleServer.sandbox.records;
		const codes = () => customers.records.map(({ customerCode }) => String(customerCode)).toSorted();
		const readCodes = async (): Promise<string[]> =>
			(await readTable('Venio customers')).map(({ customerCode }) => String(customerCode)).toSorted();
		for (let run = 0; run < 2; run++) await exampleServer.executeExample(id, 'When clicking ‘Execute workflow’');
		assert.deepEqual(await readCodes(), codes());
		const countBefore = exampleServer.requestCount;
		await exampleServer.rest.publish(id);
		await exampleServer.waitForFirstPoll(countBefore, 'findCustomers');
		customers.create({ customerCode: 'TABLE-1', customerName: EVIL_TEXT, customerType: 11100 });
		customers.update('C000055', { customerPhone: '029999999' });
		await exampleServer.waitFor('the table is updated', async () => {
			const rows = await readTable('Venio customers');
			const updated = rows.find(({ customerCode }) => customerCode === 'C000055');
			return rows.some(({ customerName }) => customerName === EVIL_TEXT) && updated?.['customerPhone'] === '029999999';
		});
		await exampleServer.rest.unpublish(id);
		assert.deepEqual(await readCodes(), codes());
	});

	test('emails the reports that have not run in time', async () => {
		const [watch, report] = ['report-fails-or-does-not-run', 'events-of-yesterday-to-line'];
		await exampleServer.prepareExample(watch);
		await exampleServer.executeExample(watch, 'Every day');
		// As the note says, the user copies a node of the example to the end of the report, and changes the days.
		const watchPath = `workflows/${watch}`;
		const { nodes } = await exampleServer.rest.requestData<WorkflowDefinition>('GET', watchPath);
		const copiedNode = nodes.find(({ name }) => name === 'Remember this run');
		assert.ok(copiedNode);
		await exampleServer.prepareExample(report);
		const reportPath = `workflows/${report}`;
		const example = await exampleServer.rest.requestData<WorkflowDefinition>('GET', reportPath);
		const executeWatched = async (days: number): Promise<void> => {
			const node = structuredClone(copiedNode);
			const { value } = node.parameters['columns'] as { value: Record<string, string> };
			value['dueBefore'] = `={{ $now.plus({ days: ${days} }) }}`;
			const connections = {
				...example.connections,
				'Send to LINE': { main: [[{ node: node.name, type: 'main' as const, index: 0 }]] },
			};
			const workflow = { ...example, nodes: [...example.nodes, node], connections };
			await exampleServer.rest.requestData('PATCH', reportPath, workflow);
			await exampleServer.executeExample(report, 'Every morning');
			await exampleServer.executeExample(watch, 'Every day');
		};
		await executeWatched(8);
		await exampleServer.mailbox.assertEmpty();
		await executeWatched(-1);
		const email = await exampleServer.takeOnlyEmail(`${watch}-late`);
		assert.equal(email.subject, 'Reports that did not run: 1');
		const yesterday = getBangkokNow().minus({ days: 1 }).toFormat('d LLL');
		assert.match(
			email.text,
			new RegExp(
				`^These reports did not run: Yesterday's events to LINE: .* should have run by ${yesterday}, \\d\\d:\\d\\d\\. Open each report in n8n\\.`,
				'u',
			),
		);
	});

	describe('webhook', () => {
		const id = 'sales-order-to-table-and-telegram';
		/** Calls the webhook and returns the requests to GoFive. */
		const callWebhook = async (body: string): Promise<string[]> => {
			const { rest } = exampleServer;
			const [executionCount, requestCount] = [(await rest.listEndedExecutions(id)).length, exampleServer.requestCount];
			const response = await exampleServer.callWebhook('change-this-to-a-secret-path', body);
			if (!response.ok) return [`answered ${response.status}`];
			await rest.waitForNewestExecution(id, executionCount + 1);
			return exampleServer.getApiRequests(requestCount).map((request) => request.path);
		};

		test('keeps one row per sales order, posts each message, and ignores other webhooks', async () => {
			await exampleServer.prepareExample(id);
			await exampleServer.rest.publish(id);
			const { customers, salesOrders } = exampleServer.sandbox.records;
			const salesOrder = salesOrders.findBy('salesOrderNo', 'SO24090001');
			const customerCode = String(salesOrder?.['customerCode']);
			customers.update(customerCode, { customerName: EVIL_TEXT });
			const order = JSON.stringify({ Topic: 'SalesOrder', Event: 'Created', Data: { SaleOrderNo: 'SO24090001' } });
			for (let call = 0; call < 2; call++) {
				const paths = await callWebhook(order);
				assert.equal(paths[0], '/v2/salesorder/SO24090001');
				assert.match(paths[1] ?? '', /^\/v3\/customers\//u);
			}
			const rows = await readTable('Sales orders');
			assert.deepEqual(
				rows.map(({ salesOrderNo }) => salesOrderNo),
				['SO24090001'],
			);
			const texts = exampleServer.services.take(TELEGRAM_ADDRESS).map(({ text = '' }) => text);
			assert.equal(texts.length, 2);
			const [text = ''] = texts;
			assert.ok(text.includes(`\n${escapeText(EVIL_TEXT)} (${customerCode})\n`), text);
			assert.match(text, /^<b>Sales order SO24090001<\/b>\n.+ \(.+\)\n[\d,]+(?:\.\d+)? baht, /u);
			// The payload of a chat message is taken from a public webhook receiver.
			const chat = {
				ChatMessage: { RoomId: '8a7f2c1e', Platform: 1, Content: 'สวัสดี', User: { OriginalName: 'Example' } },
			};
			const ignored = [
				JSON.stringify({ Topic: 'Chat', Data: chat }),
				'{}',
				'[]',
				'null',
				'"x"',
				'{"Data":null}',
				'{"Data":"x"}',
				'{"Data":{"SaleOrderNo":""}}',
			];
			for (const body of ignored) assert.deepEqual([body, await callWebhook(body)], [body, []]);
			assert.deepEqual(await callWebhook('{'), ['answered 422']);
			assert.deepEqual(exampleServer.services.take(TELEGRAM_ADDRESS), []);
		});
	});
}
