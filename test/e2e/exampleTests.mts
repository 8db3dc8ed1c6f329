import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DateTime } from 'luxon';
import { findManualTriggerName, type ExampleWorkflow } from '../../scripts/instance/exampleWorkflowFiles.mts';
import { REPOSITORY_ROOT } from '../../scripts/instance/pinnedPackages.mts';
import { NEWEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import type { WorkflowNode } from '../../scripts/instance/workflowBuilder.mts';
import { FREQUENT_POLL_TIMES } from './testWorkflows.mts';
import { ExampleServer, getBangkokNow, getLastMonth } from './exampleServer.mts';
import type { SlackMessage } from './fakeSlack.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';
import { defineReportExampleTests } from './reportExampleTests.mts';

const EXAMPLES_FOLDER = path.join(REPOSITORY_ROOT, 'examples');
const readExample = (file: string): ExampleWorkflow =>
	JSON.parse(readFileSync(path.join(EXAMPLES_FOLDER, file), 'utf8')) as ExampleWorkflow;

/** Example with a branch that its values do not reach. The tests of the reports execute it, too. */
const EXCEL_EXAMPLE_FILE = 'events-of-last-month-to-excel.json';

/** Examples with GoFive Trigger, and the operation that each of them polls. */
const TRIGGER_EXAMPLES = {
	'new-complaint-to-slack': 'getCustomerEvents',
	'deal-stage-to-slack': 'findDeals',
	'completed-quotation-to-sales-order': 'findQuotations',
	'low-stock-to-slack': 'listProducts',
	'new-expenses-to-sheet': 'findExpenses',
	'new-customer-welcome-event': 'findCustomers',
};

/** Defines the tests of the example workflows, with local Slack, LINE and Google. */
export default function defineExampleTests(script: ScriptContext): void {
	let exampleServer: ExampleServer;
	let n8nServer: N8nTestServer;
	before(async () => {
		exampleServer = await ExampleServer.launch(script, NEWEST_RELEASE);
		({ n8nServer } = exampleServer);
	});
	after(async () => await (n8nServer as N8nTestServer | undefined)?.stop());

	describe('examples with a manual trigger', () => {
		const files = readdirSync(EXAMPLES_FOLDER).filter((name) => name.endsWith('.json'));
		for (const file of files.sort()) {
			const example = readExample(file);
			const trigger = findManualTriggerName(example);
			if (trigger === undefined || file === EXCEL_EXAMPLE_FILE) continue;
			const goFiveNodes = example.nodes.filter(({ type }) => type === 'n8n-nodes-gofive.goFive');
			test(file, async () => {
				const { items } = await exampleServer.execute(path.basename(file, '.json'), trigger);
				for (const { name } of goFiveNodes) assert.ok(items(name).length > 0, `${name} gave no items`);
			});
		}
	});

	test('the webhook example retrieves the sales order that GoFive reports, and sends no request for a chat or invalid data', async () => {
		const id = 'sales-order-webhook';
		const webhookNode = readExample(`${id}.json`).nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
		await n8nServer.rest.publish(id);
		/** Returns the branches that received items. */
		const getReachedNodes = async (body: string): Promise<string[]> => {
			const count = (await n8nServer.rest.listEndedExecutions(id)).length;
			const response = await n8nServer.callWebhook(String(webhookNode?.parameters['path']), body);
			if (!response.ok) return [`answered ${response.status}`];
			const { items } = assertSucceeded(await n8nServer.rest.waitForNewestExecution(id, count + 1));
			return ['Get sales order', 'Chat message', 'Anything else'].filter((name) => items(name).length > 0);
		};
		// Both payloads are taken from public webhook receivers.
		const chat = {
			ChatMessage: { RoomId: '8a7f2c1e', Platform: 1, Content: 'สวัสดี', User: { OriginalName: 'Example' } },
		};
		assert.deepEqual(await getReachedNodes(JSON.stringify({ Topic: 'Chat', Event: 'Message', Data: chat })), [
			'Chat message',
		]);
		const countBefore = n8nServer.requestCount;
		assert.deepEqual(await getReachedNodes(JSON.stringify({ Data: { SaleOrderNo: 'SO24090001' } })), [
			'Get sales order',
		]);
		assert.deepEqual(
			n8nServer.getApiRequests(countBefore).map((request) => request.path),
			['/v2/salesorder/SO24090001'],
		);
		const rubbish = [
			'{}',
			'[]',
			'null',
			'"x"',
			'{"Data":null}',
			'{"Data":"x"}',
			'{"Data":[1]}',
			'{"Data":{"SaleOrderNo":""}}',
			'{"Data":{"ChatMessage":7}}',
		];
		for (const body of rubbish) assert.deepEqual([body, await getReachedNodes(body)], [body, ['Anything else']]);
		assert.deepEqual(await getReachedNodes('{'), ['answered 422']);
		assert.equal(n8nServer.getApiRequests(countBefore).length, 1);
	});

	describe('reports', () => defineReportExampleTests(() => exampleServer));

	describe('examples with GoFive Trigger', () => {
		let postedMessages: SlackMessage[];
		/** Number of requests before the workflows are published. */
		let countBefore: number;
		/** Time of the new events. */
		let now: DateTime;
		let expense: Record<string, unknown> | undefined;
		let quotation: Record<string, unknown> | undefined;

		const pollFrequently = ({ type, parameters }: WorkflowNode): void => {
			if (type === 'n8n-nodes-gofive.goFiveTrigger') parameters['pollTimes'] = FREQUENT_POLL_TIMES;
		};
		/** Waits until each trigger has stored the existing records. */
		const waitForFirstPolls = async (): Promise<void> => {
			const listReadOperations = () => n8nServer.getApiRequests(countBefore).map(({ operationId }) => operationId);
			await n8nServer.waitFor('all lists were read', () =>
				Object.values(TRIGGER_EXAMPLES).every((operationId) => listReadOperations().includes(operationId)),
			);
			await n8nServer.waitFor('both customers were read', () => n8nServer.countAnsweredReads(countBefore) >= 2);
			await n8nServer.waitFor('all pages were read', () => n8nServer.sandbox.inFlight === 0);
			await sleep(2_000);
		};

		before(async () => {
			now = getBangkokNow();
			const { customers, deals, expenses, products, quotations } = n8nServer.sandbox.records;
			const [deal] = deals.create({ dealStageName: 'Lead <1>' });
			const [product] = products.create({ qty: 50 });
			[quotation] = quotations.create({ quotationStatus: 1 });
			exampleServer.createEvent('C000055', now, 'An old complaint', 7);
			exampleServer.google.setRows('Expenses', [['expenseId']]);
			exampleServer.takePostedMessages();
			countBefore = n8nServer.requestCount;
			for (const id of Object.keys(TRIGGER_EXAMPLES)) {
				await exampleServer.assignCredentials(id, pollFrequently);
				await n8nServer.rest.publish(id);
			}
			await waitForFirstPolls();

			exampleServer.createEvent('C000055', now, 'Visit');
			exampleServer.createEvent('C000154', now, 'สินค้าเสียหาย <3 กล่อง>', 7, 'ลูกค้าขอเปลี่ยน & คืนเงิน');
			deals.update(String(deal?.['dealsId']), { dealStageName: 'Proposal <2>' });
			quotations.update(String(quotation?.['quotationNo']), { quotationStatus: 5 });
			products.update(String(product?.['productCode']), { qty: 3 });
			[expense] = expenses.create({ dateTransaction: `${now.toISODate()}T00:00:00+0700` });
			customers.create({ customerCode: 'NEW-1', customerName: 'ร้านใหม่', customerType: 11300 });
			for (const id of Object.keys(TRIGGER_EXAMPLES)) {
				assertSucceeded(await n8nServer.rest.waitForNewestExecution(id));
				await n8nServer.rest.unpublish(id);
			}
			postedMessages = exampleServer.takePostedMessages();
		});
		/** Returns the texts posted to a channel. */
		const listTexts = (channelName: string): string[] =>
			postedMessages.filter(({ channel }) => channel === channelName).map(({ text }) => text);

		test('a new complaint is posted to Slack, and no other event', () => {
			const text = `:rotating_light: *New complaint from customer C000154*\n${now.toFormat('d LLL yyyy, HH:mm')}\nสินค้าเสียหาย &lt;3 กล่อง&gt;\nลูกค้าขอเปลี่ยน &amp; คืนเงิน`;
			assert.deepEqual(listTexts('#complaints'), [text]);
		});

		test('a deal in another stage and a product with low stock are posted to Slack', () => {
			const [dealTexts, stockTexts] = [listTexts('#sales'), listTexts('#stock')];
			assert.deepEqual([dealTexts.length, stockTexts.length], [1, 1]);
			assert.match(dealTexts[0] ?? '', /Proposal &lt;2&gt;/u);
			assert.match(stockTexts[0] ?? '', /: 3 /u);
		});

		test('a new expense becomes a row', () => {
			const rows = exampleServer.google.getDisplayedRows('Expenses');
			assert.equal(rows.length, 2);
			assert.ok(rows[1]?.includes(String(expense?.['expenseNo'])), String(rows[1]));
		});

		test('a completed quotation is converted to a sales order', () => {
			const conversions = n8nServer
				.getApiRequests(countBefore)
				.filter(({ path }) => path.endsWith('/convert-to-salesorder'));
			assert.deepEqual(
				conversions.map(({ path }) => decodeURIComponent(path).includes(String(quotation?.['quotationNo']))),
				[true],
			);
		});

		test('a new customer gets a welcome event tomorrow', () => {
			const events = n8nServer.sandbox.store.findEvents('NEW-1');
			const tomorrow = now.plus({ days: 1 }).toISODate();
			assert.deepEqual(
				events.map(({ eventName, eventDate }) => [eventName, eventDate]),
				[['Welcome ร้านใหม่', `${tomorrow}T09:00:00+0700`]],
			);
		});
	});

	test("adds last month's events as rows, and only new ones on the second run", async () => {
		const id = 'events-of-last-month-to-sheet';
		const { google } = exampleServer;
		await exampleServer.assignCredentials(id);
		// Codes that a sheet would turn into numbers or formulas.
		const codes = ['C000201', '00055', 'ลูกค้า 1', '=A1'];
		const month = getLastMonth();
		for (const code of codes) exampleServer.sandbox.store.ensureCustomer(code);
		const first = exampleServer.createEvent('00055', month, '=SUM(1,2)', 3, 'ฝนตก, "น้ำท่วม"\nสาย 10 นาที');
		exampleServer.createEvent('=A1', month.endOf('month'), '+66 2 123 4567');
		exampleServer.createEvent('=A1', month.minus({ seconds: 1 }), 'The month before');
		const expected = () => exampleServer.listEventRows(codes, month);
		const columns = 'eventId,customerCode,eventDate,eventTypeName,eventName,description,eventType,customerId';
		// Includes a row without a code, a code that is a formatted number, and duplicate codes.
		google.setRows('Customers', [
			['customerCode', 'customerName'],
			['C000201', 'Lanna'],
			[{ value: 55, formatted: '00055' }],
			[],
			['ลูกค้า 1'],
			['=A1'],
			['C000201', 'Again'],
			['00055'],
		]);
		google.setRows('Events', [['eventId']]);
		await exampleServer.execute(id, 'On the first of each month');
		const [head, ...rows] = google.getDisplayedRows('Events');
		assert.equal(head?.join(), columns);
		assert.deepEqual(rows, expected());
		assert.ok(rows.length >= 4, `${rows.length} rows`);

		await exampleServer.execute(id, 'On the first of each month');
		assert.deepEqual(google.getDisplayedRows('Events').slice(1), rows);
		Object.assign(exampleServer.sandbox.store.updateEvent(first, { eventName: 'Changed' }), { description: null });
		const addedEventId = exampleServer.createEvent('00055', month.plus({ days: 3 }), 'นัดใหม่');
		await exampleServer.execute(id, 'On the first of each month');
		const sortById = (list: unknown[][]): unknown[][] =>
			list.toSorted((left, right) => Number(left[0]) - Number(right[0]));
		assert.deepEqual(sortById(google.getDisplayedRows('Events').slice(1)), sortById(expected()));
		assert.equal(google.getDisplayedRows('Events').at(-1)?.[0], String(addedEventId));
	});

	describe('form', () => {
		const id = 'form-to-customer-event';
		before(async () => {
			await exampleServer.assignCredentials(id);
			await exampleServer.rest.publish(id);
		});
		after(async () => await exampleServer.rest.unpublish(id));
		/** Submits the form as a browser does, with CR LF as line breaks. */
		const submitForm = async (...fieldValues: string[]): Promise<Response> => {
			const body = new FormData();
			for (const [index, answer] of fieldValues.entries()) body.append(`field-${index}`, answer);
			const formUrl = `${n8nServer.url}/form/new-customer-event`;
			return await n8nServer.fetchPublished(formUrl, { method: 'POST', body });
		};

		test('creates the submitted event', async () => {
			const answer = await submitForm(
				'C000412',
				'โทรติดตามลูกค้า',
				'โทร "ด่วน" & นัดหมาย',
				'2027-01-05',
				'9.30',
				'บรรทัด 1\nline 2',
			);
			assert.equal(answer.status, 200, await answer.text());
			assertSucceeded(await exampleServer.rest.waitForNewestExecution(id, 1));
			const { customerCode, eventName, eventType, eventDate, description } =
				exampleServer.sandbox.store.events.find(({ eventName }) => eventName.startsWith('โทร "')) ?? {};
			assert.deepEqual(
				[customerCode, eventName, eventType, eventDate, description],
				['C000412', 'โทร "ด่วน" & นัดหมาย', 3, '2027-01-05T09:30:00+0700', 'บรรทัด 1\r\nline 2'],
			);
		});

		test('requires neither time nor description', async () => {
			assert.equal((await submitForm('C000412', 'Meeting', 'Bare', '2027-01-06', '', '')).status, 200);
			assertSucceeded(await exampleServer.rest.waitForNewestExecution(id, 2));
			assert.equal(
				exampleServer.sandbox.store.events.find(({ eventName }) => eventName === 'Bare')?.eventDate,
				'2027-01-06T09:00:00+0700',
			);
		});

		test('creates nothing for an unknown event type and reports it', async () => {
			const count = exampleServer.sandbox.store.events.length;
			const answer = await submitForm('C000412', 'No such type', 'Lost', '2027-01-07', '', '');
			assert.notEqual(answer.status, 200);
			const { status, error } = await exampleServer.rest.waitForNewestExecution(id, 3);
			assert.equal(status, 'error');
			assert.match(error?.message ?? '', /Event Type/u);
			assert.equal(exampleServer.sandbox.store.events.length, count);
		});
	});

	test('an existing name does not block other form responses, and the existing customer stays unchanged', async () => {
		const countBefore = n8nServer.requestCount;
		const { items } = await exampleServer.execute('customers-of-a-form', 'When clicking ‘Execute workflow’');
		assert.deepEqual(
			items('Items to check').map(({ name }) => name),
			['Lanna Coffee Roasters'],
		);
		assert.match(String(items('Items to check')[0]?.['check']), /already exists/u);
		const sent = n8nServer
			.getApiRequests(countBefore)
			.filter(({ method }) => method === 'POST')
			.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
		assert.deepEqual(
			sent.flatMap(({ customerName }) => customerName ?? []),
			['Lanna Coffee Roasters', 'Mekong Rice Mill'],
		);
		assert.deepEqual(sent.flatMap(({ AnswerBy }) => AnswerBy ?? []).sort(), [
			'Chao Phraya Trading Co., Ltd.',
			'Mekong Rice Mill',
		]);
	});

	test('replaces the rows with the products of sales orders on each run', async () => {
		const id = 'sales-orders-to-sheet';
		const { google } = exampleServer;
		await exampleServer.assignCredentials(id);
		google.setRows('Orders', [['salesOrderNo'], ['SO24090001']]);
		google.setRows('Lines', [['Old'], ['row'], ['row'], ['row']]);
		const rows = (): unknown[][] =>
			google.getDisplayedRows('Lines').map((row) => [row[0], row[3], row[4], row[5], row[12]]);
		const expected = [
			['salesOrderNo', 'productCode', 'productName', 'qty', 'totalPrice'],
			['SO24090001', 'PD002', 'Example', '2', '1600'],
			['SO24090001', 'PD003', 'ของแถม', '1', '0'],
		];
		await exampleServer.execute(id, 'When clicking ‘Execute workflow’');
		assert.deepEqual(rows(), expected);
		await exampleServer.execute(id, 'When clicking ‘Execute workflow’');
		assert.deepEqual(rows(), expected);
		google.setRows('Orders', [['salesOrderNo'], ['SO24090001'], ['NOPE']]);
		const { status, error } = await exampleServer.rest.executeAndWait(id, 'When clicking ‘Execute workflow’');
		assert.equal(status, 'error');
		assert.match(`${error?.message} ${error?.description}`, /NOPE/u);
		assert.deepEqual(rows(), expected);
	});

	test('sends stock levels in one request and writes the result to each row', async () => {
		const id = 'stock-of-sheet-to-venio';
		const { google } = exampleServer;
		exampleServer.sandbox.records.products.create({ productCode: '1001' });
		await exampleServer.assignCredentials(id);
		google.setRows('Stock', [
			['productCode', 'name', 'qty', 'result'],
			['A001', 'น้ำ', 20, 'Check: of last time'],
			['NOPE', '', 5],
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
				{ productCode: 'NOPE', qty: 5 },
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
		assert.match(String(second?.[3]), /^Check: .*NOPE/u);
		assert.match(String(fourth?.[3]), /^Check: .*Quantity/u);
	});

	test('Google, Slack and LINE rejected only the expired token, and no request left this machine', () => {
		assert.deepEqual(exampleServer.listViolations(), ['Request had invalid authentication credentials.']);
	});
}
