import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MAY_BE_PROCESSED, messages } from '../../nodes/GoFive/api/messages.ts';
import type { FaultResponse } from '../../sandbox/sandboxTypes.mts';
import { SANDBOX_CREDENTIAL_DATA } from '../../sandbox/sandboxCredential.mts';
import { addCustomers, buildCodes } from '../../sandbox/addCustomers.mts';
import { OLDEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import {
	buildGoFiveTriggerNode,
	buildLinearWorkflow,
	customerEventsParameters,
	GOFIVE_TRIGGER_NAME,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';
import { buildServerError, startsWith } from '../../scripts/supportModules.mts';
import { defineAccessTests } from './accessTests.mts';
import { defineAllCustomersTest } from './allCustomersTests.mts';
import { defineAgentTests } from './agentTests.mts';
import { getBangkokNow } from './bangkokTime.mts';
import { defineCredentialTests } from './credentialTests.mts';
import { definePortableExampleTests } from './exampleTests.mts';
import { buildCreateWorkflow, buildReadWorkflow, FREQUENT_POLL_TIMES } from './testWorkflows.mts';
import { ExampleServer } from './exampleServer.mts';
import { defineExcelAndFormTests } from './excelAndFormTests.mts';
import { defineFailedCustomersTests } from './failedCustomersTests.mts';
import { defineGroupedExpensesTest } from './expenseTests.mts';
import { defineListTests } from './listTests.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';
import { defineResponseFormatTest } from './responseFormatTests.mts';
import { defineStoredSecretsTest } from './storedSecretsTests.mts';
import { defineUpdateTests } from './updateTests.mts';

/** Defines the tests in a server of the oldest supported release, n8n 1: its differences, and what users do most. */
export default function defineOldestReleaseTests(script: ScriptContext): void {
	const n8nServer = new ExampleServer(script, OLDEST_RELEASE);
	/** Messages that n8n showed outside of executions. */
	const shownTexts: string[] = [];
	n8nServer.addHooks();

	describe('credential test', () => defineCredentialTests(n8nServer, shownTexts));
	describe('lists in forms', () => defineListTests(n8nServer));
	describe('requests', () => defineRequestTests(n8nServer));
	describe('trigger', () => defineTriggerTests(n8nServer));
	defineAccessTests(n8nServer);
	defineGroupedExpensesTest(n8nServer);
	defineAllCustomersTest(n8nServer);
	defineResponseFormatTest(n8nServer);
	defineFailedCustomersTests(n8nServer);
	describe('Excel files and forms', () => defineExcelAndFormTests(n8nServer));
	describe('updates', () => defineUpdateTests(n8nServer));
	describe('AI agents', () => defineAgentTests(n8nServer, [3]));
	describe('examples', () => definePortableExampleTests(n8nServer, false));
	defineStoredSecretsTest(script, n8nServer, shownTexts);
}

/** Faults whose cause n8n 1 keeps only as a text, and the messages. */
const BROKEN_RESPONSES: Array<[answer: FaultResponse, message: string]> = [
	[{ kind: 'resetBefore' }, messages.connectionLost.message],
	[{ kind: 'cutBody' }, messages.connectionLost.message],
	[{ kind: 'cutGzip' }, messages.truncatedResponse.message],
	[{ kind: 'hang' }, messages.timeout(2).message],
	[{ kind: 'redirect' }, messages.redirect('elsewhere.invalid').message],
];

function defineRequestTests(n8nServer: N8nTestServer): void {
	/** Executes the main operation. Returns the requests that it sent. */
	const readEvents = async () => {
		const countBefore = n8nServer.requestCount;
		const { items } = assertSucceeded(await n8nServer.execute(buildReadWorkflow('Read', ['C000055'])));
		assert.ok(items('GoFive').length > 0);
		const requests = n8nServer.getApiRequests(countBefore);
		return {
			reads: requests.filter(({ operationId }) => operationId === 'getCustomerEvents'),
			tokenRequestCount: n8nServer.countTokenRequests(countBefore),
		};
	};

	// n8n 1 hides the headers of an error.
	test('after HTTP 429, a read waits for the time in Retry-After', async () => {
		const answer: FaultResponse = { kind: 'rateLimited', seconds: 3 };
		n8nServer.sandbox.faults.add({ match: { operationId: 'getCustomerEvents' }, answer });
		const { reads } = await readEvents();
		const [rejected, repeated] = reads;
		assert.deepEqual(
			reads.map(({ status }) => status),
			[429, 200],
		);
		assert.ok((repeated?.at ?? 0) - (rejected?.at ?? 0) >= 3_000);
	});

	test('an expired token is renewed once', async () => {
		await readEvents();
		n8nServer.sandbox.tokens.expireAll();
		const { reads, tokenRequestCount } = await readEvents();
		assert.deepEqual(
			reads.map(({ status }) => status),
			[401, 200],
		);
		assert.equal(tokenRequestCount, 1);
	});

	// n8n 1 hides the cause of an error.
	test('the messages name the causes of broken responses', async () => {
		const { sandbox } = n8nServer;
		const codes = addCustomers(sandbox.records, buildCodes(BROKEN_RESPONSES.length, 'BROKEN'), 1);
		for (const [index, [answer]] of BROKEN_RESPONSES.entries())
			sandbox.faults.add({ match: { customerCode: codes[index] }, times: 'always', answer });
		const parameters = { ...customerEventsParameters('={{ $json.customerCode }}'), options: { timeoutSeconds: 2 } };
		const settings: Partial<WorkflowNode> = { parameters, onError: 'continueRegularOutput' };
		const workflow = buildReadWorkflow('Broken responses', codes, settings);
		const { items } = assertSucceeded(await n8nServer.execute(workflow));
		const errors = items('GoFive').map(({ error }) => String(error));
		assert.equal(errors.length, BROKEN_RESPONSES.length);
		for (const [index, [, message]] of BROKEN_RESPONSES.entries())
			assert.match(errors[index] ?? '', startsWith(message));
	});

	test('the message names a refused connection', async () => {
		const data = { ...SANDBOX_CREDENTIAL_DATA, authentication: 'accessToken', baseUrl: 'http://127.0.0.1:9' };
		const goFiveApi = await n8nServer.rest.createCredential('Refused', 'goFiveApi', data);
		const workflow = buildReadWorkflow('Refused', ['C000055'], { credentials: { goFiveApi } });
		const { error } = await n8nServer.execute(workflow);
		assert.match(error?.message ?? '', startsWith(messages.noConnection.message));
	});

	test('a write whose response is lost is sent once, and may have been processed', async () => {
		const answer: FaultResponse = { kind: 'resetAfter' };
		n8nServer.sandbox.faults.add({ match: { operationId: 'createCustomerEvent' }, times: 'always', answer });
		const countBefore = n8nServer.requestCount;
		const { error } = await n8nServer.execute(buildCreateWorkflow('Lost response', 'C000055', ['Lost response']));
		assert.match(error?.message ?? '', startsWith(messages.connectionLost.message));
		assert.match(error?.description ?? '', startsWith(MAY_BE_PROCESSED));
		assert.equal(n8nServer.getApiRequests(countBefore).length, 1);
		const writtenEvents = n8nServer.sandbox.records.customerEvents.find({ eventName: 'Lost response' });
		assert.equal(writtenEvents.length, 1);
	});
}

function defineTriggerTests(n8nServer: N8nTestServer): void {
	test('cannot be activated while a customer cannot be read', async () => {
		const { rest, sandbox } = n8nServer;
		sandbox.faults.add({ match: { customerCode: 'C000154' }, times: 'always', answer: { status: 500 } });
		const trigger = buildGoFiveTriggerNode({ customerCodes: 'C000055, C000154' });
		const id = await rest.save(buildLinearWorkflow('Unread customer', [trigger]));
		await assert.rejects(rest.publish(id), ({ message }: Error) =>
			['Events of customer C000154 ', buildServerError(500)].every((part) => message.includes(part)),
		);
	});

	test('reports existing events and each new one once, although it is activated again during a poll', async () => {
		const { rest, sandbox } = n8nServer;
		const [customerCode = ''] = addCustomers(sandbox.records, ['OLDEST']);
		const createEvent = (eventName: string) => n8nServer.createEvent(customerCode, getBangkokNow(), eventName);
		const parameters = {
			pollTimes: FREQUENT_POLL_TIMES,
			customerCodes: customerCode,
			options: { includeExistingRecords: true },
		};
		const id = await rest.save(buildLinearWorkflow('Activated twice', [buildGoFiveTriggerNode(parameters)]));
		createEvent('Existing');
		await rest.publish(id);
		await rest.waitForNewestExecution(id);

		// n8n 1 would also start an execution with what the older poll returns.
		const hold = sandbox.hold('getCustomerEvents');
		createEvent('During the polls');
		await n8nServer.waitFor('a poll reads events', () => hold.waitingCount === 1);
		await rest.unpublish(id);
		const activation = rest.publish(id);
		await n8nServer.waitFor('the poll of the new activation reads events', () => hold.waitingCount === 2);
		hold.end();
		await activation;
		await rest.waitForNewestExecution(id, 2);
		createEvent('After the polls');
		await rest.waitForNewestExecution(id, 3);

		const executions = await Promise.all(
			(await rest.listEndedExecutions(id)).map((ended) => rest.waitForExecution(ended.id)),
		);
		assert.deepEqual(
			executions.map(({ items }) => items(GOFIVE_TRIGGER_NAME).map(({ eventName }) => eventName)),
			[['After the polls'], ['During the polls'], ['Existing']],
		);
	});
}
