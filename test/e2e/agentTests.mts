import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loadContractValidator } from '../../sandbox/contractValidator.mts';
import type { ReceivedRequest } from '../../sandbox/sandboxTypes.mts';
import { N8N_RELEASES, type N8nRelease } from '../../scripts/instance/n8nReleases.mts';
import type { ItemJson } from '../../scripts/instance/restClient.mts';
import type { ScriptContext } from '../../scripts/instance/scriptContext.mts';
import { AGENT_NODE_NAME, buildAgentWorkflow, buildMcpWorkflow } from './agentWorkflows.mts';
import { connectMcpClient, type McpClient } from './mcpClient.mts';
import { ScriptedModel, type OfferedTool } from './scriptedModel.mts';
import {
	assertOfferedTools,
	buildFromAiValue,
	allOperations,
	findOperation,
	buildOperationRequest,
	buildAgentTool,
	type AgentTool,
} from './agentTools.mts';
import { assertSucceeded, N8nTestServer } from './n8nTestServer.mts';

const contract = await loadContractValidator();

const READ_OPERATION = 'customerEvent.getByCustomerCode';
const WRITE_OPERATION = 'customerEvent.create';
/** Staff code of the employee in one quotation. */
const STAFF_CODE = 'staff02';
/** Expected descriptions of the arguments of the main tools. */
const TOOL_DESCRIPTIONS: Record<string, Record<string, RegExp>> = {
	Get_customer_events_by_customer_code_in_GoFive: {
		Customer_Code: /customer/u,
		From: /First day of the range, for example 2025-01-31\..*a time, for example 2025-01-31T10:00:00/u,
		To: /Last day of the range, for example 2025-01-31\. The whole day is included\..*a time, for example 2025-01-31T18:00:00/u,
	},
	Create_customer_event_in_GoFive: {
		Customer_Code: /customer/u,
		Event_Name: /Name of the event/u,
		Event_Date:
			/Date and time in the time zone of your GoFive account \(Thailand by default\), for example 2025-01-31T10:00:00/u,
	},
	Get_many_quotations_in_GoFive: { Limit: /Max number of results/u, Staff_Member: /^Staff code$/u },
};
/** Message about an invalid date, with everything needed to correct it. */
const DATE_ERROR_PATTERN =
	/'From' cannot be \\?"soon\\?".*2025-01-31 .*2025-01-31T10:00:00 \(in the time zone of your GoFive account\).*2025-01-31T10:00:00\+07:00.*Nothing was sent/su;

/** Defines the tests in which an AI Agent and an MCP client use the node as a tool. */
export default function defineAgentTests(script: ScriptContext): void {
	for (const release of N8N_RELEASES) describe(release.packages.title, () => defineTestsForRelease(script, release));
}

function defineTestsForRelease(script: ScriptContext, release: N8nRelease): void {
	/** Current default version of the agent, and the previous one, which calls tools differently. */
	const versions = release.name === '1.123' ? [3, 2.2] : [3.1, 2.2];
	/** Whether the agent passes tool errors to the model. Older ones stop or drop them unless On Error is Continue. */
	const reportsToolErrors = (version: number): boolean => version >= 3.1;
	let n8nServer: N8nTestServer;
	let model: ScriptedModel;
	let openAiApi: { id: string; name: string };
	/** Number of requests before each tool call. */
	const requestCountsBeforeCall: number[] = [];

	before(async () => {
		n8nServer = await N8nTestServer.launch(script, release);
		n8nServer.sandbox.records.quotations.fill(2);
		n8nServer.sandbox.records.quotations.create({ staffCode: STAFF_CODE });
		model = await ScriptedModel.start((call) => {
			requestCountsBeforeCall[call] = n8nServer.requestCount;
		});
		const data = { apiKey: 'none', url: model.url };
		openAiApi = await n8nServer.rest.createCredential('Scripted model', 'openAiApi', data);
	});
	after(async () => {
		// Undefined when the start failed.
		await model?.close();
		await n8nServer?.stop();
	});

	/** Runs the agent with a script of tool calls. */
	async function runAgent(
		tools: AgentTool[],
		calls = tools.map(({ call }) => call),
		version = versions[0] ?? 3,
	): Promise<void> {
		model.setScript(calls);
		const nodes = tools.map(({ node }) =>
			reportsToolErrors(version) ? node : { ...node, onError: 'continueRegularOutput' as const },
		);
		const workflow = buildAgentWorkflow(`Agent ${version}`, version, openAiApi, nodes);
		const { items } = assertSucceeded(await n8nServer.execute(workflow));
		assert.deepEqual(
			items(AGENT_NODE_NAME).map(({ output }) => output),
			['Done.'],
		);
	}
	/** Returns the requests of a tool call. */
	const getRequestsForCall = (call: number): ReceivedRequest[] => {
		const nextCallRequestCount = n8nServer.getApiRequests(requestCountsBeforeCall[call + 1]).length;
		return n8nServer
			.getApiRequests(requestCountsBeforeCall[call])
			.slice(0, nextCallRequestCount === 0 ? undefined : -nextCallRequestCount);
	};
	const parseRecords = (result = ''): ItemJson[] => JSON.parse(result) as ItemJson[];

	/**
	 * Asserts the results of a conversation: events of a range, a created event, messages about an invalid date and an
	 * unknown customer, and quotations of an employee and, for an empty locator, of all employees.
	 */
	function assertConversation(
		[readResult, createResult, invalidDateResult, unknownCustomerResult, employeeResult, allEmployeesResult]: string[],
		name: string,
		requests: ReceivedRequest[],
	): void {
		const days = parseRecords(readResult).map(({ eventDate }) => String(eventDate).slice(0, 10));
		assert.ok(days.length > 0);
		for (const day of days) assert.ok(day >= '2025-01-01' && day <= '2025-01-31', day);
		const [event] = parseRecords(createResult);
		assert.deepEqual([event?.['eventName'], event?.['eventDate']], [name, '2025-01-20T10:00:00+07:00']);
		assert.equal(n8nServer.sandbox.store.events.filter(({ eventName }) => eventName === name).length, 1);
		assert.match(invalidDateResult ?? '', DATE_ERROR_PATTERN);
		assert.match(unknownCustomerResult ?? '', /Customer not found.*NOPE.*Check the values that were sent/su);
		const staffCodesOf = (result?: string) => parseRecords(result).map(({ staffCode }) => staffCode);
		assert.deepEqual(staffCodesOf(employeeResult), [STAFF_CODE]);
		assert.deepEqual(staffCodesOf(allEmployeesResult), [STAFF_CODE, 'staff01', 'staff01']);
		const firstPages = requests
			.filter(({ operationId }) => operationId === 'findQuotations')
			.map(({ body }) => JSON.parse(body) as ItemJson)
			.filter(({ skip }) => skip === 0);
		assert.deepEqual(
			firstPages.map(({ staffCode }) => staffCode),
			[STAFF_CODE, undefined],
		);
	}
	/** Builds the tools of a conversation. The last one has a resource locator. */
	const buildConversationTools = (hasDescriptions = false): [read: AgentTool, write: AgentTool, search: AgentTool] => {
		const staffCode = buildFromAiValue('Staff_Member', 'resourceLocator', hasDescriptions ? 'Staff code' : '');
		return [
			buildAgentTool(READ_OPERATION, { hasDescriptions }),
			buildAgentTool(WRITE_OPERATION, { hasDescriptions }),
			buildAgentTool('quotation.getAll', {
				hasDescriptions,
				parameters: { filters: { staffCode } },
				args: { Staff_Member: STAFF_CODE },
			}),
		];
	};
	/** Builds the tool calls of a conversation. */
	const buildConversation = (
		[read, write, search]: ReturnType<typeof buildConversationTools>,
		name: string,
	): AgentTool['call'][] => [
		read.call,
		{ ...write.call, args: { ...write.call.args, Event_Name: name, Event_Date: '2025-01-20T10:00:00' } },
		{ ...read.call, args: { ...read.call.args, From: 'soon' } },
		{ ...read.call, args: { ...read.call.args, Customer_Code: 'NOPE' } },
		search.call,
		{ ...search.call, args: { ...search.call.args, Staff_Member: '' } },
	];

	for (const version of versions) {
		test(`AI Agent ${version}: the model fills a date range and a locator, creates an event, and receives a message about an invalid date`, async () => {
			const tools = buildConversationTools();
			const name = `Agent ${version}`;
			await runAgent(tools, buildConversation(tools, name), version);
			assertOfferedTools(model.offeredTools, tools);
			assertConversation(model.toolResults, name, n8nServer.getApiRequests(requestCountsBeforeCall[0]));
			assert.deepEqual(getRequestsForCall(0).map(({ operationId, body }) => [operationId, body])[0], [
				'getCustomerEvents',
				'{"DateFrom":"2025-01-01T00:00:00","DateTo":"2025-01-31T23:59:59"}',
			]);
			assert.deepEqual(getRequestsForCall(2), []);
		});
	}

	test('an MCP client finds the same tools with the same behaviour', async () => {
		const conversationTools = buildConversationTools(true);
		const countBefore = n8nServer.requestCount;
		const nodes = conversationTools.map(({ node }) => node);
		const id = await n8nServer.rest.save(buildMcpWorkflow('MCP', 'gofive', nodes));
		await n8nServer.rest.publish(id);
		let client: McpClient | undefined;
		try {
			client = await connectMcpClient(n8nServer.instance.n8n, `${n8nServer.url}/mcp/gofive`);
			const { tools } = await client.listTools();
			const offeredTools = tools.map(({ name, description = '', inputSchema }) => ({
				name,
				description,
				parameters: inputSchema,
			}));
			assertOfferedTools(offeredTools, conversationTools);
			assertToolDescriptions(offeredTools);
			const results: string[] = [];
			for (const { name, args } of buildConversation(conversationTools, 'By MCP')) {
				const { content } = await client.callTool({ name, arguments: args });
				results.push(content.map(({ text }) => text).join(''));
			}
			assertConversation(results, 'By MCP', n8nServer.getApiRequests(countBefore));
		} finally {
			await client?.close();
			await n8nServer.rest.unpublish(id);
		}
	});

	test('the model fills rows, filters, additional fields and JSON', async () => {
		const lines = [{ productCode: 'A001', qty: 2, price: 99.5 }];
		const line = {
			productCode: buildFromAiValue('line0_Product_Code'),
			qty: buildFromAiValue('line0_Quantity', 'number'),
			price: buildFromAiValue('line0_Price', 'number'),
		};
		const [row] = lines;
		const filters = {
			customerCode: buildFromAiValue('Customer_Code'),
			quotationDate: buildFromAiValue('Quotation_Date'),
		};
		const requestParameters = { method: 'POST', changesData: false, body: buildFromAiValue('Body', 'json') };
		const cases: Array<[tool: AgentTool, body: ItemJson]> = [
			[
				buildAgentTool('quotation.upsert', {
					parameters: { quotationDetails: { line: [line] } },
					args: { line0_Product_Code: row?.productCode, line0_Quantity: row?.qty, line0_Price: row?.price },
				}),
				{ quotationDetails: lines },
			],
			[
				buildAgentTool('quotation.upsert', {
					nodeName: 'Quotation with products as JSON',
					parameters: {
						quotationDetailsInput: 'json',
						quotationDetailsJson: buildFromAiValue('Products__JSON_', 'json'),
					},
					args: { Products__JSON_: lines },
				}),
				{ quotationDetails: lines },
			],
			[
				buildAgentTool('quotation.getAll', {
					parameters: { filters },
					args: { Customer_Code: 'C000055', Quotation_Date: '2025-01-31' },
				}),
				{ customerCode: 'C000055', quotationDate: '2025-01-31' },
			],
			[
				buildAgentTool('deal.update', {
					parameters: {
						updateFields: {
							note: buildFromAiValue('Note'),
							dealStageId: buildFromAiValue('Deal_Stage', 'resourceLocator'),
						},
					},
					args: { Note: 'ลูกค้าขอใบเสนอราคา', Deal_Stage: '12' },
				}),
				{ note: 'ลูกค้าขอใบเสนอราคา', dealStageId: 12 },
			],
			[
				buildAgentTool('deal.getAll', {
					parameters: { filters: { dealStageIds: buildFromAiValue('Deal_Stages') } },
					args: { Deal_Stages: '11, 12' },
				}),
				{ dealStageIds: [11, 12] },
			],
			[
				buildAgentTool('endpoint.sendRequest', {
					parameters: requestParameters,
					args: { Path: '/v1/quotation/enquiry', Body: { take: 2, skip: 0 } },
				}),
				{ take: 2, skip: 0 },
			],
		];
		const tools = cases.map(([tool]) => tool);
		const calls = tools.map(({ call }) => call);
		const rejections: Array<[name: string, args: ItemJson, message: RegExp]> = [
			['Send_request_to_any_endpoint_in_GoFive', { Path: 'https://example.com/v1/quotation/enquiry' }, /example\.com/u],
			['Update_deal_in_GoFive', { Assigned_To: '' }, /'Assigned To' is empty\. Enter a value, .*Nothing was sent/su],
		];
		const rejectedCalls = rejections.map(([name, args]) => ({
			name,
			args: { ...calls.find((call) => call.name === name)?.args, ...args },
		}));
		await runAgent(tools, [...calls, ...rejectedCalls]);
		assertOfferedTools(model.offeredTools, tools);
		for (const [callIndex, [{ call }, expected]] of cases.entries()) {
			const [sentRequest] = getRequestsForCall(callIndex);
			assert.deepEqual([call.name, pickExpectedKeys(sentRequest, expected)], [call.name, expected]);
			for (const record of parseRecords(model.toolResults[callIndex]))
				assert.ok(!('error' in record), String(record['error']));
		}
		for (const [index, [, , message]] of rejections.entries()) {
			assert.match(model.toolResults[cases.length + index] ?? '', message);
			assert.deepEqual(getRequestsForCall(cases.length + index), []);
		}
	});

	describe('every operation', () => {
		const tools = Object.fromEntries(
			allOperations.map(({ name }) => [name, buildAgentTool(name, { hasDescriptions: true })]),
		);
		const names = Object.keys(tools);
		before(async () => await runAgent(Object.values(tools)));
		for (const [callIndex, name] of names.entries()) {
			test(name, () => {
				const tool = tools[name] as AgentTool;
				const { call, parameters } = tool;
				const offeredTools = model.offeredTools.filter((candidate) => candidate.name === call.name);
				assertOfferedTools(offeredTools, [tool]);
				assert.match(call.name, /^[\w-]{1,64}$/u);
				assert.match(offeredTools[0]?.description ?? '', /^\w.+ in GoFive$/u);
				const request = buildOperationRequest(findOperation(name).operation, parameters);
				const { operationId } = contract.findOperation(request);
				const sentRequest = getRequestsForCall(callIndex).find((candidate) => candidate.operationId === operationId);
				assert.equal(`${sentRequest?.method} ${sentRequest?.path}`, `${request.method} ${request.path}`);
				const expected = JSON.parse(JSON.stringify(request.body ?? {})) as ItemJson;
				assert.deepEqual(pickExpectedKeys(sentRequest, expected), expected);
				const records = parseRecords(model.toolResults[callIndex]);
				assert.ok(records.length > 0);
				for (const record of records) assert.ok(!('error' in record), String(record['error']));
			});
		}
	});
}

/** Picks the keys of `expected` from a request's body, because the node adds page keys. */
function pickExpectedKeys(sentRequest: ReceivedRequest | undefined, expected: ItemJson): ItemJson {
	const body = sentRequest?.body ? (JSON.parse(sentRequest.body) as ItemJson) : {};
	if (Array.isArray(body)) return body;
	return Object.fromEntries(Object.keys(expected).map((key) => [key, body[key]]));
}

/** Asserts the descriptions of the main tools and of their arguments. */
function assertToolDescriptions(offeredTools: OfferedTool[]): void {
	for (const { name, description, parameters } of offeredTools) {
		assert.equal(description.replaceAll(' ', '_'), name);
		const toolProperties = parameters.properties ?? {};
		assert.deepEqual(Object.keys(toolProperties), Object.keys(TOOL_DESCRIPTIONS[name] ?? {}));
		for (const [key, pattern] of Object.entries(TOOL_DESCRIPTIONS[name] ?? {}))
			assert.match(toolProperties[key]?.description ?? '', pattern);
	}
}
