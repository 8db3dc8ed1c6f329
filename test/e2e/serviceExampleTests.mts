import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { N8N_RELEASES, type N8nRelease } from '../../scripts/instance/n8nReleases.mts';
import type { FinishedExecution } from '../../scripts/instance/restClient.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import type { WorkflowNode, WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import { FakeServices } from './fakeServices.mts';
import { assertSucceeded, N8nTestServer } from './n8nTestServer.mts';

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

/** Defines the tests of the example workflows with Excel, Slack, LINE, Google Sheets and forms. */
export default function defineServiceExampleTests(script: ScriptContext): void {
	for (const release of N8N_RELEASES) describe(release.packages.title, () => defineTestsForRelease(script, release));
}

function defineTestsForRelease(script: ScriptContext, release: N8nRelease): void {
	let n8nServer: N8nTestServer;
	let fakeServices: FakeServices;
	before(async () => {
		fakeServices = await FakeServices.start();
		script.addCleanup(() => fakeServices.close());
		n8nServer = await N8nTestServer.launch(script, release, fakeServices.env);
		const { google, slack, line } = fakeServices;
		for (const channel of ['customers', 'complaints', 'sales', 'stock']) slack.channels.add(channel);
		const createCredential = async (type: string, data: Record<string, unknown>): Promise<void> => {
			credentials[type] = await n8nServer.rest.createCredential(type, type, data);
		};
		await createCredential('slackApi', { accessToken: slack.token });
		await createCredential('httpBearerAuth', { token: line.token });
		// Data as n8n stores it after a user's consent, with an expired access token.
		const oauthTokenData = {
			access_token: 'ya29.0',
			refresh_token: google.refreshToken,
			token_type: 'Bearer',
			expires_in: 3599,
		};
		await createCredential('googleSheetsOAuth2Api', { ...google.client, oauthTokenData });
	});
	after(async () => await (n8nServer as N8nTestServer | undefined)?.stop());

	const credentials: Record<string, { id: string; name: string }> = {};
	/**
	 * Selects the credentials in an imported example, as its note asks.
	 * @param change - Further changes to a node
	 */
	const assignCredentials = async (
		id: string,
		change: (node: WorkflowNode) => void = () => undefined,
	): Promise<void> => {
		const workflow = await n8nServer.rest.requestData<WorkflowDefinition>('GET', `workflows/${id}`);
		for (const node of workflow.nodes) {
			for (const type of Object.keys(node.credentials ?? {})) {
				const selectedCredential = credentials[type];
				if (selectedCredential) node.credentials = { [type]: selectedCredential };
			}
			change(node);
		}
		await n8nServer.rest.requestData('PATCH', `workflows/${id}`, workflow);
	};
	const pollEveryMinute = ({ type, parameters }: WorkflowNode): void => {
		if (type === 'n8n-nodes-gofive.goFiveTrigger') parameters['pollTimes'] = { item: [{ mode: 'everyMinute' }] };
	};
	const executeExample = async (id: string, trigger: string): Promise<FinishedExecution> =>
		assertSucceeded(await n8nServer.rest.executeAndWait(id, trigger));
	/** Returns the messages posted since the last call. */
	const takePostedMessages = (): Array<{ channel: string; text: string }> =>
		fakeServices.slack.postedMessages.splice(0);
	const getBangkokNow = (): DateTime => DateTime.now().setZone('Asia/Bangkok');
	const getLastMonth = (): DateTime => getBangkokNow().minus({ months: 1 }).startOf('month');
	/** Lists the events of a month in the sandbox as the rows that the examples write to a sheet. */
	const listRows = (codes: string[], month: DateTime): string[][] =>
		codes.flatMap((code) =>
			n8nServer.sandbox.store
				.findEvents(code, {
					from: month.toFormat("yyyy-MM-dd'T'HH:mm:ss"),
					to: month.endOf('month').toFormat("yyyy-MM-dd'T'HH:mm:ss"),
				})
				.map((storedEvent) => [
					String(storedEvent.eventId),
					code,
					storedEvent.eventDate.replace('+0700', '+07:00'),
					n8nServer.sandbox.store.eventTypes.find(({ eventTypeId }) => eventTypeId === storedEvent.eventType)
						?.eventTypeName ?? '',
					storedEvent.eventName,
					storedEvent.description ?? '',
					String(storedEvent.eventType),
					String(storedEvent.customerId),
				]),
		);
	/** Creates an event in the sandbox. */
	const createEvent = (
		customerCode: string,
		date: DateTime,
		eventName: string,
		eventType = 1,
		description = '',
	): number =>
		n8nServer.sandbox.store.createEvent({
			customerCode,
			eventDate: date.toFormat("yyyy-MM-dd'T'HH:mm:ss"),
			eventName,
			eventType,
			description,
		}).eventId;

	test('sends complaints to Slack, but no other new events', async () => {
		const id = 'new-complaint-to-slack';
		await assignCredentials(id, pollEveryMinute);
		createEvent('C000055', getBangkokNow(), 'An old complaint', 7);
		const count = n8nServer.requestCount;
		await n8nServer.rest.publish(id);
		// The first poll, which records the existing events, starts after n8n has published the workflow.
		await n8nServer.waitFor('the trigger has read both customers', () => n8nServer.countAnsweredReads(count) >= 2);
		const now = getBangkokNow();
		createEvent('C000055', now, 'Visit');
		createEvent('C000154', now, 'สินค้าเสียหาย <3 กล่อง>', 7, 'ลูกค้าขอเปลี่ยน & คืนเงิน');
		const execution = await n8nServer.rest.waitForNewestExecution(id);
		await n8nServer.rest.unpublish(id);
		assertSucceeded(execution);
		const text = `:rotating_light: *New complaint from customer C000154*\n${now.toFormat('d LLL yyyy, HH:mm')}\nสินค้าเสียหาย &lt;3 กล่อง&gt;\nลูกค้าขอเปลี่ยน &amp; คืนเงิน`;
		assert.deepEqual(takePostedMessages(), [{ channel: '#complaints', text }]);
	});

	test('new and changed records of every list start their example', async () => {
		const { customers, deals, expenses, products, quotations } = n8nServer.sandbox.records;
		const [deal, quotation, product] = [
			deals.create({ dealStageName: 'Lead <1>' })[0],
			quotations.create({ quotationStatus: 1 })[0],
			products.create({ qty: 50 })[0],
		];
		fakeServices.google.setRows('Expenses', [['expenseId']]);
		const examples = {
			'deal-stage-to-slack': 'findDeals',
			'completed-quotation-to-sales-order': 'findQuotations',
			'low-stock-to-slack': 'listProducts',
			'new-expenses-to-sheet': 'findExpenses',
			'new-customer-welcome-event': 'findCustomers',
		};
		const count = n8nServer.requestCount;
		for (const id of Object.keys(examples)) {
			await assignCredentials(id, pollEveryMinute);
			await n8nServer.rest.publish(id);
		}
		const getReadOperations = () => n8nServer.getApiRequests(count).map(({ operationId }) => operationId);
		await n8nServer.waitFor('the trigger has read all lists', () =>
			Object.values(examples).every((operationId) => getReadOperations().includes(operationId)),
		);
		await n8nServer.waitFor('the trigger has read all pages', () => n8nServer.sandbox.inFlight === 0);
		await sleep(2_000);
		deals.update(String(deal?.['dealsId']), { dealStageName: 'Proposal <2>' });
		quotations.update(String(quotation?.['quotationNo']), { quotationStatus: 5 });
		products.update(String(product?.['productCode']), { qty: 3 });
		const [expense] = expenses.create({ dateTransaction: `${getBangkokNow().toISODate()}T00:00:00+0700` });
		const [customer] = customers.create({ customerCode: 'NEW-1', customerName: 'ร้านใหม่', customerType: 11300 });
		for (const id of Object.keys(examples)) {
			assertSucceeded(await n8nServer.rest.waitForNewestExecution(id));
			await n8nServer.rest.unpublish(id);
		}
		const texts = takePostedMessages().map(({ channel, text }) => `${channel} ${text}`);
		assert.equal(texts.length, 2, texts.join('\n'));
		assert.match(texts.find((text) => text.startsWith('#sales')) ?? '', /Proposal &lt;2&gt;/u);
		assert.match(texts.find((text) => text.startsWith('#stock')) ?? '', /: 3 /u);
		const rows = fakeServices.google.getDisplayedRows('Expenses');
		assert.equal(rows.length, 2);
		assert.ok(rows[1]?.includes(String(expense?.['expenseNo'])), String(rows[1]));
		const conversions = n8nServer.getApiRequests(count).filter(({ path }) => path.endsWith('/convert-to-salesorder'));
		assert.deepEqual(
			conversions.map(({ path }) => decodeURIComponent(path).includes(String(quotation?.['quotationNo']))),
			[true],
		);
		const [welcomeEvent, ...otherEvents] = n8nServer.sandbox.store.findEvents(String(customer?.['customerCode']));
		assert.deepEqual([welcomeEvent?.eventName, otherEvents], ['Welcome ร้านใหม่', []]);
		const tomorrow = getBangkokNow().plus({ days: 1 }).toISODate();
		assert.equal(welcomeEvent?.eventDate, `${tomorrow}T09:00:00+0700`);
	});

	test("adds last month's events as rows, and only new ones on the second run", async () => {
		const id = 'events-of-last-month-to-sheet';
		const { google } = fakeServices;
		await assignCredentials(id);
		// Codes that a sheet would turn into numbers or formulas.
		const codes = ['C000201', '00055', 'ลูกค้า 1', '=A1'];
		const month = getLastMonth();
		for (const code of ['00055', 'ลูกค้า 1', '=A1']) n8nServer.sandbox.store.ensureCustomer(code);
		const first = createEvent('00055', month, '=SUM(1,2)', 3, 'ฝนตก, "น้ำท่วม"\nสาย 10 นาที');
		createEvent('=A1', month.endOf('month'), '+66 2 123 4567');
		createEvent('=A1', month.minus({ seconds: 1 }), 'The month before');
		const expected = () => listRows(codes, month);
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
		await executeExample(id, 'On the first of each month');
		const [head, ...rows] = google.getDisplayedRows('Events');
		assert.equal(head?.join(), columns);
		assert.deepEqual(rows, expected());
		assert.ok(rows.length >= 4, `${rows.length} rows`);

		await executeExample(id, 'On the first of each month');
		assert.deepEqual(google.getDisplayedRows('Events').slice(1), rows);
		Object.assign(n8nServer.sandbox.store.updateEvent(first, { eventName: 'Changed' }), { description: null });
		const addedEventId = createEvent('00055', month.plus({ days: 3 }), 'นัดใหม่');
		await executeExample(id, 'On the first of each month');
		const sortById = (list: unknown[][]): unknown[][] =>
			list.toSorted((left, right) => Number(left[0]) - Number(right[0]));
		assert.deepEqual(sortById(google.getDisplayedRows('Events').slice(1)), sortById(expected()));
		assert.equal(google.getDisplayedRows('Events').at(-1)?.[0], String(addedEventId));
	});

	describe('last month in an Excel file', () => {
		const header = ['Date', 'Customer Code', 'Customer Name', 'Event Type', 'Event', 'Description'];
		/**
		 * Executes a copy of the example, in which n8n's own nodes read the file.
		 * @param codes - Customer codes that a user pastes
		 */
		const executeWithReaders = async (codes: string): Promise<FinishedExecution> => {
			const path = 'workflows/events-of-last-month-to-excel';
			const example = await n8nServer.rest.requestData<WorkflowDefinition>('GET', path);
			const codesNode = example.nodes.find(({ name }) => name === 'Customer codes');
			const { assignments } = codesNode?.parameters['assignments'] as { assignments: Array<{ value: string }> };
			for (const assignment of assignments) assignment.value = codes;
			const readerLinks = FILE_READERS.map(({ name }) => ({ node: name, type: 'main', index: 0 }));
			const id = await n8nServer.rest.save({
				...example,
				name: 'Reads the Excel file',
				nodes: [...example.nodes, ...FILE_READERS],
				connections: { ...example.connections, 'Create Excel file': { main: [readerLinks] } },
			});
			return await n8nServer.rest.executeAndWait(id, 'When clicking ‘Execute workflow’');
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
				listRows([code], getLastMonth())
					.toSorted((left, right) => String(left[2]).localeCompare(String(right[2])))
					.map(([, , date = '', typeName, eventName, description]) => [
						date.slice(0, 16).replace('T', ' '),
						code,
						n8nServer.sandbox.store.customers.get(code)?.customerName,
						typeName,
						eventName,
						description,
					]),
			);

		test('contains the events of all customers', async () => {
			const month = getLastMonth();
			createEvent('C000349', month.endOf('month'), 'Last second');
			createEvent('C000349', month, '=SUM(1,2)', 3, 'ฝนตก, "น้ำท่วม"\nสาย 10 นาที');
			createEvent('C000349', month.minus({ seconds: 1 }), 'The month before');
			createEvent('C000349', month.plus({ months: 1 }), 'This month');
			const customers = n8nServer.sandbox.records.customers.find({ customerType: 11300 });
			const codes = customers.map(({ customerCode }) => String(customerCode));
			const { fileNames, rows } = await readFile();
			assert.deepEqual(fileNames, [`events-${month.toFormat('yyyy-MM')}.xlsx`]);
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
			const rowsOfTwo = [header, ...listFileRows(['L000308', 'C000349'])];
			assert.ok(rowsOfTwo.length > 4, `${rowsOfTwo.length} rows`);
			assert.deepEqual((await readFile('L000308\nC000349\n\nL000308\n')).rows, rowsOfTwo);
			assert.deepEqual((await readFile(' ลูกค้า 1, C000349 ')).rows, [
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
		/** Returns the messages pushed since the last call. */
		const takePushedMessages = () => fakeServices.line.pushedMessages.splice(0);

		test("sends one message with yesterday's events and the names in the sheet", async () => {
			await assignCredentials(id);
			const [first = '', second = '', third = ''] = n8nServer.sandbox.store.seedCustomers(3, 0, 'A&B');
			fakeServices.google.setRows('Customers', [
				['customerCode', 'customerName'],
				[first, 'Fish & Chips'],
				[second, 'บริษัท สยาม จำกัด'],
				[third],
				[first, 'Again'],
			]);
			const yesterday = getBangkokNow().minus({ days: 1 }).startOf('day');
			createEvent(first, yesterday.plus({ hours: 15 }), 'โทรติดตาม <ด่วน>', 3);
			createEvent(first, yesterday, 'Midnight call', 2);
			createEvent(first, yesterday.minus({ seconds: 1 }), 'The day before');
			createEvent(second, yesterday.minus({ days: 7 }), 'The week before');
			createEvent(third, yesterday.endOf('day'), 'Last second');
			createEvent(third, yesterday.plus({ days: 1 }), 'Today');
			await executeExample(id, 'Every morning');
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
			assert.deepEqual(takePushedMessages(), [{ to: fakeServices.line.recipient, text: lines.join('\n') }]);
		});

		test('shortens a message that LINE would reject, and sends none without events', async () => {
			const [busy = '', quiet = ''] = n8nServer.sandbox.store.seedCustomers(2, 0, 'LONG');
			fakeServices.google.setRows('Customers', [
				['customerCode', 'customerName'],
				[busy, 'Busy'],
			]);
			const noon = getBangkokNow().minus({ days: 1 }).startOf('day').plus({ hours: 12 });
			for (let count = 0; count < 30; count++) createEvent(busy, noon, '👍'.repeat(100));
			await executeExample(id, 'Every morning');
			const [{ text = '' } = {}, ...others] = takePushedMessages();
			assert.deepEqual(others, []);
			assert.match(text, /^Events of .*: 30\n\nBusy\n12:00 {2}Meeting: 👍/u);
			assert.equal(text.length, 5_000);
			fakeServices.google.setRows('Customers', [['customerCode'], [quiet]]);
			await executeExample(id, 'Every morning');
			assert.deepEqual(takePushedMessages(), []);
		});
	});

	test("counts last month's quotations per salesperson, by name", async () => {
		const id = 'quotations-per-salesperson';
		await assignCredentials(id);
		const { quotations } = n8nServer.sandbox.records;
		quotations.fill(0);
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
		fakeServices.google.setRows('Quotations', [['id']]);
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
		await executeExample(id, 'On the first of each month');
		assert.deepEqual(fakeServices.google.getDisplayedRows('Quotations'), rows);
		assert.deepEqual(takePostedMessages(), [{ channel: '#sales', text }]);
		await sleep(1_000);
		await executeExample(id, 'On the first of each month');
		assert.deepEqual(fakeServices.google.getDisplayedRows('Quotations'), rows);
		assert.deepEqual(takePostedMessages(), [{ channel: '#sales', text }]);
	});

	test('lists customers without a visit in 30 days per salesperson', async () => {
		const id = 'customers-without-events-to-slack';
		await assignCredentials(id);
		const codes = n8nServer.sandbox.store.seedCustomers(5, 2, 'QUIET');
		const [first = '', second = '', third = '', fourth = '', fifth = ''] = codes;
		fakeServices.google.setRows('Customers', [
			['customerCode', 'customerName', 'salesperson'],
			[first, 'ร้านทอง <สาขา 2>', 'สมหญิง'],
			[second, 'Busy', 'Somchai'],
			[third, '', 'A & B'],
			[fourth, 'Nobody visits'],
			[fifth, 'Far away', 'สมหญิง'],
			[first, 'Again', 'Somchai'],
		]);
		createEvent(second, getBangkokNow().minus({ days: 20 }), 'Call');
		createEvent(third, getBangkokNow().minus({ days: 35 }), 'Too long ago');
		await executeExample(id, 'Every Monday');
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
		assert.deepEqual(takePostedMessages(), [{ channel: '#customers', text }]);
		for (const code of codes) createEvent(code, getBangkokNow(), 'Call');
		await executeExample(id, 'Every Monday');
		assert.deepEqual(takePostedMessages(), []);
	});

	describe('form', () => {
		const id = 'form-to-customer-event';
		before(async () => {
			await assignCredentials(id);
			await n8nServer.rest.publish(id);
		});
		after(async () => await n8nServer.rest.unpublish(id));
		/** Submits the form as a browser does, with CR LF as line breaks. */
		const submitForm = async (...fieldValues: string[]): Promise<Response> => {
			const formUrl = `${n8nServer.url}/form/new-customer-event`;
			// n8n publishes before it listens for the form.
			for (let attemptsLeft = 50; attemptsLeft > 0 && !(await fetch(formUrl)).ok; attemptsLeft--) await sleep(100);
			const body = new FormData();
			for (const [index, answer] of fieldValues.entries()) body.append(`field-${index}`, answer);
			return await fetch(formUrl, { method: 'POST', body });
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
			assertSucceeded(await n8nServer.rest.waitForNewestExecution(id, 1));
			const { customerCode, eventName, eventType, eventDate, description } =
				n8nServer.sandbox.store.events.find(({ eventName }) => eventName.startsWith('โทร "')) ?? {};
			assert.deepEqual(
				[customerCode, eventName, eventType, eventDate, description],
				['C000412', 'โทร "ด่วน" & นัดหมาย', 3, '2027-01-05T09:30:00+0700', 'บรรทัด 1\r\nline 2'],
			);
		});

		test('requires neither time nor description', async () => {
			assert.equal((await submitForm('C000412', 'Meeting', 'Bare', '2027-01-06', '', '')).status, 200);
			assertSucceeded(await n8nServer.rest.waitForNewestExecution(id, 2));
			assert.equal(
				n8nServer.sandbox.store.events.find(({ eventName }) => eventName === 'Bare')?.eventDate,
				'2027-01-06T09:00:00+0700',
			);
		});

		test('creates nothing for an unknown event type and reports it', async () => {
			const count = n8nServer.sandbox.store.events.length;
			const answer = await submitForm('C000412', 'No such type', 'Lost', '2027-01-07', '', '');
			assert.notEqual(answer.status, 200);
			const { status, error } = await n8nServer.rest.waitForNewestExecution(id, 3);
			assert.equal(status, 'error');
			assert.match(error?.message ?? '', /Event Type/u);
			assert.equal(n8nServer.sandbox.store.events.length, count);
		});
	});

	test('an existing name does not block other form responses, and the existing customer stays unchanged', async () => {
		const countBefore = n8nServer.requestCount;
		const body = { data: null, status: { code: '1001', description: 'Customer name already exists' } };
		n8nServer.sandbox.addFault({ match: { operationId: 'upsertCustomer' }, answer: { status: 400, body } });
		const { items } = await executeExample('customers-of-a-form', 'When clicking ‘Execute workflow’');
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
			['Lanna Coffee Roasters', 'Isan Rice Mill'],
		);
		assert.deepEqual(sent.flatMap(({ AnswerBy }) => AnswerBy ?? []).sort(), [
			'Chao Phraya Trading Co., Ltd.',
			'Isan Rice Mill',
		]);
	});

	test('replaces the rows with the products of sales orders on each run', async () => {
		const id = 'sales-orders-to-sheet';
		const { google } = fakeServices;
		await assignCredentials(id);
		google.setRows('Orders', [['salesOrderNo'], ['SO24090001']]);
		google.setRows('Lines', [['Old'], ['row'], ['row'], ['row']]);
		const rows = (): unknown[][] =>
			google.getDisplayedRows('Lines').map((row) => [row[0], row[3], row[4], row[5], row[12]]);
		const expected = [
			['salesOrderNo', 'productCode', 'productName', 'qty', 'totalPrice'],
			['SO24090001', 'PD002', 'Example', '2', '1600'],
			['SO24090001', 'PD003', 'ของแถม', '1', '0'],
		];
		await executeExample(id, 'When clicking ‘Execute workflow’');
		assert.deepEqual(rows(), expected);
		await executeExample(id, 'When clicking ‘Execute workflow’');
		assert.deepEqual(rows(), expected);
		google.setRows('Orders', [['salesOrderNo'], ['SO24090001'], ['NOPE']]);
		const { status, error } = await n8nServer.rest.executeAndWait(id, 'When clicking ‘Execute workflow’');
		assert.equal(status, 'error');
		assert.match(`${error?.message} ${error?.description}`, /NOPE/u);
		assert.deepEqual(rows(), expected);
	});

	test('sends stock levels in one request and writes the result to each row', async () => {
		const id = 'stock-of-sheet-to-venio';
		const { google } = fakeServices;
		await assignCredentials(id);
		google.setRows('Stock', [
			['productCode', 'name', 'qty', 'result'],
			['A001', 'น้ำ', 20, 'Check: of last time'],
			['NOPE', '', 5],
			[],
			[1001, '', 0],
			['A002', 'ไม่มีจำนวน', ''],
		]);
		const countBefore = n8nServer.requestCount;
		await executeExample(id, 'When clicking ‘Execute workflow’');
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
		assert.deepEqual(
			fakeServices.violations.map((violation) => violation.replace(/^.*: /u, '')),
			['Request had invalid authentication credentials.'],
		);
	});
}
