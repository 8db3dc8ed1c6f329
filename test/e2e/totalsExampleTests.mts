import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DateTime } from 'luxon';
import { formatThaiTime } from '../../sandbox/seed/seedCalendar.mts';
import type { WorkflowDefinition } from '../../scripts/instance/workflowBuilder.mts';
import { getBangkokNow } from './bangkokTime.mts';
import { createFileAttachment, EVIL_TEXT, formatNumber, NAME_WITH_TAG, type ExampleServer } from './exampleServer.mts';
import { readExcelFile } from './excelFile.mts';

type SandboxDeal = Record<string, unknown>;

/** Parses a date of the sandbox in the time zone of GoFive. */
const parseThaiTime = (date: unknown): DateTime => DateTime.fromISO(String(date), { zone: 'Asia/Bangkok' });

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const formatBaht = (values: number[]): string => formatNumber(Math.round(sum(values)));

/** Returns the value of a deal multiplied by its probability. */
const getForecast = ({ dealsValue, probability }: SandboxDeal): number =>
	(Number(dealsValue ?? 0) * Number(probability ?? 0)) / 100;

/** Length of the longest bar of the forecast. */
const BAR_LENGTH = 12;

/** Builds the rows of the forecast from the open deals of the sandbox: the months with deals, and the deals without a date. */
function buildForecastRows(deals: SandboxDeal[]): string[][] {
	const getMonth = ({ expectedCloseDate }: SandboxDeal): string =>
		expectedCloseDate ? parseThaiTime(expectedCloseDate).toFormat('yyyy-MM') : 'No date';
	const months = [...new Set(deals.map(getMonth))].toSorted();
	const groups = months.map((month) => ({ month, group: deals.filter((deal) => getMonth(deal) === month) }));
	const sumValues = (group: SandboxDeal[]): number => sum(group.map(({ dealsValue }) => Number(dealsValue ?? 0)));
	const longest = Math.max(...groups.map(({ group }) => sumValues(group)));
	const isKnown = (value: unknown): boolean => value !== undefined && value !== null;
	return groups.map(({ month, group }) => {
		const hasValue = group.some(({ dealsValue }) => isKnown(dealsValue));
		const hasForecast = group.some(({ dealsValue, probability }) => isKnown(dealsValue) && isKnown(probability));
		return [
			month,
			String(group.length),
			hasValue ? formatBaht([sumValues(group)]) : 'unknown',
			hasForecast ? formatBaht(group.map(getForecast)) : 'unknown',
			'█'.repeat(Math.ceil((BAR_LENGTH * sumValues(group)) / longest)),
		];
	});
}

/** Builds the filter that the note of the customers by days describes. */
const buildDaysFilter = (): WorkflowDefinition['nodes'][number] => ({
	id: 'filter',
	position: [440, 200],
	name: 'Filter',
	type: 'n8n-nodes-base.filter',
	typeVersion: 2.2,
	alwaysOutputData: true,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: 'never',
					leftValue: '={{ $json.daysSinceLastEvent }}',
					rightValue: '',
					operator: { type: 'number', operation: 'empty', singleValue: true },
				},
				{
					id: 'long',
					leftValue: '={{ $json.daysSinceLastEvent }}',
					rightValue: 30,
					operator: { type: 'number', operation: 'gte' },
				},
			],
			combinator: 'or',
		},
		options: {},
	},
});

/** Defines the tests of the examples with Totals, whose numbers are compared with the records of the sandbox. */
export function defineTotalsExampleTests(exampleServer: ExampleServer, isNewest: boolean): void {
	const attachFile = createFileAttachment(isNewest);

	test('emails the forecast per month, and the overdue deals, the longest overdue first', async () => {
		const id = 'deal-forecast-by-email';
		await exampleServer.prepareExample(id);
		const { deals } = exampleServer.sandbox.records;
		const today = getBangkokNow().startOf('day');
		const create = (
			expectedCloseDate: DateTime | null,
			dealsValue: number,
			dealsName: string,
		): SandboxDeal | undefined =>
			deals.create({
				dealsName,
				customerName: NAME_WITH_TAG,
				dealsValue,
				probability: 50,
				dealStageId: 11,
				expectedCloseDate: expectedCloseDate && formatThaiTime(expectedCloseDate),
			})[0];
		create(today, 1000, 'Due today');
		create(today.minus({ seconds: 1 }), 2000.4, 'Overdue since yesterday');
		create(today.minus({ months: 3 }), 4000, EVIL_TEXT);
		create(null, 8000, 'Without a date');
		// In a month with other deals, and alone in two others.
		for (const months of [0, 20, 21]) delete create(today.plus({ months }), 0, 'Without a value')?.['dealsValue'];
		delete create(today.plus({ months: 21 }), 500, 'Without a probability')?.['probability'];
		const countBefore = exampleServer.requestCount;
		await exampleServer.executeExample(id, 'Every Monday');
		const requests = exampleServer.countRequests(countBefore);
		const email = await exampleServer.takeOnlyEmail(id);
		const open = deals.records.filter(({ statusName }) => statusName === 'Open');
		assert.ok(open.length < deals.records.length);
		const overdueIndex = email.rows.findIndex(([heading]) => heading === 'Deal');
		const [header, ...months] = email.rows.slice(0, overdueIndex);
		assert.deepEqual(header, ['Month', 'Deals', 'Value in baht', 'Forecast in baht', 'Bar']);
		assert.deepEqual(months, buildForecastRows(open));
		assert.deepEqual(
			months.slice(-3).map((row) => row.slice(1, 4)),
			[
				['1', 'unknown', 'unknown'],
				['2', '500', 'unknown'],
				['1', '8,000', '4,000'],
			],
		);
		const overdue = open
			.filter(({ expectedCloseDate }) => expectedCloseDate && parseThaiTime(expectedCloseDate) < today)
			.map((deal): [days: number, deal: SandboxDeal] => [
				today.diff(parseThaiTime(deal['expectedCloseDate']).startOf('day'), 'days').days,
				deal,
			])
			.toSorted(([left], [right]) => right - left);
		const [overdueHeader, ...overdueRows] = email.rows.slice(overdueIndex);
		assert.deepEqual(overdueHeader, ['Deal', 'Customer', 'Days', 'Value in baht']);
		assert.deepEqual(
			overdueRows.map(([name, , ...cells]) => [name, ...cells]),
			overdue.map(([days, { dealsName, dealsValue }]) => [dealsName, String(days), formatNumber(Number(dealsValue))]),
		);
		assert.deepEqual(overdueRows[0]?.slice(0, 2), [EVIL_TEXT, NAME_WITH_TAG]);
		assert.equal(overdueRows.at(-1)?.[2], '1');
		const total = formatBaht(open.map(getForecast));
		assert.equal(email.subject, `Deal forecast, ${today.toFormat('d LLL yyyy')}: ${total} baht`);
		assert.ok(email.text.startsWith('Open deals per month of their expected close date Month '), email.text);
		// The list of deals once, with a request that finds no further ones.
		assert.deepEqual(requests, { findDeals: 2 });
	});

	test('emails the customers by days since the last event, and a filter selects those without recent events', async () => {
		const id = 'customers-by-days-since-event';
		await exampleServer.prepareExample(id, attachFile);
		const { customers, customerEvents, eventTypes } = exampleServer.sandbox.records;
		customers.create({ customerCode: 'NEVER', customerName: EVIL_TEXT, customerType: 11300, customerOwnersStr: [] });
		customers.create({ customerCode: 'PLANNED', customerName: 'Planned', customerType: 11300 });
		customers.create({ customerCode: 'LEAD', customerName: 'Lead', customerType: 11100 });
		const now = getBangkokNow();
		exampleServer.createEvent('PLANNED', now.startOf('day').minus({ days: 29, seconds: 1 }), 'Thirty days ago');
		exampleServer.createEvent('PLANNED', now.plus({ days: 3 }), 'Planned');
		const countBefore = exampleServer.requestCount;
		await exampleServer.executeExample(id, 'Every Monday');
		const requests = exampleServer.countRequests(countBefore);
		const read = customers.find({ customerType: 11300 });
		assert.deepEqual(requests, { findCustomers: 2, getCustomerEvents: read.length, getCustomerEventTypes: 1 });
		const email = await exampleServer.takeOnlyEmail(id);
		const title = 'Customers by days since the last event';
		assert.equal(email.subject, `${title}, ${now.toFormat('d LLL yyyy')}`);
		assert.equal(
			email.text,
			`${title}, all dates Customers in the file: ${read.length} Customers that could not be read: 0 The Excel file is attached.`,
		);
		assert.equal(email.attachments[0]?.fileName, `customers-${now.toFormat('yyyy-MM-dd')}.xlsx`);
		const rows = readExcelFile(email.attachments[0].content);
		const expected = read.map(({ customerCode, customerName, customerOwnersStr }) => {
			const events = customerEvents
				.find({ customerCode })
				.map(
					(event) =>
						({ ...event, date: parseThaiTime(event['eventDate']) }) as Record<string, unknown> & { date: DateTime },
				)
				.toSorted((left, right) => left.date.toMillis() - right.date.toMillis());
			const last = events.findLast(({ date }) => date <= now);
			const next = events.find(({ date }) => date > now);
			const row = {
				'Customer Code': customerCode,
				'Customer Name': customerName,
				Owner: ((customerOwnersStr ?? []) as string[]).join(', '),
				'Days Since Last Event': last && now.startOf('day').diff(last.date.startOf('day'), 'days').days,
				'Last Event': last?.date.toFormat('yyyy-MM-dd') ?? 'Never',
				'Event Type': last && eventTypes.findBy('eventTypeId', last['eventType'])?.['eventTypeName'],
				Event: last?.['eventName'],
				'Next Event': next?.date.toFormat('yyyy-MM-dd'),
				Events: events.length,
			};
			return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== ''));
		});
		const sortByCode = (list: Array<Record<string, unknown>>) =>
			list.toSorted((left, right) => String(left['Customer Code']).localeCompare(String(right['Customer Code'])));
		assert.deepEqual(sortByCode(rows), sortByCode(expected));
		const days = rows.map((row) => Number(row['Days Since Last Event'] ?? Infinity));
		assert.deepEqual(
			days,
			days.toSorted((left, right) => right - left),
		);

		// The filter of the note.
		const path = `workflows/${id}`;
		const workflow = await exampleServer.rest.requestData<WorkflowDefinition>('GET', path);
		const link = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
		const connections = {
			...workflow.connections,
			'Get customers': link('Filter'),
			Filter: link('Columns of the file'),
		};
		const nodes = [...workflow.nodes, buildDaysFilter()];
		await exampleServer.rest.requestData('PATCH', path, { ...workflow, nodes, connections });
		await exampleServer.executeExample(id, 'Every Monday');
		const filtered = await exampleServer.takeOnlyEmail(`${id}-filtered`);
		const codes = (list: Array<Record<string, unknown>>) => list.map((row) => row['Customer Code']);
		const filteredRows = readExcelFile(filtered.attachments[0]?.content ?? Buffer.alloc(0));
		assert.deepEqual(codes(filteredRows), codes(rows.filter((_, index) => (days[index] ?? 0) >= 30)));
		assert.ok(codes(filteredRows).includes('NEVER') && codes(filteredRows).includes('PLANNED'));
		assert.ok(filteredRows.length < rows.length);
		assert.ok(filtered.text.includes(`Customers in the file: ${filteredRows.length} `), filtered.text);
		exampleServer.replaceCustomers([['BUSY', 'Busy']]);
		exampleServer.createEvent('BUSY', now, 'Today');
		await exampleServer.executeExample(id, 'Every Monday');
		const emptyEmail = await exampleServer.takeOnlyEmail(`${id}-filtered-empty`);
		assert.ok(emptyEmail.text.includes('Customers in the file: 0 '), emptyEmail.text);
	});
}
