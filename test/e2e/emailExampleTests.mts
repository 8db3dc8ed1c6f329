import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { DateTime } from 'luxon';
import { getBangkokNow, getLastMonth, type ExampleServer } from './exampleServer.mts';
import { readExcelFile } from './excelFile.mts';
import type { Email } from './mailbox.mts';

/** Text that would change an email if it were not escaped. */
const EVIL_NAME = '<b>Evil</b> & "Co" <script>alert(1)</script>';

/** Formats an amount as the examples do. */
export const formatAmount = (amount: number): string =>
	amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Returns the only new email, and keeps a picture of it. */
export async function takeOnlyEmail(exampleServer: ExampleServer, pictureName: string): Promise<Email> {
	const [email, ...others] = await exampleServer.mailbox.takeEmails();
	assert.ok(email, 'There is no email');
	assert.deepEqual(others, []);
	await exampleServer.emailPictures?.take(pictureName, email);
	return email;
}

/**
 * Counts last week's events of each salesperson over the data of the sandbox.
 * @returns per salesperson the name, the customers with an event, all customers, and the events
 */
function countPerSalesperson({ sandbox }: ExampleServer): string[] {
	const monday = getBangkokNow().minus({ weeks: 1 }).startOf('week');
	const range = {
		from: monday.toFormat("yyyy-MM-dd'T'HH:mm:ss"),
		to: monday.endOf('week').toFormat("yyyy-MM-dd'T'HH:mm:ss"),
	};
	const groups = new Map<string, number[]>();
	for (const { customerCode, customerOwnersStr } of sandbox.records.customers.find({ customerType: 11300 })) {
		const name = (customerOwnersStr as string[]).join(', ') || 'No salesperson';
		const events = sandbox.store.findEvents(String(customerCode), range);
		groups.set(name, [...(groups.get(name) ?? []), events.length]);
	}
	return [...groups].map(([name, counts]) => {
		const eventCount = counts.reduce((sum, count) => sum + count, 0);
		return `${name} ${counts.filter(Boolean).length} of ${counts.length} ${eventCount}`;
	});
}

/** Defines the tests of the reports that end in an email. */
export function defineEmailExampleTests(getExampleServer: () => ExampleServer, isNewest: boolean): void {
	let exampleServer: ExampleServer;
	before(() => {
		exampleServer = getExampleServer();
	});

	test("emails last week's events per salesperson, including those without events", async () => {
		const id = 'visits-per-salesperson-by-email';
		await exampleServer.assignCredentials(id);
		const execute = async (pictureName: string): Promise<Email> => {
			await exampleServer.execute(id, 'Every Monday');
			return await takeOnlyEmail(exampleServer, pictureName);
		};
		const emailOfSeedData = await execute(`${id}-seed`);
		if (process.argv.includes('--pictures')) await exampleServer.emailPictures?.takeForReadme(emailOfSeedData);
		const monday = getBangkokNow().minus({ weeks: 1 }).startOf('week');
		const addCustomer = (customerCode: string, owners: string[]): void => {
			exampleServer.sandbox.store.ensureCustomer(customerCode);
			exampleServer.sandbox.records.customers.create({
				customerCode,
				customerName: customerCode,
				customerType: 11300,
				customerOwnersStr: owners,
			});
		};
		addCustomer('OWNER-1', [EVIL_NAME]);
		addCustomer('OWNER-2', []);
		addCustomer('OWNER-3', ['สมหญิง ใจดี', 'Somchai Jaidee']);
		exampleServer.createEvent('OWNER-2', monday, 'First second');
		exampleServer.createEvent('OWNER-2', monday.endOf('week'), 'Last second');
		exampleServer.createEvent('OWNER-3', monday.minus({ seconds: 1 }), 'Too early');
		exampleServer.createEvent('OWNER-3', monday.plus({ weeks: 1 }), 'Too late');
		const email = await execute(id);
		const expectedRows = countPerSalesperson(exampleServer);
		assert.ok(expectedRows.includes(`${EVIL_NAME} 0 of 1 0`));
		assert.ok(expectedRows.includes('No salesperson 1 of 1 2'));
		const day = getBangkokNow().toFormat('d LLL yyyy');
		const eventCount = expectedRows.reduce((sum, row) => sum + Number(row.split(' ').at(-1)), 0);
		assert.equal(email.subject, `Customer events last week: ${eventCount} (as of ${day})`);
		assert.deepEqual(email.to, ['PASTE-THE-RECIPIENTS@example.com']);
		const head = `Customer events per salesperson Period: last week, as of ${day} Salesperson Customers with an event Events `;
		assert.ok(email.text.startsWith(head), email.text);
		const rows =
			email.text
				.slice(head.length)
				.match(/.+? \d+ of \d+ \d+(?= |$)/gu)
				?.map((row) => row.trim()) ?? [];
		assert.match(rows.pop() ?? '', new RegExp(`^Total \\d+ of \\d+ ${eventCount}$`, 'u'));
		assert.deepEqual(rows.toSorted(), expectedRows.toSorted());
		const counts = rows.map((row) => Number(row.split(' ').at(-1)));
		assert.deepEqual(
			counts,
			counts.toSorted((left, right) => right - left),
		);
		// A user selects another period in one list.
		await exampleServer.assignCredentials(id, ({ name, parameters }) => {
			if (name === 'Get events') parameters['dateRange'] = 'last30Days';
		});
		assert.match((await execute(`${id}-30-days`)).subject, /^Customer events last 30 days: \d+ /u);
		await exampleServer.assignCredentials(id, ({ name, parameters }) => {
			if (name === 'Get events')
				Object.assign(parameters, { dateRange: 'custom', dateFrom: '2026-01-01', dateTo: '2026-01-14T00:00:00' });
		});
		const { subject, text } = await execute(`${id}-dates`);
		assert.match(subject, /^Customer events 2026-01-01 to 2026-01-14: \d+ /u);
		assert.match(text, /Period: 2026-01-01 to 2026-01-14, as of/u);
	});

	test("emails last month's expenses with their details as an Excel file, and a sentence if there are none", async () => {
		const id = 'expenses-of-last-month-by-email';
		await exampleServer.assignCredentials(id, ({ name, parameters }) => {
			// As the note of the example says for n8n 1, whose node has no separate option for files.
			if (name === 'Send file' && !isNewest) parameters['options'] = { attachments: 'data', appendAttribution: false };
		});
		const month = getLastMonth();
		const { expenses } = exampleServer.sandbox.records;
		const expected = expenses.records.filter(({ dateTransaction }) =>
			DateTime.fromISO(String(dateTransaction)).setZone('Asia/Bangkok').hasSame(month, 'month'),
		);
		assert.ok(expected.length > 10);
		const { items } = await exampleServer.execute(id, 'On the first of each month');
		const listNumbers = (rows: Array<Record<string, unknown>>) =>
			rows.map(({ expenseId }) => Number(expenseId)).toSorted();
		assert.deepEqual(listNumbers(items('Get expenses')), listNumbers(expected));
		const amounts = items('Get details').map(({ amount }) => Number(amount));
		const email = await takeOnlyEmail(exampleServer, id);
		const title = `Expenses of ${month.toFormat('LLLL yyyy')}`;
		const total = formatAmount(amounts.reduce((sum, amount) => sum + amount, 0));
		assert.equal(email.subject, title);
		assert.equal(email.text, `${title} ${amounts.length} rows, ${total} baht in total. The Excel file is attached.`);
		const [attachment] = email.attachments;
		assert.equal(attachment?.fileName, `expenses-${month.toFormat('yyyy-MM')}.xlsx`);
		const rows = readExcelFile(attachment?.content ?? Buffer.alloc(0));
		const columns = ['Date', 'Number', 'Employee', 'Subject', 'Type', 'Amount'];
		assert.deepEqual(Object.keys(rows[0] ?? {}).slice(0, 6), columns);
		assert.deepEqual(rows.map(({ Amount }) => Amount).toSorted(), amounts.toSorted());

		// GoFive may group the expenses by status.
		exampleServer.sandbox.setBehaviour({ groupsRows: true });
		const grouped = await exampleServer.execute(id, 'On the first of each month');
		exampleServer.sandbox.setBehaviour({ groupsRows: false });
		assert.deepEqual(listNumbers(grouped.items('Get expenses')), listNumbers(expected));
		assert.equal((await takeOnlyEmail(exampleServer, `${id}-groups`)).text, email.text);

		const { records } = expenses;
		expenses.records = [];
		try {
			await exampleServer.execute(id, 'On the first of each month');
		} finally {
			expenses.records = records;
		}
		const emptyEmail = await takeOnlyEmail(exampleServer, `${id}-empty`);
		assert.equal(emptyEmail.text, `${title} There were no expenses. The Excel file contains only the headings.`);
		// The email has a file anyway, because a Gmail or Outlook node fails without one. Its only row has empty values.
		const emptyRows = readExcelFile(emptyEmail.attachments[0]?.content ?? Buffer.alloc(0));
		assert.deepEqual(emptyRows, [{ Date: '', Employee: '', Subject: '', Type: '', Note: '' }]);
	});

	test('a salesperson with a password downloads the current price list', async () => {
		const id = 'price-list-from-a-link';
		await exampleServer.assignCredentials(id);
		await exampleServer.rest.publish(id);
		const url = `${exampleServer.n8nServer.url}/webhook/price-list`;
		const denied = await exampleServer.n8nServer.fetchPublished(url);
		assert.ok([401, 403].includes(denied.status), String(denied.status));
		const response = await exampleServer.n8nServer.fetchPublished(url, { headers: exampleServer.basicAuthHeader });
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
		await exampleServer.rest.unpublish(id);
	});

	test('emails which workflow and node failed, and why', async () => {
		const id = 'report-fails-or-does-not-run';
		await exampleServer.assignCredentials(id);
		await exampleServer.rest.publish(id);
		await exampleServer.runFailingWorkflow('Sales <report> & more', id);
		await exampleServer.n8nServer.waitFor(
			'the error workflow has ended',
			async () => (await exampleServer.rest.listEndedExecutions(id)).length > 0,
		);
		const email = await takeOnlyEmail(exampleServer, id);
		assert.match(email.subject, /^Workflow failed: Sales <report> & more \(\d+ \w+ \d{4}, \d\d:\d\d\)$/u);
		assert.match(
			email.text,
			/^Workflow failed: Sales <report> & more .* GoFive : .*Customer not found.*NOPE.*Open the execution$/u,
		);
		assert.match(email.html, /<a href="http:\/\/[^"]+\/executions?\//u);
		await exampleServer.rest.unpublish(id);
	});
}
