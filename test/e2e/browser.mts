import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { EVENT_TYPES } from '../../sandbox/seed.mts';
import { SANDBOX_SIGN_IN } from '../../sandbox/signIn.mts';
import { MAIN_EXAMPLE } from '../../scripts/start/examples.mts';
import { cacheFolder, checkout } from '../../scripts/start/paths.mts';
import { NEWEST } from '../../scripts/start/releases.mts';
import type { Session } from '../../scripts/start/session.mts';
import { chain, goFive, manualTrigger } from '../../scripts/start/workflows.mts';
import { findChromium, Screen } from './screen.mts';
import { operationNamed, parametersOf } from './tools.mts';
import { Whole } from './whole.mts';

const PICTURES = path.join(cacheFolder, 'last-e2e-pictures');
/** The pictures that README.md and docs/first-run.md show. */
const SHOWN = ['node-in-n8n', 'nodes-panel', 'credential', 'events', 'quotation', 'trigger', 'execution'];
const NEW_EVENT = 'ประชุมสรุปงาน';
/** Operations that together have every shape of form and answer: a list in pages, lines, a batch, a partial update, an old envelope. */
const SHAPES = ['customer.get', 'deal.update', 'employee.getAll', 'expense.get', 'product.getAll', 'product.updateStock', 'quotation.getAll', 'quotation.upsert'];
const GET_EVENTS = 'Get customer events by customer code';

/** The first minutes of a person with the node, on n8n's screen; each step goes on where the one before ended. */
export default function browser(session: Session): void {
	let whole: Whole;
	let screen: Screen;
	/** The id of the workflow that is published. */
	let published = '';
	before(async () => {
		const chromium = findChromium();
		whole = await Whole.bringUp(session, NEWEST);
		screen = await Screen.open(chromium, whole.url, PICTURES);
	});
	after(async () => {
		// Either is missing when its start did not succeed.
		await screen?.close();
		await whole?.stop();
	});

	/** The step that did not pass. */
	let stuck = '';
	/** A test that leaves a picture of where it got stuck; those after it are not tried. */
	const step = (title: string, work: () => Promise<void>): void => {
		test(title, async (t) => {
			if (stuck !== '') return t.skip(`"${stuck}" did not pass`);
			try {
				await work();
			} catch (thrown) {
				stuck = title;
				const name = `stuck-${title.replace(/\W+/gu, '-')}`;
				await screen.photograph(name).catch(() => undefined);
				throw new Error(`${path.join(PICTURES, name)}.png shows where it got stuck`, { cause: thrown });
			}
		});
	};

	step('signs in', async () => {
		await screen.signIn(whole.running.signIn);
		await screen.page.getByRole('heading', { name: 'Customer events of one customer' }).first().waitFor();
	});

	step('finds GoFive in the nodes panel, by what it is for', async () => {
		await screen.open('new');
		await screen.part('canvas-plus-button').click();
		for (const word of ['gofive', 'quotation', 'stock', 'venio']) assert.equal((await screen.search(word, 'GoFive'))[0], 'GoFive', word);
		await screen.picture('nodes-panel');
	});

	step('adds an action, and creates the credential; what is wrong with it, n8n says', async () => {
		await screen.take(GET_EVENTS);
		await screen.part('node-credentials-select').click();
		await screen.page.getByText('Create new credential', { exact: true }).click();
		const { clientId, clientSecret, subscriptionApiKey } = SANDBOX_SIGN_IN;
		const form = screen.part('credential-edit-dialog');
		/** Saves, which tests, and reads what stands behind "More details". */
		const isRefused = async (because: string): Promise<void> => {
			await screen.part('credential-save-button').click();
			await form.getByText('Couldn’t connect with these settings').waitFor();
			const more = form.getByText('More details', { exact: true });
			if (await more.isVisible()) await more.click();
			await form.getByText(because).waitFor();
		};
		for (const [name, value] of Object.entries({ clientId, clientSecret, baseUrl: whole.sandbox.url })) await screen.fill(name, value);
		await screen.fill('subscriptionApiKey', 'wrong');
		await isRefused("GoFive does not accept the subscription key. Check 'Subscription Key' in the credential 'GoFive API'");
		await screen.picture('credential-refused');
		await screen.fill('subscriptionApiKey', subscriptionApiKey);
		await screen.fill('clientSecret', 'wrong');
		await isRefused("GoFive does not accept the client ID or the client secret. Check 'Client ID' and 'Client Secret'");
		await screen.fill('clientSecret', clientSecret);
		await screen.part('credential-save-button').click();
		// n8n closes the form of a credential that works.
		await form.waitFor({ state: 'hidden' });
		await screen.part('credential-edit-button').click();
		await screen.part('credentials-config-container-test-success').waitFor();
		await screen.picture('credential');
		await screen.part('editCredential-modal').getByRole('button', { name: 'Close' }).click();
		await form.waitFor({ state: 'hidden' });
	});

	step('gets the events of a customer, of types picked from the list', async () => {
		// The list that n8n could not load while the credential was wrong comes when the node is opened anew.
		await screen.leave();
		await screen.node(GET_EVENTS).dblclick();
		await screen.fill('customerCode', 'C000055');
		const types = await screen.choose('eventTypes', 'Meeting', 'Phone Call');
		assert.deepEqual(types, EVENT_TYPES.map(({ eventTypeName }) => eventTypeName));
		await screen.date('dateFrom', '2025-01-01');
		await screen.date('dateTo', '2025-01-31');
		const count = whole.count;
		const rows = await screen.execute();
		assert.equal(rows.length, 3);
		assert.match(rows[0] ?? '', /^C000055 2025-01-15T09:30:00\+07:00 Phone Call Call about the quotation/u);
		const [sent] = whole.received(count).filter(({ operationId }) => operationId === 'getCustomerEvents');
		assert.equal(sent?.body, '{"DateFrom":"2025-01-01T00:00:00","DateTo":"2025-01-31T23:59:59"}');
		await screen.picture('events');
	});

	step('sees on the canvas what the node does, with an icon for either theme', async () => {
		await screen.leave();
		const node = screen.node(GET_EVENTS);
		await node.getByText('Customer Event: Get by Customer Code', { exact: true }).waitFor();
		for (const [colorScheme, file] of [['dark', 'gofive.dark.svg'], ['light', 'gofive.svg']] as const) {
			await screen.page.emulateMedia({ colorScheme });
			await node.locator(`img[src$="/${file}"]`).waitFor();
			await screen.photograph(`canvas-${colorScheme}`);
		}
	});

	step('fills in a quotation with two lines; a price that nobody touched is not sent', async () => {
		await screen.begin('quotation', 'Create or update quotation');
		await screen.fill('customerCode', 'C000055');
		await screen.fill('quotationSubject', 'Coffee machines');
		await screen.date('quotationDate', '2025-01-20');
		await screen.date('quotationValidUntil', '2025-02-20');
		await screen.choose('quotationStatus', 'Draft');
		await screen.fill('staffCode', 'staff01');
		await screen.choose('vatCalculation', 'VAT Excluded');
		for (const [index, [code, quantity]] of [['A001', '2'], ['B002', '1']].entries()) {
			await screen.part('fixed-collection-add').click();
			await screen.fill('productCode', code ?? '', index);
			await screen.fill('qty', quantity ?? '', index);
		}
		await screen.fill('price', '1500.5', 1);
		const count = whole.count;
		const rows = await screen.execute();
		assert.equal(rows.length, 1);
		const [sent] = whole.received(count).filter(({ method }) => method === 'POST');
		assert.match(sent?.body ?? '', /"quotationDetails":\[\{"productCode":"A001","qty":2\},\{"productCode":"B002","qty":1,"price":1500\.5\}\]/u);
		await screen.field('vatCalculation').scrollIntoViewIfNeeded();
		await screen.picture('quotation');
	});

	step('opens the trigger, fetches a test event, and publishes', async () => {
		await screen.begin('venio', 'On new event');
		await screen.fill('customerCodes', 'C000055, C000154');
		const rows = await screen.execute();
		assert.equal(rows.length, 10);
		assert.match(rows[0] ?? '', /^C000(055|154) /u);
		await screen.picture('trigger');
		await screen.leave();
		const count = whole.count;
		await screen.part('workflow-open-publish-modal-button').click();
		await screen.part('workflow-publish-button').click();
		await screen.page.getByText('Your workflow will now regularly check GoFive for events').waitFor();
		assert.equal(whole.received(count).filter(({ query }) => /customerCode=C000(055|154)/u.test(query)).length, 2);
		published = new URL(screen.page.url()).pathname.split('/').at(-1) ?? '';
	});

	step('makes a new event with the node itself, in another workflow', async () => {
		await screen.begin('event', 'Create customer event');
		await screen.fill('customerCode', 'C000055');
		await screen.fill('eventName', NEW_EVENT);
		await screen.choose('eventType', 'Meeting');
		await screen.date('eventDate', `${new Date().toISOString().slice(0, 10)} 10:00:00`);
		const [row] = await screen.execute();
		assert.match(row ?? '', new RegExp(`C000055 .*${NEW_EVENT}`, 'u'));
	});

	for (const name of SHAPES) {
		step(`executes ${name} and sees what it gives`, async () => {
			const { operation, resource } = operationNamed(name);
			const node = goFive({ resource, operation: operation.value, ...parametersOf(operation) });
			const count = whole.count;
			await screen.open(await whole.rest.save(chain(name, [manualTrigger(), node])));
			await screen.node('GoFive').dblclick();
			await screen.part('node-parameters').waitFor();
			const rows = await screen.execute();
			assert.ok(rows.length > 0);
			assert.deepEqual(whole.received(count).filter((request) => (request.status ?? 0) >= 400), []);
		});
	}

	step('executes the example of the README', async () => {
		await screen.open(MAIN_EXAMPLE);
		await screen.part('execute-workflow-button').click();
		await screen.node('GoFive').locator('[data-test-id="canvas-node-status-success"]').waitFor();
		await screen.node('GoFive').dblclick();
		await screen.part('output-panel').getByText('Kick-off meeting', { exact: true }).waitFor();
		await screen.widenOutput();
		await screen.picture('node-in-n8n');
	});

	step('finds among the executions the one that the trigger started for a new event', async () => {
		// The fetched test event was the first.
		const { items } = await whole.rest.newest(published, 2);
		assert.deepEqual(items('GoFive Trigger').map(({ eventName }) => eventName), [NEW_EVENT]);
		await screen.open(`${published}/executions`);
		await screen.node('GoFive Trigger').waitFor();
		await screen.picture('execution');
		await screen.node('GoFive Trigger').dblclick();
		await screen.part('output-panel').getByText(NEW_EVENT, { exact: true }).waitFor();
	});

	// Only when asked, since a test leaves the checkout as it was.
	if (!process.argv.includes('--pictures')) return;
	step('gives its pictures to the documentation, since all before it passed', async () => {
		for (const name of SHOWN) await copyFile(path.join(PICTURES, `${name}.png`), path.join(checkout, 'docs', 'pictures', `${name}.png`));
	});
}
