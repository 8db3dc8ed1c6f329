import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import type { FaultResponse } from '../../sandbox/sandboxTypes.mts';
import { findManualTriggerName, type ExampleWorkflow } from '../../scripts/instance/exampleWorkflowFiles.mts';
import { REPOSITORY_ROOT } from '../../scripts/instance/pinnedPackages.mts';
import { N8N_RELEASES, NEWEST_RELEASE, type N8nRelease } from '../../scripts/instance/n8nReleases.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import {
	buildLinearWorkflow,
	customerEventsParameters,
	buildGoFiveNode,
	buildItemNodes,
	buildManualTrigger,
	type WorkflowNode,
	type WorkflowDefinition,
} from '../../scripts/instance/workflowBuilder.mts';
import { defineCredentialTests, WRONG_CREDENTIAL_VALUES } from './credentialTests.mts';
import { buildHttpRequestWorkflow, defineSecretTests } from './secretTests.mts';
import { defineListTests } from './listTests.mts';
import { defineNodeSearchTests } from './nodeSearchTests.mts';
import { defineQuotationNamesTests } from './quotationNamesTests.mts';
import { defineSavedWorkflowTests } from './savedWorkflowTests.mts';
import { assertNoSecretsStored } from './assertNoSecretsStored.mts';
import { assertSucceeded, buildCreateEventParameters, N8nTestServer } from './n8nTestServer.mts';

const READ_EVENTS_PARAMETERS = customerEventsParameters('={{ $json.customerCode }}');
const CREATE_PARAMETERS = buildCreateEventParameters('C000055', '={{ $json.eventName }}');

const buildEventsNode = (rest: Partial<WorkflowNode> = {}): WorkflowNode =>
	buildGoFiveNode(READ_EVENTS_PARAMETERS, rest);
const buildReadWorkflow = (name: string, codes: string[], rest: Partial<WorkflowNode> = {}): WorkflowDefinition =>
	buildLinearWorkflow(name, [buildManualTrigger(), ...buildItemNodes('customerCode', codes), buildEventsNode(rest)]);

/** GoFive nodes of branches that the values of an example do not reach. */
const UNREACHED_NODES = new Set(['events-of-last-month-to-excel.json Get customer']);

/** Defines the tests of one n8n server, for the newest and the oldest release. */
export default function defineReleaseTests(script: ScriptContext): void {
	for (const release of N8N_RELEASES) describe(release.packages.title, () => defineTestsForRelease(script, release));
}

function defineTestsForRelease(script: ScriptContext, release: N8nRelease): void {
	let n8nServer: N8nTestServer;
	/** Messages that n8n showed outside of executions. */
	const shownTexts: string[] = [];
	before(async () => {
		n8nServer = await N8nTestServer.launch(script, release);
	});
	afterEach(async () => await n8nServer.resetState());
	after(async () => await (n8nServer as N8nTestServer | undefined)?.stop());

	defineCredentialTests(() => n8nServer, shownTexts);

	describe('lists in forms', () => defineListTests(() => n8nServer));

	// n8n 1 has no such search.
	if (release === NEWEST_RELEASE) describe("n8n's search for nodes", () => defineNodeSearchTests(() => n8nServer));

	defineQuotationNamesTests(() => n8nServer);

	describe('examples with a manual trigger', () => {
		const folder = path.join(REPOSITORY_ROOT, 'examples');
		for (const file of readdirSync(folder).sort()) {
			const example = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as ExampleWorkflow;
			const trigger = findManualTriggerName(example);
			const goFiveNodes = example.nodes.filter(
				({ name, type }) => type === 'n8n-nodes-gofive.goFive' && !UNREACHED_NODES.has(`${file} ${name}`),
			);
			if (trigger === undefined) continue;
			test(file, async () => {
				const { items } = assertSucceeded(await n8nServer.rest.executeAndWait(path.basename(file, '.json'), trigger));
				for (const { name } of goFiveNodes) assert.ok(items(name).length > 0, `${name} gave no items`);
			});
		}
	});

	test('the webhook example retrieves the sales order that GoFive reports, and sends no request for a chat or invalid data', async () => {
		const id = 'sales-order-webhook';
		const example = JSON.parse(
			readFileSync(path.join(REPOSITORY_ROOT, 'examples', `${id}.json`), 'utf8'),
		) as WorkflowDefinition;
		const webhookNode = example.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
		await n8nServer.rest.publish(id);
		/** Returns the branches that received items. */
		const getReachedNodes = async (body: string): Promise<string[]> => {
			const count = (await n8nServer.rest.listEndedExecutions(id)).length;
			const response = await n8nServer.callWebhook(String(webhookNode?.parameters['path']), body);
			if (!response.ok) return [`answered ${response.status}`];
			const { items } = assertSucceeded(await n8nServer.rest.waitForNewestExecution(id, count + 1));
			return ['Get sales order', 'Chat message', 'Anything else'].filter((name) => items(name).length > 0);
		};
		// Both payloads are taken from public webhook receivers.
		const chat = {
			ChatMessage: { RoomId: '8a7f2c1e', Platform: 1, Content: 'สวัสดี', User: { OriginalName: 'Example' } },
		};
		assert.deepEqual(await getReachedNodes(JSON.stringify({ Topic: 'Chat', Event: 'Message', Data: chat })), [
			'Chat message',
		]);
		const countBefore = n8nServer.requestCount;
		assert.deepEqual(await getReachedNodes(JSON.stringify({ Data: { SaleOrderNo: 'SO24090001' } })), [
			'Get sales order',
		]);
		assert.deepEqual(
			n8nServer.getApiRequests(countBefore).map((request) => request.path),
			['/v2/salesorder/SO24090001'],
		);
		const rubbish = [
			'{}',
			'[]',
			'null',
			'"x"',
			'{"Data":null}',
			'{"Data":"x"}',
			'{"Data":[1]}',
			'{"Data":{"SaleOrderNo":""}}',
			'{"Data":{"ChatMessage":7}}',
		];
		for (const body of rubbish) assert.deepEqual([body, await getReachedNodes(body)], [body, ['Anything else']]);
		assert.deepEqual(await getReachedNodes('{'), ['answered 422']);
		assert.equal(n8nServer.getApiRequests(countBefore).length, 1);
	});

	test('only an unknown code goes to the error output, with the next step', async () => {
		const codes = n8nServer.sandbox.store.seedCustomers(2, 1, 'OUT');
		const { status, items } = await n8nServer.execute(
			buildReadWorkflow('Error output', [...codes.slice(0, 1), 'NOPE', ...codes.slice(1)], {
				onError: 'continueErrorOutput',
			}),
		);
		assert.equal(status, 'success');
		assert.deepEqual([...new Set(items('GoFive').map((item) => item['customerCode']))], codes);
		const [failed, ...others] = items('GoFive', 1);
		assert.deepEqual(others, []);
		assert.match(String(failed?.['error']), /NOPE/u);
	});

	test('with Continue the failed item keeps its position, and a hint counts it', async () => {
		const { items, hints } = await n8nServer.execute(
			buildReadWorkflow('Continue', ['C000055', 'NOPE'], { onError: 'continueRegularOutput' }),
		);
		assert.match(String(items('GoFive').at(-1)?.['error']), /NOPE/u);
		// n8n 1 shows no execution hints.
		if (release.name !== '1.123') assert.match(hints('GoFive').join('\n'), /1 of 2 items .*NOPE/u);
	});

	test('Retry On Fail executes the node again', async () => {
		n8nServer.sandbox.addFault({ match: { operationId: 'getCustomerEvents' }, answer: { status: 500 } });
		const countBefore = n8nServer.requestCount;
		const { status, items } = await n8nServer.execute(
			buildReadWorkflow('Retry', ['C000055'], { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 }),
		);
		assert.equal(status, 'success');
		assert.ok(items('GoFive').length > 0);
		const sent = n8nServer.getApiRequests(countBefore).filter(({ operationId }) => operationId === 'getCustomerEvents');
		assert.deepEqual(
			sent.map((request) => request.status),
			[500, 200],
		);
	});

	/**
	 * Cancels an execution after `requestTarget` requests.
	 * @returns numbers of requests before and after the cancellation
	 */
	const stopAfterRequests = async (
		workflow: WorkflowDefinition,
		requestTarget: number,
	): Promise<{ sentBeforeStop: number; sentAfterStop: number }> => {
		const countBefore = n8nServer.requestCount;
		const execution = await n8nServer.rest.startWorkflow(await n8nServer.rest.save(workflow), 'Start');
		await n8nServer.waitFor(
			`${requestTarget} requests`,
			() => n8nServer.getApiRequests(countBefore).length >= requestTarget,
		);
		await n8nServer.rest.stop(execution);
		const sentBeforeStop = n8nServer.getApiRequests(countBefore).length;
		assert.equal((await n8nServer.rest.waitForExecution(execution)).status, 'canceled');
		// Long enough for many more requests if the node continued.
		await sleep(4_000);
		return { sentBeforeStop, sentAfterStop: n8nServer.getApiRequests(countBefore).length - sentBeforeStop };
	};

	test('stopping the execution cancels the remaining reads', async () => {
		n8nServer.sandbox.setBehaviour({ delayMs: 400, workers: 4 });
		const { sentBeforeStop, sentAfterStop } = await stopAfterRequests(
			buildReadWorkflow('Cancelled reads', n8nServer.sandbox.store.seedCustomers(400, 1, 'STOP')),
			8,
		);
		// Requests that were sent at the moment of the cancellation.
		assert.ok(sentAfterStop <= 2, `${sentAfterStop} were sent after ${sentBeforeStop}`);
	});

	test('stopping the execution cancels the remaining writes and sends none twice', async () => {
		n8nServer.sandbox.setBehaviour({ delayMs: 300 });
		const names = Array.from({ length: 40 }, (_, index) => `Stopped ${release.name} ${index}`);
		const { sentBeforeStop, sentAfterStop } = await stopAfterRequests(
			buildLinearWorkflow('Cancelled writes', [
				buildManualTrigger(),
				...buildItemNodes('eventName', names),
				buildGoFiveNode(CREATE_PARAMETERS),
			]),
			3,
		);
		assert.ok(sentAfterStop <= 1, `${sentAfterStop} were sent after ${sentBeforeStop}`);
		const writtenNames = n8nServer.sandbox.store.events
			.map(({ eventName }) => eventName)
			.filter((name) => names.includes(name));
		assert.deepEqual(writtenNames, names.slice(0, writtenNames.length));
		assert.ok(writtenNames.length >= 2);
	});

	defineSavedWorkflowTests(() => n8nServer);

	defineSecretTests(() => n8nServer);

	test('the HTTP Request node calls an endpoint without an operation, with both headers and a renewed token', async () => {
		const url = `${n8nServer.sandbox.url}/v3/Products/serials/status`;
		const data = { ...SANDBOX_CREDENTIAL_DATA, baseUrl: n8nServer.sandbox.url, allowedHttpRequestDomains: 'all' };
		const goFiveApi = await n8nServer.rest.createCredential('HTTP Request', 'goFiveApi', data);
		const workflow = buildHttpRequestWorkflow(url, goFiveApi);
		assertSucceeded(await n8nServer.execute(workflow));
		const sent = n8nServer.getApiRequests().at(-1);
		assert.match(String(sent?.headers['authorization']), /^Bearer \S+$/u);
		assert.equal(sent?.headers['ocp-apim-subscription-key'], SANDBOX_CREDENTIAL_DATA.subscriptionApiKey);
		n8nServer.sandbox.expireTokens();
		const countBefore = n8nServer.requestCount;
		assertSucceeded(await n8nServer.execute(workflow));
		assert.deepEqual(
			n8nServer.getApiRequests(countBefore).map((request) => request.status),
			[401, 200],
		);
		assert.equal(n8nServer.countTokenRequests(countBefore), 1);
	});

	describe('scheduled in a new process', () => {
		const buildScheduledWorkflow = (name: string, nodes: WorkflowNode[], settings = {}): WorkflowDefinition => {
			const rule = { interval: [{ field: 'seconds', secondsInterval: 3 }] };
			return buildLinearWorkflow(
				name,
				[
					{ name: 'Schedule', type: 'n8n-nodes-base.scheduleTrigger', typeVersion: 1.2, parameters: { rule } },
					...nodes,
				],
				settings,
			);
		};
		test('an expired token is renewed once', async () => {
			assertSucceeded(await n8nServer.execute(buildReadWorkflow('Fills the token', ['C000055'])));
			const id = await n8nServer.rest.save(
				buildScheduledWorkflow('Scheduled', [
					...buildItemNodes('customerCode', ['C000055', 'C000154', 'L000308']),
					buildEventsNode(),
				]),
			);
			await n8nServer.stop();
			n8nServer.sandbox.expireTokens();
			const countBefore = n8nServer.requestCount;
			await n8nServer.start();
			await n8nServer.rest.publish(id);
			assertSucceeded(await n8nServer.rest.waitForNewestExecution(id, 1));
			// The stored token was used and had expired.
			assert.equal(n8nServer.getApiRequests(countBefore)[0]?.status, 401);
			assert.equal(n8nServer.countTokenRequests(countBefore), 1);
		});

		test('the error workflow receives the message', async () => {
			const errorWorkflowId = await n8nServer.rest.save(
				buildLinearWorkflow('Hears', [
					{ name: 'Error Trigger', type: 'n8n-nodes-base.errorTrigger', typeVersion: 1, parameters: {} },
					{ name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
				]),
			);
			if (release.name !== '1.123') await n8nServer.rest.publish(errorWorkflowId);
			const id = await n8nServer.rest.save(
				buildScheduledWorkflow('Fails', [...buildItemNodes('customerCode', ['NOPE']), buildEventsNode()], {
					errorWorkflow: errorWorkflowId,
				}),
			);
			await n8nServer.rest.publish(id);
			const { items } = await n8nServer.rest.waitForNewestExecution(errorWorkflowId);
			assert.match(JSON.stringify(items('Error Trigger')), /NOPE/u);
		});
	});

	test('no secret is in data, logs or messages of n8n after any failure', async () => {
		const { rest, sandbox } = n8nServer;
		const { clientSecret, subscriptionApiKey, accessToken } = WRONG_CREDENTIAL_VALUES;
		const wrongCredentials: Array<[name: string, overrides: object]> = [
			['Wrong key', { subscriptionApiKey }],
			['Wrong secret', { clientSecret }],
			['Wrong token', { authentication: 'accessToken', accessToken }],
		];
		const faults: Array<[customerCodePrefix: string, answer: FaultResponse]> = [
			['F500', { status: 500 }],
			['CUT', { kind: 'cutBody' }],
			['RESET', { kind: 'resetBefore' }],
			['PAGE', { kind: 'html' }],
		];
		const failingWorkflows: WorkflowDefinition[] = [];
		const validData = { authentication: 'clientCredentials', ...SANDBOX_CREDENTIAL_DATA, baseUrl: sandbox.url };
		for (const [name, overrides] of wrongCredentials) {
			const goFiveApi = await rest.createCredential(name, 'goFiveApi', { ...validData, ...overrides });
			failingWorkflows.push(buildReadWorkflow(name, ['C000055'], { credentials: { goFiveApi } }));
		}
		for (const [prefix, answer] of faults) {
			const codes = sandbox.store.seedCustomers(1, 1, prefix);
			sandbox.addFault({ match: { customerCode: codes[0] }, times: 'always', answer });
			failingWorkflows.push(buildReadWorkflow(prefix, codes));
		}
		for (const workflow of failingWorkflows)
			assert.deepEqual([workflow.name, (await n8nServer.execute(workflow)).status], [workflow.name, 'error']);
		await assertNoSecretsStored(
			n8nServer,
			[...shownTexts, readFileSync(script.logFile, 'utf8')],
			['NOPE', 'Wrong key', 'GoFive rejected the subscription key'],
		);
	});
}
