import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_SIGN_IN } from '../../sandbox/signIn.mts';
import { startedHere, type Example } from '../../scripts/start/examples.mts';
import { checkout } from '../../scripts/start/paths.mts';
import { RELEASES, type Release } from '../../scripts/start/releases.mts';
import type { Session } from '../../scripts/start/session.mts';
import { chain, goFive, itemsOf, manualTrigger, SANDBOX_CREDENTIAL, type NodeInput, type Workflow } from '../../scripts/start/workflows.mts';
import { Whole } from './whole.mts';

const EVENTS = { resource: 'customerEvent', operation: 'getByCustomerCode', customerCode: '={{ $json.customerCode }}', dateRange: 'custom', dateFrom: '2025-01-01', dateTo: '2025-01-31', options: {} };
const CREATE = { resource: 'customerEvent', operation: 'create', customerCode: 'C000055', eventName: '={{ $json.eventName }}', eventType: 1, eventDate: '2025-01-20T10:00:00', additionalFields: {} };

const events = (rest: Partial<NodeInput> = {}): NodeInput => goFive(EVENTS, rest);
const read = (name: string, codes: string[], rest: Partial<NodeInput> = {}): Workflow =>
	chain(name, [manualTrigger(), ...itemsOf('customerCode', codes), events(rest)]);

/** Part 1 and 5: what a person does with one n8n, on the newest and on the oldest release. */
export default function releases(session: Session): void {
	for (const release of RELEASES) describe(release.pinned.title, () => inRelease(session, release));
}

function inRelease(session: Session, release: Release): void {
	let whole: Whole;
	before(async () => {
		whole = await Whole.bringUp(session, release);
	});
	after(async () => await whole.stop());

	describe('the test of the credential', () => {
		const { clientId, clientSecret, subscriptionApiKey, accessToken } = SANDBOX_SIGN_IN;
		const byId = { authentication: 'clientCredentials', clientId, clientSecret, subscriptionApiKey };
		const byToken = { authentication: 'accessToken', accessToken, subscriptionApiKey };
		const outcomes: Array<[string, Record<string, string>, RegExp | 'OK']> = [
			['client id and secret', byId, 'OK'],
			['access token', byToken, 'OK'],
			['a wrong secret', { ...byId, clientSecret: 'wrong' }, /Client ID|Client Secret/u],
			['a wrong client id', { ...byId, clientId: 'wrong' }, /Client ID|Client Secret/u],
			['a wrong key', { ...byId, subscriptionApiKey: 'wrong' }, /Subscription Key/u],
			['a wrong token', { ...byToken, accessToken: 'wrong' }, /Access Token|token/u],
			['a wrong key with a token', { ...byToken, subscriptionApiKey: 'wrong' }, /Subscription Key/u],
			['a host that does not exist', { ...byId, baseUrl: 'https://no-such-host.invalid' }, /Base URL/u],
			['a host that does not answer', { ...byId, baseUrl: 'http://127.0.0.1:9' }, /ECONNREFUSED|Base URL|refused/u],
		];
		for (const [title, data, expected] of outcomes) {
			test(title, async () => {
				const tried = { name: title, type: 'goFiveApi', data: { baseUrl: whole.sandbox.url, ...data } };
				const { id } = await whole.rest.call<{ id: string }>('POST', 'credentials', tried);
				const credentials = { id, ...tried };
				const { status, message } = await whole.rest.call<{ status: string; message: string }>('POST', 'credentials/test', { credentials });
				if (expected === 'OK') assert.equal(status, 'OK', message);
				else {
					assert.equal(status, 'Error');
					assert.match(message, expected);
				}
			});
		}
	});

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
		await whole.rest.unpublish(id);
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

	test('stopping the execution ends a run of reads as canceled, and sends no more', async () => {
		whole.sandbox.set({ delayMs: 400, workers: 4 });
		const before = whole.count;
		const id = await whole.rest.save(read('Cancelled reads', whole.sandbox.store.seedCustomers(400, 1, 'STOP')));
		const execution = await whole.rest.start(id, 'Start');
		while (whole.received(before).length < 8) await sleep(20);
		await whole.rest.stop(execution);
		assert.equal((await whole.rest.ended(execution)).status, 'canceled');
		await sleep(500);
		const sent = whole.received(before).length;
		await sleep(1_500);
		assert.equal(whole.received(before).length, sent);
		assert.ok(sent < 400, `${sent} were sent`);
		whole.sandbox.set({ delayMs: 0, workers: null });
	});

	test('stopping the execution ends a run of writes as canceled, none is sent twice', async () => {
		whole.sandbox.set({ delayMs: 300 });
		const before = whole.count;
		const names = Array.from({ length: 20 }, (_, index) => `Stopped ${release.name} ${index}`);
		const id = await whole.rest.save(chain('Cancelled writes', [manualTrigger(), ...itemsOf('eventName', names), goFive(CREATE)]));
		const execution = await whole.rest.start(id, 'Start');
		while (whole.received(before).length < 3) await sleep(20);
		await whole.rest.stop(execution);
		assert.equal((await whole.rest.ended(execution)).status, 'canceled');
		await sleep(1_500);
		const written = whole.sandbox.store.events.map(({ eventName }) => eventName).filter((name) => names.includes(name));
		assert.equal(new Set(written).size, written.length);
		assert.ok(written.length >= 2 && written.length < names.length, `${written.length} were written`);
		whole.sandbox.set({ delayMs: 0 });
	});

	describe('workflows that people have saved', () => {
		const folder = path.join(checkout, 'test', 'saved');
		for (const file of readdirSync(folder).sort()) {
			const [saved] = [JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Workflow | [Workflow]].flat() as [Workflow];
			const trigger = saved.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
			const own = saved.nodes.find(({ type }) => type === 'n8n-nodes-gofive.goFive');
			if (!trigger || !own) continue;
			test(file, async () => {
				const nodes = saved.nodes.map((node) => (node.credentials ? { ...node, credentials: { goFiveApi: SANDBOX_CREDENTIAL } } : node));
				const before = whole.count;
				const id = await whole.rest.save({ ...saved, active: false, nodes });
				const { status, error, items } = await whole.rest.execute(id, trigger.name);
				assert.equal(status, 'success', error?.message);
				assert.ok(items(own.name).length > 0);
				assert.deepEqual(whole.received(before).filter((request) => (request.status ?? 0) >= 400), []);
			});
		}
	});

	test('the HTTP Request node reaches what has no operation, with both headers and a token that is renewed', async () => {
		const parameters = { url: `${whole.sandbox.url}/v1/products/units`, authentication: 'predefinedCredentialType', nodeCredentialType: 'goFiveApi', sendHeaders: true, headerParameters: { parameters: [{ name: 'Content-Type', value: 'application/json' }] }, options: {} };
		const workflow = chain('HTTP Request', [
			manualTrigger(),
			{ name: 'HTTP Request', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters, credentials: { goFiveApi: SANDBOX_CREDENTIAL } },
		]);
		const before = whole.count;
		const first = await whole.execute(workflow);
		assert.equal(first.status, 'success', first.error?.message);
		const sent = whole.received().at(-1);
		assert.match(String(sent?.headers['authorization']), /^Bearer \S+$/u);
		assert.equal(sent?.headers['ocp-apim-subscription-key'], SANDBOX_SIGN_IN.subscriptionApiKey);
		whole.sandbox.expireTokens();
		const { status, error } = await whole.execute(workflow);
		assert.equal(status, 'success', error?.message);
		assert.ok(whole.tokens(before) >= 1);
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
			await whole.rest.unpublish(id);
			assert.equal(status, 'success', error?.message);
			assert.equal(whole.tokens(before), 1);
		});

		test('the error workflow hears what stopped it', async () => {
			const hears = await whole.rest.save(chain('Hears', [{ name: 'Error Trigger', type: 'n8n-nodes-base.errorTrigger', typeVersion: 1, parameters: {} }, { name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} }]));
			if (release.name !== '1.123') await whole.rest.publish(hears);
			const id = await whole.rest.save(seconds('Fails', [...itemsOf('customerCode', ['NOPE']), events()], { errorWorkflow: hears }));
			await whole.rest.publish(id);
			const { items } = await whole.rest.newest(hears);
			await whole.rest.unpublish(id);
			assert.match(JSON.stringify(items('Error Trigger')), /NOPE/u);
		});
	});

	test('no secret stands in what n8n stored, logged and told', async () => {
		const folder = path.join(whole.running.env['N8N_USER_FOLDER'] ?? '', '.n8n');
		const sent = whole.sandbox.requests.flatMap(({ headers }) => String(headers['authorization'] ?? '').split(' ')[1] ?? []).filter((token) => token !== 'wrong');
		const secrets = [...new Set([SANDBOX_SIGN_IN.clientSecret, SANDBOX_SIGN_IN.subscriptionApiKey, SANDBOX_SIGN_IN.accessToken, ...sent])];
		assert.ok(secrets.length > 3);
		await whole.stop();
		const files = readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
			.map((entry) => path.join(entry.parentPath, entry.name));
		assert.ok(files.some((file) => file.endsWith('database.sqlite')));
		for (const file of [...files, session.log]) {
			const bytes = readFileSync(file);
			const found = secrets.filter((secret) => bytes.includes(secret));
			assert.deepEqual([path.basename(file), found.length], [path.basename(file), 0]);
		}
	});
}
