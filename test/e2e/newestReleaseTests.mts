import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { NEWEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { defineAccessTests } from './accessTests.mts';
import { defineAllCustomersTest } from './allCustomersTests.mts';
import { defineAgentTests, defineMcpTest } from './agentTests.mts';
import { defineCredentialTests } from './credentialTests.mts';
import { defineCredentialUseTests } from './credentialUseTests.mts';
import { buildCreateWorkflow } from './testWorkflows.mts';
import { defineExcelAndFormTests } from './excelAndFormTests.mts';
import { defineFailedCustomersTests } from './failedCustomersTests.mts';
import { defineGroupedExpensesTest } from './expenseTests.mts';
import { N8nTestServer } from './n8nTestServer.mts';
import { defineNodeSearchTests } from './nodeSearchTests.mts';
import { defineResponseFormatTest } from './responseFormatTests.mts';
import { defineStoredSecretsTest } from './storedSecretsTests.mts';
import { defineUpdateTests } from './updateTests.mts';

/** Defines the tests in a server of the newest release of n8n. */
export default function defineNewestReleaseTests(script: ScriptContext): void {
	const n8nServer = new N8nTestServer(script, NEWEST_RELEASE);
	/** Messages that n8n showed outside of executions. */
	const shownTexts: string[] = [];
	n8nServer.addHooks();

	describe('credential test', () => defineCredentialTests(n8nServer, shownTexts));
	describe("n8n's search for nodes", () => defineNodeSearchTests(n8nServer));
	describe('Excel files and forms', () => defineExcelAndFormTests(n8nServer));
	describe('updates', () => defineUpdateTests(n8nServer));
	describe('use of the credential', () => defineCredentialUseTests(n8nServer));
	defineAccessTests(n8nServer);
	defineGroupedExpensesTest(n8nServer);
	defineAllCustomersTest(n8nServer);
	defineResponseFormatTest(n8nServer);
	defineFailedCustomersTests(n8nServer);
	describe('AI agents', () => {
		defineAgentTests(n8nServer, [3.1, 2.2]);
		defineMcpTest(n8nServer);
	});

	test('stopping the execution cancels the remaining writes and sends none twice', async () => {
		const { sandbox, rest } = n8nServer;
		sandbox.setBehaviour({ delayMs: 300 });
		const names = Array.from({ length: 40 }, (_, index) => `Stopped ${index}`);
		const countBefore = n8nServer.requestCount;
		const workflowId = await rest.save(buildCreateWorkflow('Cancelled writes', 'C000055', names));
		const executionId = await rest.startWorkflow(workflowId, 'Start');
		await n8nServer.waitFor('three requests', () => n8nServer.getApiRequests(countBefore).length >= 3);
		await rest.stop(executionId);
		const sentBeforeStop = n8nServer.getApiRequests(countBefore).length;
		assert.equal((await rest.waitForExecution(executionId)).status, 'canceled');
		// Long enough for several more requests if the node continued.
		await sleep(1_500);
		const sentAfterStop = n8nServer.getApiRequests(countBefore).length - sentBeforeStop;
		assert.ok(sentAfterStop <= 1, `${sentAfterStop} were sent after ${sentBeforeStop}`);
		const allNames = sandbox.records.customerEvents.records.map(({ eventName }) => String(eventName));
		const writtenNames = allNames.filter((name) => names.includes(name));
		assert.deepEqual(writtenNames, names.slice(0, writtenNames.length));
		assert.ok(writtenNames.length >= 2);
	});

	defineStoredSecretsTest(script, n8nServer, shownTexts);
}
