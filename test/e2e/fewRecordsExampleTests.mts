import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DateTime, DurationLike } from 'luxon';
import type { SandboxRecord } from '../../sandbox/recordLists.mts';
import { buildEnvelope } from '../../sandbox/responses.mts';
import { formatThaiTime } from '../../sandbox/seed/seedCalendar.mts';
import { EXAMPLE_IDS } from '../../scripts/instance/exampleIds.mts';
import type { ExampleWorkflow } from '../../scripts/instance/exampleWorkflowFiles.mts';
import type { FinishedExecution } from '../../scripts/instance/restClient.mts';
import type { WorkflowNode } from '../../scripts/instance/workflowBuilder.mts';
import { formatWeek, getBangkokNow, getLastMonth } from './bangkokTime.mts';
import type { ExampleServer } from './exampleServer.mts';
import { assertSucceeded } from './n8nTestServer.mts';
import { readExcelFile } from './excelFile.mts';
import { LINE_ADDRESS, SLACK_ADDRESS, type ServiceBody } from './services.mts';

/** Records of the account: none, one, or one without an owner, dates, amounts and names. */
type Account = 'empty' | 'one' | 'bare';

/** Data of an account for an example. */
interface Case {
	/** Adds the records to the empty lists. */
	add?(server: ExampleServer, isBare: boolean): void;
	/** Returns what a person gets. Empty if nothing was sent. */
	take(server: ExampleServer, execution: FinishedExecution): Promise<string> | string;
	/** Name of a node that a person deactivates for a test, as the note says. */
	deactivated?: string;
	/** What a person gets. */
	texts: Record<Account, string>;
}

const LONGEST_BAR = '█'.repeat(12);

/** Text that a person would not understand. */
const MEANINGLESS = /NaN|null|undefined|1970|Invalid|Infinity|\[object/u;

/** Removes values of a record. */
function clearValues(record: SandboxRecord | undefined, keys: string[]): void {
	for (const key of keys) Object.assign(record ?? {}, { [key]: null });
}

const getToday = (): DateTime => getBangkokNow().startOf('day');
const formatDay = (day: DateTime): string => day.toFormat('d LLL yyyy');

/** Adds a customer, which a bare record keeps only by its code. */
function addCustomer({ sandbox }: ExampleServer, isBare: boolean): void {
	const [customer] = sandbox.records.customers.create({
		customerCode: 'ONE',
		customerName: 'Only',
		customerType: 11300,
		customerOwnersStr: ['สมหญิง ใจดี'],
		customerPhone: '021234567',
		customerEmail: 'only@example.com',
		dateCreated: formatThaiTime(getBangkokNow()),
	});
	if (isBare)
		clearValues(customer, ['customerName', 'customerPhone', 'customerEmail', 'customerOwnersStr', 'dateCreated']);
}

/** Returns a function that adds a customer with an event of some time ago. */
const addEvent =
	(age: DurationLike) =>
	(server: ExampleServer, isBare: boolean): void => {
		addCustomer(server, isBare);
		server.createEvent('ONE', getToday().minus(age).set({ hour: 9 }), 'Visit');
		const [event] = server.sandbox.records.customerEvents.records;
		if (!isBare) return;
		clearValues(event, ['eventDate', 'eventName', 'description']);
		// GoFive may return an event without a date for any range.
		server.sandbox.faults.add({
			match: { operationId: 'getCustomerEvents' },
			times: 'always',
			answer: { status: 200, body: buildEnvelope('1000', 'Success', [event]) },
		});
	};

/** Adds a deal, open unless the values say otherwise. */
function addDeal({ sandbox }: ExampleServer, isBare: boolean, values: SandboxRecord = {}): void {
	const [deal] = sandbox.records.deals.create({
		dealNo: 'D1',
		dealsName: 'Roaster',
		customerName: 'Only',
		dealStageName: 'เสนอราคา',
		dealsValue: 1000,
		probability: 50,
		expectedCloseDate: formatThaiTime(getToday().minus({ days: 2 })),
		...values,
	});
	const keys = ['dealsName', 'customerName', 'dealStageName', 'dealsValue', 'probability', 'expectedCloseDate'];
	if (isBare) clearValues(deal, keys);
}

function addProduct({ sandbox }: ExampleServer, isBare: boolean): void {
	const stock = { qty: 1, lowStockAlert: 5, trackInventory: true };
	const names = { productCode: 'P1', productName: 'Filter', productUnitName: 'pcs' };
	const [product] = sandbox.records.products.create({ ...names, ...stock });
	if (isBare) clearValues(product, ['productName', 'productUnitName', 'prices', ...Object.keys(stock)]);
}

function addQuotation({ sandbox }: ExampleServer, isBare: boolean): void {
	const [quotation] = sandbox.records.quotations.create({
		quotationDate: formatThaiTime(getLastMonth().plus({ days: 3 })),
		quotationStatus: 2,
		staffCode: 'staff01',
		subTotal: 50,
		subTotalWithDiscount: 50,
	});
	if (isBare) clearValues(quotation, ['staffCode', 'staffName', 'subTotal', 'subTotalWithDiscount']);
}

function addExpense({ sandbox }: ExampleServer, isBare: boolean): void {
	const dateTransaction = formatThaiTime(getLastMonth().plus({ days: 3 }));
	const expenseDetails = [{ expenseTypeId: 1002, amount1: isBare ? null : 860, note: null, categoryId: 3 }];
	const expense = sandbox.records.expenses.createFromRequest({ subject: 'Lunch', expenseDetails });
	Object.assign(expense, { expenseNo: 'EX1', dateTransaction });
	if (isBare) clearValues(expense, ['subject', 'createdByUserId']);
}

const takeEmail: Case['take'] = async ({ mailbox }) => {
	const emails = await mailbox.takeEmails();
	const texts = emails.map(({ subject, text }) => `${subject} | ${text}`);
	// The time of the run, and the rows of former runs, differ.
	return texts
		.join('\n')
		.replace(/, \d\d:\d\d(?= Code)/u, '')
		.replace(/ Last eight weeks .*/u, '');
};

/** Returns an email, and the cells of its Excel file. */
const takeEmailWithFile: Case['take'] = async ({ mailbox }) => {
	const [email] = await mailbox.takeEmails();
	const rows = readExcelFile(email?.attachments[0]?.content ?? Buffer.alloc(0));
	return `${email?.subject} | ${email?.text} | ${rows.map((row) => Object.values(row).join(' ')).join('\n')}`;
};

/** Returns the rows of a file that a node creates. */
const takeRows: Case['take'] = (_server, { items }) => {
	assert.equal(items('Create Excel file').length, 1);
	return items('Columns of the file')
		.map((row) =>
			Object.values(row)
				.map((value) => value ?? '')
				.join(' ')
				.trim(),
		)
		.join('\n');
};

const takeSheet: Case['take'] = ({ services }) =>
	services
		.takeWrittenRanges()
		.slice(1)
		.flatMap(({ values }) => values.map((row) => row.join(' ').trim()))
		.join('\n');

const takeMessages =
	(address: string, getText: (body: ServiceBody) => string | undefined): Case['take'] =>
	({ services }) =>
		services
			.take(address)
			.map(getText)
			.join('\n')
			.replaceAll(/[ \t]+$/gmu, '');

const takeSlack = takeMessages(SLACK_ADDRESS, ({ text }) => text);
const takeLine = takeMessages(LINE_ADDRESS, ({ messages }) => messages?.[0]?.text);

/** Builds the texts of the weekly report, by its only row. */
function buildWeeklyTexts(): Record<Account, string> {
	const monday = getToday().minus({ weeks: 1 }).startOf('week');
	const title = `Customer events, ${formatWeek(monday)}`;
	const build = (count: number, row: string): string =>
		`${title}: ${count} | ${title} Before: ${formatWeek(monday.minus({ weeks: 1 }))} Salesperson Before Events Change ${row} The salesperson is the owner of the customer. Customers that could not be read: 0`;
	const zero = build(0, 'No owner in Venio 0 0 0 (– %)');
	return { empty: zero, one: build(1, `สมหญิง ใจดี ${LONGEST_BAR} 0 1 1 (– %)`), bare: zero };
}

/** Builds the texts of the forecast. */
function buildForecastTexts(): Record<Account, string> {
	const title = `Deal forecast, ${formatDay(getToday())}`;
	const build = (forecast: string, row: string, overdue: string): string =>
		`${title}: ${forecast} baht | Open deals per month of their expected close date Month Deals Value in baht Forecast in baht Bar ${row} The forecast is the value multiplied by the probability. The bar shows the value. Open deals whose expected close date has passed Deal Customer Days Value in baht ${overdue}`;
	const month = getToday().minus({ days: 2 }).toFormat('yyyy-MM');
	return {
		empty: build('0', 'No date 0 0 0', 'None'),
		one: build('500', `${month} 1 1,000 500 ${LONGEST_BAR}`, 'Roaster Only 2 1,000'),
		bare: build('0', 'No date 1 unknown unknown', 'None'),
	};
}

/** Builds the texts of the pipeline, without the history, which contains former runs. */
function buildPipelineTexts(): Record<Account, string> {
	const day = formatDay(getToday());
	const build = (value: string, row: string): string =>
		`Deal pipeline, ${day}: ${value} baht | Open deals per stage, all dates, as of ${day} Stage Deals Value in baht Bar ${row}`;
	return {
		empty: build('0', 'No stage 0 0'),
		one: build('1,000', `เสนอราคา 1 1,000 ${LONGEST_BAR}`),
		bare: build('0', `No stage 1 0 ${LONGEST_BAR}`),
	};
}

/** Builds the texts of the customers by days, with the row of the file. */
function buildDaysTexts(): Record<Account, string> {
	const title = 'Customers by days since the last event';
	const build = (count: number, row: string): string =>
		`${title}, ${formatDay(getToday())} | ${title}, all dates Customers in the file: ${count} Customers that could not be read: 0 The Excel file is attached. | ${row}`;
	const lastDay = getToday().minus({ days: 40 }).toISODate();
	return {
		empty: build(0, 'None  0'),
		one: build(1, `ONE Only สมหญิง ใจดี 40 ${lastDay} Meeting Visit 1`),
		bare: build(1, 'ONE ONE Never 1'),
	};
}

/** Builds the texts of the expenses, with the row of the file. */
function buildExpenseTexts(): Record<Account, string> {
	const month = getLastMonth();
	const title = `Expenses of ${month.toFormat('LLL yyyy')}`;
	const build = (count: number, total: number, row: string): string =>
		`${title}: ${total} baht | ${title} Rows: ${count} Total: ${total} baht The Excel file is attached. | ${row}`;
	const day = month.plus({ days: 3 }).toISODate();
	return {
		empty: build(0, 0, ''),
		one: build(1, 860, `${day} EX1 สมหญิง ใจดี Lunch Entertainment 860`),
		bare: build(1, 0, `${day} EX1 Entertainment`),
	};
}

/** Builds the texts of the won deals, with the row of the file. A deal without a date is in no quarter. */
function buildWonTexts(): Record<Account, string> {
	const quarter = getToday().minus({ quarters: 1 });
	const title = `Won deals of Q${quarter.toFormat('q yyyy')}`;
	const build = (count: number, value: string, row: string): string =>
		`${title}: ${value} baht | ${title} by expected close date. Deals: ${count}. Value: ${value} baht. The Excel file is attached. | ${row}`;
	const zero = build(0, '0', '');
	const row = `${quarter.toISODate()} D1 Roaster Only เสนอราคา สมหญิง ใจดี 1000`;
	return { empty: zero, one: build(1, '1,000', row), bare: zero };
}

/** Builds the texts of yesterday's events. */
function buildLineTexts(): Record<Account, string> {
	const build = (count: number, lines: string): string =>
		`Events of yesterday, ${formatDay(getToday().minus({ days: 1 }))}: ${count}\nCustomers that could not be read: 0${lines}`;
	return {
		empty: build(0, ''),
		one: build(1, '\n\n09:00  Only\nMeeting Visit'),
		bare: build(1, '\n\n  ONE\nMeeting'),
	};
}

/** Builds the texts of an alert, which sends nothing without records. */
const buildAlertTexts = (one: string, bare: string): Record<Account, string> => ({ empty: '', one, bare });

/** Builds the texts of the deals that have not moved. */
function buildNotMovedTexts(): Record<Account, string> {
	const title = 'Deals that have not moved for 14 days';
	const build = (row: string): string =>
		`${title}: 1 | ${title}, as of ${formatDay(getToday())} Deal Customer Stage Value Days ${row}`;
	return buildAlertTexts(build('Roaster Only เสนอราคา 1,000 0'), build('D1 0 0'));
}

/** Builds the cases of the examples, whose texts contain the current dates. */
function buildCases(): Record<string, Case> {
	const lastMonth = getLastMonth();
	const month = lastMonth.toFormat('yyyy-MM');
	const eventTime = `${getToday().minus({ months: 1 }).toISODate()} 09:00`;
	return {
		'events-of-last-month-to-excel': {
			add: addEvent({ months: 1 }),
			take: takeRows,
			texts: { empty: 'No events', one: `${eventTime} ONE Only Meeting Visit`, bare: 'ONE  Meeting' },
		},
		'visits-per-salesperson-by-email': { add: addEvent({ weeks: 1 }), take: takeEmail, texts: buildWeeklyTexts() },
		'expenses-of-last-month-by-email': { add: addExpense, take: takeEmailWithFile, texts: buildExpenseTexts() },
		'deal-pipeline-history': { add: addDeal, take: takeEmail, texts: buildPipelineTexts() },
		'deal-forecast-by-email': { add: addDeal, take: takeEmail, texts: buildForecastTexts() },
		'won-deals-of-last-quarter-by-email': {
			add(server, isBare) {
				addCustomer(server, isBare);
				const expectedCloseDate = formatThaiTime(getToday().minus({ quarters: 1 }));
				addDeal(server, isBare, { statusName: 'Won', customerCode: 'ONE', expectedCloseDate });
			},
			take: takeEmailWithFile,
			texts: buildWonTexts(),
		},
		'events-of-last-month-to-sheet': {
			add: addEvent({ months: 1 }),
			take: takeSheet,
			texts: {
				empty: `None in ${lastMonth.toFormat('LLL yyyy')}`,
				one: `1 ${eventTime} ONE Only Meeting Visit`,
				bare: '1  ONE  Meeting',
			},
		},
		'quotations-per-salesperson-to-sheet': {
			add: addQuotation,
			take: takeSheet,
			texts: {
				empty: `${month}  ${month} No salesperson 0 0`,
				one: `${month} staff01 ${month} สมหญิง ใจดี 1 50`,
				bare: `${month}  ${month} No salesperson 1 0`,
			},
		},
		'customers-by-days-since-event': {
			add: addEvent({ days: 40 }),
			take: takeEmailWithFile,
			texts: buildDaysTexts(),
		},
		'price-list-from-a-link': {
			add: addProduct,
			take: takeRows,
			texts: {
				empty: 'No products',
				one: 'P1 Filter pcs Standard 180 165 7\nP1 Filter pcs ราคาส่ง 150  7',
				bare: 'P1',
			},
		},
		'events-of-yesterday-to-line': { add: addEvent({ days: 1 }), take: takeLine, texts: buildLineTexts() },
		'new-complaint-to-slack': {
			add(server, isBare) {
				addCustomer(server, isBare);
				server.createEvent('ONE', getToday().set({ hour: 9 }), 'Visit', 7);
			},
			take: takeSlack,
			texts: buildAlertTexts(
				`:rotating_light: *New complaint: Only*\n${formatDay(getToday())}, 09:00\nVisit\n\nOwner: สมหญิง ใจดี\nPhone: 021234567`,
				`:rotating_light: *New complaint: ONE*\n${formatDay(getToday())}, 09:00\nVisit\n\nOwner: none in Venio\nPhone: unknown`,
			),
		},
		'deal-stage-to-slack': {
			add: addDeal,
			take: takeSlack,
			deactivated: 'Moved deals only',
			texts: buildAlertTexts(
				'*Roaster* moved from *เสนอราคา* to *เสนอราคา*\nCustomer: Only\nValue: 1,000 baht (before: 1,000)',
				'*D1* moved from *unknown* to *unknown*\nCustomer: none\nValue: 0 baht (before: 0)',
			),
		},
		'deals-not-moved-by-email': { add: addDeal, take: takeEmail, texts: buildNotMovedTexts() },
		'low-stock-by-email': {
			add: addProduct,
			take: takeEmail,
			texts: buildAlertTexts(
				`Products with low stock: 1 | Low stock, ${formatDay(getToday())} Code Product Quantity Low stock alert P1 Filter 1 pcs 5`,
				'',
			),
		},
		'welcome-email-to-new-customer': {
			add: addCustomer,
			take: takeEmail,
			texts: buildAlertTexts(
				'Welcome | Dear Only, Thank you for becoming our customer. Your customer code is ONE. If you have a question, reply to this email.',
				'',
			),
		},
		'quotation-approval-by-email': { add: addQuotation, take: takeEmail, texts: buildAlertTexts('', '') },
	};
}

/** One example reads nothing from GoFive, and dashboardExampleTests.mts tests the dashboard with few records. */
const TESTED_ELSEWHERE = ['report-fails-or-does-not-run', 'sales-dashboard'];

/** Finds the node that starts an example. */
const findTrigger = ({ nodes }: ExampleWorkflow): WorkflowNode | undefined =>
	nodes.find(({ type }) => /(?:Trigger|\.webhook)$/u.test(type));

/** Defines the tests of the reports and alerts with accounts that have few records. */
export function defineFewRecordsTests(exampleServer: ExampleServer): void {
	/** Removes all records that the reports and alerts read. */
	const clearAccount = (): void => {
		const { customers, customerEvents, deals, expenses, products, quotations } = exampleServer.sandbox.records;
		for (const list of [customers, customerEvents, deals, expenses, products, quotations]) list.records = [];
	};

	/** Executes an example. The example with a link is opened. */
	const execute = async (id: string): Promise<FinishedExecution> => {
		const { rest } = exampleServer;
		const workflow = await rest.requestData<ExampleWorkflow>('GET', `workflows/${id}`);
		const trigger = findTrigger(workflow);
		if (trigger?.type !== 'n8n-nodes-base.webhook') return await rest.executeAndWait(id, trigger?.name ?? '');
		const count = (await rest.listEndedExecutions(id)).length;
		await rest.publish(id);
		await exampleServer.fetchPublished(`${exampleServer.url}/webhook/price-list`, {
			headers: exampleServer.basicAuthHeader,
		});
		return await rest.waitForNewestExecution(id, count + 1);
	};

	describe('few records', () => {
		test('each report and alert is tested', () => {
			const ids = [...EXAMPLE_IDS.Reports, ...EXAMPLE_IDS.Alerts];
			assert.deepEqual([...Object.keys(buildCases()), ...TESTED_ELSEWHERE].toSorted(), ids.toSorted());
		});

		for (const id of Object.keys(buildCases())) {
			test(`${id} with an empty account, one record, and one without values`, async () => {
				const { add, take, deactivated, texts } = buildCases()[id] as Case;
				for (const account of ['empty', 'one', 'bare'] as const) {
					await exampleServer.reset();
					await exampleServer.prepareExample(id, (node) => {
						if (node.name === deactivated) node.disabled = true;
					});
					exampleServer.services.setRows('Events', [['Event ID']]);
					exampleServer.services.setRows('Quotations', [['id']]);
					clearAccount();
					if (account !== 'empty') add?.(exampleServer, account === 'bare');
					const execution = await execute(id);
					const text = await take(exampleServer, execution);
					assert.doesNotMatch(text, MEANINGLESS);
					assert.deepEqual({ account, text }, { account, text: texts[account] });
					// A trigger without a record to fetch for a test ends with a message.
					if (text !== '') assertSucceeded(execution);
				}
			});
		}
	});
}
