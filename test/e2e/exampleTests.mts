import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { NEWEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';
import { EXAMPLE_IDS } from '../../scripts/instance/exampleIds.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { defineChatExampleTests, defineMcpExampleTest } from './aiExampleTests.mts';
import { defineApprovalExampleTest } from './approvalExampleTests.mts';
import { defineEmailExampleTests } from './emailExampleTests.mts';
import { EmailPictures } from './emailPictures.mts';
import { ExampleServer, NAME_WITH_TAG } from './exampleServer.mts';
import { defineFormExampleTests } from './formExampleTests.mts';
import { defineMissingCustomerTests } from './missingCustomerExampleTests.mts';
import { defineReportExampleTests } from './reportExampleTests.mts';
import { defineSheetExampleTests } from './sheetExampleTests.mts';
import { defineTableExampleTests } from './tableExampleTests.mts';
import { defineTriggerExampleTests } from './triggerExampleTests.mts';

/** Defines the tests of the examples that run in all supported releases of n8n. */
export function definePortableExampleTests(getExampleServer: () => ExampleServer, isNewest: boolean): void {
	describe('reports', () => defineReportExampleTests(getExampleServer));
	describe('emails and files', () => defineEmailExampleTests(getExampleServer, isNewest));
	defineMissingCustomerTests(getExampleServer);
	describe('sheets', () => defineSheetExampleTests(getExampleServer));
	defineTriggerExampleTests(getExampleServer);
	defineApprovalExampleTest(getExampleServer);
	describe('forms', () => defineFormExampleTests(getExampleServer, isNewest));
	describe('MCP', () => defineMcpExampleTest(getExampleServer));
}

/** Whether a text was in the data of an execution of a workflow. An execution that shows a page may not have ended. */
async function wasExecutedWith({ rest }: ExampleServer, workflowId: string, text: string): Promise<boolean> {
	for (const { id } of await rest.listExecutions(workflowId)) {
		const { data } = await rest.requestData<{ data: string }>('GET', `executions/${id}`);
		if (data.includes(text)) return true;
	}
	return false;
}

/** Defines the tests of all example workflows, with local servers for all services. */
export default function defineExampleTests(script: ScriptContext): void {
	let exampleServer: ExampleServer;
	const getExampleServer = (): ExampleServer => exampleServer;
	before(async () => {
		exampleServer = await ExampleServer.launch(script, NEWEST_RELEASE);
		exampleServer.emailPictures = await EmailPictures.launch();
	});
	afterEach(() => {
		exampleServer.n8nServer.resetBehaviour();
		exampleServer.services.assertNoProblems();
	});
	after(async () => {
		const startedServer = exampleServer as ExampleServer | undefined;
		await startedServer?.emailPictures?.close();
		await startedServer?.n8nServer.stop();
	});

	describe('data tables', () => defineTableExampleTests(getExampleServer));
	defineChatExampleTests(getExampleServer);
	definePortableExampleTests(getExampleServer, true);

	test('each example was executed with texts that contain markup', async () => {
		const otherIds: string[] = [];
		for (const id of Object.values(EXAMPLE_IDS).flat())
			if (!(await wasExecutedWith(exampleServer, id, NAME_WITH_TAG))) otherIds.push(id);
		assert.deepEqual(otherIds, []);
	});
}
