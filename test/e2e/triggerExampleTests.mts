import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { DateTime } from 'luxon';
import { formatThaiTime } from '../../sandbox/seed/seedCalendar.mts';
import { getBangkokNow } from './bangkokTime.mts';
import { escapeText, EVIL_TEXT, NAME_WITH_TAG, type ExampleServer } from './exampleServer.mts';
import type { Email } from './mailbox.mts';
import { assertSucceeded } from './n8nTestServer.mts';
import { SLACK_ADDRESS, type ServiceBody } from './services.mts';
import type { WorkflowNode } from '../../scripts/instance/workflowBuilder.mts';
import { pollFrequently } from './testWorkflows.mts';

/**
 * Examples with GoFive Trigger that end in a message, and the operation that each of them polls last. The first one is
 * published first, because the second one polls customers, too.
 */
const TRIGGER_EXAMPLES = {
	'welcome-email-to-new-customer': 'findCustomers',
	'new-complaint-to-slack': 'getCustomerEvents',
	'deal-stage-to-slack': 'findDeals',
	'deals-not-moved-by-email': 'findDeals',
	'low-stock-by-email': 'listProducts',
};

/** Makes a trigger poll frequently, and includes existing deals, because the clock of this n8n does not move. */
function prepareTrigger(node: WorkflowNode): void {
	pollFrequently(node);
	if (node.parameters['triggerOn'] === 'unchangedDeal') node.parameters['options'] = { includeExistingRecords: true };
}

/** Defines the tests of the examples with GoFive Trigger. */
export function defineTriggerExampleTests(exampleServer: ExampleServer): void {
	describe('examples with GoFive Trigger', () => {
		let postedMessages: ServiceBody[];
		let emails: Email[];
		/** Events of the new customer. */
		let welcomeEvents: Array<Record<string, unknown>>;
		/** Time of the new events. */
		let now: DateTime;

		// The tests compare what these executions of all examples have sent, because each one waits for polls.
		before(async () => {
			await exampleServer.reset();
			now = getBangkokNow();
			const { customers, deals, products } = exampleServer.sandbox.records;
			const [deal] = deals.create({ dealStageName: 'Lead <1>', dealsValue: 999, dateModified: formatThaiTime(now) });
			for (const record of deals.records) record['dateModified'] = formatThaiTime(now);
			deals.create({
				dealsName: NAME_WITH_TAG,
				dealsValue: 90_000,
				dateModified: formatThaiTime(now.minus({ days: 20 })),
			});
			const stock = { qty: 50, lowStockAlert: 5, trackInventory: true };
			const [product] = products.create({ ...stock, productName: EVIL_TEXT });
			const notLowProducts = [
				...products.create({ ...stock, productName: 'Enough', lowStockAlert: 2 }),
				...products.create({ ...stock, productName: 'Service', trackInventory: false }),
				...products.create({ ...stock, productName: 'Without an alert', lowStockAlert: null }),
			];
			exampleServer.createEvent('C000055', now, 'An old complaint', 7);
			for (const [id, operationId] of Object.entries(TRIGGER_EXAMPLES)) {
				const countBefore = exampleServer.requestCount;
				await exampleServer.prepareExample(id, prepareTrigger);
				await exampleServer.rest.publish(id);
				await exampleServer.waitForFirstPoll(countBefore, operationId);
			}

			// The complaint is sent although another customer cannot be read. The third failure would start an execution.
			const match = { operationId: 'getCustomerEvents', customerCode: 'C000055' };
			exampleServer.sandbox.faults.add({ match, times: 2, answer: { status: 400 } });
			exampleServer.createEvent('C000055', now, 'Visit');
			exampleServer.createEvent('C000154', now, EVIL_TEXT, 7, 'ลูกค้าขอเปลี่ยน & คืนเงิน');
			deals.update(String(deal?.['dealsId']), { dealStageName: EVIL_TEXT, dealsValue: 1234.5 });
			for (const { productCode } of notLowProducts) products.update(String(productCode), { qty: 3 });
			products.update(String(product?.['productCode']), { qty: 5 });
			const dateCreated = formatThaiTime(now);
			customers.create({
				customerCode: 'NEW-1',
				customerName: EVIL_TEXT,
				customerType: 11300,
				customerEmail: 'new@example.com',
				dateCreated,
			});
			customers.create({
				customerCode: 'NEW-2',
				customerName: 'No address',
				customerType: 11300,
				customerEmail: null,
				dateCreated,
			});
			for (const id of Object.keys(TRIGGER_EXAMPLES)) {
				assertSucceeded(await exampleServer.rest.waitForNewestExecution(id));
				await exampleServer.rest.unpublish(id);
			}
			postedMessages = exampleServer.services.take(SLACK_ADDRESS);
			emails = await exampleServer.mailbox.takeEmails(3);
			welcomeEvents = exampleServer.sandbox.records.customerEvents.find({ customerCode: 'NEW-1' });
		});
		/** Returns the texts posted to a channel. */
		const listTexts = (channelName: string): string[] =>
			postedMessages.filter(({ channel }) => channel === channelName).map(({ text = '' }) => text);

		test('a new complaint of any customer is posted to Slack, and no other event', () => {
			const customer = exampleServer.sandbox.records.customers.findBy('customerCode', 'C000154');
			const owners = (customer?.['customerOwnersStr'] as string[]).join(', ');
			const text = `:rotating_light: *New complaint: บริษัท สยามอุตสาหกรรม จำกัด*\n${now.toFormat('d LLL yyyy, HH:mm')}\n${escapeText(EVIL_TEXT)}\nลูกค้าขอเปลี่ยน &amp; คืนเงิน\nOwner: ${owners}\nPhone: ${String(customer?.['customerPhone'])}`;
			assert.notEqual(owners, '');
			assert.match(text, /Phone: \d/u);
			assert.deepEqual(listTexts('#complaints'), [text]);
		});

		test('a complaint of a customer that cannot be read is posted without the phone number', async () => {
			const customerCode = 'COMPLAINT';
			const match = { operationId: 'getCustomer', customerCode };
			exampleServer.sandbox.faults.add({ match, times: 'always', answer: { status: 400 } });
			exampleServer.replaceCustomers([[customerCode, NAME_WITH_TAG]]);
			exampleServer.createEvent(customerCode, now, EVIL_TEXT, 7);
			await exampleServer.executeExample('new-complaint-to-slack', 'GoFive Trigger');
			const [{ channel, text = '' } = {}, ...others] = exampleServer.services.take(SLACK_ADDRESS);
			assert.deepEqual([channel, others], ['#complaints', []]);
			assert.ok(text.startsWith(`:rotating_light: *New complaint: ${escapeText(NAME_WITH_TAG)}*\n`), text);
			assert.ok(text.includes(`\n${escapeText(EVIL_TEXT)}\n`), text);
			assert.match(text, /\nOwner: .+\nPhone: unknown$/u);
		});

		test('a deal in another stage is posted to Slack', () => {
			const [text, ...others] = listTexts('#sales');
			assert.deepEqual(others, []);
			assert.match(
				text ?? '',
				/moved from \*Lead &lt;1&gt;\* to \*.+\nCustomer: .+\nValue: 1,234\.5 baht \(before: 999\)$/u,
			);
			assert.ok(text?.includes(` to *${escapeText(EVIL_TEXT)}*\n`), text);
		});

		test('a deal that has not moved is emailed', async () => {
			const [email, ...others] = emails.filter(({ subject }) => subject.startsWith('Deals that have not moved'));
			assert.ok(email);
			assert.deepEqual(others, []);
			await exampleServer.emailPictures?.take('deals-not-moved-by-email', email);
			assert.equal(email.subject, 'Deals that have not moved for 14 days: 1');
			const [header, row = [], ...otherRows] = email.rows;
			assert.deepEqual([header, otherRows], [['Deal', 'Customer', 'Stage', 'Value', 'Days'], []]);
			assert.deepEqual([row[0], ...row.slice(3)], [NAME_WITH_TAG, '90,000', '20']);
		});

		test('a product with low stock is emailed', async () => {
			const [email, ...others] = emails.filter(({ subject }) => subject.startsWith('Products with low stock'));
			assert.ok(email);
			assert.deepEqual(others, []);
			await exampleServer.emailPictures?.take('low-stock-by-email', email);
			assert.match(email.subject, /^Products with low stock: 1$/u);
			assert.match(email.text, /^Low stock, \d+ \w+ \d{4}, \d\d:\d\d Code /u);
			const [header, [code, name, quantity = '', alert] = [], ...otherRows] = email.rows;
			assert.deepEqual([header, otherRows], [['Code', 'Product', 'Quantity', 'Low stock alert'], []]);
			assert.ok(code);
			assert.equal(name, EVIL_TEXT);
			assert.match(quantity, /^5\b/u);
			assert.equal(alert, '5');
		});

		test('a new customer with an address receives a welcome email, which becomes an event', async () => {
			const [email, ...others] = emails.filter(({ subject }) => subject === 'Welcome');
			assert.ok(email);
			assert.deepEqual(others, []);
			await exampleServer.emailPictures?.take('welcome-email-to-new-customer', email);
			assert.deepEqual(email.to, ['new@example.com']);
			assert.ok(email.text.startsWith(`Dear ${EVIL_TEXT}, `), email.text);
			assert.match(email.text, / customer code is NEW-1\./u);
			assert.deepEqual(
				welcomeEvents.map(({ eventName, description }) => [eventName, description]),
				[['Welcome email sent', 'To new@example.com']],
			);
		});
	});
}
