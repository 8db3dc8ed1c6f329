import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DateTime } from 'luxon';
import { formatThaiTime } from '../../sandbox/seed/seedCalendar.mts';
import { REJECTED } from '../../scripts/supportModules.mts';
import { formatWeek, getBangkokNow, getLastMonth } from './bangkokTime.mts';
import { TAKES_PICTURES } from './editorPage.mts';
import { createFileAttachment, EVIL_TEXT, formatNumber, type ExampleServer } from './exampleServer.mts';
import { readExcelFile } from './excelFile.mts';
import type { Email } from './mailbox.mts';

/** Field of the report per salesperson that is not yet a column. */
const SPARE_FIELD = 'customerCount';

/** Builds the row of a salesperson from the numbers of events in the week before and last week, without the bar. */
function buildSalespersonRow(name: string, before: number, events: number): string[] {
	const percent = before === 0 ? '–' : String(Math.round((1000 * (events - before)) / before) / 10);
	return [name, String(before), String(events), `${events - before} (${percent} %)`];
}

/** Counts the events of each salesperson in the week before and last week over the data of the sandbox. */
function countPerSalesperson({ sandbox }: ExampleServer): string[][] {
	const monday = getBangkokNow().minus({ weeks: 1 }).startOf('week');
	const groups = new Map<string, [before: number, events: number]>();
	for (const { customerCode, customerOwnersStr } of sandbox.records.customers.find({ customerType: 11300 })) {
		const countEvents = (start: DateTime): number => {
			const range = { DateFrom: formatThaiTime(start), DateTo: formatThaiTime(start.endOf('week')) };
			return sandbox.records.customerEvents.find({ customerCode, ...range }).length;
		};
		const name = ((customerOwnersStr ?? []) as string[]).join(', ') || 'No owner in Venio';
		const [before, events] = groups.get(name) ?? [0, 0];
		groups.set(name, [before + countEvents(monday.minus({ weeks: 1 })), events + countEvents(monday)]);
	}
	return [...groups].map(([name, counts]) => buildSalespersonRow(name, ...counts));
}

/** Defines the tests of the reports that end in an email. */
export function defineEmailExampleTests(exampleServer: ExampleServer, isNewest: boolean): void {
	const attachFile = createFileAttachment(isNewest);

	test("emails last week's events per salesperson, including those without events", async () => {
		const id = 'visits-per-salesperson-by-email';
		await exampleServer.prepareExample(id);
		const execute = async (pictureName: string): Promise<Email> => {
			await exampleServer.executeExample(id, 'Every Monday');
			return await exampleServer.takeOnlyEmail(pictureName);
		};
		const emailOfSeedData = await execute(`${id}-seed`);
		if (TAKES_PICTURES) await exampleServer.emailPictures?.takeForReadme(emailOfSeedData);
		const monday = getBangkokNow().minus({ weeks: 1 }).startOf('week');
		const addCustomer = (customerCode: string, owners: string[]): void => {
			exampleServer.sandbox.records.customers.create({
				customerCode,
				customerName: customerCode,
				customerType: 11300,
				customerOwnersStr: owners,
			});
		};
		addCustomer('OWNER-1', [EVIL_TEXT]);
		addCustomer('OWNER-2', []);
		addCustomer('OWNER-3', ['สมหญิง ใจดี', 'Somchai Jaidee']);
		exampleServer.createEvent('OWNER-2', monday, 'First second');
		exampleServer.createEvent('OWNER-2', monday.endOf('week'), 'Last second');
		exampleServer.createEvent('OWNER-3', monday.minus({ seconds: 1 }), 'Too early');
		exampleServer.createEvent('OWNER-3', monday.plus({ weeks: 1 }), 'Too late');
		exampleServer.createEvent('C000055', monday.minus({ weeks: 1, seconds: 1 }), 'Before both weeks');
		const countBefore = exampleServer.requestCount;
		const email = await execute(id);
		const requests = exampleServer.countRequests(countBefore);
		const expectedRows = countPerSalesperson(exampleServer);
		const [header, ...rows] = email.rows;
		assert.deepEqual(header, ['Salesperson', 'Before', 'Events', 'Change']);
		const maximum = Math.max(...expectedRows.map(([, , events]) => Number(events)));
		const addBar = ([name, before, events, change]: string[]): string[] => {
			const bar = events === '0' ? '' : '█'.repeat(Math.max(1, Math.round((12 * Number(events)) / maximum)));
			return [`${name} ${bar}`.trim(), before, events, change].map(String);
		};
		assert.deepEqual(rows.toSorted(), expectedRows.map(addBar).toSorted());
		assert.ok(rows.some(([name]) => name === EVIL_TEXT));
		const withoutOwner = rows.find(([name]) => name?.startsWith('No owner in Venio █'));
		assert.deepEqual(withoutOwner?.slice(1), ['0', '2', '2 (– %)']);
		// The biggest drop is first.
		const changes = rows.map(([, before, events]) => Number(events) - Number(before));
		assert.deepEqual(
			changes,
			changes.toSorted((left, right) => left - right),
		);
		const eventCount = rows.reduce((sum, [, , events]) => sum + Number(events), 0);
		assert.equal(email.subject, `Customer events, ${formatWeek(monday)}: ${eventCount}`);
		assert.deepEqual(email.to, ['PASTE-THE-RECIPIENTS@example.com']);
		const title = `Customer events, ${formatWeek(monday)} Before: ${formatWeek(monday.minus({ weeks: 1 }))} Salesperson `;
		assert.ok(email.text.startsWith(title), email.text);
		const end = ' The salesperson is the owner of the customer. Customers that could not be read: 0';
		assert.ok(email.text.endsWith(end), email.text);
		const customerCount = exampleServer.sandbox.records.customers.find({ customerType: 11300 }).length;
		// The second request for customers finds no further ones.
		assert.deepEqual(requests, { findCustomers: 2, getCustomerEvents: customerCount });
	});

	test('a page of another origin can neither read nor delete the emails', async () => {
		const id = 'visits-per-salesperson-by-email';
		await exampleServer.prepareExample(id);
		await exampleServer.executeExample(id, 'Every Monday');
		await exampleServer.waitForEmail();
		await exampleServer.mailbox.assertPrivate();
	});

	test('the email names the period that is selected in Date Range', async () => {
		const id = 'visits-per-salesperson-by-email';
		const month = getLastMonth();
		const formatMonth = (start: DateTime): string => `1 to ${start.endOf('month').toFormat('d LLL yyyy')}`;
		await exampleServer.prepareExample(id, ({ name, parameters }) => {
			if (name === 'Get events') parameters['dateRange'] = 'lastMonth';
		});
		await exampleServer.executeExample(id, 'Every Monday');
		const email = await exampleServer.takeOnlyEmail(`${id}-lastMonth`);
		assert.ok(email.subject.startsWith(`Customer events, ${formatMonth(month)}: `), email.subject);
		const periods = `Customer events, ${formatMonth(month)} Before: ${formatMonth(month.minus({ months: 1 }))} `;
		assert.ok(email.text.startsWith(periods), email.text);
	});

	test('a field that is dragged into the columns becomes a column of the email', async () => {
		const id = 'visits-per-salesperson-by-email';
		const addedColumn = { id: 'added', name: 'จน. ลูกค้า', value: `={{ $json.${SPARE_FIELD} }}`, type: 'number' };
		await exampleServer.prepareExample(id, ({ name, parameters }) => {
			if (name !== 'Columns of the report') return;
			(parameters['assignments'] as { assignments: object[] }).assignments.push(addedColumn);
		});
		const monday = getBangkokNow().minus({ weeks: 1 }).startOf('week');
		exampleServer.replaceCustomers([
			['BUSY', 'Busy'],
			['QUIET', 'Quiet'],
		]);
		for (let count = 0; count < 3; count++) exampleServer.createEvent('BUSY', monday, 'Event');
		await exampleServer.executeExample(id, 'Every Monday');
		const [email] = await exampleServer.mailbox.takeEmails();
		assert.deepEqual(
			email?.rows.map(([, ...cells]) => cells),
			[
				['Before', 'Events', 'Change', 'จน. ลูกค้า'],
				['0', '3', '3 (– %)', '1'],
			],
		);
	});

	test("emails last week's events of the other customers if some cannot be read, and says how many are missing", async () => {
		const id = 'visits-per-salesperson-by-email';
		const { sandbox } = exampleServer;
		await exampleServer.prepareExample(id);
		const rejected = ['C000055', 'C000154'];
		/** Executes the example while GoFive rejects requests. Returns the email. */
		const executeWith = async (matches: Array<Record<string, string>>, status: number, pictureName: string) => {
			sandbox.faults.clear();
			for (const match of matches) sandbox.faults.add({ match, times: 'always', answer: { status } });
			await exampleServer.executeExample(id, 'Every Monday');
			return await exampleServer.takeOnlyEmail(pictureName);
		};
		const matches = rejected.map((customerCode) => ({ operationId: 'getCustomerEvents', customerCode }));
		const email = await executeWith(matches, 400, `${id}-missing`);
		assert.match(
			email.text,
			new RegExp(`Customers that could not be read: 2 ${REJECTED}.* for customer code 'C000\\d+'`, 'u'),
		);
		const title = `${formatWeek(getBangkokNow().minus({ weeks: 1 }).startOf('week'))} (2 customers could not be read)`;
		assert.ok(email.subject.startsWith(`Customer events, ${title}: `), email.subject);
		// If no customer can be read, the email says why.
		const emptyEmail = await executeWith([{ operationId: 'findCustomers' }], 403, `${id}-unread`);
		assert.equal(emptyEmail.subject, 'Customer events, none read: 0');
		assert.match(emptyEmail.text, /^Customer events, none read Before: none read Salesperson.* None 0 0 0 \(– %\)/u);
		assert.match(emptyEmail.text, /Customers that could not be read: 1 The call quota/u);
	});

	test("emails last month's expenses with their details as an Excel file, and a sentence if there are none", async () => {
		const id = 'expenses-of-last-month-by-email';
		await exampleServer.prepareExample(id, attachFile);
		const month = getLastMonth();
		const { expenses } = exampleServer.sandbox.records;
		const expected = expenses.records.filter(({ dateTransaction }) =>
			DateTime.fromISO(String(dateTransaction)).setZone('Asia/Bangkok').hasSame(month, 'month'),
		);
		assert.ok(expected.length > 10);
		const [firstExpense] = expected;
		assert.ok(firstExpense);
		firstExpense['subject'] = EVIL_TEXT;
		const { items } = await exampleServer.executeExample(id, 'On the first of each month');
		const listNumbers = (rows: Array<Record<string, unknown>>) =>
			rows.map(({ expenseId }) => Number(expenseId)).toSorted();
		assert.deepEqual(listNumbers(items('Get expenses')), listNumbers(expected));
		const amounts = items('Get details').map(({ amount }) => Number(amount));
		const email = await exampleServer.takeOnlyEmail(id);
		const title = `Expenses of ${month.toFormat('LLL yyyy')}`;
		const total = formatNumber(amounts.reduce((sum, amount) => sum + amount, 0));
		assert.equal(email.subject, `${title}: ${total} baht`);
		assert.equal(email.text, `${title} Rows: ${amounts.length} Total: ${total} baht The Excel file is attached.`);
		const [attachment] = email.attachments;
		assert.equal(attachment?.fileName, `expenses-${month.toFormat('yyyy-MM')}.xlsx`);
		const rows = readExcelFile(attachment?.content ?? Buffer.alloc(0));
		const columns = ['Date', 'Number', 'Employee', 'Subject', 'Type', 'Amount'];
		assert.deepEqual(Object.keys(rows[0] ?? {}).slice(0, 6), columns);
		assert.deepEqual(rows.map(({ Amount }) => Amount).toSorted(), amounts.toSorted());
		assert.ok(rows.some(({ Subject }) => Subject === EVIL_TEXT));

		// GoFive may group the expenses by status.
		exampleServer.sandbox.setBehaviour({ groupsRows: true });
		const grouped = await exampleServer.executeExample(id, 'On the first of each month');
		exampleServer.sandbox.setBehaviour({ groupsRows: false });
		assert.deepEqual(listNumbers(grouped.items('Get expenses')), listNumbers(expected));
		assert.equal((await exampleServer.takeOnlyEmail(`${id}-groups`)).text, email.text);

		expenses.records = [];
		await exampleServer.executeExample(id, 'On the first of each month');
		const emptyEmail = await exampleServer.takeOnlyEmail(`${id}-empty`);
		assert.equal(emptyEmail.text, `${title} Rows: 0 Total: 0 baht The Excel file is attached.`);
		// The email has a file anyway, because a Gmail or Outlook node fails without one. Its only row has empty values.
		const emptyRows = readExcelFile(emptyEmail.attachments[0]?.content ?? Buffer.alloc(0));
		assert.deepEqual(emptyRows, []);
	});

	test("emails last quarter's won deals with their owners as an Excel file, and 0 if there are none", async () => {
		const id = 'won-deals-of-last-quarter-by-email';
		const trigger = 'On the first of each quarter';
		await exampleServer.prepareExample(id, attachFile);
		const quarter = getBangkokNow().minus({ quarters: 1 }).startOf('quarter');
		const title = `Won deals of Q${quarter.toFormat('q yyyy')}`;
		await exampleServer.executeExample(id, trigger);
		const emptyEmail = await exampleServer.takeOnlyEmail(`${id}-empty`);
		assert.equal(emptyEmail.subject, `${title}: 0 baht`);
		assert.match(emptyEmail.text, /Deals: 0\. Value: 0 baht\./u);
		const { customers, deals } = exampleServer.sandbox.records;
		customers.create({
			customerCode: 'WON-1',
			customerName: EVIL_TEXT,
			customerType: 11300,
			customerOwnersStr: ['สมหญิง ใจดี', 'Somchai Jaidee'],
		});
		const create = (expectedCloseDate: DateTime, dealsValue: number, statusName = 'Won', customerCode = 'WON-1') =>
			void deals.create({
				customerCode,
				customerName: EVIL_TEXT,
				dealsName: EVIL_TEXT,
				dealStageName: 'ปิดการขาย',
				dealStageId: 13,
				dealsValue,
				statusName,
				expectedCloseDate: formatThaiTime(expectedCloseDate),
			});
		create(quarter, 1000);
		create(quarter.endOf('quarter'), 234.5);
		create(quarter.plus({ days: 1 }), 100, 'Won', 'UNKNOWN');
		create(quarter.plus({ days: 1 }), 7777, 'Open');
		create(quarter.minus({ seconds: 1 }), 8888);
		create(quarter.plus({ quarters: 1 }), 9999);
		await exampleServer.executeExample(id, trigger);
		const email = await exampleServer.takeOnlyEmail(id);
		assert.equal(email.subject, `${title}: 1,334.5 baht`);
		assert.ok(email.text.startsWith(`${title} by expected close date. Deals: 3. Value: 1,334.5 baht.`), email.text);
		const rows = readExcelFile(email.attachments[0]?.content ?? Buffer.alloc(0));
		assert.deepEqual(Object.keys(rows[0] ?? {}), [
			'Expected Close Date',
			'Number',
			'Deal',
			'Customer',
			'Stage',
			'Owner of the customer',
			'Value',
		]);
		const [owner, ...otherOwners] = rows
			.toSorted((left, right) => Number(right['Value']) - Number(left['Value']))
			.map((row) => row['Owner of the customer']);
		assert.equal(owner, 'สมหญิง ใจดี, Somchai Jaidee');
		assert.equal(otherOwners[0], owner);
		// A row whose customer cannot be read shows the message in place of the owner.
		assert.match(String(otherOwners[1]), /Customer not found/u);
		assert.deepEqual(
			[rows[0]?.['Deal'], rows[0]?.['Customer'], rows[0]?.['Stage']],
			[EVIL_TEXT, EVIL_TEXT, 'ปิดการขาย'],
		);
	});

	test('a salesperson with a password downloads the current price list', async () => {
		const id = 'price-list-from-a-link';
		exampleServer.sandbox.records.products.create({ productCode: 'EVIL', productName: EVIL_TEXT });
		await exampleServer.prepareExample(id);
		await exampleServer.rest.publish(id);
		const url = `${exampleServer.url}/webhook/price-list`;
		const denied = await exampleServer.fetchPublished(url);
		assert.ok([401, 403].includes(denied.status), String(denied.status));
		const response = await exampleServer.fetchPublished(url, { headers: exampleServer.basicAuthHeader });
		assert.equal(
			response.headers.get('content-disposition'),
			`attachment; filename=price-list-${getBangkokNow().toISODate()}.xlsx`,
		);
		const rows = readExcelFile(Buffer.from(await response.arrayBuffer()));
		assert.ok(rows.length > 5, String(rows.length));
		assert.deepEqual(Object.keys(rows[0] ?? {}).slice(0, 5), [
			'Product Code',
			'Product Name',
			'Unit',
			'Price Tier',
			'Regular Price',
		]);
		assert.ok(rows.some(({ Unit }) => Unit === 'ถุง'));
		assert.ok(rows.some((row) => row['Product Name'] === EVIL_TEXT));
	});

	test('emails which workflow and node failed, and why', async () => {
		const id = 'report-fails-or-does-not-run';
		await exampleServer.prepareExample(id);
		await exampleServer.rest.publish(id);
		await exampleServer.runFailingWorkflow(`Sales ${EVIL_TEXT}`, id);
		await exampleServer.waitForEmail();
		const email = await exampleServer.takeOnlyEmail(id);
		const title = `Workflow failed: Sales ${EVIL_TEXT} `;
		assert.ok(email.subject.startsWith(title) && email.text.startsWith(title), email.text);
		assert.match(email.subject, / \(\d+ \w+ \d{4}, \d\d:\d\d\)$/u);
		assert.match(
			email.text.slice(title.length),
			/^Node: GoFive .*Customer not found.*NOPE.* http:\/\/\S+\/executions?\/\S+$/u,
		);
	});
}
