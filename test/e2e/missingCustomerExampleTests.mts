import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DurationLike } from 'luxon';
import { readExampleWorkflows, type ExampleWorkflow } from '../../scripts/instance/exampleWorkflowFiles.mts';
import type { FinishedExecution } from '../../scripts/instance/restClient.mts';
import { getBangkokNow } from './bangkokTime.mts';
import { createFileAttachment, EVIL_TEXT, type ExampleServer } from './exampleServer.mts';
import { readExcelFile } from './excelFile.mts';
import { LINE_ADDRESS } from './services.mts';

/** Report about all customers. */
interface CustomerReport {
	/** Time since the events of the customers. */
	age: DurationLike;
	/** Text of the customers that were read. */
	readText: string;
	/** Returns what the report sent, and the message about the customer that is missing. */
	takeReport(exampleServer: ExampleServer, execution: FinishedExecution): Promise<string> | string;
}

/** Joins the rows of a report and the message with which its execution ended. */
const joinRows = (rows: unknown[], { status, error }: FinishedExecution): string => {
	assert.equal(status, 'error');
	return `${rows.map((row) => Object.values(row as object).join('\t')).join('\n')}\n${error?.message}`;
};

/** Reports about all customers, by the ID of the example. */
const CUSTOMER_REPORTS: Record<string, CustomerReport> = {
	'events-of-last-month-to-excel': {
		age: { months: 1 },
		readText: EVIL_TEXT,
		takeReport(_exampleServer, execution) {
			assert.equal(execution.items('Create Excel file').length, 1);
			return joinRows(execution.items('Columns of the file'), execution);
		},
	},
	'events-of-last-month-to-sheet': {
		age: { months: 1 },
		readText: EVIL_TEXT,
		takeReport: ({ services }, execution) =>
			joinRows(
				services.takeWrittenRanges().flatMap(({ values }) => values),
				execution,
			),
	},
	'events-of-yesterday-to-line': {
		age: { days: 1 },
		readText: EVIL_TEXT,
		takeReport: ({ services }) =>
			services
				.take(LINE_ADDRESS)
				.flatMap(({ messages = [] }) => messages.map(({ text }) => text))
				.join(),
	},
	'customers-by-days-since-event': {
		age: { days: 1 },
		readText: EVIL_TEXT,
		async takeReport(exampleServer) {
			const { text, attachments } = await exampleServer.takeOnlyEmail('one-customer-missing-in-file');
			const rows = readExcelFile(attachments[0]?.content ?? Buffer.alloc(0));
			return [...rows.map((row) => Object.values(row).join('\t')), text].join('\n');
		},
	},
	'visits-per-salesperson-by-email': {
		age: { weeks: 1 },
		// No event in the week before.
		readText: 'สมหญิง ใจดี ████████████ 0 1 1 (– %)',
		takeReport: async (exampleServer) => (await exampleServer.takeOnlyEmail('one-customer-missing')).text,
	},
};

/** Other examples that read the events of all customers. The tests of the trigger, of the chat and of the dashboard contain this case. */
const OTHER_EXAMPLES = ['ask-venio-in-a-chat', 'new-complaint-to-slack', 'sales-dashboard'];

/** Whether a workflow reads the events of all customers. */
const readsAllCustomers = ({ nodes }: ExampleWorkflow): boolean =>
	nodes.some(
		({ parameters }) =>
			(parameters['resource'] === 'customerEvent' &&
				['getAll', 'getTotals'].includes(String(parameters['operation']))) ||
			parameters['customerSelection'] === 'all',
	);

/** Defines the tests of the reports about all customers of which one cannot be read. */
export function defineMissingCustomerTests(exampleServer: ExampleServer, isNewest: boolean): void {
	const attachFile = createFileAttachment(isNewest);

	describe('one customer cannot be read', () => {
		test('each example that reads all customers is tested', async () => {
			const workflows = (await readExampleWorkflows([])).filter(readsAllCustomers);
			assert.deepEqual(
				workflows.map(({ id }) => id).toSorted(),
				[...Object.keys(CUSTOMER_REPORTS), ...OTHER_EXAMPLES].toSorted(),
			);
		});

		for (const [id, { age, readText, takeReport }] of Object.entries(CUSTOMER_REPORTS)) {
			test(`${id} contains the others, and says that one is missing`, async () => {
				const { rest, sandbox } = exampleServer;
				await exampleServer.prepareExample(id, attachFile);
				exampleServer.services.setRows('Events', [['Event ID']]);
				const [busy, quiet, missing] = [`BUSY ${id}`, `QUIET ${id}`, `MISSING ${id}`] as const;
				const eventDate = getBangkokNow().minus(age);
				const match = { operationId: 'getCustomerEvents', customerCode: missing };
				sandbox.faults.add({ match, times: 'always', answer: { status: 400 } });
				const { nodes } = await rest.requestData<ExampleWorkflow>('GET', `workflows/${id}`);
				const trigger = nodes.find(({ type }) => /\.(?:schedule|manual)Trigger$/u.test(type));
				exampleServer.replaceCustomers([
					[busy, `Busy ${EVIL_TEXT}`],
					[quiet, `Quiet ${EVIL_TEXT}`],
					[missing, 'Not read'],
				]);
				exampleServer.createEvent(busy, eventDate, EVIL_TEXT);
				exampleServer.createEvent(missing, eventDate, 'Not read');
				const execution = await rest.executeAndWait(id, trigger?.name ?? '');
				const report = await takeReport(exampleServer, execution);
				assert.ok(report.includes(readText), report);
				assert.match(report, /could not be read: 1\b/iu);
				assert.ok(!report.includes('Not read'), report);
				// Only the message names the customer.
				assert.equal(report.split(missing).length, 2, report);
			});
		}
	});
}
