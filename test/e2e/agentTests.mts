import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ItemJson } from '../../scripts/instance/restClient.mts';
import { buildGoFiveNode, type WorkflowNode } from '../../scripts/instance/workflowBuilder.mts';
import { AGENT_NODE_NAME, buildAgentWorkflow, buildMcpWorkflow, USER_MESSAGE } from './agentWorkflows.mts';
import { callTool, connectMcpClient } from './mcpClient.mts';
import { assertSucceeded, type N8nTestServer } from './n8nTestServer.mts';
import { ScriptedModel, type OfferedTool, type ToolCall } from './scriptedModel.mts';
import { buildFromAiValue } from '../../scripts/supportModules.mts';

const READ_TOOL = 'Get_customer_events_by_customer_code_in_GoFive_Venio_CRM';
const CREATE_TOOL = 'Create_customer_event_in_GoFive_Venio_CRM';
const CUSTOMERS_TOOL = 'Get_many_customers_in_GoFive_Venio_CRM';
const SEARCH_TOOL = 'Get_many_quotations_in_GoFive_Venio_CRM';

/** Parameters of the tools, in which n8n's editor leaves some values to the model. */
const TOOL_PARAMETERS = {
	[READ_TOOL]: {
		resource: 'customerEvent',
		operation: 'getByCustomerCode',
		customerCode: buildFromAiValue('Customer_Code'),
		dateRange: 'custom',
		dateFrom: buildFromAiValue('From', 'dateTime'),
		dateTo: buildFromAiValue('To', 'dateTime'),
	},
	[CREATE_TOOL]: {
		resource: 'customerEvent',
		operation: 'create',
		customerCode: buildFromAiValue('Customer_Code'),
		eventName: buildFromAiValue('Event_Name'),
		eventType: buildFromAiValue('Event_Type'),
		eventDate: buildFromAiValue('Event_Date', 'dateTime'),
	},
	[CUSTOMERS_TOOL]: {
		resource: 'customer',
		operation: 'getAll',
		limit: buildFromAiValue('Limit', 'number'),
	},
	[SEARCH_TOOL]: {
		resource: 'quotation',
		operation: 'getAll',
		limit: buildFromAiValue('Limit', 'number'),
		filters: { owner: buildFromAiValue('Staff_Member', 'resourceLocator') },
	},
};
/** Required arguments of the tools, with their types. */
const TOOL_ARGUMENTS = {
	[READ_TOOL]: { Customer_Code: 'string', From: 'string', To: 'string' },
	[CREATE_TOOL]: { Customer_Code: 'string', Event_Name: 'string', Event_Type: 'string', Event_Date: 'string' },
	[CUSTOMERS_TOOL]: { Limit: 'number' },
	[SEARCH_TOOL]: { Limit: 'number', Staff_Member: 'string' },
};

/** Builds the tools. n8n's editor names a tool after its action, and the model sees underscores instead of blanks. */
const buildTools = (settings: Partial<WorkflowNode> = {}): WorkflowNode[] =>
	Object.entries(TOOL_PARAMETERS).map(([toolName, parameters]) =>
		buildGoFiveNode(parameters, {
			name: toolName.replaceAll('_', ' '),
			type: 'n8n-nodes-gofive.goFiveTool',
			...settings,
		}),
	);

/** Arguments that create an event, with the name of its type. */
const buildCreateArguments = (eventName: string, eventType: string) => ({
	Customer_Code: 'C000055',
	Event_Name: eventName,
	Event_Type: eventType,
	Event_Date: '2025-01-20T10:00:00',
});

const READ_ARGUMENTS = { Customer_Code: 'C000055', From: '2025-01-01', To: '2025-01-31' };
/** Staff code of the employee in one quotation. */
const STAFF_CODE = 'staff02';

/** Builds the tool calls of a model that reads events, creates one, makes three mistakes, and searches quotations. */
const buildConversation = (eventName: string): ToolCall[] => [
	{ name: READ_TOOL, args: READ_ARGUMENTS },
	{ name: CREATE_TOOL, args: buildCreateArguments(eventName, 'Meeting') },
	{ name: CREATE_TOOL, args: buildCreateArguments(eventName, 'Visit') },
	{ name: READ_TOOL, args: { ...READ_ARGUMENTS, From: 'soon' } },
	{ name: READ_TOOL, args: { ...READ_ARGUMENTS, Customer_Code: 'NOPE' } },
	{ name: SEARCH_TOOL, args: { Limit: 3, Staff_Member: STAFF_CODE } },
	{ name: SEARCH_TOOL, args: { Limit: 3, Staff_Member: '' } },
];

/** Message about an invalid date, with everything that a model needs to correct it. */
const DATE_ERROR_PATTERN = /'From' cannot be \\?"soon\\?".*2025-01-31 .*2025-01-31T10:00:00.*Nothing was sent/su;

const parseItems = (result = ''): ItemJson[] => JSON.parse(result) as ItemJson[];

/**
 * Asserts that the tools offer and require exactly the arguments that are left to the model, and that their descriptions,
 * which n8n builds, contain the names by which users ask for the data.
 */
function assertOfferedTools(offeredTools: OfferedTool[]): void {
	for (const { name, description } of offeredTools) assert.ok(description?.startsWith(name.replaceAll('_', ' ')), name);
	const toolArguments = offeredTools.map(({ name, parameters: { properties = {}, required = [] } }) => {
		const types = Object.entries(properties).map(([key, { type }]) => [
			key,
			required.includes(key) ? type : 'optional',
		]);
		return [name, Object.fromEntries(types) as Record<string, string>];
	});
	assert.deepEqual(Object.fromEntries(toolArguments), TOOL_ARGUMENTS);
}

/**
 * Asserts what the calls of the conversation returned and sent.
 * @param countBefore - Number of requests before the conversation
 */
function assertConversation(n8nServer: N8nTestServer, results: string[], eventName: string, countBefore: number): void {
	const [readResult, createResult, unknownTypeResult, ...laterResults] = results;
	const [invalidDateResult, unknownCustomerResult, employeeResult, allResult] = laterResults;
	const days = parseItems(readResult).map(({ eventDate }) => String(eventDate).slice(0, 10));
	assert.ok(days.length > 0);
	for (const day of days) assert.ok(day >= '2025-01-01' && day <= '2025-01-31', day);

	const [event] = parseItems(createResult);
	assert.deepEqual(
		[event?.['eventName'], event?.['eventType'], event?.['eventDate']],
		[eventName, 1, '2025-01-20T10:00:00+07:00'],
	);
	const createdEvents = n8nServer.sandbox.records.customerEvents.find({ eventName });
	assert.equal(createdEvents.length, 1);

	assert.match(unknownTypeResult ?? '', /cannot be \\?"Visit\\?".*Meeting \(1\), Phone Call \(2\).*Nothing was sent/su);
	assert.match(invalidDateResult ?? '', DATE_ERROR_PATTERN);
	assert.match(unknownCustomerResult ?? '', /Customer not found.*NOPE.*Correct the field/su);

	const listStaffCodes = (result?: string) => parseItems(result).map(({ staffCode }) => staffCode);
	assert.deepEqual(listStaffCodes(employeeResult), [STAFF_CODE]);
	assert.deepEqual(listStaffCodes(allResult), [STAFF_CODE, 'staff01', 'staff01']);

	// Without a request whose token had expired.
	const requests = n8nServer.getApiRequests(countBefore).filter(({ status }) => status !== 401);
	const reads = requests.filter(({ operationId }) => operationId === 'getCustomerEvents');
	assert.deepEqual(
		reads.map(({ query }) => new URLSearchParams(query).get('customerCode')),
		['C000055', 'NOPE'],
	);
	assert.equal(reads[0]?.body, '{"DateFrom":"2025-01-01T00:00:00","DateTo":"2025-01-31T23:59:59"}');
	const firstPages = requests
		.filter(({ operationId }) => operationId === 'findQuotations')
		.map(({ body }) => JSON.parse(body) as ItemJson)
		.filter(({ skip }) => skip === 0);
	assert.deepEqual(
		firstPages.map(({ staffCode }) => staffCode),
		[STAFF_CODE, undefined],
	);
}

/** Replaces the quotations with one of this employee and two of another. */
function replaceQuotations({ sandbox }: N8nTestServer): void {
	const { quotations } = sandbox.records;
	quotations.records = [];
	quotations.create({ staffCode: 'staff01' }, 2);
	quotations.create({ staffCode: STAFF_CODE });
}

/**
 * Defines one test for each version of the AI Agent node.
 * @param versions - Versions that call tools differently
 */
export function defineAgentTests(n8nServer: N8nTestServer, versions: number[]): void {
	let model: ScriptedModel;
	let openAiApi: { id: string; name: string };
	before(async () => {
		model = await ScriptedModel.start();
		const data = { apiKey: 'none', url: model.url };
		openAiApi = await n8nServer.rest.createCredential('Scripted model', 'openAiApi', data);
	});
	after(async () => await model.close());

	for (const version of versions) {
		test(`AI Agent ${version} offers its tools for a request in Thai, reads, creates, searches, and receives messages about invalid values`, async () => {
			replaceQuotations(n8nServer);
			const countBefore = n8nServer.requestCount;
			const eventName = `By agent ${version}`;
			model.setScript(buildConversation(eventName));
			// Versions before 3.1 end the execution when a tool fails, or drop its message.
			const tools = buildTools(version < 3.1 ? { onError: 'continueRegularOutput' } : {});
			const workflow = buildAgentWorkflow(eventName, version, openAiApi, tools);
			const { items } = assertSucceeded(await n8nServer.execute(workflow));
			assert.deepEqual(
				items(AGENT_NODE_NAME).map(({ output }) => output),
				['Done.'],
			);
			assert.equal(model.userMessage, USER_MESSAGE);
			assertOfferedTools(model.offeredTools);
			assertConversation(n8nServer, model.toolResults, eventName, countBefore);
		});
	}
}

/** Defines the test of n8n's MCP server with the same tools. */
export function defineMcpTest(n8nServer: N8nTestServer): void {
	test('an MCP client reads, creates, searches, and receives messages about invalid values', async () => {
		replaceQuotations(n8nServer);
		const countBefore = n8nServer.requestCount;
		await n8nServer.rest.publish(await n8nServer.rest.save(buildMcpWorkflow('MCP', 'gofive', buildTools())));
		const client = await connectMcpClient(n8nServer, 'gofive');
		try {
			const { tools } = await client.listTools();
			assertOfferedTools(tools.map(({ inputSchema, ...tool }) => ({ ...tool, parameters: inputSchema })));
			const results: string[] = [];
			for (const call of buildConversation('By MCP')) results.push(await callTool(client, call));
			assertConversation(n8nServer, results, 'By MCP', countBefore);
		} finally {
			await client.close();
		}
	});
}
