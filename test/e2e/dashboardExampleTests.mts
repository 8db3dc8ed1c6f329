import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { DateTime } from 'luxon';
import type { Page } from 'playwright-core';
import { formatThaiTime } from '../../sandbox/seed/seedCalendar.mts';
import type { SandboxRecord } from '../../sandbox/recordLists.mts';
import { REJECTED } from '../../scripts/supportModules.mts';
import { getBangkokNow } from './bangkokTime.mts';
import { BASIC_AUTH, EVIL_TEXT, formatNumber, type ExampleServer } from './exampleServer.mts';

const ID = 'sales-dashboard';
const TRIGGER = 'Every morning';
const BLOCK_TITLES = [
	'Events per salesperson',
	'Pipeline per stage',
	'Won deals per customer',
	'Overdue deals',
	'Stock at or below its alert',
] as const;
/** Maximum number of lines that a list of the page shows. */
const SHOWN_LINES = 20;
/** Texts that a person never expects. */
const BROKEN_VALUES = /\b(?:NaN|null|undefined|Infinity|1970|Invalid)\b|\[object/u;

/** Line of a list: name, number, bar and note. */
type Line = [name: string, number: string, bar: string, note: string];

/** What the page shows. */
interface Dashboard {
	/** Time of the page, and the number of requests that failed. */
	status: string;
	/** Titles, numbers and notes at the top. */
	tiles: string[];
	/** Sentences above the lists. */
	sentences: string[];
	lists: Record<(typeof BLOCK_TITLES)[number], Line[]>;
}

const trimText = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** Reads the page in a browser, which shows whether texts are safe. */
async function readDashboard(page: Page): Promise<Dashboard> {
	const readTexts = async (selector: string): Promise<string[]> =>
		(await page.locator(selector).allTextContents()).map(trimText);
	assert.deepEqual(await readTexts('h2'), [...BLOCK_TITLES]);
	const lists = {} as Dashboard['lists'];
	for (const [index, title] of BLOCK_TITLES.entries()) {
		const cells = await readTexts(`.block >> nth=${index} >> .row .line > *`);
		const starts = Array.from({ length: cells.length / 4 }, (_, line) => 4 * line);
		lists[title] = starts.map((start) => cells.slice(start, start + 4) as Line);
		const shown = page.locator(`.block >> nth=${index} >> .row:visible`);
		assert.equal(await shown.count(), Math.min(starts.length, SHOWN_LINES));
	}
	const [status = ''] = await readTexts('h1 + p');
	const dashboard = { status, tiles: await readTexts('.tile'), sentences: await readTexts('.block > p'), lists };
	assert.doesNotMatch(JSON.stringify(dashboard), BROKEN_VALUES);
	return dashboard;
}

/** Number and sum of records. */
interface Group {
	name: string;
	count: number;
	sum: number;
}

const collator = new Intl.Collator('th', { numeric: true });

/** Groups deals, and sorts the groups by their sum. Equal ones have the order of the node: most deals first, then by name. */
function groupDeals(deals: SandboxRecord[], key: string, nameKey: string): Group[] {
	const groups = new Map<unknown, Group>();
	for (const deal of deals) {
		const { name, count, sum } = groups.get(deal[key]) ?? { name: String(deal[nameKey]), count: 0, sum: 0 };
		groups.set(deal[key], { name, count: count + 1, sum: sum + Number(deal['dealsValue']) });
	}
	const compare = (left: Group, right: Group) =>
		right.sum - left.sum || right.count - left.count || collator.compare(left.name, right.name);
	return [...groups.values()].toSorted(compare);
}

/** Builds a bar of up to twelve blocks. */
function buildBar(value: number, values: number[]): string {
	if (value <= 0) return '';
	return '█'.repeat(Math.max(1, Math.round((12 * value) / Math.max(...values))));
}

const toDealLines = (groups: Group[]): Line[] => {
	const sums = groups.map(({ sum }) => sum);
	return groups.map(({ name, count, sum }) => [name, formatNumber(sum), buildBar(sum, sums), `deals: ${count}`]);
};

const addUp = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);
const sumDeals = (deals: SandboxRecord[]): string =>
	formatNumber(Math.round(addUp(deals.map(({ dealsValue }) => Number(dealsValue)))));

/** Computes the page from the records of the sandbox. */
class ExpectedDashboard {
	private readonly now = getBangkokNow();
	private readonly today = this.now.startOf('day');
	private readonly monday = this.now.startOf('week');

	constructor(private readonly records: ExampleServer['sandbox']['records']) {}

	/** Title of this week until today, or of the same days of the week before. */
	formatWeek(weeksAgo: number): string {
		const [from, to] = [this.monday, this.today].map((day) => day.minus({ weeks: weeksAgo })) as [DateTime, DateTime];
		return formatTitle(from, to);
	}

	formatMonth(): string {
		return formatTitle(this.today.startOf('month'), this.today.endOf('month'));
	}

	/** Counts the events of each salesperson in this week until today, and on the same days of the week before. */
	countEvents(): Array<{ name: string; previous: number; current: number }> {
		const groups = new Map<string, { name: string; previous: number; current: number }>();
		for (const { customerCode, customerOwnersStr } of this.records.customers.find({ customerType: 11300 })) {
			const owners = (customerOwnersStr as string[] | null) ?? [];
			const name = owners.join(', ') || 'No owner in Venio';
			const { previous, current } = groups.get(name) ?? { previous: 0, current: 0 };
			const [inPrevious, inCurrent] = [1, 0].map((weeks) => this.countEventsOfWeek(customerCode, weeks));
			groups.set(name, { name, previous: previous + (inPrevious ?? 0), current: current + (inCurrent ?? 0) });
		}
		return [...groups.values()];
	}

	private countEventsOfWeek(customerCode: unknown, weeksAgo: number): number {
		const [from, to] = [this.monday, this.today.endOf('day')].map((date) => date.minus({ weeks: weeksAgo }));
		const range = { DateFrom: formatThaiTime(from as DateTime), DateTo: formatThaiTime(to as DateTime) };
		return this.records.customerEvents.find({ customerCode, ...range }).length;
	}

	listDeals(statusName: string): SandboxRecord[] {
		return this.records.deals.records.filter((deal) => deal['statusName'] === statusName);
	}

	listWonDeals(): SandboxRecord[] {
		return this.listDeals('Won').filter((deal) => readCloseDate(deal).hasSame(this.today, 'month'));
	}

	/** Lists the overdue deals with their days, the longest first. */
	listOverdueDeals(): Array<{ deal: SandboxRecord; days: number }> {
		const deals = this.listDeals('Open').map((deal) => {
			const day = readCloseDate(deal).startOf('day');
			return { deal, days: Math.round(this.today.diff(day, 'days').days) };
		});
		return deals.filter(({ days }) => days > 0).toSorted((left, right) => right.days - left.days);
	}

	listProductsWithLowStock(): SandboxRecord[] {
		return this.records.products.records.filter(
			({ qty, lowStockAlert, trackInventory }) =>
				trackInventory === true && typeof qty === 'number' && qty <= Number(lowStockAlert),
		);
	}
}

const readCloseDate = ({ expectedCloseDate }: SandboxRecord): DateTime =>
	DateTime.fromISO(String(expectedCloseDate)).setZone('Asia/Bangkok');

/** Formats days as the title of a period. */
function formatTitle(from: DateTime, to: DateTime): string {
	const end = to.toFormat('d LLL yyyy');
	if (from.hasSame(to, 'day')) return end;
	if (from.hasSame(to, 'month')) return `${from.day} to ${end}`;
	return `${from.toFormat(from.hasSame(to, 'year') ? 'd LLL' : 'd LLL yyyy')} to ${end}`;
}

/** Defines the tests of the dashboard. Only n8n 2 has data tables. */
export function defineDashboardExampleTests(exampleServer: ExampleServer): void {
	const url = (): string => `${exampleServer.url}/webhook/sales-dashboard`;
	/** Builds the page, and returns the requests to GoFive by operation. */
	const build = async (): Promise<Record<string, number>> => {
		const countBefore = exampleServer.requestCount;
		await exampleServer.executeExample(ID, TRIGGER);
		const counts: Record<string, number> = {};
		for (const { operationId = '' } of exampleServer.getApiRequests(countBefore))
			counts[operationId] = (counts[operationId] ?? 0) + 1;
		return counts;
	};
	/** Fetches the page. Waits until n8n listens. */
	const fetchPage = async (): Promise<string> =>
		await (await exampleServer.fetchPublished(url(), { headers: exampleServer.basicAuthHeader })).text();
	/** Opens the link with the password in a browser. */
	const open = async (pictureName: string): Promise<Dashboard> => {
		const countBefore = exampleServer.requestCount;
		const html = await fetchPage();
		const dashboards: Dashboard[] = [];
		const httpCredentials = { username: BASIC_AUTH.user, password: BASIC_AUTH.password };
		assert.ok(exampleServer.emailPictures);
		await exampleServer.emailPictures.takePage(
			pictureName,
			async (page) => {
				const response = await page.goto(url());
				assert.equal(response?.headers()['content-type'], 'text/html; charset=utf-8');
				dashboards.push(await readDashboard(page));
			},
			{ httpCredentials },
		);
		assert.equal(await fetchPage(), html);
		assert.equal(exampleServer.requestCount, countBefore, 'The link sent requests to GoFive');
		const [dashboard, other] = dashboards;
		assert.ok(dashboard);
		assert.deepEqual(other, dashboard);
		return dashboard;
	};
	describe('sales dashboard', () => {
		before(async () => await exampleServer.prepareExample(ID));

		test('requires a password, and says that there is no page yet', async () => {
			await exampleServer.rest.publish(ID);
			const wrong = { authorization: `Basic ${Buffer.from('colleague:wrong').toString('base64')}` };
			for (const headers of [{}, wrong]) {
				const denied = await exampleServer.fetchPublished(url(), { headers });
				assert.ok([401, 403].includes(denied.status), String(denied.status));
				assert.doesNotMatch(await denied.text(), /page|html/u);
			}
			assert.equal(await fetchPage(), 'There is no page yet. In n8n, execute the workflow from Every morning.');
		});

		test('shows the numbers of the records, and opening the page sends nothing to GoFive', async () => {
			const { sandbox } = exampleServer;
			const { customers, deals, products } = sandbox.records;
			const expected = new ExpectedDashboard(sandbox.records);
			const now = getBangkokNow();
			const monday = now.startOf('week');
			const addCustomer = (customerCode: string, customerOwnersStr: string[]) =>
				customers.create({
					customerCode,
					customerName: `${customerCode} ${EVIL_TEXT}`,
					customerType: 11300,
					customerOwnersStr,
				});
			addCustomer('PAGE-1', [EVIL_TEXT]);
			addCustomer('PAGE-2', []);
			for (const date of [monday, now.endOf('day')]) exampleServer.createEvent('PAGE-1', date, 'This week');
			exampleServer.createEvent('PAGE-1', now.endOf('day').plus({ seconds: 1 }), 'Tomorrow');
			for (const date of [monday.minus({ weeks: 1 }), now.endOf('day').minus({ weeks: 1 })])
				exampleServer.createEvent('PAGE-2', date, 'Week before');
			exampleServer.createEvent('PAGE-2', monday.minus({ weeks: 1, seconds: 1 }), 'Too early');
			exampleServer.createEvent(
				'PAGE-2',
				now.endOf('day').minus({ weeks: 1 }).plus({ seconds: 1 }),
				'Later in the week before',
			);
			const addDeal = (statusName: string, date: DateTime, dealsValue: number, dealStageName = EVIL_TEXT) =>
				deals.create({
					statusName,
					dealStageName,
					dealsValue,
					dealsName: `Deal ${EVIL_TEXT}`,
					customerCode: 'PAGE-1',
					customerName: EVIL_TEXT,
					expectedCloseDate: formatThaiTime(date),
				});
			addDeal('Open', now.startOf('day'), 1_000.5);
			addDeal('Open', now.startOf('day').minus({ seconds: 1 }), 2_000);
			addDeal('Open', now.minus({ days: 400 }), 0);
			addDeal('Won', now.startOf('month'), 30_000.25);
			addDeal('Won', now.endOf('month'), 1);
			addDeal('Won', now.startOf('month').minus({ seconds: 1 }), 5_000_000);
			addDeal('Lost', now, 7_000_000);
			const stock = { productName: EVIL_TEXT, productUnitName: 'ชิ้น', trackInventory: true };
			products.create({ ...stock, productCode: 'BELOW', qty: 4.5, lowStockAlert: 5 });
			products.create({ ...stock, productCode: 'EQUAL', qty: 5, lowStockAlert: 5 });
			products.create({ ...stock, productCode: 'ABOVE', qty: 5.5, lowStockAlert: 5 });
			products.create({ ...stock, productCode: 'SERVICE', qty: 0, lowStockAlert: 5, trackInventory: false });
			products.create({ ...stock, productCode: 'UNKNOWN', qty: null, lowStockAlert: 5 });

			const requests = await build();
			const customerCount = customers.find({ customerType: 11300 }).length;
			assert.deepEqual(requests, { findCustomers: 2, getCustomerEvents: customerCount, findDeals: 6, listProducts: 1 });
			await exampleServer.rest.publish(ID);
			const { status, tiles, sentences, lists } = await open(ID);
			assert.match(
				status,
				new RegExp(`^As of ${now.toFormat('d LLL yyyy')}, \\d\\d:\\d\\d\\. Errors while reading: 0$`, 'u'),
			);

			const events = expected.countEvents();
			const counts = events.map(({ current }) => current);
			const lines = events.map(({ name, previous, current }): Line => {
				const note = `before: ${previous}, change: ${current - previous}`;
				return [name, String(current), buildBar(current, counts), note];
			});
			assert.deepEqual(lists['Events per salesperson'].toSorted(), lines.toSorted());
			const changes = lists['Events per salesperson'].map(([, , , note]) => Number(note.split(' ').at(-1)));
			assert.deepEqual(
				changes,
				changes.toSorted((left, right) => left - right),
			);
			assert.ok(changes.some((change) => change < 0) && changes.some((change) => change > 0), String(changes));

			const [open_, won, overdue, lowStock] = [
				expected.listDeals('Open'),
				expected.listWonDeals(),
				expected.listOverdueDeals(),
				expected.listProductsWithLowStock(),
			];
			assert.deepEqual(lists['Pipeline per stage'], toDealLines(groupDeals(open_, 'dealStageName', 'dealStageName')));
			assert.deepEqual(lists['Won deals per customer'], toDealLines(groupDeals(won, 'customerCode', 'customerName')));
			const overdueLines = overdue.map(({ deal, days }): Line => {
				const { dealsName, dealsValue, customerName } = deal;
				return [
					String(dealsName),
					formatNumber(Number(dealsValue)),
					'',
					`${String(customerName)}, days overdue: ${days}`,
				];
			});
			assert.deepEqual(lists['Overdue deals'].toSorted(), overdueLines.toSorted());
			const days = lists['Overdue deals'].map(([, , , note]) => Number(note.split(' ').at(-1)));
			assert.deepEqual([days[0], days.at(-1)], [400, 1]);
			assert.deepEqual(
				days,
				days.toSorted((left, right) => right - left),
			);
			assert.deepEqual(
				lists['Stock at or below its alert'],
				lowStock.map(({ productName, qty, productUnitName, lowStockAlert }) => [
					productName,
					`${formatNumber(Number(qty))} ${String(productUnitName)}`,
					'',
					`alert: ${String(lowStockAlert)}`,
				]),
			);
			const previousCount = addUp(events.map(({ previous }) => previous));
			assert.deepEqual(tiles, [
				`${formatNumber(addUp(counts))} Events, ${expected.formatWeek(0)}. Before: ${formatNumber(previousCount)}`,
				`${sumDeals(open_)} Open deals in baht`,
				`${sumDeals(won)} Won in baht, ${expected.formatMonth()}`,
				`${overdue.length} Overdue deals, ${sumDeals(overdue.map(({ deal }) => deal))} baht`,
				`${lowStock.length} Products with low stock`,
			]);
			assert.ok(
				sentences[0]?.startsWith(`${expected.formatWeek(0)}, before: ${expected.formatWeek(1)}.`),
				sentences[0],
			);
		});

		test('shows the other numbers if something cannot be read, and what that is', async () => {
			const { sandbox } = exampleServer;
			sandbox.faults.add({
				match: { operationId: 'getCustomerEvents', customerCode: 'C000055' },
				times: 'always',
				answer: { status: 400 },
			});
			await build();
			await exampleServer.rest.publish(ID);
			const withoutCustomer = await open(`${ID}-missing`);
			assert.match(withoutCustomer.status, /\. Errors while reading: 1$/u);
			assert.match(withoutCustomer.tiles[0] ?? '', /\(1 customer could not be read\)\. Before: \d+$/u);
			const [error] = withoutCustomer.lists['Events per salesperson'].at(-1) ?? [];
			assert.match(error ?? '', new RegExp(`^${REJECTED}.*for customer code 'C000055'`, 'u'));

			for (const operationId of ['findCustomers', 'findDeals', 'listProducts'])
				sandbox.faults.add({ match: { operationId }, times: 'always', answer: { status: 403 } });
			await build();
			const unread = await open(`${ID}-unread`);
			assert.match(unread.status, /\. Errors while reading: 5$/u);
			for (const lines of Object.values(unread.lists)) {
				const [[name, number] = [], ...others] = lines;
				assert.match(name ?? '', /^The call quota/u);
				assert.deepEqual([number, others], ['', []]);
			}
			for (const tile of unread.tiles) assert.match(tile, /^– [^\d]+$/u);
		});

		test('shows 0 and None for an empty account, and names for records without values', async () => {
			const { customerEvents, customers, deals, products } = exampleServer.sandbox.records;
			for (const list of [customerEvents, customers, deals, products]) list.records = [];
			await build();
			await exampleServer.rest.publish(ID);
			const empty = await open(`${ID}-empty`);
			assert.match(empty.status, /\. Errors while reading: 0$/u);
			for (const lines of Object.values(empty.lists)) assert.deepEqual([lines.length, lines[0]?.[0]], [1, 'None']);
			for (const tile of empty.tiles) assert.match(tile, /^0 /u);

			customers.create({ customerCode: 'BARE', customerName: 'Bare', customerType: 11300, customerOwnersStr: null });
			const bare = { dealsName: null, dealStageName: null, dealsValue: null, customerName: null, probability: null };
			const today = getBangkokNow();
			for (const [statusName, date] of [
				['Open', null],
				['Open', today.minus({ days: 2 })],
				['Won', today],
			] as const) {
				const [deal = {}] = deals.create({ statusName });
				Object.assign(deal, bare, { expectedCloseDate: date && formatThaiTime(date) });
			}
			const [product = {}] = products.create({ productCode: 'BARE', qty: 0, lowStockAlert: 1 });
			Object.assign(product, { productName: null, productUnitName: null, trackInventory: null });
			await build();
			const { lists, tiles } = await open(`${ID}-bare`);
			const [, pipeline = '', won = '', overdue] = tiles;
			assert.ok(pipeline.startsWith('– ') && won.startsWith('– '), `${pipeline}; ${won}`);
			assert.equal(overdue, '1 Overdue deals, – baht');
			assert.deepEqual(lists['Events per salesperson'], [['No owner in Venio', '0', '', 'before: 0, change: 0']]);
			assert.deepEqual(
				lists['Pipeline per stage'].map(([name, number, , note]) => [name, number, note]),
				[['No stage', '–', 'deals: 2']],
			);
			assert.deepEqual(
				lists['Won deals per customer'].map(([, number, , note]) => [number, note]),
				[['–', 'deals: 1']],
			);
			assert.deepEqual(
				lists['Overdue deals'].map(([, number, , note]) => [number, note]),
				[['–', 'days overdue: 2']],
			);
			assert.deepEqual(lists['Stock at or below its alert'], [['BARE', '0', '', 'alert: 1']]);
		});

		test('shows 20 lines of a long list, and counts all', async () => {
			const { deals } = exampleServer.sandbox.records;
			deals.records = [];
			const date = formatThaiTime(getBangkokNow().minus({ days: 3 }));
			for (let count = 0; count < 150; count++) deals.create({ statusName: 'Open', expectedCloseDate: date });
			const requests = await build();
			assert.equal(requests['findDeals'], 6);
			await exampleServer.rest.publish(ID);
			const { tiles, lists } = await open(`${ID}-long`);
			assert.equal(lists['Overdue deals'].length, 150);
			assert.match(tiles[3] ?? '', /^150 Overdue deals/u);
		});
	});
}
