import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemJson } from '../../scripts/instance/restClient.mts';
import {
	buildGoFiveNode,
	buildLinearWorkflow,
	buildManualTrigger,
	type WorkflowNode,
} from '../../scripts/instance/workflowBuilder.mts';
import { buildExcelNodes } from './excelFile.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';
import { getCreateEventParameters } from './testWorkflows.mts';

/** Rows of an Excel file: the columns, a date, the number of a date in a cell without a format, and a date as text. */
const ROWS = [
	['Title', 'Type', 'Date'],
	['Date cell', 'Meeting', { t: 'n', v: 31107, z: 'dd/mm/yyyy' }],
	['Number', ' phone call ', { t: 'n', v: 45688.4375 }],
	['Thai year', 3, { t: 's', v: '15/3/2568' }],
];

/** Defines the tests of names and dates as n8n reads them from a file and from a form. */
export function defineExcelAndFormTests(n8nServer: N8nTestServer): void {
	test('an Excel file with names of event types and dates of several kinds', async () =>
		await testExcelFile(n8nServer));
	test('a form with the name of an event type', async () => await testForm(n8nServer));
}

/** Parameters that create the event of an item. */
const CREATE_PARAMETERS = {
	...getCreateEventParameters('C000055', '={{ $json.Title }}'),
	eventType: '={{ $json.Type }}',
	eventDate: '={{ $json.Date }}',
};

async function testExcelFile(n8nServer: N8nTestServer): Promise<void> {
	const workflow = buildLinearWorkflow('Excel file', [
		buildManualTrigger(),
		...buildExcelNodes(ROWS),
		buildGoFiveNode(CREATE_PARAMETERS),
	]);
	const execution = assertSucceeded(await n8nServer.execute(workflow));
	assert.deepEqual(
		execution.items('Rows').map(({ Date: date }) => date),
		[31107, 45688.4375, '15/3/2568'],
	);
	const toText = ({ eventName, eventType, eventDate }: ItemJson) => [eventName, eventType, eventDate].join(' ');
	assert.deepEqual(execution.items('GoFive').map(toText), [
		'Date cell 1 1985-03-01T00:00:00+07:00',
		'Number 2 2025-01-31T10:30:00+07:00',
		'Thai year 3 2025-03-15T00:00:00+07:00',
	]);
	const hints = execution.hints('GoFive').join('\n');
	assert.match(hints, /, which was read as 1985-03-01\. This applies to \d items/u);
	assert.match(hints, /, which was read as 2025-03-15/u);
}

async function testForm(n8nServer: N8nTestServer): Promise<void> {
	const formTrigger: WorkflowNode = {
		name: 'Form',
		type: 'n8n-nodes-base.formTrigger',
		typeVersion: 2.3,
		parameters: {
			formTitle: 'Event',
			formFields: {
				values: [
					{ fieldLabel: 'Title', fieldType: 'text' },
					{ fieldLabel: 'Type', fieldType: 'text' },
					{ fieldLabel: 'Date', fieldType: 'date' },
				],
			},
			responseMode: 'lastNode',
			options: { path: 'event-names' },
		},
		webhookId: 'event-names',
	};
	const id = await n8nServer.rest.save(buildLinearWorkflow('Form', [formTrigger, buildGoFiveNode(CREATE_PARAMETERS)]));
	await n8nServer.rest.publish(id);
	const body = new FormData();
	for (const [index, value] of ['Of a form', 'meeting', '2027-01-05'].entries()) body.append(`field-${index}`, value);
	await n8nServer.fetchPublished(`${n8nServer.url}/form/event-names`, { method: 'POST', body });
	assertSucceeded(await n8nServer.rest.waitForNewestExecution(id));
	const event = n8nServer.sandbox.records.customerEvents.findBy('eventName', 'Of a form');
	assert.deepEqual([event?.['eventType'], event?.['eventDate']], [1, '2027-01-05T00:00:00+0700']);
}
