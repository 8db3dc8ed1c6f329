import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { NEWEST_RELEASE } from '../../scripts/instance/n8nReleases.mts';
import { EXAMPLE_IDS } from '../../scripts/instance/exampleIds.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { defineChatExampleTests, defineMcpExampleTest } from './aiExampleTests.mts';
import { defineApprovalExampleTest } from './approvalExampleTests.mts';
import { defineDashboardExampleTests } from './dashboardExampleTests.mts';
import { defineEmailExampleTests } from './emailExampleTests.mts';
import { EmailPictures } from './emailPictures.mts';
import { ExampleServer, NAME_WITH_TAG } from './exampleServer.mts';
import { defineFewRecordsTests } from './fewRecordsExampleTests.mts';
import { defineFormExampleTests } from './formExampleTests.mts';
import { defineMissingCustomerTests } from './missingCustomerExampleTests.mts';
import { defineReportExampleTests } from './reportExampleTests.mts';
import { defineSheetExampleTests } from './sheetExampleTests.mts';
import { defineTableExampleTests } from './tableExampleTests.mts';
import { defineTotalsExampleTests } from './totalsExampleTests.mts';
import { defineTriggerExampleTests } from './triggerExampleTests.mts';

/** Defines the tests of the examples that run in all supported releases of n8n. */
export function definePortableExampleTests(exampleServer: ExampleServer, isNewest: boolean): void {
	describe('reports', () => defineReportExampleTests(exampleServer));
	describe('emails and files', () => defineEmailExampleTests(exampleServer, isNewest));
	describe('totals', () => defineTotalsExampleTests(exampleServer, isNewest));
	defineMissingCustomerTests(exampleServer, isNewest);
	describe('sheets', () => defineSheetExampleTests(exampleServer));
	defineTriggerExampleTests(exampleServer);
	defineApprovalExampleTest(exampleServer);
	describe('forms', () => defineFormExampleTests(exampleServer, isNewest));
	describe('MCP', () => defineMcpExampleTest(exampleServer));
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
	const exampleServer = new ExampleServer(script, NEWEST_RELEASE);
	exampleServer.addHooks();
	before(async () => {
		exampleServer.emailPictures = await EmailPictures.launch();
	});
	after(async () => await exampleServer.emailPictures?.close());

	describe('data tables', () => defineTableExampleTests(exampleServer));
	defineDashboardExampleTests(exampleServer);
	defineChatExampleTests(exampleServer);
	definePortableExampleTests(exampleServer, true);
	// Last, because the tests above read the newest execution of an example.
	defineFewRecordsTests(exampleServer);

	// Reads the executions of all tests above.
	test('each example was executed with texts that contain markup', async () => {
		const otherIds: string[] = [];
		for (const id of Object.values(EXAMPLE_IDS).flat())
			if (!(await wasExecutedWith(exampleServer, id, NAME_WITH_TAG))) otherIds.push(id);
		assert.deepEqual(otherIds, [], `No test executed these with ${NAME_WITH_TAG}, or it did not pass`);
	});
}
