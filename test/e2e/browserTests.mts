import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { ErrorText } from '../../nodes/GoFive/api/errors.ts';
import { messages } from '../../nodes/GoFive/api/messages.ts';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import { CACHE_FOLDER, REPOSITORY_ROOT } from '../../scripts/instance/pinnedPackages.mts';
import { NEWEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { defineListSteps } from './browserListSteps.mts';
import { defineReportSteps, defineTaskSteps } from './browserReportSteps.mts';
import { openOperation } from './browserSession.mts';
import { EditorPage, findChromium, NODE_DISPLAY_NAME, TAKES_PICTURES } from './editorPage.mts';
import { N8nTestServer } from './n8nTestServer.mts';

const SCREENSHOT_FOLDER = path.join(CACHE_FOLDER, 'last-e2e-pictures');
/** Pictures of README.md and docs. */
const PICTURES_FOLDER = path.join(REPOSITORY_ROOT, 'docs', 'pictures');
/** Number of examples in the picture of the list of workflows, which are visible without scrolling. */
const SHOWN_EXAMPLES = 6;
const NEW_EVENT_NAME = 'ประชุมสรุปงาน';
/** Operations with kinds of responses that no other step shows: a record, pages, rows of a record, a batch. */
const OTHER_OPERATIONS = ['customer.get', 'employee.getAll', 'expense.get', 'product.getAll', 'product.updateStock'];
const GET_EVENTS_ACTION = 'Get customer events by customer code';

/** Defines the first steps of a user in n8n's editor. Each step continues after the previous one. */
export default function defineBrowserTests(script: ScriptContext): void {
	const n8nServer = new N8nTestServer(script, NEWEST_RELEASE);
	const editorPage = new EditorPage(SCREENSHOT_FOLDER);
	const session = { n8nServer, editorPage };
	let publishedWorkflowId = '';
	before(async () => {
		const chromium = findChromium();
		await n8nServer.launch();
		await editorPage.launch(chromium, n8nServer.url);
	});
	after(async () => {
		await editorPage.close();
		await n8nServer.stop();
	});

	/** Title of the step that failed. */
	let failedStep = '';
	/** Defines a step that takes a screenshot when it fails. The steps after a failed one are skipped. */
	const defineStep = (title: string, run: () => Promise<void>): void => {
		test(title, async (t) => {
			if (failedStep !== '') return t.skip(`"${failedStep}" did not pass`);
			try {
				await run();
			} catch (error) {
				failedStep = title;
				const name = `stuck-${title.replace(/\W+/gu, '-')}`;
				await editorPage.saveScreenshot(name).catch(() => undefined);
				throw new Error(`${path.join(SCREENSHOT_FOLDER, name)}.png shows where it got stuck`, { cause: error });
			}
		});
	};

	/** Opens a node again. n8n loads its lists again only then, for example if it requested them before it selected the credential. */
	async function reopenNode(name: string): Promise<void> {
		await editorPage.closeNodeDetails();
		await editorPage.getNode(name).dblclick();
	}

	defineStep('signs in', async () => {
		await editorPage.signIn(n8nServer.instance.signIn);
		await editorPage.page.getByRole('heading', { name: 'Low stock by email' }).first().waitFor();
		const shownExamples = editorPage.page.locator(
			`[data-test-id="resources-list-item-workflow"]:nth-child(-n+${SHOWN_EXAMPLES})`,
		);
		await editorPage.takePicture('examples', editorPage.getByTestId('resources-list-wrapper'), shownExamples);
	});

	defineReportSteps(defineStep, session);

	defineStep('finds GoFive in the nodes panel by its purpose', async () => {
		await editorPage.openWorkflow('new');
		await editorPage.getByTestId('canvas-plus-button').click();
		for (const word of ['gofive', 'quotation', 'stock', 'ลูกค้า', 'venio'])
			assert.equal((await editorPage.searchNodes(word, NODE_DISPLAY_NAME))[0], NODE_DISPLAY_NAME, word);
		const results = editorPage.page.locator('[data-test-id="nodes-list-header"], [data-test-id="item-iterator-item"]');
		await editorPage.takePicture('nodes-panel', editorPage.getByTestId('node-creator'), results, 16);
	});

	defineStep('adds an action and creates the credential, with messages for wrong values', async () => {
		await editorPage.selectAction(GET_EVENTS_ACTION);
		await editorPage.getByTestId('node-credentials-select').click();
		// n8n rejects a credential without the name that it suggests.
		const suggestedName = editorPage.page.waitForResponse((response) => response.url().includes('/credentials/new'));
		await editorPage.page.getByText('Create new credential', { exact: true }).click();
		await suggestedName;
		const { clientId, clientSecret, subscriptionApiKey } = SANDBOX_CREDENTIAL_DATA;
		const form = editorPage.getByTestId('credential-edit-dialog');
		const isTestRequest = (request: { url(): string }) => request.url().includes('/credentials/test');
		/** Saves the credential, which tests it. n8n sometimes ignores a click that follows a failed test. */
		const save = async (): Promise<void> => {
			const saveButton = editorPage.getByTestId('credential-save-button');
			for (const timeout of [5000, 30_000]) {
				const testRequest = editorPage.page.waitForRequest(isTestRequest, { timeout }).catch(() => undefined);
				await saveButton.click();
				if (await testRequest) return;
			}
		};
		/** Saves the credential, and expects a message under "More details". */
		const expectRefusal = async ({ message, description }: ErrorText): Promise<void> => {
			await save();
			await form.getByText('Couldn’t connect with these settings').waitFor();
			const detailsButton = form.getByText('More details', { exact: true });
			if (await detailsButton.isVisible()) await detailsButton.click();
			await form.getByText(`${message}. ${description}`).waitFor();
		};
		for (const [name, value] of Object.entries({ clientId, clientSecret, baseUrl: n8nServer.sandbox.url }))
			await editorPage.fillField(name, value);
		await editorPage.fillField('subscriptionApiKey', 'wrong');
		await expectRefusal(messages.subscriptionKeyInvalid);
		await editorPage.saveScreenshot('credential-refused');
		await editorPage.fillField('subscriptionApiKey', subscriptionApiKey);
		await editorPage.fillField('clientSecret', 'wrong');
		await expectRefusal(messages.clientCredentialsRejected);
		await editorPage.fillField('clientSecret', clientSecret);
		await save();
		// n8n closes the form when the test succeeds.
		await form.waitFor({ state: 'hidden' });
		await editorPage.getByTestId('credential-edit-button').click();
		await editorPage.getByTestId('credentials-config-container-test-success').waitFor();
		// Without the base URL, which is that of the sandbox.
		const content = editorPage
			.getByTestId('credential-save-button')
			.or(form.locator('[data-test-id="menu-item"], [data-test-id="parameter-input-subscriptionApiKey"]'));
		await editorPage.takePicture('credential', editorPage.getByTestId('editCredential-modal'), content, 24);
		await editorPage.getByTestId('editCredential-modal').getByRole('button', { name: 'Close' }).click();
		await form.waitFor({ state: 'hidden' });
	});

	defineStep('retrieves the events of a customer with types selected from the list', async () => {
		await reopenNode(GET_EVENTS_ACTION);
		await editorPage.fillField('customerCode', 'C000055');
		const types = await editorPage.selectOptions('eventTypes', 'Meeting', 'Phone Call');
		assert.deepEqual(
			types,
			n8nServer.sandbox.records.eventTypes.records.map(({ eventTypeName }) => eventTypeName),
		);
		await editorPage.selectOptions('dateRange', 'Between Dates');
		await editorPage.fillDate('dateFrom', '2025-01-01');
		await editorPage.fillDate('dateTo', '2025-01-31');
		const countBefore = n8nServer.requestCount;
		const rows = await editorPage.executeNode();
		assert.equal(rows.length, 3);
		assert.match(rows[0] ?? '', /^C000055 2025-01-15T09:30:00\+07:00 Phone Call Call about the quotation/u);
		const [sentRequest] = n8nServer
			.getApiRequests(countBefore)
			.filter(({ operationId }) => operationId === 'getCustomerEvents');
		assert.equal(sentRequest?.body, '{"DateFrom":"2025-01-01T00:00:00","DateTo":"2025-01-31T23:59:59"}');
	});

	defineStep('shows the operation on the canvas, with an icon per theme', async () => {
		await editorPage.closeNodeDetails();
		const node = editorPage.getNode(GET_EVENTS_ACTION);
		await node.getByText('Get by Customer Code: Customer Event', { exact: true }).waitFor();
		for (const [colorScheme, file] of [
			['dark', 'gofive.dark.svg'],
			['light', 'gofive.svg'],
		] as const) {
			await editorPage.page.emulateMedia({ colorScheme });
			await node.locator(`img[src$="/${file}"]`).waitFor();
			await editorPage.saveScreenshot(`canvas-${colorScheme}`);
		}
	});

	defineStep('fills in a quotation with two lines, and an untouched price is not sent', async () => {
		await editorPage.addNodeToNewWorkflow('quotation', 'Create or update quotation');
		await editorPage.fillField('customerCode', 'C000055');
		await editorPage.fillField('quotationSubject', 'Coffee machines');
		await editorPage.fillDate('quotationDate', '2025-01-20');
		await editorPage.fillDate('quotationValidUntil', '2025-02-20');
		await editorPage.selectOptions('quotationStatus', 'Draft');
		await editorPage.selectOptions('vatCalculation', 'VAT Excluded');
		for (const [index, [code, quantity]] of [
			['A001', '2'],
			['B002', '1'],
		].entries()) {
			await editorPage.getByTestId('fixed-collection-add').click();
			await editorPage.fillField('productCode', code ?? '', index);
			await editorPage.fillField('qty', quantity ?? '', index);
		}
		await editorPage.fillField('price', '1500.5', 1);
		// Last, because the form then scrolls, and the list opens below the name of the field.
		const employees = await editorPage.openList('owner', 'somchai');
		await employees.filter({ hasText: 'staff03' }).waitFor({ state: 'hidden' });
		await employees.filter({ hasText: 'Somchai Jaidee (staff02)' }).waitFor();
		await editorPage.page.locator('[class*="loadingItem"]').first().waitFor({ state: 'detached' });
		await employees.filter({ hasText: 'Somchai Jaidee (staff02)' }).click();
		const countBefore = n8nServer.requestCount;
		const rows = await editorPage.executeNode();
		assert.equal(rows.length, 1);
		const sentRequest = n8nServer
			.getApiRequests(countBefore)
			.find(({ operationId }) => operationId === 'upsertQuotation');
		assert.match(
			sentRequest?.body ?? '',
			/"quotationDetails":\[\{"productCode":"A001","qty":2\},\{"productCode":"B002","qty":1,"price":1500\.5\}\]/u,
		);
		assert.match(sentRequest?.body ?? '', /"staffCode":"staff02"/u);
	});

	defineStep('opens new nodes, whose lists load at the latest when the node is opened again', async () => {
		const action = 'Get many customer events';
		const failure = editorPage.getField('eventTypes').getByPlaceholder('Error fetching options');
		await editorPage.addNodeToNewWorkflow('venio', action);
		await editorPage.selectOptions('eventTypes');
		assert.equal(await failure.count(), 0);
		// In a workflow that n8n has saved meanwhile, it requests the lists of a new node before it selects the credential.
		await editorPage.page.keyboard.press('Escape');
		await editorPage.closeNodeDetails();
		await editorPage.addNode('venio', action);
		await reopenNode(`${action}1`);
		await editorPage.selectOptions('eventTypes');
		assert.equal(await failure.count(), 0);
		assert.equal(await editorPage.getField('eventTypes').locator('[data-test-id="parameter-issues"]').count(), 0);
	});

	defineTaskSteps(defineStep, session);
	defineListSteps(defineStep, session);

	defineStep('types numbers that are not valid: n8n keeps them, and the node names them', async () => {
		await openOperation(session, 'deal.update');
		const countBefore = n8nServer.requestCount;
		for (const [name, text, validText, message] of [
			['dealValue', '1500.50', '1500', "'Deal Value' cannot be 1500.5"],
			['probability', '150', '15', "'Probability' cannot be 150"],
			['probability', '-5', '5', "'Probability' cannot be -5"],
		] as const) {
			const input = editorPage.getField(name).locator('input');
			await input.fill('');
			// Typed like a person does, because n8n may reject single keys.
			await input.pressSequentially(text);
			assert.equal(await input.inputValue(), text);
			await editorPage.getByTestId('node-execute-button').click();
			await editorPage.outputPanel.getByText(message).first().waitFor();
			await input.fill(validText);
		}
		assert.deepEqual(n8nServer.getApiRequests(countBefore), []);
	});

	defineStep('opens the trigger, fetches a test event, and publishes', async () => {
		await editorPage.addNodeToNewWorkflow('venio', 'On new customer event');
		await editorPage.parametersPanel.getByText("Select at least 5 minutes in 'Poll Times'").waitFor();
		await editorPage.selectOptions('mode', 'Every X');
		await editorPage.fillField('value', '5');
		await editorPage.selectOptions('unit', 'Minutes');
		await editorPage.fillField('customerCodes', 'C000055, C000154');
		const rows = await editorPage.executeNode();
		assert.equal(rows.length, 1);
		assert.match(rows[0] ?? '', /^C000(055|154) /u);
		await editorPage.widenOutput();
		await editorPage.takePicture('trigger', editorPage.getByTestId('ndv'), editorPage.formAndOutput);
		// A later step waits for an execution.
		await editorPage.selectOptions('mode', 'Every Minute');
		const countBefore = n8nServer.requestCount;
		await editorPage.publishWorkflow();
		assert.equal(
			n8nServer.getApiRequests(countBefore).filter(({ query }) => /customerCode=C000(055|154)/u.test(query)).length,
			2,
		);
		publishedWorkflowId = new URL(editorPage.page.url()).pathname.split('/').at(-1) ?? '';
	});

	defineStep('shows the number of requests for all customers in the forms of both nodes', async () => {
		await openOperation(session, 'customerEvent.getAll');
		await editorPage.parametersPanel.getByText('This operation sends one request per customer.').waitFor();
		await editorPage.addNodeToNewWorkflow('venio', 'On new customer event');
		await editorPage.selectOptions('customerSelection', 'All Customers');
		await editorPage.parametersPanel.getByText("Select an interval of at least 5 minutes in 'Poll Times'").waitFor();
		await editorPage.saveScreenshot('trigger-all-customers');
	});

	defineStep('finds the trigger for quotations by its purpose, fetches a test event, and publishes', async () => {
		await editorPage.addNodeToNewWorkflow('quotation', 'On new quotation');
		assert.equal((await editorPage.executeNode()).length, 1);
		const countBefore = n8nServer.requestCount;
		await editorPage.publishWorkflow('publish');
		const operationIds = n8nServer.getApiRequests(countBefore).map(({ operationId }) => operationId);
		assert.ok(operationIds.includes('findQuotations'), operationIds.join(', '));
	});

	defineStep('creates an event with the node in another workflow', async () => {
		await editorPage.addNodeToNewWorkflow('event', 'Create customer event');
		await editorPage.fillField('customerCode', 'C000055');
		await editorPage.fillField('eventName', NEW_EVENT_NAME);
		await editorPage.selectOptions('eventType', 'Meeting');
		await editorPage.fillDate('eventDate', `${new Date().toISOString().slice(0, 10)} 10:00:00`);
		const [row] = await editorPage.executeNode();
		assert.match(row ?? '', new RegExp(`C000055 .*${NEW_EVENT_NAME}`, 'u'));
	});

	for (const name of OTHER_OPERATIONS) {
		defineStep(`executes ${name} and sees what it gives`, async () => {
			const countBefore = n8nServer.requestCount;
			await openOperation(session, name);
			const rows = await editorPage.executeNode();
			assert.ok(rows.length > 0);
			assert.deepEqual(
				n8nServer.getApiRequests(countBefore).filter((request) => (request.status ?? 0) >= 400),
				[],
			);
		});
	}

	defineStep('finds the execution that the trigger started for a new event', async () => {
		// Fetch Test Event was the first execution.
		const { items } = await n8nServer.rest.waitForNewestExecution(publishedWorkflowId, 2);
		assert.deepEqual(
			items('GoFive Venio CRM Trigger').map(({ eventName }) => eventName),
			[NEW_EVENT_NAME],
		);
		await editorPage.openWorkflow(`${publishedWorkflowId}/executions`);
		await editorPage.getNode('GoFive Venio CRM Trigger').waitFor();
		// n8n may cover the list of executions with the pop-up "Production Checklist".
		await editorPage.page.keyboard.press('Escape');
		await editorPage.getByTestId('suggested-actions-close').waitFor({ state: 'hidden' });
		await editorPage.getNode('GoFive Venio CRM Trigger').dblclick();
		await editorPage.getByTestId('output-panel').getByText(NEW_EVENT_NAME, { exact: true }).waitFor();
	});

	// Optional, because tests do not change the checkout.
	if (!TAKES_PICTURES) return;
	defineStep('updates the pictures of the documentation after all steps passed', async () => {
		await cp(editorPage.picturesFolder, PICTURES_FOLDER, { recursive: true });
	});
}
