import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_SIGN_IN } from '../../sandbox/signIn.mts';
import type { Answer } from '../../sandbox/types.mts';
import { startedHere, type Example } from '../../scripts/start/examples.mts';
import { checkout } from '../../scripts/start/paths.mts';
import { RELEASES, type Release } from '../../scripts/start/releases.mts';
import type { Session } from '../../scripts/start/session.mts';
import { chain, eventsOf, goFive, itemsOf, manualTrigger, SANDBOX_CREDENTIAL, type NodeInput, type Workflow } from '../../scripts/start/workflows.mts';
import { testCredential, WRONG } from './credential.mts';
import { testSaved } from './saved.mts';
import { searchForSecrets } from './secrets.mts';
import { eventFor, Whole } from './whole.mts';

const EVENTS = eventsOf('={{ $json.customerCode }}');
const CREATE = eventFor('C000055', '={{ $json.eventName }}');

const events = (rest: Partial<NodeInput> = {}): NodeInput => goFive(EVENTS, rest);
const read = (name: string, codes: string[], rest: Partial<NodeInput> = {}): Workflow =>
	chain(name, [manualTrigger(), ...itemsOf('customerCode', codes), events(rest)]);

/** What a person does with one n8n, on the newest and on the oldest release. */
export default function releases(session: Session): void {
	for (const release of RELEASES) describe(release.pinned.title, () => inRelease(session, release));
}

function inRelease(session: Session, release: Release): void {
	let whole: Whole;
	/** What a person was told outside of executions. */
	const told: string[] = [];
	before(async () => {
		whole = await Whole.bringUp(session, release);
	});
	afterEach(async () => await whole.calm());
	after(async () => await (whole as Whole | undefined)?.stop());

	testCredential(() => whole, told);

	describe('the examples that are started by hand', () => {
		const folder = path.join(checkout, 'examples');
		for (const file of readdirSync(folder).sort()) {
			const example = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Example;
			const trigger = startedHere(example);
			const own = example.nodes.filter(({ type }) => type === 'n8n-nodes-gofive.goFive');
			if (trigger === undefined) continue;
			test(file, async () => {
				const { status, error, items } = await whole.rest.execute(path.basename(file, '.json'), trigger);
				assert.equal(status, 'success', error?.message);
				for (const { name } of own) assert.ok(items(name).length > 0, `${name} gave no items`);
			});
		}
	});

	test('the example of the webhook gets the sales order that GoFive tells of, and asks nothing about a chat or rubbish', async () => {
		const id = 'sales-order-webhook';
		const example = JSON.parse(readFileSync(path.join(checkout, 'examples', `${id}.json`), 'utf8')) as Workflow;
		const hook = example.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
		await whole.rest.publish(id);
		/** The nodes of the three ways that gave items. */
		const wayOf = async (body: string): Promise<string[]> => {
			const count = (await whole.rest.executionsOf(id)).length;
			const answer = await whole.hook(String(hook?.parameters['path']), body);
			if (!answer.ok) return [`answered ${answer.status}`];
			const { status, error, items } = await whole.rest.newest(id, count + 1);
			assert.equal(status, 'success', error?.message);
			return ['Get sales order', 'Chat message', 'Anything else'].filter((name) => items(name).length > 0);
		};
		// Both payloads as public receivers show them.
		const chat = { ChatMessage: { RoomId: '8a7f2c1e', Platform: 1, Content: 'สวัสดี', User: { OriginalName: 'Example' } } };
		assert.deepEqual(await wayOf(JSON.stringify({ Topic: 'Chat', Event: 'Message', Data: chat })), ['Chat message']);
		const before = whole.count;
		assert.deepEqual(await wayOf(JSON.stringify({ Data: { SaleOrderNo: 'SO24090001' } })), ['Get sales order']);
		assert.deepEqual(whole.received(before).map((request) => request.path), ['/v2/salesorder/SO24090001']);
		const rubbish = ['{}', '[]', 'null', '"x"', '{"Data":null}', '{"Data":"x"}', '{"Data":[1]}', '{"Data":{"SaleOrderNo":""}}', '{"Data":{"ChatMessage":7}}'];
		for (const body of rubbish) assert.deepEqual([body, await wayOf(body)], [body, ['Anything else']]);
		assert.deepEqual(await wayOf('{'), ['answered 422']);
		assert.equal(whole.received(before).length, 1);
	});

	test('a code that GoFive does not know goes to the error output, alone, and says what to do', async () => {
		const codes = whole.sandbox.store.seedCustomers(2, 1, 'OUT');
		const { status, items } = await whole.execute(read('Error output', [...codes.slice(0, 1), 'NOPE', ...codes.slice(1)], { onError: 'continueErrorOutput' }));
		assert.equal(status, 'success');
		assert.deepEqual([...new Set(items('GoFive').map((item) => item['customerCode']))], codes);
		const [failed, ...others] = items('GoFive', 1);
		assert.deepEqual(others, []);
		assert.match(String(failed?.['error']), /NOPE/u);
	});

	test('with Continue the failed item keeps its place, and a hint counts it', async () => {
		const { items, hints } = await whole.execute(read('Continue', ['C000055', 'NOPE'], { onError: 'continueRegularOutput' }));
		assert.match(String(items('GoFive').at(-1)?.['error']), /NOPE/u);
		// n8n 1 shows no hints of a run.
		if (release.name !== '1.123') assert.match(hints('GoFive').join('\n'), /1 of 2 items .*NOPE/u);
	});

	test('Retry On Fail executes the node again', async () => {
		whole.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, answer: { status: 500 } });
		const before = whole.count;
		const { status, items } = await whole.execute(read('Retry', ['C000055'], { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 }));
		assert.equal(status, 'success');
		assert.ok(items('GoFive').length > 0);
		const sent = whole.received(before).filter(({ operationId }) => operationId === 'getCustomerEvents');
		assert.deepEqual(sent.map((request) => request.status), [500, 200]);
	});

	/** Stops an execution once `begun` requests have come. @returns how many came until it was stopped, and after that */
	const stopAt = async (workflow: Workflow, begun: number): Promise<{ until: number; later: number }> => {
		const before = whole.count;
		const execution = await whole.rest.start(await whole.rest.save(workflow), 'Start');
		await whole.until(`${begun} requests`, () => whole.received(before).length >= begun);
		await whole.rest.stop(execution);
		const until = whole.received(before).length;
		assert.equal((await whole.rest.ended(execution)).status, 'canceled');
		// Long enough for many more, were the node to go on.
		await sleep(4_000);
		return { until, later: whole.received(before).length - until };
	};

	test('stopping the execution ends a run of reads as canceled, and sends no more', async () => {
		whole.sandbox.set({ delayMs: 400, workers: 4 });
		const { until, later } = await stopAt(read('Cancelled reads', whole.sandbox.store.seedCustomers(400, 1, 'STOP')), 8);
		// What was handed over to the network in that very moment.
		assert.ok(later <= 2, `${later} were sent after ${until}`);
	});

	test('stopping the execution ends a run of writes as canceled, and sends no more and none twice', async () => {
		whole.sandbox.set({ delayMs: 300 });
		const names = Array.from({ length: 40 }, (_, index) => `Stopped ${release.name} ${index}`);
		const { until, later } = await stopAt(chain('Cancelled writes', [manualTrigger(), ...itemsOf('eventName', names), goFive(CREATE)]), 3);
		assert.ok(later <= 1, `${later} were sent after ${until}`);
		const written = whole.sandbox.store.events.map(({ eventName }) => eventName).filter((name) => names.includes(name));
		assert.deepEqual(written, names.slice(0, written.length));
		assert.ok(written.length >= 2);
	});

	testSaved(() => whole);

	/** HTTP Request with the credential, on a path that no operation has: docs/coverage.md has a recipe for it. */
	const httpRequest = (): Workflow => {
		const sendHeaders = { sendHeaders: true, headerParameters: { parameters: [{ name: 'Content-Type', value: 'application/json' }] } };
		const parameters = { url: `${whole.sandbox.url}/v3/Products/serials/status`, authentication: 'predefinedCredentialType', nodeCredentialType: 'goFiveApi', ...sendHeaders, options: {} };
		const node = { name: 'HTTP Request', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters, credentials: { goFiveApi: SANDBOX_CREDENTIAL } };
		return chain('HTTP Request', [manualTrigger(), node]);
	};

	test('the HTTP Request node reaches what has no operation, with both headers and a token that is renewed', async () => {
		const first = await whole.execute(httpRequest());
		assert.equal(first.status, 'success', first.error?.message);
		const sent = whole.received().at(-1);
		assert.match(String(sent?.headers['authorization']), /^Bearer \S+$/u);
		assert.equal(sent?.headers['ocp-apim-subscription-key'], SANDBOX_SIGN_IN.subscriptionApiKey);
		whole.sandbox.expireTokens();
		const before = whole.count;
		const { status, error } = await whole.execute(httpRequest());
		assert.equal(status, 'success', error?.message);
		assert.deepEqual(whole.received(before).map((request) => request.status), [401, 200]);
		assert.equal(whole.tokens(before), 1);
	});

	describe('in a fresh process, by schedule', () => {
		const seconds = (name: string, nodes: NodeInput[], settings = {}): Workflow => {
			const rule = { interval: [{ field: 'seconds', secondsInterval: 3 }] };
			return chain(name, [{ name: 'Schedule', type: 'n8n-nodes-base.scheduleTrigger', typeVersion: 1.2, parameters: { rule } }, ...nodes], settings);
		};
		test('an expired token costs one renewal', async () => {
			assert.equal((await whole.execute(read('Fills the token', ['C000055']))).status, 'success');
			const id = await whole.rest.save(seconds('Scheduled', [...itemsOf('customerCode', ['C000055', 'C000154', 'L000308']), events()]));
			await whole.stop();
			whole.sandbox.expireTokens();
			const before = whole.count;
			await whole.start();
			await whole.rest.publish(id);
			const { status, error } = await whole.rest.newest(id, 1);
			assert.equal(status, 'success', error?.message);
			// The stored token was tried and found to be out of date.
			assert.equal(whole.received(before)[0]?.status, 401);
			assert.equal(whole.tokens(before), 1);
		});

		test('the error workflow hears what stopped it', async () => {
			const hears = await whole.rest.save(chain('Hears', [{ name: 'Error Trigger', type: 'n8n-nodes-base.errorTrigger', typeVersion: 1, parameters: {} }, { name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} }]));
			if (release.name !== '1.123') await whole.rest.publish(hears);
			const id = await whole.rest.save(seconds('Fails', [...itemsOf('customerCode', ['NOPE']), events()], { errorWorkflow: hears }));
			await whole.rest.publish(id);
			const { items } = await whole.rest.newest(hears);
			assert.match(JSON.stringify(items('Error Trigger')), /NOPE/u);
		});
	});

	test('no secret stands in what n8n stored, logged and told, whatever went wrong', async () => {
		const { store, url } = whole.sandbox;
		const wrong = async (name: string, changed: object): Promise<Partial<NodeInput>> => {
			const data = { authentication: 'clientCredentials', ...SANDBOX_SIGN_IN, baseUrl: url, ...changed };
			const { id } = await whole.rest.call<{ id: string }>('POST', 'credentials', { name, type: 'goFiveApi', data });
			return { credentials: { goFiveApi: { id, name } } };
		};
		const failing: Workflow[] = [
			read('Wrong key', ['C000055'], await wrong('Wrong key', { subscriptionApiKey: WRONG.subscriptionApiKey })),
			read('Wrong secret', ['C000055'], await wrong('Wrong secret', { clientSecret: WRONG.clientSecret })),
			read('Wrong token', ['C000055'], await wrong('Wrong token', { authentication: 'accessToken', accessToken: WRONG.accessToken })),
			read('500', store.seedCustomers(1, 1, 'F500')),
			read('Cut', store.seedCustomers(1, 1, 'CUT')),
			read('Reset', store.seedCustomers(1, 1, 'RESET')),
			read('Page', store.seedCustomers(1, 1, 'PAGE')),
		];
		const customers: Array<[prefix: string, answer: Answer]> = [['F500', { status: 500 }], ['CUT', { kind: 'cutBody' }], ['RESET', { kind: 'resetBefore' }], ['PAGE', { kind: 'html' }]];
		for (const [prefix, answer] of customers) {
			const customerCode = [...store.customers.keys()].find((code) => code.startsWith(prefix)) ?? '';
			whole.sandbox.addFault({ match: { customerCode }, times: 'always', answer });
		}
		for (const workflow of failing) assert.deepEqual([workflow.name, (await whole.execute(workflow)).status], [workflow.name, 'error']);
		await searchForSecrets(whole, [...told, readFileSync(session.log, 'utf8')], ['NOPE', 'Wrong key', 'GoFive does not accept the subscription key']);
	});
}
