import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REJECTED } from '../../scripts/supportModules.mts';
import { VISIBLE_USER_AGENT } from './editorPage.mts';
import { EVIL_TEXT, type ExampleServer } from './exampleServer.mts';
import type { Email } from './mailbox.mts';
import { assertSucceeded } from './n8nTestServer.mts';
import { pollFrequently } from './testWorkflows.mts';

/** Status with which n8n rejects the answer to a running execution. */
const HTTP_CONFLICT = 409;

/** Defines the test of the example that waits for answers to emails. */
export function defineApprovalExampleTest(exampleServer: ExampleServer): void {
	/** Selects a button of an email. */
	const answer = async ({ html }: Email, label: string): Promise<void> => {
		const link = new RegExp(`<a href="([^"]+)"[^>]*>${label}</a>`, 'u').exec(html)?.[1] ?? '';
		const url = link.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
		// n8n sends the email before it stores that the execution waits. Until then, it rejects the answer.
		await exampleServer.waitFor('n8n accepts the answer', async () => {
			const response = await fetch(url, { headers: { 'user-agent': VISIBLE_USER_AGENT } });
			if (response.status === HTTP_CONFLICT) return false;
			assert.match(await response.text(), /Got it, thanks/u);
			return true;
		});
	};

	test('each large quotation brings an email, and each answer becomes an event of the customer', async () => {
		const id = 'quotation-approval-by-email';
		const { rest, sandbox } = exampleServer;
		const { customers, customerEvents, quotations } = sandbox.records;
		customers.create({ customerCode: 'QUOTE-1', customerName: EVIL_TEXT, customerType: 11300 });
		const countBefore = exampleServer.requestCount;
		await exampleServer.prepareExample(id, pollFrequently);
		await rest.publish(id);
		await exampleServer.waitForFirstPoll(countBefore, 'findQuotations');
		const create = (quotationNo: string, subTotalWithDiscount: number, quotationStatus = 2) =>
			void quotations.create({
				quotationNo,
				quotationSubject: EVIL_TEXT,
				quotationStatus,
				customerCode: 'QUOTE-1',
				staffCode: 'staff01',
				subTotalWithDiscount,
			});
		const numbers = ['QT-1', 'QT-2', 'QT-3'];
		for (const quotationNo of numbers) create(quotationNo, 100_000.5);
		create('QT-SMALL', 99_999);
		create('QT-SENT', 500_000, 4);
		const answers = ['Approve', 'Do not approve', 'Approve'];
		const askedNumbers: string[] = [];
		for (const [index, label] of answers.entries()) {
			await exampleServer.waitForEmail();
			const email = await exampleServer.takeOnlyEmail(`${id}-${index}`);
			assert.match(email.subject, /^Please approve quotation QT-\d$/u);
			askedNumbers.push(email.subject.slice(-4));
			const body = `Quotation ${email.subject.slice(-4)}: ${EVIL_TEXT} Customer: ${EVIL_TEXT} Salesperson: สมหญิง ใจดี Value: 100,000.5 baht `;
			assert.ok(email.text.includes(body), email.text);
			assert.ok(!/Automated with|n8n\.io/u.test(email.html));
			// The last answer cannot be saved.
			if (index === 2)
				sandbox.faults.add({ match: { operationId: 'createCustomerEvent' }, times: 'always', answer: { status: 400 } });
			await answer(email, label);
		}
		await exampleServer.waitForEmail();
		const failure = await exampleServer.takeOnlyEmail(`${id}-failure`);
		assert.equal(failure.subject, `Answer not saved: quotation ${askedNumbers[2]}`);
		assert.match(
			failure.text,
			new RegExp(`^The answer could not be saved in Venio\\. .* Approved: true ${REJECTED}`, 'u'),
		);
		assertSucceeded(await rest.waitForNewestExecution(id));
		assert.deepEqual(askedNumbers.toSorted(), numbers);
		assert.deepEqual(
			customerEvents.find({ customerCode: 'QUOTE-1' }).map(({ eventName, description }) => [eventName, description]),
			[
				[`Approved: quotation ${askedNumbers[0]}`, `${EVIL_TEXT}, 100,000.5 baht`],
				[`Not approved: quotation ${askedNumbers[1]}`, `${EVIL_TEXT}, 100,000.5 baht`],
			],
		);
	});
}
